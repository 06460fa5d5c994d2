import { describe, expect, test } from "vitest";
import { fired, line, rowOf, rowsOf, sheetOf } from "./scenario.js";

const n3 = { level: 3, declared: "11-23 10:00" } as const;
const taken = ["11-23 10:15", "taken"] as const;

describe("worsened", () => {
  test("counts the new target from when it took effect, in a new epoch", () => {
    const sheet = sheetOf({
      ...n3,
      events: [
        taken,
        ["11-23 16:00", "reclassified", { level: 1, cause: "worsened", effectiveFrom: "2026-11-23T15:30:00-03:00" }],
      ],
      until: "11-23 16:10",
    });
    const [before, after] = rowsOf(sheet, "resolution");
    expect(before).toMatchObject({
      epoch: 1,
      level: 3,
      state: "superseded",
      stoppedAt: "11-23 16:00",
      consumedMinutes: 360,
    });
    expect(after).toMatchObject({ epoch: 2, level: 1, startAt: "11-23 15:30", consumedMinutes: 40, calendar: "24x7" });
    expect(after?.thresholds[100]).toBe("11-23 19:30");
  });

  test("takes effect at the event unless it says otherwise", () => {
    const sheet = sheetOf({ ...n3, events: [["11-23 16:00", "reclassified", { level: 1, cause: "worsened" }]] });
    expect(rowOf(sheet, "resolution")).toMatchObject({ startAt: "11-23 16:00", consumedMinutes: 0 });
  });

  test("an older effect that is due already is recognised at the event and fires once", () => {
    const sheet = sheetOf({
      ...n3,
      events: [
        taken,
        ["11-23 16:00", "reclassified", { level: 1, cause: "worsened", effectiveFrom: "2026-11-23T11:00:00-03:00" }],
      ],
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      state: "breached",
      breachAt: "11-23 15:00",
      recognizedAt: "11-23 16:00",
    });
    expect(fired(sheet, "resolution")).toEqual(["11-23 16:00 100!"]);
  });

  test("never begins before the customer was affected", () => {
    const sheet = sheetOf({
      ...n3,
      customers: [{ id: "A", tier: "padrao", affectedFrom: "2026-11-23T12:00:00-03:00" }],
      events: [
        ["11-23 16:00", "reclassified", { level: 1, cause: "worsened", effectiveFrom: "2026-11-23T11:00:00-03:00" }],
      ],
    });
    expect(rowOf(sheet, "resolution").startAt).toBe("11-23 12:00");
  });

  test("when the old due comes first, the row is the old one under the new level", () => {
    const sheet = sheetOf({
      ...n3,
      events: [taken, ["11-26 09:00", "reclassified", { level: 2, cause: "worsened" }]],
      until: "11-26 09:30",
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      epoch: 2,
      level: 2,
      targetMinutes: 1_620,
      calendar: "BR-COMERCIAL",
      startAt: "11-23 10:00",
      consumedMinutes: 1_590,
    });
    expect(line(rowOf(sheet, "resolution"))).toBe("11-24 14:30 · 11-25 12:15 · 11-25 16:18 · 11-26 10:00");
  });

  test("when both fall due together, the row is the new one", () => {
    const sheet = sheetOf({
      level: 2,
      declared: "11-23 10:00",
      events: [taken, ["11-23 14:00", "reclassified", { level: 1, cause: "worsened" }]],
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      startAt: "11-23 14:00",
      targetMinutes: 240,
      thresholds: { 100: "11-23 18:00" },
    });
  });

  test("after the resolution leaves the clock as it stopped", () => {
    const sheet = sheetOf({
      ...n3,
      events: [taken, ["11-23 16:00", "resolved"], ["11-23 17:00", "reclassified", { level: 1, cause: "worsened" }]],
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      state: "met",
      startAt: "11-23 10:00",
      targetMinutes: 1_620,
      consumedMinutes: 360,
    });
  });

  test("after the breach, the new epoch keeps the breach and when it was recognised", () => {
    const sheet = sheetOf({
      level: 2,
      declared: "11-23 10:00",
      events: [taken, ["11-23 19:00", "reclassified", { level: 1, cause: "worsened" }]],
    });
    for (const row of rowsOf(sheet, "resolution")) {
      expect(row).toMatchObject({ state: "breached", breachAt: "11-23 18:00", recognizedAt: "11-23 18:00" });
    }
  });

  test("moves a response that nobody stopped by the same rule", () => {
    const events = [["11-23 11:00", "reclassified", { level: 1, cause: "worsened" }]] as const;
    expect(rowOf(sheetOf({ ...n3, events }), "response")).toMatchObject({
      epoch: 2,
      startAt: "11-23 11:00",
      thresholds: { 100: "11-23 11:15" },
    });
  });
});

