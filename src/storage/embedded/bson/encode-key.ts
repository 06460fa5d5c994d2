// Index keys: byte strings that sort like the values they stand for. Numbers collapse to their double and long keys are
// cut, so an index hit is always checked against the document; `exact` says when the bytes alone would not do.
import type { Binary, BSONRegExp, ObjectId, Timestamp } from "bson";
import { compareNumbers, toDouble } from "./compare-numbers.js";
import { type Doc, type NumberValue, RANK, typeRank, type Value } from "./value.js";

/** LMDB takes keys of 1,978 bytes; the rest is for the index id and the record id. */
const MAX_KEY_BYTES = 1900;

/** One field of an index key: its value, and whether the index runs downwards on it. */
export interface KeyPart {
  /** `emptyArray` stands for an array without elements, which sorts below null. */
  value: Value | undefined | typeof EMPTY_ARRAY;
  descending: boolean;
}

/** Marks an empty array in an index key. */
export const EMPTY_ARRAY: unique symbol = Symbol("empty array");

/** The bytes of a key. */
export interface EncodedKey {
  bytes: Buffer;
  /** False when different values may share these bytes, so that order among them is unknown. */
  exact: boolean;
}

/** Encodes the fields of an index entry, or the leading ones of them. */
export function encodeKey(parts: readonly KeyPart[]): EncodedKey {
  const writer = new KeyWriter();
  for (const part of parts) writer.part(part);
  return writer.finish();
}

/** The smallest byte string that is greater than every string starting with this prefix. */
export function afterPrefix(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix);
  for (let at = next.length - 1; at >= 0; at -= 1) {
    const byte = next[at] as number;
    if (byte < 0xff) {
      next[at] = byte + 1;
      return next.subarray(0, at + 1);
    }
  }
  return Buffer.alloc(MAX_KEY_BYTES + 1, 0xff);
}

class KeyWriter {
  #bytes = Buffer.allocUnsafe(128);
  #length = 0;
  #exact = true;

  part(part: KeyPart): void {
    const start = this.#length;
    if (part.value === EMPTY_ARRAY) this.#byte(RANK.emptyArray);
    else this.#typed(part.value);
    if (!part.descending) return;
    for (let at = start; at < this.#length; at += 1) this.#bytes[at] = ~(this.#bytes[at] as number) & 0xff;
  }

  finish(): EncodedKey {
    const cut = this.#length > MAX_KEY_BYTES;
    const bytes = Buffer.from(this.#bytes.subarray(0, cut ? MAX_KEY_BYTES : this.#length));
    return { bytes, exact: this.#exact && !cut };
  }

  #typed(value: Value | undefined): void {
    const rank = typeRank(value);
    this.#byte(rank);
    this.#body(rank, value as Value);
  }

  #body(rank: number, value: Value): void {
    switch (rank) {
      case RANK.number:
        this.#number(value as NumberValue);
        break;
      case RANK.string:
        this.#text(value as string);
        break;
      case RANK.object:
        this.#document(value as Doc);
        break;
      case RANK.array:
        for (const item of value as Value[]) this.#typed(item);
        this.#byte(0);
        break;
      case RANK.binary:
        this.#binary(value as Binary);
        break;
      case RANK.objectId:
        this.#raw((value as ObjectId).id);
        break;
      case RANK.boolean:
        this.#byte(value === true ? 1 : 0);
        break;
      case RANK.date:
        this.#integer(BigInt((value as Date).getTime()) + 2n ** 63n);
        break;
      case RANK.timestamp:
        this.#integer((BigInt((value as Timestamp).t) << 32n) + BigInt((value as Timestamp).i));
        break;
      case RANK.regex:
        this.#text((value as BSONRegExp).pattern);
        this.#text((value as BSONRegExp).options);
        break;
      default:
        break;
    }
  }

  #document(doc: Doc): void {
    // BSON order looks at a field's type before its name.
    for (const [name, value] of doc) {
      const rank = typeRank(value);
      this.#byte(rank);
      this.#text(name);
      this.#body(rank, value);
    }
    this.#byte(0);
  }

  #number(value: NumberValue): void {
    const double = toDouble(value);
    if (typeof value !== "number" && compareNumbers(value, double) !== 0) this.#exact = false;
    const at = this.#grow(8);
    if (Number.isNaN(double)) {
      this.#bytes.fill(0, at, at + 8);
      return;
    }
    this.#bytes.writeDoubleBE(double === 0 ? 0 : double, at);
    const first = this.#bytes[at] as number;
    if (first < 0x80) this.#bytes[at] = first | 0x80;
    else for (let i = at; i < at + 8; i += 1) this.#bytes[i] = ~(this.#bytes[i] as number) & 0xff;
  }

  #binary(value: Binary): void {
    const at = this.#grow(4);
    this.#bytes.writeUInt32BE(value.position, at);
    this.#byte(value.sub_type);
    this.#raw(value.value().subarray(0, MAX_KEY_BYTES + 1));
  }

  /** UTF-8 closed by a zero; zeros and ones inside are escaped so that the closing zero sorts first. */
  #text(text: string): void {
    // What lies beyond the cut would be thrown away.
    const bytes = Buffer.from(text, "utf8").subarray(0, MAX_KEY_BYTES + 1);
    const start = this.#grow(bytes.length * 2 + 1);
    let at = start;
    for (const byte of bytes) {
      if (byte <= 1) this.#bytes[at++] = 1;
      this.#bytes[at++] = byte <= 1 ? byte + 1 : byte;
    }
    this.#bytes[at++] = 0;
    this.#length = at;
  }

  #integer(value: bigint): void {
    const at = this.#grow(8);
    this.#bytes.writeBigUInt64BE(value, at);
  }

  #raw(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length);
    this.#bytes.set(bytes, at);
  }

  #byte(byte: number): void {
    const at = this.#grow(1);
    this.#bytes[at] = byte;
  }

  #grow(size: number): number {
    const start = this.#length;
    if (start + size > this.#bytes.length) {
      const larger = Buffer.allocUnsafe((start + size) * 2);
      this.#bytes.copy(larger, 0, 0, start);
      this.#bytes = larger;
    }
    this.#length = start + size;
    return start;
  }
}
