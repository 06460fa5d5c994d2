import { expect, test } from "vitest";
import { fired, line, rowOf, rowsOf, type Sheet, sheetOf } from "./scenario.js";
import { WORKED_EXAMPLES } from "./worked-examples.js";

const examples = Object.entries(WORKED_EXAMPLES).map(([id, example]) => ({ id, ...example }));

test.each(examples)("$id: $title", (example) => {
  const sheet = sheetOf(example);
  if (example.response !== undefined) expect(line(rowOf(sheet, "response"))).toBe(example.response);
  if (example.resolution !== undefined) expect(line(rowOf(sheet, "resolution"))).toBe(example.resolution);
});

test("E01: taken before half of the response time, no response threshold fires", () => {
  const sheet = sheetOf({ ...example("E01"), events: [["11-23 10:06", "taken"]], until: "11-23 10:30" });
  expect(fired(sheet, "response")).toEqual([]);
  expect(rowOf(sheet, "response")).toMatchObject({ state: "met", stoppedAt: "11-23 10:06", consumedMinutes: 6 });
});

test("E02: nobody takes it, so the ladder is climbed and the breach repeats", () => {
  const sheet = sheetOf({ ...example("E02"), until: "11-22 03:46" });
  const expected = ["03:07:30 50", "03:11:15 75", "03:13:30 90", "03:15 100", "03:30 100#1", "03:45 100#2"];
  expect(fired(sheet, "response")).toEqual(expected.map((rest) => `11-22 ${rest}`));
  expect(rolesOf(sheet)).toEqual([
    ["secondary", "on-call-lead"],
    ["engineering-manager"],
    ["director"],
    ["director", "executive"],
    ["director", "executive"],
    ["director", "executive"],
  ]);
});

test("E15: the strictest due instant governs, and the other customer's when the first is removed", () => {
  const two = {
    level: 2,
    declared: "11-24 14:00",
    customers: [
      { id: "A", tier: "padrao" },
      { id: "B", tier: "premium" },
    ],
  } as const;
  const before = sheetOf(two);
  expect(line(rowOf(before, "resolution", "A"))).toBe("11-24 18:00 · 11-24 20:00 · 11-24 21:12 · 11-24 22:00");
  expect(line(rowOf(before, "resolution", "B"))).toBe("11-24 16:00 · 11-24 17:00 · 11-24 17:36 · 11-24 18:00");
  expect(before.governing.resolution).toEqual({ customer: "B", dueAt: "11-24 18:00" });
  const after = sheetOf({ ...two, events: [["11-24 15:00", "customer-removed", { id: "B", reason: "not affected" }]] });
  expect(after.governing.resolution).toEqual({ customer: "A", dueAt: "11-24 22:00" });
});

test("E17: a customer found three hours later counts from the start and was answered by the take", () => {
  const sheet = sheetOf({
    level: 3,
    declared: "11-23 10:00",
    events: [
      ["11-23 10:20", "taken"],
      ["11-23 13:00", "customer-added", { customer: { id: "B", tier: "enterprise" } }],
    ],
  });
  expect(line(rowOf(sheet, "resolution", "A"))).toBe("11-24 14:30 · 11-25 12:15 · 11-25 16:18 · 11-26 10:00");
  expect(line(rowOf(sheet, "resolution", "B"))).toBe("11-23 22:00 · 11-24 04:00 · 11-24 07:36 · 11-24 10:00");
  expect(rowOf(sheet, "response", "A")).toMatchObject({ state: "met", thresholds: { "100": "11-23 14:00" } });
  expect(rowOf(sheet, "response", "B")).toMatchObject({ state: "met", thresholds: { "100": "11-23 11:00" } });
  expect(sheet.governing).toEqual({ response: null, resolution: { customer: "B", dueAt: "11-24 10:00" } });
  expect(sheet.escalations).toEqual([]);
});

test("E20: less than half is consumed when the level is corrected, so nothing fires at once", () => {
  expect(sheetOf(example("E20")).escalations).toEqual([]);
});

test("E23: the breach recorded before the lowering stays", () => {
  const [first, second] = rowsOf(sheetOf(example("E23")), "resolution");
  expect(first).toMatchObject({ state: "breached", breachAt: "11-23 14:00", recognizedAt: "11-23 14:00" });
  expect(second).toMatchObject({ state: "running", breachAt: null, epoch: 2, level: 3 });
});

test("E24: 330 minutes are consumed at the pause", () => {
  const paused = sheetOf({ ...example("E24"), until: "11-23 20:00" });
  expect(rowOf(paused, "resolution")).toMatchObject({ state: "paused", consumedMinutes: 330 });
});

test("E26: the refused pause stands among the refusals", () => {
  expect(sheetOf(example("E26")).refusals).toEqual([
    { at: "11-25 21:00", type: "paused", reason: "level-never-pauses" },
  ]);
});

test("E27: mitigated and then resolved, the clock stopped at the mitigation", () => {
  const sheet = sheetOf({
    level: 1,
    declared: "11-23 10:00",
    events: [
      ["11-23 10:05", "taken"],
      ["11-23 12:30", "mitigated"],
      ["11-23 13:15", "resolved"],
    ],
  });
  const stopped = { state: "met", stoppedAt: "11-23 12:30", consumedMinutes: 150, targetMinutes: 240 };
  expect(rowOf(sheet, "resolution")).toMatchObject(stopped);
  expect(fired(sheet, "resolution")).toEqual(["11-23 12:00 50"]);
});

test("E29: the first cycle stays met and the second begins with what was consumed", () => {
  const [first, second] = rowsOf(sheetOf(example("E29")), "resolution");
  expect(first).toMatchObject({ cycle: 1, state: "met", consumedMinutes: 180, stoppedAt: "11-23 11:00" });
  expect(second).toMatchObject({ cycle: 2, state: "running", consumedMinutes: 180, stoppedAt: null });
});

test("E32: the response breached before anybody knew is recognised at the declaration", () => {
  const sheet = sheetOf(example("E32"));
  expect(rowOf(sheet, "response")).toMatchObject({
    state: "breached",
    breachAt: "11-25 09:55",
    recognizedAt: "11-25 10:00",
    stoppedAt: "11-25 10:03",
    consumedMinutes: 23,
  });
  expect(fired(sheet, "response")).toEqual(["11-25 10:00 100!"]);
});

test("E37: lowering wins over the threshold of its instant, and the N1 stretch is neither met nor breached", () => {
  const sheet = sheetOf(example("E37"));
  expect(rowsOf(sheet, "resolution")[1]).toMatchObject({
    state: "superseded",
    consumedMinutes: 120,
    targetMinutes: 240,
    thresholds: { "100": "11-23 15:00" },
  });
  expect(sheet.escalations).toEqual([]);
});

test("E39: the pause ends by itself after three business days", () => {
  const story = example("E39");
  expect(rowOf(sheetOf({ ...story, until: "12-01 15:59" }), "resolution").state).toBe("paused");
  expect(rowOf(sheetOf({ ...story, until: "12-01 16:01" }), "resolution")).toMatchObject({
    state: "running",
    consumedMinutes: 61,
    thresholds: { "100": "12-04 15:00" },
  });
});

function example(id: string): (typeof WORKED_EXAMPLES)[string] {
  const found = WORKED_EXAMPLES[id];
  if (found === undefined) throw new Error(`No example ${id}.`);
  return found;
}

function rolesOf(sheet: Sheet): string[][] {
  return sheet.escalations
    .filter(({ clock }) => clock === "response")
    .map(({ rungs }) => rungs.map(({ role }) => role));
}
