import { describe, expect, test } from "vitest";
import { fired, line, rowOf, rowsOf, type Story, sheetOf } from "./scenario.js";

const n1 = (events: Story["events"], until?: string): Story => ({
  level: 1,
  declared: "11-23 10:00",
  events: [["11-23 10:05", "taken"], ...(events ?? [])],
  ...(until === undefined ? {} : { until }),
});

describe("while the effect is gone", () => {
  test("thresholds not reached are unknown and nothing governs", () => {
    const sheet = sheetOf(n1([["11-23 12:30", "mitigated"]], "11-23 18:00"));
    expect(rowOf(sheet, "resolution")).toMatchObject({
      state: "held",
      stoppedAt: null,
      consumedMinutes: 150,
      thresholds: { 50: "11-23 12:00", 75: null, 90: null, 100: null },
    });
    expect(sheet.governing.resolution).toBeNull();
    expect(fired(sheet, "resolution")).toEqual(["11-23 12:00 50"]);
  });

  test("the time is left out when the effect is back", () => {
    const sheet = sheetOf(
      n1(
        [
          ["11-23 12:30", "mitigated"],
          ["11-23 13:30", "regressed"],
        ],
        "11-23 15:00",
      ),
    );
    expect(line(rowOf(sheet, "resolution"))).toBe("11-23 12:00 · 11-23 14:00 · 11-23 14:36 · 11-23 15:00");
    expect(fired(sheet, "resolution")).toEqual([
      "11-23 12:00 50",
      "11-23 14:00 75",
      "11-23 14:36 90",
      "11-23 15:00 100",
    ]);
  });

  test("a response that nobody stopped runs on", () => {
    const sheet = sheetOf({
      level: 3,
      declared: "11-23 10:00",
      events: [["11-23 11:00", "mitigated"]],
      until: "11-23 14:00",
    });
    expect(rowOf(sheet, "response")).toMatchObject({ state: "breached", breachAt: "11-23 14:00", stoppedAt: null });
  });

  test("at the due instant the clock is not breached", () => {
    const resolved = sheetOf(
      n1([
        ["11-23 14:00", "mitigated"],
        ["11-23 15:00", "resolved"],
      ]),
    );
    expect(rowOf(resolved, "resolution")).toMatchObject({ state: "met", breachAt: null, consumedMinutes: 240 });
  });
});

describe("resolving", () => {
  test("stops the clock where it is when the effect was not gone before", () => {
    const sheet = sheetOf(n1([["11-23 13:15", "resolved"]]));
    expect(rowOf(sheet, "resolution")).toMatchObject({ state: "met", stoppedAt: "11-23 13:15", consumedMinutes: 195 });
  });

  test("after the due instant leaves the clock breached and stopped", () => {
    const sheet = sheetOf(n1([["11-23 14:20", "resolved"]], "11-23 20:00"));
    expect(rowOf(sheet, "resolution")).toMatchObject({
      state: "breached",
      stoppedAt: "11-23 14:20",
      consumedMinutes: 260,
      breachAt: "11-23 14:00",
      recognizedAt: "11-23 14:00",
    });
    expect(fired(sheet, "resolution").at(-1)).toBe("11-23 14:15 100#1");
  });

  test("shows a stopped clock the thresholds it had not reached", () => {
    const sheet = sheetOf(
      n1([
        ["11-23 12:30", "mitigated"],
        ["11-23 13:15", "resolved"],
      ]),
    );
    expect(line(rowOf(sheet, "resolution"))).toBe("11-23 12:00 · 11-23 13:00 · 11-23 13:36 · 11-23 14:00");
  });

  test("an incident that nobody took stops its response too, so that nothing fires any more", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      events: [["11-23 10:10", "resolved"]],
      until: "11-24 10:00",
    });
    expect(rowOf(sheet, "response")).toMatchObject({ state: "met", stoppedAt: "11-23 10:10" });
    expect(fired(sheet, "response")).toEqual(["11-23 10:07:30 50"]);
  });
});

