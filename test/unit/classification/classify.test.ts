import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { ClassificationAnswers } from "../../../src/domain/classification/classification.js";
import { DATA_IMPACTS, EFFECTS, EXPOSURES, SCOPES } from "../../../src/domain/classification/classification.js";
import { classify } from "../../../src/domain/classification/classify.js";
import type { Exposure, Policy } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import { CLASSIFICATION_TABLE } from "./classification-table.js";

const answers = (given: Partial<ClassificationAnswers> = {}): ClassificationAnswers => ({
  scope: "single",
  effect: "little",
  data: "none",
  exposure: "none",
  ...given,
});

/** The shipped policy with other numbers for what nobody answered. */
const withUnclassified = (level: 1 | 2 | 3 | 4): Policy => ({
  ...policy,
  classification: { ...policy.classification, unclassifiedLevel: level },
});

describe("the table of 48 combinations", () => {
  it("covers every combination once", () => {
    const combinations = new Set(CLASSIFICATION_TABLE.map((row) => row.slice(0, 3).join(" ")));
    expect(combinations.size).toBe(SCOPES.length * EFFECTS.length * DATA_IMPACTS.length);
  });

  test.each(CLASSIFICATION_TABLE)("%s, %s, data %s is N%i (%s: %s)", (scope, effect, data, level, kind, why) => {
    const classification = classify(answers({ scope, effect, data }), policy);
    expect(classification).toMatchObject({ level, kind, ambiguous: kind !== "T", provisional: false });
    expect(classification.rule["pt-BR"]).toBe(why);
    expect(classification.floors).toEqual(data === "lost" ? [2] : []);
  });
});

describe("exposure", () => {
  test.each<[ClassificationAnswers["scope"], ClassificationAnswers["effect"], Exposure, number]>([
    ["single", "little", "suspected", 2],
    ["single", "affected", "suspected", 2],
    ["large", "outage", "suspected", 1],
    ["single", "little", "confirmed", 1],
    ["small_group", "outage", "confirmed", 1],
    ["large", "outage", "confirmed", 1],
  ])("%s with %s and exposure %s is N%i", (scope, effect, exposure, level) => {
    expect(classify(answers({ scope, effect, exposure }), policy).level).toBe(level);
  });

  it("that raises the level is the rule told, and is not the text deciding", () => {
    expect(classify(answers({ exposure: "confirmed" }), policy)).toEqual({
      level: 1,
      kind: "D",
      ambiguous: true,
      provisional: false,
      rule: policy.classification.exposureWhy.confirmed,
      floors: [1],
    });
  });

  it("that raises nothing leaves the rule as it was", () => {
    const classification = classify(answers({ scope: "large", effect: "outage", exposure: "suspected" }), policy);
    expect(classification).toMatchObject({ level: 1, kind: "T", floors: [2] });
  });

  it("stands beside the floor of lost data", () => {
    expect(classify(answers({ data: "lost", exposure: "confirmed" }), policy).floors).toEqual([2, 1]);
  });
});

describe("what is not known", () => {
  test.each<[Partial<ClassificationAnswers>, number]>([
    [{ effect: "outage" }, 1],
    [{ effect: "significant" }, 2],
    [{ effect: "affected" }, 3],
    [{ effect: "little" }, 3],
    [{ effect: "little", data: "impaired" }, 2],
    [{ effect: "little", data: "lost" }, 1],
  ])("unknown scope with %j is N%i, provisionally", (given, level) => {
    expect(classify(answers({ scope: "unknown", ...given }), policy)).toMatchObject({ level, provisional: true });
  });

  it("unknown data never raises the level and keeps it provisional", () => {
    for (const scope of [...SCOPES, "unknown" as const]) {
      for (const effect of EFFECTS) {
        const known = classify(answers({ scope, effect, data: "none" }), policy);
        const unknown = classify(answers({ scope, effect, data: "unknown" }), policy);
        expect(unknown).toEqual({ ...known, provisional: true });
      }
    }
  });

  it("nothing answered gives the level that the policy reserves for it", () => {
    const nothing = answers({ scope: "unknown", effect: "unknown", data: "unknown" });
    const rule = policy.classification.unclassifiedWhy;
    expect(classify(nothing, policy)).toEqual({
      level: 2,
      kind: "I",
      ambiguous: true,
      provisional: true,
      rule,
      floors: [],
    });
    expect(classify(nothing, withUnclassified(4)).level).toBe(4);
  });

  it("exposure still raises a declaration that answered nothing else", () => {
    const exposed = answers({ scope: "unknown", effect: "unknown", data: "unknown", exposure: "confirmed" });
    expect(classify(exposed, policy)).toMatchObject({ level: 1, provisional: true });
  });

  it("an unknown effect is not milder than what the other answers force", () => {
    expect(classify(answers({ scope: "large", effect: "unknown" }), withUnclassified(4)).level).toBe(3);
    expect(classify(answers({ scope: "unknown", effect: "unknown", data: "lost" }), policy).level).toBe(1);
    expect(classify(answers({ scope: "single", effect: "unknown", data: "lost" }), withUnclassified(1)).level).toBe(2);
  });
});

