import { describe, expect, test } from "vitest";
import { fired, rowOf, rowsOf, sheetOf } from "./scenario.js";

const padrao = (id: string, rest: object = {}) => ({ id, tier: "padrao", ...rest });

describe("without customers", () => {
  test("one internal pair stands for them and gives way to the first customer", () => {
    const story = { level: 1, declared: "11-23 10:00", customers: [] } as const;
    expect(rowOf(sheetOf(story), "response", "-")).toMatchObject({ state: "running", targetMinutes: 15 });
    const sheet = sheetOf({ ...story, events: [["11-23 10:10", "customer-added", { customer: padrao("B") }]] });
    expect(sheet.clocks.map(({ customer, state }) => `${customer} ${state}`)).toEqual([
      "- voided",
      "- voided",
      "B running",
      "B running",
    ]);
    expect(rowOf(sheet, "resolution", "-")).toMatchObject({ stoppedAt: "11-23 10:10", consumedMinutes: 10 });
  });

  test("what the internal pair fired is not fired again for the customer", () => {
    const events = [["11-23 10:10", "customer-added", { customer: padrao("B") }]] as const;
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", customers: [], events, until: "11-23 10:12" });
    expect(sheet.escalations.map(({ at, customer, percent }) => `${at} ${customer} ${percent}`)).toEqual([
      "11-23 10:07:30 - 50",
      "11-23 10:11:15 B 75",
    ]);
  });

  test("a merge also ends the internal pair", () => {
    const events = [
      ["11-23 10:10", "merged", { customers: [padrao("C", { slaStartAt: "2026-11-23T09:55:00-03:00" })] }],
    ] as const;
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", customers: [], events });
    expect(rowOf(sheet, "response", "-").state).toBe("voided");
  });

  test("removing the last customer leaves no incident without a clock", () => {
    const events = [["11-23 10:10", "customer-removed", { id: "A", reason: "engano" }]] as const;
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [padrao("A")],
      events,
      until: "11-23 10:12",
    });
    expect(rowOf(sheet, "resolution", "A").state).toBe("voided");
    expect(rowOf(sheet, "response", "-")).toMatchObject({ state: "running", startAt: "11-23 10:00" });
    expect(sheet.governing.response).toMatchObject({ customer: "-" });
  });

  test("nobody can remove the internal pair", () => {
    const events = [["11-23 10:10", "customer-removed", { id: "-" }]] as const;
    expect(sheetOf({ level: 1, declared: "11-23 10:00", customers: [], events }).refusals).toHaveLength(1);
  });
});

describe("a customer", () => {
  test("affected later starts later, and never before the incident", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [
        padrao("A", { affectedFrom: "2026-11-23T10:30:00-03:00" }),
        padrao("B", { affectedFrom: "2026-11-23T09:00:00-03:00" }),
      ],
      until: "11-23 10:20",
    });
    expect(rowOf(sheet, "response", "A")).toMatchObject({
      startAt: "11-23 10:30",
      consumedMinutes: 0,
      state: "running",
    });
    expect(rowOf(sheet, "response", "B")).toMatchObject({ startAt: "11-23 10:00", state: "breached" });
    expect(sheet.governing.response).toEqual({ customer: "B", dueAt: "11-23 10:15" });
  });

  test("taken before its start is answered at its start", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [padrao("A", { affectedFrom: "2026-11-23T10:30:00-03:00" })],
      events: [["11-23 10:05", "taken"]],
    });
    expect(rowOf(sheet, "response")).toMatchObject({ state: "met", stoppedAt: "11-23 10:30", consumedMinutes: 0 });
  });

  test("added after the take but affected later is answered at its start", () => {
    const late = padrao("B", { affectedFrom: "2026-11-23T10:30:00-03:00" });
    const events = [
      ["11-23 10:05", "taken"],
      ["11-23 10:40", "customer-added", { customer: late }],
    ] as const;
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", events });
    expect(rowOf(sheet, "response", "B")).toMatchObject({ state: "met", stoppedAt: "11-23 10:30" });
  });

  test("added after its due is recognised then and fires one collapsed escalation", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [{ id: "A", tier: "basico" }],
      events: [
        ["11-23 10:05", "taken"],
        ["11-23 12:30", "customer-added", { customer: { id: "P", tier: "premium" } }],
      ],
      until: "11-23 12:50",
    });
    expect(rowOf(sheet, "resolution", "P")).toMatchObject({
      state: "breached",
      breachAt: "11-23 12:00",
      recognizedAt: "11-23 12:30",
    });
    expect(fired(sheet, "resolution")).toEqual(["11-23 12:30 100!", "11-23 12:45 100#1"]);
  });

  test("added while the effect is gone is held, added after the resolution has stopped", () => {
    const events = [
      ["11-23 10:05", "taken"],
      ["11-23 11:00", "mitigated"],
    ] as const;
    const added = ["11-23 11:30", "customer-added", { customer: padrao("B") }] as const;
    const story = { level: 1, declared: "11-23 10:00" } as const;
    expect(rowOf(sheetOf({ ...story, events: [...events, added] }), "resolution", "B")).toMatchObject({
      state: "held",
      consumedMinutes: 60,
    });
    const resolved = sheetOf({ ...story, events: [...events, ["11-23 11:20", "resolved"], added] });
    expect(rowOf(resolved, "resolution", "B")).toMatchObject({
      state: "met",
      stoppedAt: "11-23 11:00",
      consumedMinutes: 60,
    });
  });

  test("added in a later cycle counts its resolution from the start and its response from the reopening", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      events: [
        ["11-23 10:05", "taken"],
        ["11-23 11:00", "resolved"],
        ["11-23 15:00", "reopened"],
        ["11-23 15:05", "customer-added", { customer: padrao("B") }],
      ],
    });
    expect(rowOf(sheet, "response", "B")).toMatchObject({ cycle: 2, startAt: "11-23 15:00", state: "running" });
    expect(rowOf(sheet, "resolution", "B")).toMatchObject({ cycle: 2, startAt: "11-23 10:00", consumedMinutes: 65 });
  });

  test("removed has both clocks voided, and a recorded breach stays readable", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [padrao("A"), padrao("B")],
      events: [
        ["11-23 10:20", "taken"],
        ["11-23 11:00", "customer-removed", { id: "B", reason: "not affected" }],
      ],
      until: "11-23 12:00",
    });
    expect(rowOf(sheet, "response", "B")).toMatchObject({
      state: "voided",
      breachAt: "11-23 10:15",
      stoppedAt: "11-23 10:20",
    });
    expect(rowOf(sheet, "resolution", "B")).toMatchObject({
      state: "voided",
      consumedMinutes: 60,
      stoppedAt: "11-23 11:00",
    });
    expect(rowOf(sheet, "resolution", "A").state).toBe("running");
  });

  test("that comes back gets rows of its own", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [padrao("A"), padrao("B")],
      events: [
        ["11-23 10:05", "customer-removed", { id: "B" }],
        ["11-23 10:10", "customer-added", { customer: padrao("B") }],
      ],
    });
    expect(rowsOf(sheet, "response", "B").map(({ epoch, state }) => [epoch, state])).toEqual([
      [1, "voided"],
      [2, "running"],
    ]);
  });

  test("with its own calendar counts business targets by it and leaves targets round the clock alone", () => {
    const calendar = { zone: "America/Manaus", open: "08:00", close: "18:00", days: [1, 2, 3, 4, 5], holidays: "BR" };
    const story = { declared: "11-23 17:00", customers: [padrao("A", { calendar })] } as const;
    expect(rowOf(sheetOf({ ...story, level: 3 }), "response")).toMatchObject({
      calendar: "custom",
      thresholds: { 50: "11-23 19:00", 100: "11-24 11:00" },
    });
    expect(rowOf(sheetOf({ ...story, level: 1 }), "response")).toMatchObject({
      calendar: "24x7",
      thresholds: { 100: "11-23 17:15" },
    });
  });

  test("served round the clock has no business targets left", () => {
    const customers = [padrao("A", { calendar: "24x7" })];
    const row = rowOf(sheetOf({ level: 3, declared: "11-23 17:00", customers }), "response");
    expect(row).toMatchObject({ calendar: "24x7", thresholds: { 100: "11-23 21:00" } });
  });
});

