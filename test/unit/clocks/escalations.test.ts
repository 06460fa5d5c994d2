import { describe, expect, test } from "vitest";
import { fired, rowOf, type Story, sheetOf } from "./scenario.js";

const customer = (id: string, tier: string, rest: object = {}) => ({ id, tier, ...rest });
const taken = ["11-23 10:05", "taken"] as const;

describe("the governing clock", () => {
  test("is the one due first, and of equals the first customer's", () => {
    const customers = [customer("A", "basico"), customer("B", "padrao"), customer("C", "padrao")];
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", customers });
    expect(sheet.governing.response).toEqual({ customer: "B", dueAt: "11-23 10:15" });
  });

  test("goes on governing after its breach while it runs", () => {
    const customers = [customer("A", "padrao"), customer("B", "premium")];
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", customers, events: [taken], until: "11-23 13:00" });
    expect(rowOf(sheet, "resolution", "B").state).toBe("breached");
    expect(sheet.governing).toEqual({ response: null, resolution: { customer: "B", dueAt: "11-23 12:00" } });
  });

  test("alone escalates; the breach of another customer is only recorded", () => {
    const customers = [customer("A", "padrao"), customer("B", "premium")];
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", customers, events: [taken], until: "11-23 14:00" });
    expect(rowOf(sheet, "resolution", "A")).toMatchObject({ state: "breached", breachAt: "11-23 14:00" });
    expect(new Set(sheet.escalations.map((escalation) => escalation.customer))).toEqual(new Set(["B"]));
  });
});

describe("a new governing clock", () => {
  const handover = (until: string): Story => ({
    level: 1,
    declared: "11-23 10:00",
    customers: [customer("A", "padrao"), customer("B", "premium")],
    events: [taken, ["11-23 11:35", "customer-removed", { id: "B" }]],
    until,
  });

  test("fires nothing that its predecessor fired", () => {
    expect(fired(sheetOf(handover("11-23 13:40")), "resolution")).toEqual([
      "11-23 11:00 50",
      "11-23 11:30 75",
      "11-23 13:36 90",
    ]);
  });

  test("that has passed a higher percent fires it once", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [customer("A", "padrao")],
      events: [taken, ["11-23 11:50", "customer-added", { customer: customer("B", "premium") }]],
      until: "11-23 12:00",
    });
    expect(fired(sheet, "resolution")).toEqual(["11-23 11:50 90!", "11-23 12:00 100"]);
    expect(sheet.escalations[0]?.rungs).toEqual([{ role: "director", how: "page" }]);
  });

  test("that reaches a percent at the handover itself stands for the lower ones too", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      events: [taken, ["11-23 11:30", "customer-added", { customer: customer("B", "premium") }]],
    });
    expect(fired(sheet, "resolution")).toEqual(["11-23 11:30 75!"]);
  });

  test("already breached goes on with the repeats of its predecessor", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      detected: "11-23 08:10",
      customers: [customer("A", "padrao"), customer("B", "premium")],
      events: [taken, ["11-23 12:20", "customer-removed", { id: "B" }]],
      until: "11-23 12:45",
    });
    expect(sheet.governing.resolution).toEqual({ customer: "A", dueAt: "11-23 12:10" });
    expect(fired(sheet, "resolution").slice(0, 3)).toEqual(["11-23 10:00 90!", "11-23 10:10 100", "11-23 10:25 100#1"]);
    expect(fired(sheet, "resolution").slice(-3)).toEqual([
      "11-23 12:10 100#8",
      "11-23 12:25 100#9",
      "11-23 12:40 100#10",
    ]);
  });
});

