// The type numbers and names that $type accepts.

import { toInteger } from "../bson/compare-numbers.js";
import { isNumber, typeName, type Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, "double"],
  [2, "string"],
  [3, "object"],
  [4, "array"],
  [5, "binData"],
  [7, "objectId"],
  [8, "bool"],
  [9, "date"],
  [10, "null"],
  [11, "regex"],
  [16, "int"],
  [17, "timestamp"],
  [18, "long"],
  [19, "decimal"],
  [-1, "minKey"],
  [127, "maxKey"],
]);

/** Values of these types exist on a server, but never in this store. */
const NEVER_STORED = new Set(["undefined", "dbPointer", "javascript", "symbol", "javascriptWithScope"]);
const NEVER_STORED_CODES = new Set([6, 12, 13, 14, 15]);

/** Makes the test for a $type operand: a name, a number, or an array of them. */
export function compileType(operand: Value): (value: Value) => boolean {
  const items = Array.isArray(operand) ? operand : [operand];
  if (items.length === 0) throw new StoreError(9, "$type must match at least one type");
  const wanted = new Set(items.map(wantedType));
  return (value) => wanted.has(typeName(value)) || (wanted.has("number") && isNumber(value));
}

function wantedType(item: Value): string {
  if (typeof item === "string") {
    if (item === "number" || NEVER_STORED.has(item)) return item;
    for (const name of NAMES.values()) if (name === item) return name;
    throw new StoreError(2, `Unknown type name alias: ${item}`);
  }
  if (!isNumber(item)) throw new StoreError(14, "type must be represented as a number or a string");
  const code = Number(toInteger(item) ?? Number.NaN);
  if (NEVER_STORED_CODES.has(code)) return "undefined";
  const name = NAMES.get(code);
  if (name === undefined) throw new StoreError(2, `Invalid numerical type code: ${code}`);
  return name;
}
