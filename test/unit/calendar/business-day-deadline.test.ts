import { expect, test } from "vitest";
import { businessDayDeadline } from "../../../src/domain/calendar/business-day-deadline.js";
import { saoPaulo } from "./calendars.js";

const knowledge = (local: string) => new Date(`${local}:00-03:00`);
const endOf = (day: string) => new Date(`${day}T23:59:59-03:00`);

test.each([
  ["a Monday", "2026-11-23T16:40", { 3: "2026-11-26", 2: "2026-11-25", 6: "2026-12-01" }],
  ["the Wednesday before a Friday holiday", "2026-11-18T09:00", { 3: "2026-11-24", 2: "2026-11-23", 6: "2026-11-27" }],
  ["the Thursday before Good Friday", "2026-04-02T17:00", { 3: "2026-04-08", 2: "2026-04-07", 6: "2026-04-13" }],
  ["a Tuesday before Christmas", "2026-12-22T11:00", { 3: "2026-12-28", 2: "2026-12-24", 6: "2026-12-31" }],
  ["a Saturday night", "2026-11-21T23:30", { 3: "2026-11-25", 2: "2026-11-24", 6: "2026-11-30" }],
  ["the Friday before Carnaval", "2027-02-05T18:30", { 3: "2027-02-10", 2: "2027-02-09", 6: "2027-02-15" }],
])("business days are counted from the day after %s", (_, from, expected) => {
  for (const [days, day] of Object.entries(expected)) {
    expect(businessDayDeadline(saoPaulo, knowledge(from), Number(days))).toEqual(endOf(day));
  }
});

test("the complement is due after 20 business days, 40 for a small agent", () => {
  expect(businessDayDeadline(saoPaulo, knowledge("2026-11-25T15:00"), 20)).toEqual(endOf("2026-12-23"));
  expect(businessDayDeadline(saoPaulo, knowledge("2026-11-25T15:00"), 40)).toEqual(endOf("2027-01-22"));
});

test("the days that a company closes by itself still count", () => {
  const closed = { ...saoPaulo, exceptions: { "2026-11-24": null, "2026-11-25": null } };
  expect(businessDayDeadline(closed, knowledge("2026-11-23T16:40"), 3)).toEqual(endOf("2026-11-26"));
});

test("the day of knowledge is that of the calendar's zone", () => {
  expect(businessDayDeadline(saoPaulo, new Date("2026-11-24T01:00:00Z"), 1)).toEqual(endOf("2026-11-24"));
});

test("a day whose last hour happens twice ends with the second", () => {
  const cairo = { zone: "Africa/Cairo", holidays: "none" } as const;
  const deadline = businessDayDeadline(cairo, new Date("2025-10-29T12:00:00+03:00"), 1);
  expect(deadline).toEqual(new Date("2025-10-30T23:59:59+02:00"));
});
