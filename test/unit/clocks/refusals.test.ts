import { describe, expect, test } from "vitest";
import { rowOf, type Story, sheetOf } from "./scenario.js";

type Events = NonNullable<Story["events"]>;
const padrao = { customer: { id: "A", tier: "padrao" } };

const REFUSED: readonly (readonly [reason: string, level: 1 | 2 | 3 | 4, events: Events])[] = [
  [
    "already-taken",
    3,
    [
      ["11-23 10:10", "taken"],
      ["11-23 10:20", "taken"],
    ],
  ],
  ["not-monitoring", 3, [["11-23 10:20", "regressed"]]],
  [
    "not-open",
    3,
    [
      ["11-23 10:10", "mitigated"],
      ["11-23 10:20", "mitigated"],
    ],
  ],
  [
    "not-open",
    3,
    [
      ["11-23 10:10", "resolved"],
      ["11-23 10:20", "resolved"],
    ],
  ],
  [
    "not-open",
    3,
    [
      ["11-23 10:10", "resolved"],
      ["11-23 10:20", "cancelled"],
    ],
  ],
  ["not-resolved", 3, [["11-23 10:20", "reopened"]]],
  ["not-paused", 3, [["11-23 10:20", "resumed"]]],
  ["same-level", 3, [["11-23 10:20", "reclassified", { level: 3, cause: "corrected" }]]],
  ["does-not-raise", 3, [["11-23 10:20", "reclassified", { level: 4, cause: "worsened" }]]],
  ["does-not-lower", 3, [["11-23 10:20", "reclassified", { level: 2, cause: "lowered" }]]],
  [
    "effective-from-later",
    3,
    [["11-23 10:20", "reclassified", { level: 1, cause: "worsened", effectiveFrom: "2026-11-23T10:21:00-03:00" }]],
  ],
  ["unknown-customer", 3, [["11-23 10:20", "customer-removed", { id: "Z" }]]],
  ["already-affected", 3, [["11-23 10:20", "customer-added", padrao]]],
  ["out-of-order", 3, [["11-23 09:59", "taken"]]],
  [
    "out-of-order",
    3,
    [
      ["11-23 10:20", "taken"],
      ["11-23 10:10", "mitigated"],
    ],
  ],
  [
    "cancelled",
    3,
    [
      ["11-23 10:10", "cancelled"],
      ["11-23 10:20", "taken"],
    ],
  ],
];

test.each(REFUSED)("%s is a refusal and changes nothing", (reason, level, events) => {
  const story = { level, declared: "11-23 10:00", until: "11-23 12:00" } as const;
  const sheet = sheetOf({ ...story, events });
  const last = events.at(-1);
  expect(sheet.refusals).toEqual([{ at: last?.[0], type: last?.[1], reason }]);
  expect({ ...sheet, refusals: [] }).toEqual(sheetOf({ ...story, events: events.slice(0, -1) }));
});

describe("a correction", () => {
  test.each([1, 4] as const)("may go from level 3 to %i", (level) => {
    const events = [["11-23 10:20", "reclassified", { level, cause: "corrected" }]] as const;
    expect(sheetOf({ level: 3, declared: "11-23 10:00", events }).refusals).toEqual([]);
  });
});

describe("cancelling", () => {
  test("voids every clock, whatever it had come to", () => {
    const events = [
      ["11-23 10:05", "taken"],
      ["11-23 14:30", "cancelled"],
    ] as const;
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", events, until: "11-23 20:00" });
    expect(rowOf(sheet, "response")).toMatchObject({ state: "voided", stoppedAt: "11-23 10:05" });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      state: "voided",
      breachAt: "11-23 14:00",
      stoppedAt: "11-23 14:30",
    });
    expect(sheet.governing).toEqual({ response: null, resolution: null });
    expect(sheet.escalations.at(-1)).toMatchObject({ at: "11-23 14:15", repeat: 1 });
  });
});

describe("events", () => {
  test("after the end of the computation are ignored, refusable or not", () => {
    const events = [
      ["11-23 10:05", "taken"],
      ["11-23 11:00", "regressed"],
      ["11-23 12:00", "mitigated"],
    ] as const;
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", events, until: "11-23 10:30" });
    expect(sheet.refusals).toEqual([]);
    expect(rowOf(sheet, "resolution")).toMatchObject({ state: "running", consumedMinutes: 30 });
  });

  test("of one instant count in the order given", () => {
    const at = "11-23 11:00";
    const story = { level: 3, declared: "11-23 10:00" } as const;
    expect(
      sheetOf({
        ...story,
        events: [
          [at, "mitigated"],
          [at, "regressed"],
        ],
      }).refusals,
    ).toEqual([]);
    expect(
      sheetOf({
        ...story,
        events: [
          [at, "regressed"],
          [at, "mitigated"],
        ],
      }).refusals,
    ).toHaveLength(1);
  });

  test("at the end of the computation still count", () => {
    const events = [["11-23 11:00", "mitigated"]] as const;
    expect(
      rowOf(sheetOf({ level: 3, declared: "11-23 10:00", events, until: "11-23 11:00" }), "resolution").state,
    ).toBe("held");
  });
});