describe("reopening", () => {
  const cycle = (restored: string, again: string): NonNullable<Story["events"]> => [
    [restored, "resolved"],
    [again, "reopened"],
  ];

  test("gives the response its full time again", () => {
    const sheet = sheetOf(n1(cycle("11-23 12:30", "11-24 09:00"), "11-24 09:16"));
    expect(rowsOf(sheet, "response").map(({ cycle: n, epoch, state }) => [n, epoch, state])).toEqual([
      [1, 1, "met"],
      [2, 1, "breached"],
    ]);
    expect(rowOf(sheet, "response")).toMatchObject({ startAt: "11-24 09:00", thresholds: { 100: "11-24 09:15" } });
    expect(fired(sheet, "response")).toEqual([
      "11-24 09:07:30 50",
      "11-24 09:11:15 75",
      "11-24 09:13:30 90",
      "11-24 09:15 100",
    ]);
  });

  test("keeps what the resolution consumed and fired, and leaves the healthy time out", () => {
    const sheet = sheetOf(n1(cycle("11-23 12:30", "11-24 09:00"), "11-24 10:00"));
    expect(line(rowOf(sheet, "resolution"))).toBe("11-23 12:00 · 11-24 09:30 · 11-24 10:06 · 11-24 10:30");
    expect(rowOf(sheet, "resolution")).toMatchObject({
      cycle: 2,
      epoch: 1,
      startAt: "11-23 10:00",
      consumedMinutes: 210,
    });
    expect(fired(sheet, "resolution")).toEqual(["11-23 12:00 50", "11-24 09:30 75"]);
  });

  test("of a breached clock repeats at once and the numbers go on", () => {
    const sheet = sheetOf(n1(cycle("11-23 14:20", "11-24 09:00"), "11-24 09:30"));
    expect(rowsOf(sheet, "resolution").map(({ state, breachAt }) => [state, breachAt])).toEqual([
      ["breached", "11-23 14:00"],
      ["breached", "11-23 14:00"],
    ]);
    expect(fired(sheet, "resolution").slice(3)).toEqual([
      "11-23 14:00 100",
      "11-23 14:15 100#1",
      "11-24 09:00 100#2",
      "11-24 09:15 100#3",
      "11-24 09:30 100#4",
    ]);
  });

  test("of a breached business clock at night repeats at the next opening", () => {
    const sheet = sheetOf({
      level: 3,
      declared: "11-16 10:00",
      events: [
        ["11-16 10:10", "taken"],
        ["11-19 17:00", "resolved"],
        ["11-22 20:00", "reopened"],
      ],
      until: "11-23 13:00",
    });
    expect(fired(sheet, "resolution").slice(-3)).toEqual([
      "11-19 14:00 100#1",
      "11-23 09:00 100#2",
      "11-23 13:00 100#3",
    ]);
  });

  test("of a clock not yet breached waits for its due, then goes on with the repeats of the first breach", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [
        { id: "A", tier: "padrao" },
        { id: "B", tier: "premium" },
      ],
      events: [
        ["11-23 10:05", "taken"],
        ["11-23 12:05", "resolved"],
        ["11-23 12:06", "customer-removed", { id: "B" }],
        ["11-23 12:10", "reopened"],
        ["11-23 14:10", "regressed"],
      ],
      until: "11-23 14:30",
    });
    expect(sheet.governing.resolution).toEqual({ customer: "A", dueAt: "11-23 14:05" });
    expect(fired(sheet, "resolution").slice(3)).toEqual(["11-23 12:00 100", "11-23 14:15 100#1", "11-23 14:30 100#2"]);
  });

  test("keeps the epoch, which only a changed target opens", () => {
    const sheet = sheetOf(
      n1([
        ["11-23 11:00", "reclassified", { level: 2, cause: "lowered" }],
        ["11-23 12:00", "resolved"],
        ["11-23 13:00", "reopened"],
      ]),
    );
    expect(rowsOf(sheet, "resolution").map(({ cycle: n, epoch }) => [n, epoch])).toEqual([
      [1, 1],
      [1, 2],
      [2, 2],
    ]);
  });

  test.each([
    [1, "11-23 11:00", "11-26 11:00", true],
    [2, "11-23 11:00", "11-26 11:01", false],
    [3, "11-23 11:00", "11-30 11:00", true],
    [4, "11-23 11:00", "11-30 11:01", false],
  ] as const)("of level %i resolved at %s is allowed at %s: %s", (level, resolved, again, allowed) => {
    const sheet = sheetOf({ level, declared: "11-23 10:00", events: cycle(resolved, again) });
    expect(sheet.refusals.map(({ reason }) => reason)).toEqual(allowed ? [] : ["reopen-window-over"]);
    expect(rowOf(sheet, "resolution").cycle).toBe(allowed ? 2 : 1);
  });
});