describe("corrected", () => {
  test("upwards counts from the start and may find the clock breached", () => {
    const sheet = sheetOf({
      ...n3,
      events: [taken, ["11-23 15:00", "reclassified", { level: 1, cause: "corrected" }]],
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      startAt: "11-23 10:00",
      state: "breached",
      breachAt: "11-23 14:00",
      recognizedAt: "11-23 15:00",
    });
    expect(fired(sheet, "resolution")).toEqual(["11-23 15:00 100!"]);
  });

  test("leaves the time of pauses out", () => {
    const sheet = sheetOf({
      ...n3,
      events: [
        taken,
        ["11-23 11:00", "paused", { reason: "waiting-customer" }],
        ["11-23 13:00", "resumed"],
        ["11-23 15:00", "reclassified", { level: 2, cause: "corrected" }],
      ],
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({ consumedMinutes: 180, thresholds: { 100: "11-23 20:00" } });
  });

  test("leaves a response already stopped to the level of its stop", () => {
    const sheet = sheetOf({
      ...n3,
      events: [taken, ["11-23 15:00", "reclassified", { level: 1, cause: "corrected" }]],
    });
    expect(rowsOf(sheet, "response")).toHaveLength(1);
    expect(rowOf(sheet, "response")).toMatchObject({ level: 3, state: "met", targetMinutes: 240 });
  });

  test("judges a response that nobody stopped from the start", () => {
    const sheet = sheetOf({ ...n3, events: [["11-23 11:00", "reclassified", { level: 1, cause: "corrected" }]] });
    expect(rowOf(sheet, "response")).toMatchObject({
      state: "breached",
      breachAt: "11-23 10:15",
      recognizedAt: "11-23 11:00",
    });
  });

  test("after the resolution judges it by the corrected target", () => {
    const sheet = sheetOf({
      ...n3,
      events: [taken, ["11-23 16:00", "resolved"], ["11-23 17:00", "reclassified", { level: 1, cause: "corrected" }]],
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      state: "breached",
      breachAt: "11-23 14:00",
      recognizedAt: "11-23 17:00",
      stoppedAt: "11-23 16:00",
    });
    expect(sheet.escalations).toEqual([]);
  });
});

describe("lowered", () => {
  test("counts target and calendar of the new level from the start", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      events: [
        ["11-23 10:04", "taken"],
        ["11-23 12:30", "reclassified", { level: 3, cause: "lowered" }],
      ],
      until: "11-24 18:00",
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({
      startAt: "11-23 10:00",
      calendar: "BR-COMERCIAL",
      consumedMinutes: 1_020,
    });
    expect(fired(sheet, "resolution")).toEqual(["11-23 12:00 50"]);
  });

  test("never falls due earlier than before", () => {
    const sheet = sheetOf({
      ...n3,
      events: [
        taken,
        ["11-23 17:00", "reclassified", { level: 1, cause: "worsened" }],
        ["11-23 17:30", "reclassified", { level: 2, cause: "lowered" }],
      ],
    });
    expect(rowOf(sheet, "resolution")).toMatchObject({ epoch: 3, level: 2, thresholds: { 100: "11-23 21:00" } });
  });

  test("gives a response that nobody stopped the new target", () => {
    const events = [["11-23 10:10", "reclassified", { level: 3, cause: "lowered" }]] as const;
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", events });
    expect(rowsOf(sheet, "response").map(({ state }) => state)).toEqual(["superseded", "running"]);
    expect(rowOf(sheet, "response").thresholds[100]).toBe("11-23 14:00");
  });

  test("at the due instant itself comes before the breach", () => {
    const events = [["11-23 10:15", "reclassified", { level: 3, cause: "lowered" }]] as const;
    const [first] = rowsOf(sheetOf({ level: 1, declared: "11-23 10:00", events }), "response");
    expect(first).toMatchObject({ state: "superseded", breachAt: null });
  });

  test("while held stays held and knows its thresholds again when the effect is back", () => {
    const events = [
      ["11-23 10:04", "taken"],
      ["11-23 11:00", "mitigated"],
      ["11-23 11:30", "reclassified", { level: 2, cause: "lowered" }],
    ] as const;
    const story = { level: 1, declared: "11-23 10:00" } as const;
    expect(rowOf(sheetOf({ ...story, events }), "resolution")).toMatchObject({
      state: "held",
      level: 2,
      thresholds: { 100: null },
    });
    const back = sheetOf({ ...story, events: [...events, ["11-23 12:00", "regressed"]] });
    expect(rowOf(back, "resolution")).toMatchObject({
      state: "running",
      consumedMinutes: 60,
      thresholds: { 100: "11-23 19:00" },
    });
  });
});
