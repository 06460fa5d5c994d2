// Short names for BSON values in tables of cases, and the way from plain objects to the store's documents.
import { Binary, BSON, Decimal128, Long, ObjectId, Timestamp, UUID } from "bson";
import { decodeDocument } from "../../../../src/storage/embedded/bson/decode-document.js";
import { encodeDocument } from "../../../../src/storage/embedded/bson/encode-document.js";
import type { Doc } from "../../../../src/storage/embedded/bson/value.js";

/** An ObjectId that ends in this digit. */
export const O = (digit: number): ObjectId => new ObjectId(digit.toString(16).padStart(24, "0"));

/** A decimal. */
export const D = (text: string): Decimal128 => Decimal128.fromString(text);

/** A 64-bit integer. */
export const L = (text: string): Long => Long.fromString(text);

/** Bytes. */
export const B = (text: string): Binary => new Binary(Buffer.from(text));

/** A UUID that ends in this digit. */
export const U = (digit: number): UUID => new UUID(`00000000-0000-4000-8000-${digit.toString(16).padStart(12, "0")}`);

/** A timestamp. */
export const T = (t: number, i: number): Timestamp => new Timestamp({ t, i });

/** A UTC date, by day. */
export const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

/** Milliseconds since 1970. */
export const date = (ms: number): Date => new Date(ms);

/** Stands for a field that is not there. */
export const missing: unique symbol = Symbol("missing");

/** A plain object as the store sees it, by way of its bytes. */
export function toDoc(plain: object): Doc {
  return decodeDocument(Buffer.from(BSON.serialize(plain)));
}

/** A document of the store as a client sees it, with numeric types kept. */
export function fromDoc(doc: Doc): object {
  return BSON.deserialize(encodeDocument(doc), { promoteValues: false });
}

/** What a client would see of a plain object after a round trip, to compare with `fromDoc`. */
export function asStored(plain: object): object {
  return BSON.deserialize(BSON.serialize(plain), { promoteValues: false });
}

/** A case's document: a bare value stands for field `a`. */
export function caseDocument(item: unknown): object {
  if (item === missing) return {};
  return { a: item };
}
