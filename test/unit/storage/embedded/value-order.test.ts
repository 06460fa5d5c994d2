// The order of values: BSON order itself, and index keys that must agree with it.
import { Binary, BSON, BSONRegExp, MaxKey, MinKey } from "bson";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNumbers } from "../../../../src/storage/embedded/bson/compare-numbers.js";
import { compareStrings, compareValues } from "../../../../src/storage/embedded/bson/compare-values.js";
import { decodeDocument } from "../../../../src/storage/embedded/bson/decode-document.js";
import { encodeDocument } from "../../../../src/storage/embedded/bson/encode-document.js";
import { afterPrefix, encodeKey } from "../../../../src/storage/embedded/bson/encode-key.js";
import { isNumber, type Value } from "../../../../src/storage/embedded/bson/value.js";
import { plainValues, stored, storedNumbers, storedValues } from "./arbitrary-values.js";
import { D, L } from "./bson-values.js";

const sign = (order: number): number => Math.sign(order);

test("the order is total: it does not depend on the side, and it is transitive", () => {
  fc.assert(
    fc.property(storedValues, storedValues, storedValues, (a, b, c) => {
      expect(sign(compareValues(a, b))).toBe(0 - sign(compareValues(b, a)));
      if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) expect(compareValues(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test("index keys sort as their values do", () => {
  fc.assert(
    fc.property(storedValues, storedValues, fc.boolean(), (a, b, descending) => {
      const left = encodeKey([{ value: a, descending }]);
      const right = encodeKey([{ value: b, descending }]);
      const bytes = sign(Buffer.compare(left.bytes, right.bytes)) * (descending ? -1 : 1);
      const order = sign(compareValues(a, b));
      if (bytes !== 0) expect(bytes).toBe(order);
      // Equal bytes mean equal values, unless the keys say that they leave something out.
      else if (left.exact && right.exact) expect(order).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

test("the next field decides between equal first fields", () => {
  fc.assert(
    fc.property(storedValues, storedValues, storedValues, (first, a, b) => {
      const key = (second: Value): Buffer =>
        encodeKey([
          { value: first, descending: true },
          { value: second, descending: false },
        ]).bytes;
      if (!encodeKey([{ value: [first, a, b], descending: false }]).exact) return;
      expect(sign(Buffer.compare(key(a), key(b)))).toBe(sign(compareValues(a, b)));
    }),
    { numRuns: 500 },
  );
});

test("keys with a prefix lie before what comes after the prefix", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 5 }), fc.uint8Array({ maxLength: 5 }), (prefix, rest) => {
      const end = afterPrefix(Buffer.from(prefix));
      expect(Buffer.compare(Buffer.from([...prefix, ...rest]), end)).toBeLessThan(0);
    }),
  );
});

test("numbers of different types compare exactly", () => {
  const ordered = [
    D("-1E+400"),
    L("-9223372036854775808"),
    -1.5,
    D("-0.1"),
    0,
    D("1E-300"),
    1,
    D("1.4999999999999999"),
    1.5,
  ];
  ordered.push(
    L("9007199254740992"),
    D("9007199254740992.5"),
    L("9007199254740993"),
    D("1E+400"),
    Number.POSITIVE_INFINITY,
  );
  const values = ordered.map(stored);
  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries()) {
      if (!isNumber(a) || !isNumber(b)) throw new Error("not a number");
      expect(sign(compareNumbers(a, b)), `${i} against ${j}`).toBe(sign(i - j));
    }
  }
});

test("NaN of any type is one value, below minus infinity", () => {
  expect(compareValues(stored(Number.NaN), stored(D("NaN")))).toBe(0);
  expect(compareValues(stored(D("NaN")), stored(Number.NEGATIVE_INFINITY))).toBeLessThan(0);
});

test("number order is total over all four types", () => {
  fc.assert(
    fc.property(storedNumbers, storedNumbers, storedNumbers, (a, b, c) => {
      if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) expect(compareValues(a, c)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test("texts compare as their UTF-8 bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
      expect(sign(compareStrings(a, b))).toBe(sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
  );
});

test("types come in BSON order", () => {
  const inOrder: unknown[] = [new MinKey(), null, 5, "x", {}, [], new Binary(Buffer.from("x"))];
  inOrder.push(new BSON.ObjectId(), false, new Date(0), new BSON.Timestamp(1n), new BSONRegExp("x"), new MaxKey());
  const values = inOrder.map(stored);
  for (const [at, value] of values.entries()) {
    const next = values[at + 1];
    if (next !== undefined) expect(compareValues(value, next)).toBeLessThan(0);
  }
});

test("documents survive decoding and encoding byte for byte, with the order of fields and numeric types", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom("b", "a", "2", "1", "__proto__"), plainValues)), (fields) => {
      const bytes = Buffer.from(BSON.serialize(new Map(fields)));
      expect(encodeDocument(decodeDocument(bytes)).equals(bytes)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("damaged bytes are refused, never misread and never a crash", () => {
  fc.assert(
    fc.property(plainValues, fc.nat(), fc.integer({ min: 0, max: 255 }), (plain, place, byte) => {
      const bytes = Buffer.from(BSON.serialize({ a: plain, b: "text" }));
      bytes[place % bytes.length] = byte;
      try {
        decodeDocument(bytes);
      } catch (error) {
        expect(error).toMatchObject({ name: "StoreError" });
      }
    }),
    { numRuns: 1000 },
  );
});
