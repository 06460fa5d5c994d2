// $inc and $mul: the wider type wins, an int that overflows becomes a long, a long that overflows is an error.
import { Decimal128, Double } from "bson";
import { toDouble } from "../bson/compare-numbers.js";
import { isNumber, type NumberValue, type Value } from "../bson/value.js";
import { notSupported, StoreError } from "../store-error.js";

const MAX_INT = 2n ** 31n - 1n;
const MAX_LONG = 2n ** 63n - 1n;

/** The two arithmetic update operators. */
export type Arithmetic = "$inc" | "$mul";

/** Applies $inc or $mul to a stored number. */
export function computeNumber(operator: Arithmetic, current: NumberValue, operand: NumberValue): NumberValue {
  if (current instanceof Decimal128 || operand instanceof Decimal128) {
    throw notSupported(`Arithmetic on Decimal128 (${operator})`);
  }
  if (current instanceof Double || operand instanceof Double) {
    const a = toDouble(current);
    const b = toDouble(operand);
    return new Double(operator === "$inc" ? a + b : a * b);
  }
  const a = BigInt(current);
  const b = BigInt(operand);
  const result = operator === "$inc" ? a + b : a * b;
  if (result > MAX_LONG || result < -MAX_LONG - 1n) {
    throw new StoreError(2, `Failed to apply ${operator} operations to current value (${a}): integer overflow`);
  }
  const bothInts = typeof current === "number" && typeof operand === "number";
  return bothInts && result <= MAX_INT && result >= -MAX_INT - 1n ? Number(result) : result;
}

/** What $mul makes of a missing field: zero of the operand's type. */
export function zeroLike(operand: NumberValue): NumberValue {
  if (operand instanceof Decimal128) throw notSupported("Arithmetic on Decimal128 ($mul)");
  if (operand instanceof Double) return new Double(0);
  return typeof operand === "bigint" ? 0n : 0;
}

/** Refuses an operand that is no number. */
export function assertOperand(operator: Arithmetic, field: string, operand: Value): NumberValue {
  if (isNumber(operand)) return operand;
  const verb = operator === "$inc" ? "increment" : "multiply";
  throw new StoreError(14, `Cannot ${verb} with non-numeric argument: {${field}: ...}`);
}
