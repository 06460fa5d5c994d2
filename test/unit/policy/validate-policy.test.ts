import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { DATA_IMPACTS, EFFECTS, EXPOSURES, SCOPES } from "../../../src/domain/classification/classification.js";
import { classify } from "../../../src/domain/classification/classify.js";
import type {
  Effect,
  Ladder,
  Level,
  LevelRules,
  MatrixCell,
  Policy,
  Scope,
} from "../../../src/domain/policy/policy.js";
import { LEVELS } from "../../../src/domain/policy/policy.js";
import { isKnownZone, isRealDate } from "../../../src/domain/policy/validate-calendar.js";
import { validatePolicy } from "../../../src/domain/policy/validate-policy.js";
import { cuboSuitePolicyV1 as shipped } from "../../../src/formats/policies/cubo-suite-v1.js";

const CALENDAR = {
  zone: "America/Sao_Paulo",
  open: "09:00",
  close: "18:00",
  days: [1, 2, 3],
  holidays: "none",
} as const;

const found = (policy: Policy) => validatePolicy(policy).map(({ path, code }) => `${path}: ${code}`);
const withLevel = (level: Level, rules: Partial<LevelRules>): Policy => ({
  ...shipped,
  levels: { ...shipped.levels, [level]: { ...shipped.levels[level], ...rules } },
});
const withLadder = (ladder: Partial<Ladder>) => withLevel(1, { ladder: { ...shipped.levels[1].ladder, ...ladder } });
const withClassification = (rules: Partial<Policy["classification"]>): Policy => ({
  ...shipped,
  classification: { ...shipped.classification, ...rules },
});
const withCalendar = (calendar: Partial<Policy["calendars"][string]>): Policy => ({
  ...shipped,
  calendars: { ...shipped.calendars, OWN: { ...CALENDAR, ...calendar } },
});
const withCell = (scope: Scope, effect: Effect, level: Level): Policy => {
  const { matrix } = shipped.classification;
  const cell = { ...matrix[scope][effect], level };
  return withClassification({ matrix: { ...matrix, [scope]: { ...matrix[scope], [effect]: cell } } });
};
const business = (minutes: number) => ({ minutes, counted: "business" }) as const;

