import { describe, expect, test } from "vitest";
import { fired, line, rowOf, rowsOf, type Story, sheetOf } from "./scenario.js";

const two = [
  { id: "A", tier: "padrao" },
  { id: "B", tier: "premium" },
];
const waiting = { reason: "waiting-customer" };
const n3 = (events: Story["events"], until?: string): Story => ({
  level: 3,
  declared: "11-23 10:00",
  events: [["11-23 10:15", "taken"], ...(events ?? [])],
  ...(until === undefined ? {} : { until }),
});

describe("a pause", () => {
  test("stops one customer's resolution clock and no other", () => {
    const sheet = sheetOf({
      ...n3([["11-23 11:00", "paused", { ...waiting, customers: ["B"] }]], "11-23 15:00"),
      customers: two,
    });
    expect(rowOf(sheet, "resolution", "A")).toMatchObject({ state: "running", consumedMinutes: 300 });
    expect(rowOf(sheet, "resolution", "B")).toMatchObject({ state: "paused", consumedMinutes: 60 });
    expect(sheet.governing.resolution?.customer).toBe("A");
  });

  test("never stops the response clock", () => {
    const sheet = sheetOf({
      level: 3,
      declared: "11-23 10:00",
      events: [["11-23 11:00", "paused", waiting]],
      until: "11-23 13:00",
    });
    expect(rowOf(sheet, "response")).toMatchObject({ state: "running", consumedMinutes: 180 });
  });

  test("is projected with its automatic end", () => {
    const sheet = sheetOf(n3([["11-23 11:00", "paused", waiting]]));
    expect(line(rowOf(sheet, "resolution"))).toBe("11-27 14:30 · 11-30 12:15 · 11-30 16:18 · 12-01 10:00");
  });

  test("that ended by itself leaves nothing to resume", () => {
    const sheet = sheetOf(
      n3([
        ["11-23 11:00", "paused", waiting],
        ["11-27 09:00", "resumed"],
      ]),
    );
    expect(sheet.refusals).toEqual([{ at: "11-27 09:00", type: "resumed", reason: "not-paused" }]);
  });

  test("ends by itself for each customer in its own time", () => {
    const pausedTwice = [
      ["11-23 11:00", "paused", { ...waiting, customers: ["A"] }],
      ["11-23 15:00", "paused", { ...waiting, customers: ["B"] }],
    ] as const;
    const sheet = sheetOf({ ...n3(pausedTwice, "11-26 17:00"), customers: two });
    expect(rowOf(sheet, "resolution", "A").consumedMinutes).toBe(60 + 360);
    expect(rowOf(sheet, "resolution", "B").consumedMinutes).toBe(300 + 120);
  });

  test("may be resumed at the very instant of its automatic end", () => {
    const sheet = sheetOf(
      n3([
        ["11-23 11:00", "paused", waiting],
        ["11-26 11:00", "resumed"],
      ]),
    );
    expect(sheet.refusals).toEqual([]);
    expect(rowOf(sheet, "resolution").state).toBe("running");
  });

  test("keeps the instants of the thresholds already passed", () => {
    const events = [
      ["11-24 15:00", "paused", waiting],
      ["11-24 16:00", "resumed"],
    ] as const;
    expect(line(rowOf(sheetOf(n3(events)), "resolution"))).toBe(
      "11-24 14:30 · 11-25 13:15 · 11-25 17:18 · 11-26 11:00",
    );
  });

  test("begins before the threshold of its instant, which falls when the clock goes on", () => {
    const events = [
      ["11-24 14:30", "paused", waiting],
      ["11-24 16:00", "resumed"],
    ] as const;
    const sheet = sheetOf(n3(events));
    expect(rowOf(sheet, "resolution").thresholds[50]).toBe("11-24 16:00");
    expect(fired(sheet, "resolution")).toEqual(["11-24 16:00 50"]);
  });

  test("ends when the incident is raised to a level that never pauses, and its time stays out", () => {
    const sheet = sheetOf(
      n3(
        [
          ["11-23 11:00", "paused", waiting],
          ["11-23 13:00", "reclassified", { level: 2, cause: "corrected" }],
        ],
        "11-23 14:00",
      ),
    );
    expect(rowOf(sheet, "resolution")).toMatchObject({
      state: "running",
      consumedMinutes: 120,
      thresholds: { 100: "11-23 20:00" },
    });
  });

  test("goes on under another level that may pause", () => {
    const sheet = sheetOf(
      n3([
        ["11-23 11:00", "paused", waiting],
        ["11-23 13:00", "reclassified", { level: 4, cause: "lowered" }],
      ]),
    );
    expect(rowsOf(sheet, "resolution").map(({ state }) => state)).toEqual(["superseded", "paused"]);
    expect(rowOf(sheet, "resolution")).toMatchObject({ consumedMinutes: 60, level: 4 });
  });

  test("outlasts a hold, whose time is not counted twice", () => {
    const events = [
      ["11-23 11:00", "paused", waiting],
      ["11-23 12:00", "mitigated"],
      ["11-23 13:00", "regressed"],
      ["11-23 14:00", "resumed"],
    ] as const;
    expect(rowOf(sheetOf(n3(events.slice(0, 2))), "resolution").state).toBe("held");
    expect(rowOf(sheetOf(n3(events.slice(0, 3))), "resolution").state).toBe("paused");
    expect(rowOf(sheetOf(n3(events, "11-23 15:00")), "resolution")).toMatchObject({
      state: "running",
      consumedMinutes: 120,
    });
  });

  test("of a breached clock silences its repeats until it goes on", () => {
    const events = [
      ["11-26 11:00", "paused", waiting],
      ["11-26 15:00", "resumed"],
    ] as const;
    const sheet = sheetOf(n3(events, "11-27 10:00"));
    expect(rowOf(sheet, "resolution")).toMatchObject({ state: "breached", breachAt: "11-26 10:00" });
    expect(fired(sheet, "resolution").slice(3)).toEqual(["11-26 10:00 100", "11-26 18:00 100#1"]);
  });

  test("stands for the resolution when the incident is resolved meanwhile", () => {
    const sheet = sheetOf(
      n3([
        ["11-23 11:00", "paused", waiting],
        ["11-23 15:00", "resolved"],
      ]),
    );
    expect(rowOf(sheet, "resolution")).toMatchObject({ state: "met", stoppedAt: "11-23 15:00", consumedMinutes: 60 });
  });
});

