// Exact comparison of int, long, double and decimal. Nothing is rounded: 9007199254740993 and 9007199254740992 differ,
// and decimals compare by value, not as text.
import { Decimal128, Double } from "bson";
import type { NumberValue } from "./value.js";

interface Fraction {
  /** The coefficient. */
  digits: bigint;
  /** The power of ten the coefficient is multiplied by. */
  exponent: number;
}

/** Orders two numbers by value; NaN is below everything and equal to itself. */
export function compareNumbers(left: NumberValue, right: NumberValue): number {
  const a = left instanceof Double ? left.value : left;
  const b = right instanceof Double ? right.value : right;
  if (typeof a === "number" && typeof b === "number") return compareDoubles(a, b);
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareWithDecimal(a, b);
  if (typeof a === "number" && Number.isNaN(a)) return -1;
  if (typeof b === "number" && Number.isNaN(b)) return 1;
  // Mixed bigint and number comparison is exact in JavaScript.
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The nearest double of any number, for index keys and for truncation. */
export function toDouble(value: NumberValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Double) return value.value;
  return Number(value.toString());
}

/** The number as an integer when it is exactly one, else undefined. */
export function toInteger(value: NumberValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  const double = toDouble(value);
  if (!Number.isInteger(double) || compareNumbers(value, double) !== 0) return undefined;
  return BigInt(double);
}

function compareDoubles(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
}

function compareWithDecimal(a: number | bigint | Decimal128, b: number | bigint | Decimal128): number {
  const rounded = compareDoubles(toDouble(a), toDouble(b));
  // Rounding is monotone, so only equal doubles need the exact comparison.
  if (rounded !== 0 || !Number.isFinite(toDouble(a))) return compareInfinities(rounded, a, b);
  return compareFractions(toFraction(a), toFraction(b));
}

function compareInfinities(rounded: number, a: number | bigint | Decimal128, b: number | bigint | Decimal128): number {
  if (rounded !== 0 || Number.isNaN(toDouble(a))) return rounded;
  // A large finite decimal rounds to infinity as a double, but is smaller than a real infinity.
  const finiteA = isFiniteDecimal(a);
  const finiteB = isFiniteDecimal(b);
  if (finiteA && finiteB) return compareFractions(toFraction(a), toFraction(b));
  if (finiteA === finiteB) return 0;
  const positive = toDouble(a) > 0;
  return finiteA === positive ? -1 : 1;
}

function isFiniteDecimal(value: number | bigint | Decimal128): boolean {
  return value instanceof Decimal128 && !value.toString().includes("Inf");
}

function compareFractions(a: Fraction, b: Fraction): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.digits * 10n ** BigInt(a.exponent - exponent);
  const right = b.digits * 10n ** BigInt(b.exponent - exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

function toFraction(value: number | bigint | Decimal128): Fraction {
  if (typeof value === "bigint") return { digits: value, exponent: 0 };
  if (typeof value === "number") return doubleToFraction(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(value.toString());
  if (match === null) throw new Error(`Not a finite decimal: ${value.toString()}`);
  const [, sign, whole = "0", decimals = "", power = "0"] = match;
  const digits = BigInt(whole + decimals);
  return { digits: sign === "-" ? -digits : digits, exponent: Number(power) - decimals.length };
}

/** Every double is m * 2^e, and 2^-k equals 5^k * 10^-k, so it has an exact decimal form. */
function doubleToFraction(value: number): Fraction {
  let mantissa = value;
  let halvings = 0;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings += 1;
  }
  return { digits: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings };
}
