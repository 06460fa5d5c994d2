// The query operators that test one value, as a table from name to test.
import { BSONRegExp, Decimal128, Double } from "bson";
import { toDouble, toInteger } from "../bson/compare-numbers.js";
import { encodeKey } from "../bson/encode-key.js";
import { isDoc, isNumber, type Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";
import { equalTo, inRange, isSameRegex, type RangeOperator, type ValueTest } from "./comparison.js";
import type { LeafMeaning } from "./filter-node.js";
import { compileRegex } from "./regex.js";
import { compileType } from "./type-codes.js";

const SHORT_LIST = 8;

/** What an operator makes of its operand. */
export interface LeafTest {
  test: ValueTest;
  meaning: LeafMeaning;
  wholeOnly?: boolean;
}

/** Query operators by name. */
export const LEAF_OPERATORS: ReadonlyMap<string, (operand: Value) => LeafTest> = new Map<
  string,
  (operand: Value) => LeafTest
>([
  ["$eq", (operand) => ({ test: equalTo(operand), meaning: { kind: "equal", value: operand } })],
  ["$gt", (operand) => range("$gt", operand)],
  ["$gte", (operand) => range("$gte", operand)],
  ["$lt", (operand) => range("$lt", operand)],
  ["$lte", (operand) => range("$lte", operand)],
  ["$in", parseIn],
  ["$type", parseType],
  ["$size", parseSize],
  ["$mod", parseMod],
]);

function range(operator: RangeOperator, operand: Value): LeafTest {
  if (operand instanceof BSONRegExp) throw new StoreError(2, `Can't have RegEx as arg to predicate over field`);
  return { test: inRange(operator, operand), meaning: { kind: "range", operator, value: operand } };
}

function parseIn(operand: Value): LeafTest {
  if (!Array.isArray(operand)) throw new StoreError(2, "$in needs an array");
  const regexes: ValueTest[] = [];
  const values: Value[] = [];
  for (const item of operand) {
    if (isDoc(item) && [...item.keys()].some((key) => key.startsWith("$") && key !== "$ref" && key !== "$id")) {
      throw new StoreError(2, "cannot nest $ under $in");
    }
    if (item instanceof BSONRegExp) regexes.push(regexTest(item.pattern, item.options).test);
    else values.push(item);
  }
  const isListed = memberOf(values);
  return {
    test: (value) => isListed(value) || regexes.some((test) => test(value)),
    meaning: { kind: "in", values: operand, onlyValues: regexes.length === 0 },
  };
}

/** Looks long lists up by key bytes; equal values have equal bytes, and what shares them is compared. */
function memberOf(values: readonly Value[]): ValueTest {
  if (values.length <= SHORT_LIST) {
    const tests = values.map(equalTo);
    return (value) => tests.some((test) => test(value));
  }
  const byKey = new Map<string, ValueTest[]>();
  for (const value of values) {
    const key = keyOf(value);
    byKey.set(key, [...(byKey.get(key) ?? []), equalTo(value)]);
  }
  return (value) => byKey.get(keyOf(value))?.some((test) => test(value)) === true;
}

function keyOf(value: Value | undefined): string {
  return encodeKey([{ value, descending: false }]).bytes.toString("latin1");
}

/** Truth as the server sees it: false, null and zero are not true. */
export function isTruthy(value: Value): boolean {
  if (value === null || value === false) return false;
  if (typeof value === "number" || typeof value === "bigint") return Number(value) !== 0;
  if (value instanceof Double) return value.value !== 0;
  return !(value instanceof Decimal128) || toDouble(value) !== 0;
}

function parseType(operand: Value): LeafTest {
  const isType = compileType(operand);
  return { test: (value) => value !== undefined && isType(value), meaning: { kind: "type", operand } };
}

function parseSize(operand: Value): LeafTest {
  const size = isNumber(operand) ? toInteger(operand) : undefined;
  if (size === undefined) throw new StoreError(2, "$size must be a whole number");
  if (size < 0n) throw new StoreError(2, "$size may not be negative");
  const wanted = Number(size);
  return {
    test: (value) => Array.isArray(value) && value.length === wanted,
    meaning: { kind: "other" },
    wholeOnly: true,
  };
}

function parseMod(operand: Value): LeafTest {
  if (!Array.isArray(operand)) throw new StoreError(2, "malformed mod, needs to be an array");
  if (operand.length < 2) throw new StoreError(2, "malformed mod, not enough elements");
  if (operand.length > 2) throw new StoreError(2, "malformed mod, too many elements");
  const divisor = truncated(operand[0] as Value);
  const remainder = truncated(operand[1] as Value);
  if (divisor === undefined || remainder === undefined) throw new StoreError(2, "malformed mod, divisor not a number");
  if (divisor === 0n) throw new StoreError(2, "divisor cannot be 0");
  const test: ValueTest = (value) => {
    const whole = value === undefined ? undefined : truncated(value);
    return whole !== undefined && whole % divisor === remainder;
  };
  return { test, meaning: { kind: "other" } };
}

function truncated(value: Value): bigint | undefined {
  if (!isNumber(value)) return undefined;
  if (typeof value === "bigint") return value;
  const double = Math.trunc(toDouble(value));
  return Number.isFinite(double) ? BigInt(double) : undefined;
}

/** The test of a regular expression, which also equals a stored expression of the same text. */
export function regexTest(pattern: string, options: string): LeafTest {
  const regex = compileRegex(pattern, options);
  return {
    test: (value) => (typeof value === "string" ? regex.test(value) : isSameRegex(value, pattern, options)),
    meaning: { kind: "other" },
  };
}

/** The test of `$regex` with its `$options`. */
export function parseRegexOperator(operand: Value, options: Value | undefined): LeafTest {
  if (options !== undefined && typeof options !== "string") throw new StoreError(2, "$options has to be a string");
  if (operand instanceof BSONRegExp) {
    if (options !== undefined && operand.options !== "") {
      throw new StoreError(51075, "options set in both $regex and $options");
    }
    return regexTest(operand.pattern, options ?? operand.options);
  }
  if (typeof operand !== "string") throw new StoreError(2, "$regex has to be a string");
  return regexTest(operand, options ?? "");
}