test.each<[string, Policy, string[]]>([
  ["a default tier that is no tier", { ...shipped, defaultTier: "ouro" }, ["defaultTier: unknown-default-tier"]],
  ["no tier at all", { ...shipped, tiers: {} }, ["tiers: no-tier", "defaultTier: unknown-default-tier"]],
  [
    "a business calendar that is not there",
    { ...shipped, businessCalendar: "constructor" },
    ["businessCalendar: unknown-business-calendar"],
  ],
  ["warnings out of order", { ...shipped, warningPercents: [75, 50] }, ["warningPercents.1: warnings-not-ascending"]],
  ["a warning twice", { ...shipped, warningPercents: [50, 50] }, ["warningPercents.1: warnings-not-ascending"]],
  ["a warning with no rung", { ...shipped, warningPercents: [60] }, ["warningPercents.0: warning-without-rung"]],
  ["an empty rung", withLadder({ "75": [] }), ["levels.1.ladder.75: empty-rung"]],
  [
    "a role twice on a rung",
    withLadder({
      "50": [
        { role: "director", how: "page" },
        { role: "director", how: "inform" },
      ],
    }),
    ["levels.1.ladder.50.1.role: repeated-role"],
  ],
  [
    "fromRepeat outside the repeats",
    withLadder({ "50": [{ role: "director", how: "page", fromRepeat: 2 }] }),
    ["levels.1.ladder.50.0.fromRepeat: repeat-step-outside-repeat"],
  ],
  [
    "a first repeat that reaches nobody",
    withLadder({ repeat: [{ role: "director", how: "page", fromRepeat: 2 }] }),
    ["levels.1.ladder.repeat: no-step-on-first-repeat"],
  ],
  [
    "a first notice after the response",
    withLevel(3, { firstNotice: business(241) }),
    ["levels.3.firstNotice: first-notice-after-response"],
  ],
  [
    "updates rarer than a resolution",
    withLevel(3, { updateEvery: business(1_621) }),
    // The basic tier gives longer, and enterprise counts this level round the clock.
    ["levels.3.updateEvery: update-after-resolution", "levels.3.updateEvery: update-after-resolution"],
  ],
  [
    "a matrix that falls with more users",
    withCell("large", "affected", 4),
    [
      "classification.matrix.large.affected: classification-not-monotone",
      "classification.matrix.large.affected: classification-not-monotone",
    ],
  ],
  [
    "an exposure that falls when confirmed",
    withClassification({ exposureFloor: { suspected: 1, confirmed: 2 } }),
    ["classification.exposureFloor.confirmed: classification-not-monotone"],
  ],
  [
    "lost data milder than impaired data",
    withClassification({
      dataEffect: {
        impaired: { ...shipped.classification.dataEffect.impaired, floor: 1 },
        lost: { ...shipped.classification.dataEffect.lost, atLeast: "little" },
      },
    }),
    [
      "classification.dataEffect.lost.atLeast: classification-not-monotone",
      "classification.dataEffect.lost.floor: classification-not-monotone",
    ],
  ],
  [
    "many users fewer than a small number",
    withClassification({ largeUsers: 10 }),
    ["classification.largeUsers: thresholds-not-ordered"],
  ],
  [
    "a share that begins inside a small group",
    withClassification({ largeShare: { moreThanUsers: 9, percentOfMonthlyActive: 10 } }),
    ["classification.largeShare.moreThanUsers: thresholds-not-ordered"],
  ],
  ["an unknown zone", withCalendar({ zone: "America/Atlantida" }), ["calendars.OWN.zone: unknown-zone"]],
  ["hours that close before they open", withCalendar({ close: "08:59" }), ["calendars.OWN.close: inverted-hours"]],
  ["a weekday twice", withCalendar({ days: [1, 1] }), ["calendars.OWN.days: repeated-day"]],
  [
    "dates that do not exist",
    withCalendar({ holidays: ["2026-02-30"], exceptions: { "2027-02-29": null, "2026-12-24": ["14:00", "09:00"] } }),
    [
      "calendars.OWN.holidays.0: impossible-date",
      "calendars.OWN.exceptions.2027-02-29: impossible-date",
      "calendars.OWN.exceptions.2026-12-24: inverted-hours",
    ],
  ],
  [
    "a note's code twice",
    { ...shipped, interpretationNotes: [...shipped.interpretationNotes, ...shipped.interpretationNotes.slice(0, 1)] },
    ["interpretationNotes.18.code: repeated-note"],
  ],
])("%s is found", (_, policy, expected) => {
  expect(found(policy)).toEqual(expected);
});

test("a response longer than its resolution is found, but only when both count alike", () => {
  const padrao = shipped.tiers["padrao"];
  if (padrao === undefined) throw new Error("The shipped policy has the tier padrao.");
  const responding = (minutes: number, counted: "24x7" | "business"): Policy => {
    const cell = { ...padrao.targets[1], response: { minutes, counted } };
    return { ...shipped, tiers: { ...shipped.tiers, padrao: { ...padrao, targets: { ...padrao.targets, 1: cell } } } };
  };
  expect(found(responding(241, "24x7"))).toEqual(["tiers.padrao.targets.1.response: response-after-resolution"]);
  expect(found(responding(240, "24x7"))).toEqual([]);
  expect(found(responding(241, "business"))).toEqual([]);
});

test("everything wrong is told at once", () => {
  const problems = found({ ...withLadder({ "0": [], "100": [] }), defaultTier: "ouro", warningPercents: [90, 50] });
  expect(problems).toEqual([
    "defaultTier: unknown-default-tier",
    "warningPercents.1: warnings-not-ascending",
    "levels.1.ladder.0: empty-rung",
    "levels.1.ladder.100: empty-rung",
  ]);
});