describe("a merge", () => {
  const merged = (customers: readonly object[]) => ["11-23 10:30", "merged", { customers }] as const;

  test("brings customers with their own earlier start, answered by the take", () => {
    const sheet = sheetOf({
      level: 2,
      declared: "11-23 10:00",
      events: [["11-23 10:20", "taken"], merged([padrao("C", { slaStartAt: "2026-11-23T09:30:00-03:00" })])],
    });
    expect(rowOf(sheet, "response", "C")).toMatchObject({
      startAt: "11-23 09:30",
      stoppedAt: "11-23 10:20",
      state: "breached",
      breachAt: "11-23 10:00",
      recognizedAt: "11-23 10:30",
    });
    expect(rowOf(sheet, "resolution", "C")).toMatchObject({
      startAt: "11-23 09:30",
      thresholds: { 100: "11-23 17:30" },
    });
    expect(sheet.escalations.filter(({ customer }) => customer === "C")).toEqual([]);
  });

  test("of a customer affected already keeps the earlier start", () => {
    const story = (slaStartAt: string) => ({
      level: 2 as const,
      declared: "11-23 10:00",
      events: [["11-23 10:20", "taken"] as const, merged([padrao("A", { slaStartAt })])],
    });
    const earlier = sheetOf(story("2026-11-23T09:30:00-03:00"));
    expect(rowsOf(earlier, "resolution").map(({ startAt }) => startAt)).toEqual(["11-23 10:00", "11-23 09:30"]);
    expect(rowsOf(earlier, "response")).toHaveLength(1);
    expect(rowsOf(sheetOf(story("2026-11-23T10:10:00-03:00")), "resolution")).toHaveLength(1);
  });
});

test("rows stand by customer in order of appearance, response first, then by cycle and epoch", () => {
  const sheet = sheetOf({
    level: 3,
    declared: "11-23 10:00",
    customers: [padrao("Z"), padrao("B")],
    events: [
      ["11-23 10:30", "customer-added", { customer: padrao("A") }],
      ["11-23 11:00", "reclassified", { level: 2, cause: "corrected" }],
      ["11-23 11:10", "taken"],
      ["11-23 12:00", "resolved"],
      ["11-23 13:00", "reopened"],
    ],
  });
  const keys = sheet.clocks.map(({ customer, clock, cycle, epoch }) => `${customer} ${clock} ${cycle}.${epoch}`);
  const rows = ["response 1.1", "response 1.2", "response 2.2", "resolution 1.1", "resolution 1.2", "resolution 2.2"];
  expect(keys).toEqual(["Z", "B", "A"].flatMap((id) => rows.map((row) => `${id} ${row}`)));
});
