// How BSON values are held in memory. Documents are Maps, so that field order is kept exactly (JavaScript objects move
// integer-like keys to the front) and names such as __proto__ are harmless. int32 is a number, int64 a bigint, double a
// Double, so that the numeric type of a field survives an update.
import { Binary, BSONRegExp, Decimal128, Double, type MaxKey, MinKey, ObjectId, Timestamp } from "bson";

/** A document: field names to values, in stored order. */
export type Doc = Map<string, Value>;

/** Any BSON value the store can hold. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Double
  | Decimal128
  | Date
  | ObjectId
  | Binary
  | Timestamp
  | BSONRegExp
  | MinKey
  | MaxKey
  | Doc
  | Value[];

/** A number in any of its four BSON types. */
export type NumberValue = number | bigint | Double | Decimal128;

/** Says whether a value is a document. */
export function isDoc(value: unknown): value is Doc {
  return value instanceof Map;
}

/** Says whether a value is one of the four numeric types. */
export function isNumber(value: Value | undefined): value is NumberValue {
  return (
    typeof value === "number" || typeof value === "bigint" || value instanceof Double || value instanceof Decimal128
  );
}

/** The place of a value's type in BSON order; a missing value sorts with null. */
export function typeRank(value: Value | undefined): number {
  if (value === null || value === undefined) return RANK.null;
  if (typeof value === "string") return RANK.string;
  if (typeof value === "boolean") return RANK.boolean;
  if (isNumber(value)) return RANK.number;
  if (value instanceof Map) return RANK.object;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof Date) return RANK.date;
  if (value instanceof ObjectId) return RANK.objectId;
  if (value instanceof Binary) return RANK.binary;
  if (value instanceof Timestamp) return RANK.timestamp;
  if (value instanceof BSONRegExp) return RANK.regex;
  return value instanceof MinKey ? RANK.minKey : RANK.maxKey;
}

/** BSON's order of types; the numbers double as the type bytes of index keys. */
export const RANK = {
  minKey: 0x05,
  emptyArray: 0x08,
  null: 0x0a,
  number: 0x10,
  string: 0x20,
  object: 0x30,
  array: 0x40,
  binary: 0x50,
  objectId: 0x60,
  boolean: 0x70,
  date: 0x80,
  timestamp: 0x90,
  regex: 0xa0,
  maxKey: 0xf0,
} as const;

/** The name $type knows a value's type by. */
export function typeName(value: Value): string {
  if (typeof value === "number") return "int";
  if (typeof value === "bigint") return "long";
  if (value instanceof Double) return "double";
  if (value instanceof Decimal128) return "decimal";
  return NAME_OF_RANK.get(typeRank(value)) ?? "unknown";
}

const NAME_OF_RANK: ReadonlyMap<number, string> = new Map([
  [RANK.minKey, "minKey"],
  [RANK.null, "null"],
  [RANK.string, "string"],
  [RANK.object, "object"],
  [RANK.array, "array"],
  [RANK.binary, "binData"],
  [RANK.objectId, "objectId"],
  [RANK.boolean, "bool"],
  [RANK.date, "date"],
  [RANK.timestamp, "timestamp"],
  [RANK.regex, "regex"],
  [RANK.maxKey, "maxKey"],
]);