describe("a matrix", () => {
  const matrixArbitrary = fc.array(fc.constantFrom<Level>(...LEVELS), { minLength: 16, maxLength: 16 });
  const policyOf = (levels: readonly Level[]): Policy => {
    const row = (scope: Scope, place: number) => {
      const cell = (effect: Effect, column: number): MatrixCell => ({
        ...shipped.classification.matrix[scope][effect],
        level: levels[place * 4 + column] ?? 1,
      });
      return {
        outage: cell("outage", 0),
        significant: cell("significant", 1),
        affected: cell("affected", 2),
        little: cell("little", 3),
      };
    };
    const matrix = {
      large: row("large", 0),
      small_number: row("small_number", 1),
      small_group: row("small_group", 2),
      single: row("single", 3),
    };
    return withClassification({ matrix });
  };

  it("that passes classifies monotonely, and one that fails does not", () => {
    const sorted = matrixArbitrary.map((levels) => [...levels].sort());
    const mostlySorted = fc.tuple(sorted, fc.nat(15), fc.constantFrom<Level>(...LEVELS)).map(([levels, at, level]) => {
      const changed = [...levels];
      changed[at] = level;
      return changed;
    });
    let passed = 0;
    let failed = 0;
    fc.assert(
      fc.property(fc.oneof(fc.constant<Level[]>(new Array<Level>(16).fill(3)), mostlySorted), (levels) => {
        const policy = policyOf(levels);
        const isMonotone = isMonotoneByTrial(policy);
        if (isMonotone) passed += 1;
        else failed += 1;
        expect(validatePolicy(policy).length === 0).toBe(isMonotone);
      }),
      { numRuns: 200 },
    );
    expect(passed).toBeGreaterThan(0);
    expect(failed).toBeGreaterThan(0);
  });

  /** The slow and independent way: every pair of answers, the data rules left out by answering "none". */
  function isMonotoneByTrial(policy: Policy): boolean {
    const level = (scope: Scope, effect: Effect) =>
      classify({ scope, effect, data: "none", exposure: "none" }, policy).level;
    return SCOPES.every((scope, row) =>
      EFFECTS.every((effect, column) =>
        SCOPES.slice(row).every((fewer) =>
          EFFECTS.slice(column).every((milder) => level(scope, effect) <= level(fewer, milder)),
        ),
      ),
    );
  }

  it("that passes stays monotone under data and exposure", () => {
    const all = SCOPES.flatMap((scope) =>
      EFFECTS.flatMap((effect) =>
        DATA_IMPACTS.flatMap((data) => EXPOSURES.map((exposure) => ({ scope, effect, data, exposure }))),
      ),
    );
    const rank = ({ scope, effect, data, exposure }: (typeof all)[number]) => [
      SCOPES.indexOf(scope),
      EFFECTS.indexOf(effect),
      DATA_IMPACTS.indexOf(data),
      EXPOSURES.indexOf(exposure),
    ];
    for (const worse of all) {
      for (const milder of all) {
        const milderRank = rank(milder);
        if (!rank(worse).every((place, axis) => place <= (milderRank[axis] ?? 0))) continue;
        if (classify(worse, shipped).level > classify(milder, shipped).level) {
          expect.fail(`${JSON.stringify(worse)} is milder than ${JSON.stringify(milder)}`);
        }
      }
    }
    expect(all).toHaveLength(144);
  });
});

test.each([
  ["America/Sao_Paulo", true],
  ["Europe/Lisbon", true],
  ["UTC", true],
  ["-03:00", false],
  ["", false],
  ["America/Sao Paulo", false],
])("the zone %j is known: %s", (zone, expected) => {
  expect(isKnownZone(zone)).toBe(expected);
});

test.each([
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2026-13-01", false],
  ["2026-1-1", false],
  ["", false],
])("the date %j is real: %s", (date, expected) => {
  expect(isRealDate(date)).toBe(expected);
});
