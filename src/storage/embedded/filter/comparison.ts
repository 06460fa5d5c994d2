// Equality and ranges as a query compares: inside one type bracket, with null meaning missing too.
import { BSONRegExp, Decimal128, Double, MaxKey, MinKey } from "bson";
import { compareValues, equalValues } from "../bson/compare-values.js";
import { typeRank, type Value } from "../bson/value.js";

/** A test on one candidate value of a path; undefined stands for a missing field. */
export type ValueTest = (value: Value | undefined) => boolean;

/** The four range operators. */
export type RangeOperator = "$gt" | "$gte" | "$lt" | "$lte";

/** The test of $eq. */
export function equalTo(operand: Value): ValueTest {
  if (operand === null) return (value) => value === null || value === undefined;
  if (typeof operand === "string" || typeof operand === "boolean") return (value) => value === operand;
  return (value) => value !== undefined && equalValues(value, operand);
}

/** The test of a range operator. */
export function inRange(operator: RangeOperator, operand: Value): ValueTest {
  const accepts = acceptedOrder(operator);
  if (operand instanceof MinKey || operand instanceof MaxKey) return (value) => accepts(compareValues(value, operand));
  if (operand === null) {
    const inclusive = operator === "$gte" || operator === "$lte";
    return (value) => inclusive && (value === null || value === undefined);
  }
  const rank = typeRank(operand);
  if (isNaNValue(operand)) {
    const inclusive = operator === "$gte" || operator === "$lte";
    return (value) => inclusive && value !== undefined && isNaNValue(value);
  }
  return (value) =>
    value !== undefined && typeRank(value) === rank && !isNaNValue(value) && accepts(compareValues(value, operand));
}

/** Says whether a value is the double or decimal NaN, which no range contains. */
export function isNaNValue(value: Value): boolean {
  if (value instanceof Double) return Number.isNaN(value.value);
  return value instanceof Decimal128 && value.toString() === "NaN";
}

/** Says whether a stored value is that very regular expression. */
export function isSameRegex(value: Value | undefined, pattern: string, options: string): boolean {
  return value instanceof BSONRegExp && value.pattern === pattern && value.options === options;
}

function acceptedOrder(operator: RangeOperator): (order: number) => boolean {
  switch (operator) {
    case "$gt":
      return (order) => order > 0;
    case "$gte":
      return (order) => order >= 0;
    case "$lt":
      return (order) => order < 0;
    case "$lte":
      return (order) => order <= 0;
  }
}