describe("a pause is refused", () => {
  const reasonOf = (story: Story) => sheetOf(story).refusals.map(({ reason }) => reason);

  test.each([1, 2] as const)("on level %i", (level) => {
    const story = { level, declared: "11-23 10:00", events: [["11-23 11:00", "paused", waiting]] } as const;
    expect(reasonOf(story)).toEqual(["level-never-pauses"]);
  });

  test("while waiting for a third party, unless the contract allows it", () => {
    const events = [["11-23 11:00", "paused", { reason: "waiting-third-party" }]] as const;
    expect(reasonOf(n3(events))).toEqual(["third-party-never-pauses"]);
    const allowed = [{ id: "A", tier: "padrao", pauseOnThirdParty: true }];
    expect(reasonOf({ ...n3(events), customers: allowed })).toEqual([]);
  });

  test("without saying whose clock, when several customers are affected", () => {
    expect(reasonOf({ ...n3([["11-23 11:00", "paused", waiting]]), customers: two })).toEqual(["customers-missing"]);
  });

  test("for all when one of the customers named is unknown or paused", () => {
    const story = (customers: string[]) => ({
      ...n3([
        ["11-23 11:00", "paused", { ...waiting, customers: ["B"] }],
        ["11-23 12:00", "paused", { ...waiting, customers }],
      ]),
      customers: two,
    });
    expect(reasonOf(story(["A", "Z"]))).toEqual(["unknown-customer"]);
    expect(reasonOf(story(["A", "B"]))).toEqual(["already-paused"]);
    expect(rowOf(sheetOf(story(["A", "B"])), "resolution", "A").state).toBe("running");
  });

  test("while the effect is gone", () => {
    expect(
      reasonOf(
        n3([
          ["11-23 11:00", "mitigated"],
          ["11-23 12:00", "paused", waiting],
        ]),
      ),
    ).toEqual(["not-open"]);
  });
});