describe("repeats", () => {
  test("are numbered and reach more people as they go on", () => {
    const sheet = sheetOf({ level: 2, declared: "11-23 10:00", events: [taken], until: "11-23 20:00" });
    expect(fired(sheet, "resolution").slice(3)).toEqual([
      "11-23 18:00 100",
      "11-23 18:30 100#1",
      "11-23 19:00 100#2",
      "11-23 19:30 100#3",
      "11-23 20:00 100#4",
    ]);
    const third = sheet.escalations.at(-2)?.rungs.map(({ role }) => role);
    const fourth = sheet.escalations.at(-1)?.rungs.map(({ role }) => role);
    expect(third).toEqual(["director", "engineering-manager"]);
    expect(fourth).toEqual(["director", "engineering-manager", "executive"]);
  });

  test("of a business clock count business minutes, and those of the same level round the clock do not", () => {
    const story = { level: 3, declared: "11-16 09:00", events: [["11-16 09:10", "taken"]] } as const;
    const business = sheetOf({ ...story, until: "11-19 13:00" });
    expect(fired(business, "resolution").slice(3)).toEqual(["11-18 18:00 100", "11-19 13:00 100#1"]);
    const roundTheClock = sheetOf({ ...story, customers: "enterprise", until: "11-17 17:00" });
    expect(fired(roundTheClock, "resolution").slice(3)).toEqual([
      "11-17 09:00 100",
      "11-17 13:00 100#1",
      "11-17 17:00 100#2",
    ]);
  });

  test("change their interval with the level", () => {
    const sheet = sheetOf({
      level: 2,
      declared: "11-23 10:00",
      events: [taken, ["11-23 18:40", "reclassified", { level: 1, cause: "corrected" }]],
      until: "11-23 19:00",
    });
    expect(fired(sheet, "resolution").slice(4)).toEqual([
      "11-23 18:30 100#1",
      "11-23 18:45 100#2",
      "11-23 19:00 100#3",
    ]);
  });

  test("stop when the clock is no longer due and go on when it is again", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      events: [taken, ["11-23 14:20", "reclassified", { level: 3, cause: "lowered" }]],
      until: "11-26 11:00",
    });
    expect(fired(sheet, "resolution").slice(3)).toEqual(["11-23 14:00 100", "11-23 14:15 100#1", "11-26 11:00 100#2"]);
  });
});

describe("a business escalation", () => {
  test("falls at the closing instant and fires then", () => {
    expect(fired(sheetOf({ level: 3, declared: "11-13 16:00", until: "11-14 00:00" }), "response")).toEqual([
      "11-13 18:00 50",
    ]);
  });

  test("falls at the closing instant even when something else happens then", () => {
    const events = [["11-13 18:00", "customer-added", { customer: customer("B", "padrao") }]] as const;
    const sheet = sheetOf({ level: 3, declared: "11-13 16:00", events, until: "11-14 00:00" });
    expect(fired(sheet, "response")).toEqual(["11-13 18:00 50"]);
  });

  test("recognised outside its calendar fires at the next opening", () => {
    const late = { level: 3, declared: "11-21 11:00", detected: "11-19 15:00" } as const;
    expect(fired(sheetOf({ ...late, until: "11-22 23:00" }), "response")).toEqual([]);
    expect(fired(sheetOf({ ...late, until: "11-23 09:00" }), "response")).toEqual(["11-23 09:00 75!"]);
    expect(fired(sheetOf({ ...late, until: "11-23 09:36" }), "response")).toEqual([
      "11-23 09:00 75!",
      "11-23 09:36 90",
    ]);
  });

  test("waiting for the opening is dropped when somebody takes the incident before", () => {
    const late = { level: 3, declared: "11-21 11:00", detected: "11-19 15:00" } as const;
    const sheet = sheetOf({ ...late, events: [["11-22 10:00", "taken"]], until: "11-24 09:00" });
    expect(fired(sheet, "response")).toEqual([]);
  });
});

describe("at one instant", () => {
  test("a take comes before the thresholds", () => {
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      events: [["11-23 10:15", "taken"]],
      until: "11-23 11:00",
    });
    expect(rowOf(sheet, "response")).toMatchObject({ state: "met", consumedMinutes: 15, breachAt: null });
    expect(fired(sheet, "response").at(-1)).toBe("11-23 10:13:30 90");
  });

  test("the end of the computation includes the thresholds", () => {
    const sheet = sheetOf({ level: 1, declared: "11-23 10:00", until: "11-23 10:15" });
    expect(rowOf(sheet, "response")).toMatchObject({ state: "breached", breachAt: "11-23 10:15" });
    expect(fired(sheet, "response").at(-1)).toBe("11-23 10:15 100");
  });

  test("the response escalates before the resolution", () => {
    const targets = { "1": { resolution: { minutes: 15 } } };
    const sheet = sheetOf({
      level: 1,
      declared: "11-23 10:00",
      customers: [customer("A", "padrao", { targets })],
      until: "11-23 10:08",
    });
    expect(sheet.escalations.map(({ clock }) => clock)).toEqual(["response", "resolution"]);
  });
});

test("detected long before the declaration, each clock fires one collapsed escalation", () => {
  const sheet = sheetOf({ level: 1, declared: "11-23 12:30", detected: "11-23 10:00", until: "11-23 12:31" });
  expect(fired(sheet, "response")).toEqual(["11-23 12:30 100!"]);
  expect(fired(sheet, "resolution")).toEqual(["11-23 12:30 50!"]);
});
