// Random BSON values, with the awkward ones often enough to matter.
import { BSON, Double, Long } from "bson";
import fc from "fast-check";
import type { Value } from "../../../../src/storage/embedded/bson/value.js";
import { B, D, O, T, toDoc } from "./bson-values.js";

const numbers = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer().map((value) => new Double(value / 4)),
  fc
    .constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 2 ** 53, 5e-324)
    .map((value) => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 3n }).map((value) => Long.fromBigInt(value)),
  fc.constantFrom("1.5", "1.50", "9007199254740993", "1E-300", "-1E+400", "NaN", "Infinity", "0.1", "1E+6000").map(D),
);

const texts = fc.oneof(
  fc.string({ maxLength: 4 }),
  fc.constantFrom(
    "",
    "\0",
    "\u0001",
    "a\0",
    "a\u0001",
    "\uffff",
    "\u{1F600}",
    "\ue000",
    "x".repeat(2500),
    `${"x".repeat(2500)}y`,
  ),
);

const scalars = fc.oneof(
  numbers,
  texts,
  fc.constantFrom<unknown>(null, true, false, B("b"), B("aa"), B(""), O(1), O(2), T(1, 2), T(2, 1), /^a/i),
  fc.integer({ min: -5, max: 5 }).map((ms) => new Date(ms)),
);

const trees = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalars,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "__proto__", "0"), tie("value"), { maxKeys: 3 }),
  ),
}));

/** Any plain value that a client can send. */
export const plainValues: fc.Arbitrary<unknown> = trees.value;

/** Any value as the store holds it. */
export const storedValues: fc.Arbitrary<Value> = trees.value.map((plain) => stored(plain));

/** A plain value as the store holds it. */
export function stored(plain: unknown): Value {
  return toDoc(BSON.deserialize(BSON.serialize({ v: plain }), { promoteValues: false })).get("v") ?? null;
}

/** Numbers of all four types. */
export const storedNumbers: fc.Arbitrary<Value> = numbers.map((plain) => stored(plain));