describe("counts", () => {
  it("that decide the scope win over the stated scope", () => {
    const counted = answers({ scope: "single", effect: "outage", counts: { users: 500 } });
    expect(classify(counted, policy)).toMatchObject({ level: 1, provisional: false });
  });

  it("that decide nothing leave the stated scope", () => {
    expect(classify(answers({ scope: "unknown", effect: "outage", counts: {} }), policy)).toMatchObject({
      level: 1,
      provisional: true,
    });
  });
});

describe("properties", () => {
  const known = fc.record({
    scope: fc.constantFrom(...SCOPES, "unknown" as const),
    effect: fc.constantFrom(...EFFECTS),
    data: fc.constantFrom(...DATA_IMPACTS),
    exposure: fc.constantFrom(...EXPOSURES),
  });
  const worseOf = <T>(worstFirst: readonly T[], value: T) => worstFirst.slice(0, worstFirst.indexOf(value) + 1);
  const level = (given: ClassificationAnswers) => classify(given, policy).level;

  test("a worse answer on any axis never lowers the level", () => {
    fc.assert(
      fc.property(known, (given) => {
        const base = level(given);
        const scopes = given.scope === "unknown" ? [] : worseOf(SCOPES, given.scope);
        for (const scope of scopes) expect(level({ ...given, scope })).toBeLessThanOrEqual(base);
        for (const effect of worseOf(EFFECTS, given.effect)) {
          expect(level({ ...given, effect })).toBeLessThanOrEqual(base);
        }
        for (const data of worseOf(DATA_IMPACTS, given.data)) {
          expect(level({ ...given, data })).toBeLessThanOrEqual(base);
        }
        for (const exposure of worseOf(EXPOSURES, given.exposure)) {
          expect(level({ ...given, exposure })).toBeLessThanOrEqual(base);
        }
      }),
    );
  });

  test("no floor is ever undercut, and only the text alone is unambiguous", () => {
    fc.assert(
      fc.property(known, (given) => {
        const { level: found, floors, kind, ambiguous } = classify(given, policy);
        for (const floor of floors) expect(found).toBeLessThanOrEqual(floor);
        expect(ambiguous).toBe(kind !== "T");
      }),
    );
  });

  test("more people affected never lowers the level", () => {
    const monthly = fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined });
    const counts = fc.record({
      users: fc.integer({ min: 1, max: 2_000 }),
      more: fc.nat({ max: 2_000 }),
      customers: fc.integer({ min: 1, max: 5 }),
      wholeCustomer: fc.boolean(),
      allUsers: fc.boolean(),
      monthly,
    });
    fc.assert(
      fc.property(known, counts, (given, { users, more, customers, wholeCustomer, allUsers, monthly: active }) => {
        const rest = {
          customers,
          wholeCustomer,
          allUsers,
          ...(active === undefined ? {} : { monthlyActiveUsers: active }),
        };
        const fewer = level({ ...given, counts: { users, ...rest } });
        expect(level({ ...given, counts: { users: users + more, ...rest } })).toBeLessThanOrEqual(fewer);
      }),
    );
  });
});
