import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromStored, toHashable, toStored, wellFormed } from "../../../src/storage/stored-value.js";

const salt = () => "00ff".repeat(8);

describe("values on their way into a document", () => {
  test("free text gets a salt and loses it on the way back", () => {
    const stored = toStored({ events: [{ text: { prose: "olá" } }] }, salt);
    expect(stored).toEqual({ events: [{ text: { prose: "olá", salt: salt() } }] });
    expect(fromStored(stored)).toEqual({ events: [{ text: { prose: "olá" } }] });
  });

  test("each text gets a salt of its own", () => {
    const salts = ["01", "02"];
    const stored = toStored([{ prose: "a" }, { prose: "a" }], () => salts.shift() ?? "none left");
    expect(stored).toEqual([
      { prose: "a", salt: "01" },
      { prose: "a", salt: "02" },
    ]);
  });

  test("the hashed form shows a digest that depends on text and salt, never the text", () => {
    const digest = (text: string, ownSalt: string) => JSON.stringify(toHashable({ prose: text, salt: ownSalt }));
    expect(digest("segredo", salt())).not.toContain("segredo");
    expect(digest("segredo", salt())).not.toBe(digest("segredo", "11".repeat(16)));
    expect(digest("segredo", salt())).not.toBe(digest("outro", salt()));
  });

  test("lone surrogates are replaced and everything else stays", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const clean = wellFormed(text);
        expect(Buffer.from(clean, "utf8").toString("utf8")).toBe(clean);
        if (Buffer.from(text, "utf8").toString("utf8") === text) expect(clean).toBe(text);
      }),
    );
    expect(wellFormed("a\uD800b\uDC00")).toBe("a\uFFFDb\uFFFD");
  });

  test("fields without a value are left out, null and empty ones stay", () => {
    expect(toStored({ a: undefined, b: null, c: {}, d: [], e: "" }, salt)).toEqual({ b: null, c: {}, d: [], e: "" });
  });

  test.each([
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["an invalid date", new Date(Number.NaN)],
    ["a function", () => 1],
    ["a bigint", 1n],
    ["a map", new Map()],
    ["bytes", new Uint8Array(1)],
    ["a field that looks like an operator", { $set: 1 }],
    ["a field named __proto__", JSON.parse('{"__proto__": 1}')],
    ["a field with NUL", { "a\0b": 1 }],
    ["prose with other fields", { prose: "a", by: "b" }],
    ["prose that is no text", { prose: 1 }],
    ["a forged digest", { proseDigest: "00" }],
  ])("%s is refused", (_name, value) => {
    expect(() => toStored({ value }, salt)).toThrow();
  });
});
