// Values as the server prints them in error texts.
import { Binary, BSONRegExp, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from "bson";
import type { Value } from "./value.js";

/** Prints a value the way error messages of the server show it. */
export function showValue(value: Value | undefined): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[ ${value.map(showValue).join(", ")} ]`;
  if (value instanceof Map) return showDocument(value);
  if (value instanceof Double) return showDouble(value.value);
  if (value instanceof Decimal128) return `${value.toString()}`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString("hex").toUpperCase()})`;
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`;
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  return value instanceof MinKey ? "MinKey" : value instanceof MaxKey ? "MaxKey" : "undefined";
}

/** Prints a document, used for whole filters, keys and updates. */
export function showDocument(doc: ReadonlyMap<string, Value>): string {
  if (doc.size === 0) return "{}";
  const fields: string[] = [];
  for (const [name, value] of doc) fields.push(`${name}: ${showValue(value)}`);
  return `{ ${fields.join(", ")} }`;
}

function showDouble(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toFixed(1);
  if (value === Number.POSITIVE_INFINITY) return "inf";
  if (value === Number.NEGATIVE_INFINITY) return "-inf";
  return Number.isNaN(value) ? "nan" : String(value);
}
