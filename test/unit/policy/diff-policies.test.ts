import { describe, expect, it } from "vitest";
import { diffPolicies } from "../../../src/domain/policy/diff-policies.js";
import type { Policy } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";

describe("two policies", () => {
  it("that are equal have no differences, even as copies", () => {
    expect(diffPolicies(policy, structuredClone(policy))).toEqual([]);
  });

  it("differ by path, with the value on each side", () => {
    const after: Policy = { ...policy, version: 2, phone: { ...policy.phone, callAfterMinutes: 5 } };
    expect(diffPolicies(policy, after)).toEqual([
      { path: "version", before: 1, after: 2 },
      { path: "phone.callAfterMinutes", before: 2, after: 5 },
    ]);
  });

  it("show a changed rung whole", () => {
    const rules = policy.levels[1];
    const changed = { ...rules, ladder: { ...rules.ladder, "90": [{ role: "executive", how: "page" }] as const } };
    const after: Policy = { ...policy, levels: { ...policy.levels, 1: changed } };
    expect(diffPolicies(policy, after)).toEqual([
      {
        path: "levels.1.ladder.90",
        before: [{ role: "director", how: "page" }],
        after: [{ role: "executive", how: "page" }],
      },
    ]);
  });

  it("leave out the side where a tier does not exist", () => {
    const { basico, ...tiers } = policy.tiers;
    expect(diffPolicies(policy, { ...policy, tiers })).toEqual([{ path: "tiers.basico", before: basico }]);
    expect(diffPolicies({ ...policy, tiers }, policy)).toEqual([{ path: "tiers.basico", after: basico }]);
  });

  it("compare interpretation notes by code, not by place", () => {
    const [first, ...rest] = policy.interpretationNotes;
    if (first === undefined) throw new Error("The shipped policy has notes.");
    const moved: Policy = { ...policy, interpretationNotes: [...rest, first] };
    const reworded: Policy = {
      ...policy,
      interpretationNotes: [{ ...first, note: { ...first.note, en: "Changed." } }, ...rest],
    };
    expect(diffPolicies(policy, moved)).toEqual([]);
    expect(diffPolicies(policy, reworded)).toEqual([
      { path: "interpretationNotes.G1.note.en", before: first.note.en, after: "Changed." },
    ]);
    expect(diffPolicies(policy, { ...policy, interpretationNotes: rest })).toEqual([
      { path: "interpretationNotes.G1", before: first },
    ]);
  });

  it("take an optional field that is undefined as absent", () => {
    const step = { role: "director", how: "page" } as const;
    const withRung = (rung: Policy["levels"][1]["ladder"]["90"]): Policy => {
      const rules = policy.levels[1];
      return { ...policy, levels: { ...policy.levels, 1: { ...rules, ladder: { ...rules.ladder, "90": rung } } } };
    };
    const after = withRung([{ ...step, fromRepeat: 2 }]);
    expect(diffPolicies(withRung([step]), after)).toHaveLength(1);
    expect(diffPolicies(withRung([step]), withRung([{ ...step }]))).toEqual([]);
  });
});
