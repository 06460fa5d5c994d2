// The update operators on arrays. Each takes the present value and gives the new one; undefined means no such field.
import { BSONRegExp } from "bson";
import { toInteger } from "../bson/compare-numbers.js";
import { compareValues, equalValues } from "../bson/compare-values.js";
import { type Doc, isDoc, isNumber, typeName, type Value } from "../bson/value.js";
import { matches } from "../filter/filter-node.js";
import { regexTest } from "../filter/leaf-operators.js";
import { isOperatorDoc, parseElementTest, parseFilter } from "../filter/parse-filter.js";
import { compareSortKeys, parseSort, sortKey } from "../filter/sort-order.js";
import { StoreError } from "../store-error.js";

/** Gives the new value of a field; undefined leaves it as it is. */
export type ValueChange = (current: Value | undefined, field: string) => Value | undefined;

const PUSH_CLAUSES = new Set(["$each", "$position", "$slice", "$sort"]);

/** $push with its clauses. */
export function compilePush(operand: Value): ValueChange {
  const clauses = isDoc(operand) && operand.has("$each") ? operand : new Map<string, Value>([["$each", [operand]]]);
  for (const name of clauses.keys()) {
    if (!PUSH_CLAUSES.has(name)) throw new StoreError(2, `Unrecognized clause in $push: ${name}`);
  }
  const items = eachOf("$push", clauses);
  const position = wholeNumber("$position", clauses.get("$position"));
  const slice = wholeNumber("$slice", clauses.get("$slice"));
  const sort = compileElementSort(clauses.get("$sort"));
  return (current, field) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw new StoreError(2, `The field '${field}' must be an array but is of type ${typeName(current)}`);
    }
    const result = [...(current ?? [])];
    result.splice(insertionPoint(position, result.length), 0, ...items);
    if (sort !== undefined) result.sort(sort);
    if (slice === undefined) return result;
    return slice < 0 ? result.slice(slice) : result.slice(0, slice);
  };
}

/** $addToSet, with or without $each. */
export function compileAddToSet(operand: Value): ValueChange {
  const each = isDoc(operand) && operand.has("$each");
  if (each && operand.size > 1) throw new StoreError(2, "Found unexpected fields after $each in $addToSet");
  const items = each ? eachOf("$addToSet", operand) : [operand];
  return (current, field) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw new StoreError(
        2,
        `Cannot apply $addToSet to non-array field. Field named '${field}' has non-array type ${typeName(current)}`,
      );
    }
    const result = [...(current ?? [])];
    for (const item of items) if (!result.some((known) => equalValues(known, item))) result.push(item);
    return result;
  };
}

/** $pull, whose operand is a value or a condition on the elements. */
export function compilePull(operand: Value): ValueChange {
  const goes = elementCondition(operand);
  return (current) => withoutElements("$pull", current, goes);
}

/** $pullAll. */
export function compilePullAll(operand: Value): ValueChange {
  if (!Array.isArray(operand)) throw new StoreError(2, "$pullAll requires an array argument");
  return (current) => withoutElements("$pullAll", current, (item) => operand.some((value) => equalValues(value, item)));
}

/** $pop: -1 takes the first element, 1 the last. */
export function compilePop(operand: Value): ValueChange {
  const end = isNumber(operand) ? toInteger(operand) : undefined;
  if (end !== 1n && end !== -1n) throw new StoreError(9, "$pop expects 1 or -1");
  return (current, field) => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) {
      throw new StoreError(14, `Path '${field}' contains an element of non-array type '${typeName(current)}'`);
    }
    return end === 1n ? current.slice(0, -1) : current.slice(1);
  };
}

function elementCondition(operand: Value): (item: Value) => boolean {
  if (operand instanceof BSONRegExp) return regexTest(operand.pattern, operand.options).test;
  if (!isDoc(operand)) return (item) => equalValues(item, operand);
  const [first] = operand.keys();
  if (isOperatorDoc(operand) && !["$and", "$or", "$nor"].includes(first ?? "")) return parseElementTest(operand);
  const node = parseFilter(operand);
  return (item) => isDoc(item) && matches(node, item);
}

function withoutElements(
  operator: string,
  current: Value | undefined,
  goes: (item: Value) => boolean,
): Value | undefined {
  if (current === undefined) return undefined;
  if (!Array.isArray(current)) throw new StoreError(2, `Cannot apply ${operator} to a non-array value`);
  return current.filter((item) => !goes(item));
}

function eachOf(operator: string, clauses: Doc): Value[] {
  const items = clauses.get("$each");
  if (Array.isArray(items)) return items;
  throw new StoreError(operator === "$push" ? 2 : 14, `The argument to $each in ${operator} must be an array`);
}

function wholeNumber(clause: string, value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = isNumber(value) ? toInteger(value) : undefined;
  if (number === undefined) throw new StoreError(2, `The value for ${clause} must be an integer value`);
  return Number(number);
}

function insertionPoint(position: number | undefined, length: number): number {
  if (position === undefined) return length;
  return position < 0 ? Math.max(0, length + position) : Math.min(position, length);
}

function compileElementSort(value: Value | undefined): ((a: Value, b: Value) => number) | undefined {
  if (value === undefined) return undefined;
  if (isNumber(value)) {
    const direction = toInteger(value);
    if (direction !== 1n && direction !== -1n) throw badSort();
    return (a, b) => compareValues(a, b) * Number(direction);
  }
  if (!isDoc(value) || value.size === 0) throw badSort();
  const sort = parseSort(value);
  const keyOf = (item: Value): ReturnType<typeof sortKey> => sortKey(isDoc(item) ? item : new Map(), sort);
  return (a, b) => compareSortKeys(keyOf(a), keyOf(b), sort);
}

function badSort(): StoreError {
  return new StoreError(
    2,
    "The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields",
  );
}
