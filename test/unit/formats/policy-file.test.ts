import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import { parsePolicyFile, printPolicyFile } from "../../../src/formats/policy-file.js";

const shipped = printPolicyFile(policy);

/** What is wrong with the shipped file after one replacement. */
const changed = (from: string, to: string) => {
  expect(shipped).toContain(from);
  return found(shipped.replace(from, to));
};
const found = (text: string) => {
  const parsed = parsePolicyFile(text);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
};

/** Any UTF-16 unit, lone surrogates too. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

describe("a policy file", () => {
  it("printed and read again is the same policy", () => {
    expect(parsePolicyFile(shipped)).toEqual({ ok: true, value: policy });
  });

  it("may be JSON, indented with tabs and begun by a byte order mark", () => {
    expect(parsePolicyFile(`\uFEFF${JSON.stringify(policy, null, "\t")}`)).toEqual({ ok: true, value: policy });
  });

  it("printed has no anchors, so that each value can be edited alone", () => {
    expect(shipped).not.toMatch(/[&*]a\d/);
  });

  test.each<[string, string, string, string[]]>([
    ["a missing field", "defaultTier: padrao\n", "", ["defaultTier: missing"]],
    ["a blank field", "defaultTier: padrao\n", "defaultTier:\n", ["defaultTier: missing"]],
    ["an empty text", "en: Incident handling policy", 'en: " "', ["title.en: empty"]],
    ["a field that does not exist", "confirmed: false", "confirmed: false\ncolour: red", ["colour: unknown-key"]],
    ["a text for a yes or no", "confirmed: false", 'confirmed: "no"', ["confirmed: not-a-boolean"]],
    ["a text for a number", "largeUsers: 500", "largeUsers: many", ["classification.largeUsers: not-a-number"]],
    ["a fraction", "largeUsers: 500", "largeUsers: 1.5", ["classification.largeUsers: fractional"]],
    ["too small a number", "largeUsers: 500", "largeUsers: 0", ["classification.largeUsers: too-small"]],
    ["too large a number", "maxAlertsPerHour: 6", "maxAlertsPerHour: 61", ["phone.maxAlertsPerHour: too-large"]],
    ["a number for a text", "businessCalendar: BR-COMERCIAL", "businessCalendar: 5", ["businessCalendar: not-a-text"]],
    ["a value outside the list", "fourEyes: whenAvailable", "fourEyes: never", ["fourEyes: invalid-value"]],
    ["hours that are no hours", "open: 09:00", "open: 9h", ["calendars.BR-COMERCIAL.open: bad-format"]],
    ["holidays of no form", "holidays: BR", "holidays: 5", ["calendars.BR-COMERCIAL.holidays: bad-format"]],
    [
      "a holiday that is no date",
      "holidays: BR",
      "holidays: [25/12]",
      ["calendars.BR-COMERCIAL.holidays.0: bad-format"],
    ],
    ["a calendar named like round the clock", "  BR-COMERCIAL:", "  24x7:", ["calendars.24x7: bad-name"]],
    ["a list for a map", "phone:\n", "phone: []\nphones:\n", ["phone: not-a-map", "phones: unknown-key"]],
    [
      "a map for a list",
      "warningPercents:\n  - 50\n  - 75\n  - 90",
      "warningPercents: {}",
      ["warningPercents: not-a-list"],
    ],
    ["an empty list", "warningPercents:\n  - 50\n  - 75\n  - 90", "warningPercents: []", ["warningPercents: empty"]],
    ["too long a list", "warningPercents:\n", "warningPercents:\n  - 40\n", ["warningPercents: too-many"]],
    [
      "a policy that contradicts itself",
      "largeUsers: 500",
      "largeUsers: 9",
      ["classification.largeUsers: thresholds-not-ordered"],
    ],
  ])("with %s is refused", (_, from, to, expected) => {
    expect(changed(from, to)).toEqual(expected);
  });

  it("must have every cell of the matrix, every level of a tier and every rung of a ladder", () => {
    const { classification, tiers, levels } = structuredClone(policy);
    Reflect.deleteProperty(classification.matrix.single, "little");
    Reflect.deleteProperty(tiers["basico"]?.targets ?? {}, "4");
    Reflect.deleteProperty(levels[2].ladder, "repeat");
    expect(found(JSON.stringify({ ...policy, classification, tiers, levels }))).toEqual([
      "tiers.basico.targets.4: missing",
      "levels.2.ladder.repeat: missing",
      "classification.matrix.single.little: missing",
    ]);
  });

  test.each([
    ["broken quotes", 'id: "cubo', ["1:10 invalid-yaml"]],
    ["a field twice", "id: a\nid: b", ["2:1 duplicate-key"]],
    ["a tag", "id: !!js/function x", ["1:5 unsupported-tag"]],
    ["two documents", "id: a\n---\nid: b", ["2:1 invalid-yaml"]],
  ])("with %s is refused with line and column", (_, text, expected) => {
    const parsed = parsePolicyFile(text, "en");
    const problems = parsed.ok ? [] : parsed.problems;
    const places = problems.map(({ message, code }) => {
      const [, line, column] = /line (\d+), column (\d+)/.exec(message) ?? [];
      return `${line}:${column} ${code}`;
    });
    expect(places).toEqual(expected);
  });

  test.each([
    ["an empty file", "", ": missing"],
    ["a list", "[]", ": not-a-map"],
    ["a number", "12", ": not-a-map"],
    ["a key that reaches into objects", "__proto__: {id: x}", "__proto__: unsafe-key"],
    ["such a key deep inside", "tiers: {constructor: {}}", "tiers.constructor: unsafe-key"],
    ["too long a text", " ".repeat(1_000_001), ": file-too-long"],
    ["aliases that multiply", aliasBomb(), ": invalid-yaml"],
  ])("that is %s is refused", (_, text, expected) => {
    expect(found(text)).toEqual([expected]);
  });

  it("nested without end is refused and does not crash", () => {
    expect(found("[".repeat(5_000))).not.toEqual([]);
  });

  it("of any text at all gives a policy or problems, never an exception", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.json(), fc.jsonValue().map(String)), (text) => {
        const parsed = parsePolicyFile(text);
        expect(parsed.ok).toBe(false);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});

/** A few hundred bytes that would unfold into a billion values. */
function aliasBomb(): string {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let depth = 1; depth < 10; depth += 1) {
    lines.push(`a${depth}: &a${depth} [${new Array<string>(10).fill(`*a${depth - 1}`).join(", ")}]`);
  }
  return lines.join("\n");
}
