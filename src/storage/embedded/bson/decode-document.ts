// Raw BSON to Maps. The bson package decodes to plain objects, which lose field order and the difference between
// numeric types; here every length is checked, because the bytes come straight from a socket.
import { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import { StoreError } from "../store-error.js";
import type { Doc, Value } from "./value.js";

const MAX_DEPTH = 180;

/** Top-level field names as bytes, so that the names of other fields need not be decoded. */
export class FieldSelection {
  readonly #names: readonly { name: string; bytes: Buffer }[];

  constructor(names: Iterable<string>) {
    this.#names = [...names].map((name) => ({ name, bytes: Buffer.from(name) }));
  }

  /** The selected name that stands at this place; undefined when it is another one. */
  match(bytes: Buffer, start: number, end: number): string | undefined {
    for (const { name, bytes: wanted } of this.#names) {
      if (wanted.length !== end - start) continue;
      let at = 0;
      while (at < wanted.length && bytes[start + at] === wanted[at]) at += 1;
      if (at === wanted.length) return name;
    }
    return undefined;
  }
}

/** A decoded document together with the array that was left raw. */
export interface PartlyDecoded {
  doc: Doc;
  raw: Buffer[] | undefined;
}

/** Decodes a whole BSON document, or only some of its top-level fields. */
export function decodeDocument(bytes: Buffer, only?: FieldSelection): Doc {
  return only === undefined ? new Decoder(bytes).wholeDocument(undefined).doc : new Decoder(bytes).selected(only);
}

/** Decodes a document but keeps the documents of one of its arrays as bytes. */
export function decodeKeepingRaw(bytes: Buffer, rawArray: string): PartlyDecoded {
  return new Decoder(bytes).wholeDocument(rawArray);
}

function invalid(reason: string): StoreError {
  return new StoreError(22, `Invalid BSON: ${reason}`);
}

class Decoder {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  wholeDocument(rawArray: string | undefined): PartlyDecoded {
    const end = this.#openWhole();
    const doc: Doc = new Map();
    let raw: Buffer[] | undefined;
    for (let type = this.#byte(end); type !== 0; type = this.#byte(end)) {
      const name = this.#cstring(end);
      if (type === 0x04 && name === rawArray) raw = this.#rawDocuments(end);
      else doc.set(name, this.#value(type, end, 1));
    }
    if (this.#at !== end) throw invalid("document ends early");
    return { doc, raw };
  }

  selected(only: FieldSelection): Doc {
    const end = this.#openWhole();
    const doc: Doc = new Map();
    for (let type = this.#byte(end); type !== 0; type = this.#byte(end)) {
      const start = this.#at;
      const name = only.match(this.#bytes, start, this.#skipName(end));
      if (name === undefined) this.#skip(type, end);
      else doc.set(name, this.#value(type, end, 1));
    }
    return doc;
  }

  #openWhole(): number {
    const end = this.#openDocument(this.#bytes.length);
    if (end !== this.#bytes.length) throw invalid("length does not match");
    return end;
  }

  #rawDocuments(limit: number): Buffer[] {
    const end = this.#openDocument(limit);
    const documents: Buffer[] = [];
    for (let type = this.#byte(end); type !== 0; type = this.#byte(end)) {
      this.#cstring(end);
      if (type !== 0x03) throw new StoreError(14, "BSON field 'documents' must hold only objects");
      const start = this.#at;
      this.#at = this.#openDocument(end);
      documents.push(this.#bytes.subarray(start, this.#at));
    }
    if (this.#at !== end) throw invalid("array ends early");
    return documents;
  }

  #document(limit: number, depth: number): Doc {
    const end = this.#openDocument(limit);
    const doc: Doc = new Map();
    for (let type = this.#byte(end); type !== 0; type = this.#byte(end)) {
      const name = this.#cstring(end);
      doc.set(name, this.#value(type, end, depth));
    }
    if (this.#at !== end) throw invalid("document ends early");
    return doc;
  }

  #array(limit: number, depth: number): Value[] {
    const end = this.#openDocument(limit);
    const items: Value[] = [];
    for (let type = this.#byte(end); type !== 0; type = this.#byte(end)) {
      this.#cstring(end);
      items.push(this.#value(type, end, depth));
    }
    if (this.#at !== end) throw invalid("array ends early");
    return items;
  }

  #value(type: number, end: number, depth: number): Value {
    if (depth > MAX_DEPTH) throw invalid(`nested deeper than ${MAX_DEPTH} levels`);
    switch (type) {
      case 0x01:
        return new Double(this.#bytes.readDoubleLE(this.#take(8, end)));
      case 0x02:
        return this.#string(end);
      case 0x03:
        return this.#document(end, depth + 1);
      case 0x04:
        return this.#array(end, depth + 1);
      case 0x05:
        return this.#binary(end);
      case 0x07:
        return new ObjectId(this.#slice(12, end));
      case 0x08:
        return this.#boolean(end);
      case 0x09:
        return this.#date(end);
      case 0x0a:
        return null;
      case 0x0b:
        return this.#regex(end);
      case 0x10:
        return this.#bytes.readInt32LE(this.#take(4, end));
      case 0x11:
        return new Timestamp(this.#bytes.readBigUInt64LE(this.#take(8, end)));
      case 0x12:
        return this.#bytes.readBigInt64LE(this.#take(8, end));
      case 0x13:
        return new Decimal128(this.#slice(16, end));
      case 0x7f:
        return new MaxKey();
      case 0xff:
        return new MinKey();
      default:
        throw new StoreError(2, `BSON type 0x${type.toString(16)} is not supported by the embedded store`);
    }
  }

  #skip(type: number, end: number): void {
    const fixed = FIXED_SIZES.get(type);
    if (fixed !== undefined) this.#take(fixed, end);
    else if (type === 0x02) this.#take(this.#int(end), end);
    else if (type === 0x03 || type === 0x04) this.#at = this.#openDocument(end);
    else if (type === 0x05) this.#take(this.#int(end) + 1, end);
    else this.#value(type, end, 1);
  }

  #boolean(end: number): boolean {
    const byte = this.#byte(end);
    if (byte > 1) throw invalid("bad boolean");
    return byte === 1;
  }

  #date(end: number): Date {
    const date = new Date(Number(this.#bytes.readBigInt64LE(this.#take(8, end))));
    if (Number.isNaN(date.getTime())) throw new StoreError(2, "dates beyond year 275760 are not supported");
    return date;
  }

  #regex(end: number): BSONRegExp {
    const pattern = this.#cstring(end);
    const options = this.#cstring(end);
    if (/[^imsxlu]/.test(options)) throw invalid("bad regular expression options");
    return new BSONRegExp(pattern, options);
  }

  #binary(end: number): Binary {
    const length = this.#int(end);
    const subtype = this.#byte(end);
    return new Binary(this.#slice(length, end), subtype);
  }

  #string(end: number): string {
    const length = this.#int(end);
    if (length < 1) throw invalid("bad string length");
    const start = this.#take(length, end);
    if (this.#bytes[start + length - 1] !== 0) throw invalid("string without end");
    return this.#bytes.toString("utf8", start, start + length - 1);
  }

  #cstring(end: number): string {
    const start = this.#at;
    return this.#bytes.toString("utf8", start, this.#skipName(end));
  }

  /** Moves behind a name and returns where its text ends. */
  #skipName(end: number): number {
    let at = this.#at;
    while (at < end && this.#bytes[at] !== 0) at += 1;
    if (at >= end) throw invalid("name without end");
    this.#at = at + 1;
    return at;
  }

  /** Reads a document's length and returns where it ends. */
  #openDocument(limit: number): number {
    const start = this.#at;
    const length = this.#int(limit);
    const end = start + length;
    if (length < 5 || end > limit) throw invalid("bad document length");
    if (this.#bytes[end - 1] !== 0) throw invalid("document without end");
    return end;
  }

  #int(end: number): number {
    return this.#bytes.readInt32LE(this.#take(4, end));
  }

  #byte(end: number): number {
    return this.#bytes[this.#take(1, end)] as number;
  }

  #slice(length: number, end: number): Buffer {
    const start = this.#take(length, end);
    return this.#bytes.subarray(start, start + length);
  }

  #take(length: number, end: number): number {
    const start = this.#at;
    if (length < 0 || start + length > end) throw invalid("value runs past the end");
    this.#at = start + length;
    return start;
  }
}

const FIXED_SIZES: ReadonlyMap<number, number> = new Map([
  [0x01, 8],
  [0x07, 12],
  [0x08, 1],
  [0x09, 8],
  [0x0a, 0],
  [0x10, 4],
  [0x11, 8],
  [0x12, 8],
  [0x13, 16],
  [0x7f, 0],
  [0xff, 0],
]);
