import { describe, expect, it, test } from "vitest";
import type { Level, RungStep, Target } from "../../../src/domain/policy/policy.js";
import { LEVELS } from "../../../src/domain/policy/policy.js";
import { validatePolicy } from "../../../src/domain/policy/validate-policy.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";

const target = ({ minutes, counted }: Target) => `${minutes}${counted === "24x7" ? " min" : " bm"}`;
const rung = (steps: readonly RungStep[]) =>
  steps
    .map(({ how, role, fromRepeat, onlyBusinessHours }) =>
      [how, role, fromRepeat && `from ${fromRepeat}`, onlyBusinessHours && "business"].filter(Boolean).join(" "),
    )
    .join(", ");

describe("the shipped policy", () => {
  it("has nothing wrong with it, and is not confirmed", () => {
    expect(validatePolicy(policy)).toEqual([]);
    expect(policy.confirmed).toBe(false);
  });

  test.each<[string, Level, string, string]>([
    ["basico", 1, "30 min", "480 min"],
    ["basico", 2, "120 bm", "720 bm"],
    ["basico", 3, "540 bm", "2700 bm"],
    ["basico", 4, "1080 bm", "8100 bm"],
    ["padrao", 1, "15 min", "240 min"],
    ["padrao", 2, "30 min", "480 min"],
    ["padrao", 3, "240 bm", "1620 bm"],
    ["padrao", 4, "540 bm", "5400 bm"],
    ["premium", 1, "15 min", "120 min"],
    ["premium", 2, "30 min", "240 min"],
    ["premium", 3, "120 bm", "1080 bm"],
    ["premium", 4, "240 bm", "2700 bm"],
    ["enterprise", 1, "10 min", "120 min"],
    ["enterprise", 2, "15 min", "240 min"],
    ["enterprise", 3, "60 min", "1440 min"],
    ["enterprise", 4, "240 bm", "2700 bm"],
  ])("gives %s N%i a response in %s and a resolution in %s", (tier, level, response, resolution) => {
    const targets = policy.tiers[tier]?.targets[level];
    expect(targets && [target(targets.response), target(targets.resolution)]).toEqual([response, resolution]);
  });

  test.each<[Level, string[]]>([
    [1, ["15 min", "30 min", "15 min", "4320 min"]],
    [2, ["30 min", "60 min", "30 min", "4320 min"]],
    [3, ["240 bm", "540 bm", "240 bm", "2700 bm"]],
    [4, ["540 bm", "2700 bm", "540 bm", "2700 bm"]],
  ])("gives N%i its first notice, updates, repeats and reopen window", (level, expected) => {
    const { firstNotice, updateEvery, repeatAfterBreach, reopenWindow } = policy.levels[level];
    expect([firstNotice, updateEvery, repeatAfterBreach, reopenWindow].map(target)).toEqual(expected);
  });

  it("observes, re-pages, pauses and asks for a second person by level", () => {
    const rows = LEVELS.map((level) => policy.levels[level]);
    expect(rows.map((row) => row.observationMinutes)).toEqual([60, 30, 0, 0]);
    expect(rows.map((row) => row.repageMinutes)).toEqual([5, 5, null, null]);
    expect(rows.map((row) => row.mayPause)).toEqual([false, false, true, true]);
    expect(rows.map((row) => row.secondPersonMinutes)).toEqual([3, 10, null, null]);
  });

  test.each<[Level, Record<string, string>]>([
    [
      1,
      {
        "0": "page primary, page incident-commander, page communications-lead, inform on-call-lead, inform engineering-manager, inform director",
        "50": "page secondary, page on-call-lead",
        "75": "page engineering-manager",
        "90": "page director",
        "100": "page director, inform executive",
        repeat: "page director, page executive",
      },
    ],
    [
      2,
      {
        "0": "page primary, inform on-call-lead, inform engineering-manager",
        "50": "page secondary",
        "75": "page on-call-lead",
        "90": "page engineering-manager",
        "100": "page director",
        repeat: "page director, page engineering-manager, page executive from 4",
      },
    ],
    [
      3,
      {
        "0": "inform responder",
        "50": "remind responder",
        "75": "page on-call-lead business",
        "90": "inform engineering-manager",
        "100": "page engineering-manager",
        repeat: "page engineering-manager, page director from 3",
      },
    ],
    [
      4,
      {
        "0": "inform support-owner",
        "50": "remind support-owner",
        "75": "inform on-call-lead",
        "90": "page on-call-lead",
        "100": "inform engineering-manager",
        repeat: "page engineering-manager",
      },
    ],
  ])("climbs the ladder of N%i", (level, expected) => {
    const { ladder } = policy.levels[level];
    expect(Object.fromEntries(Object.entries(ladder).map(([name, steps]) => [name, rung(steps)]))).toEqual(expected);
  });

  it("counts business time from Monday to Friday, nine to six, in São Paulo", () => {
    expect(policy.calendars[policy.businessCalendar]).toEqual({
      zone: "America/Sao_Paulo",
      open: "09:00",
      close: "18:00",
      days: [1, 2, 3, 4, 5],
      holidays: "BR",
    });
  });

  it("explains how it reads every gap of the text, in both languages", () => {
    expect(policy.interpretationNotes.map(({ code }) => code)).toEqual(
      Array.from({ length: 18 }, (_, index) => `G${index + 1}`),
    );
    for (const { note } of policy.interpretationNotes) expect(note["pt-BR"]).not.toBe(note.en);
  });
});
