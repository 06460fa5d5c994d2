import { expect, test } from "vitest";
import { brazilianHolidays, easterSunday } from "../../../src/domain/calendar/brazilian-holidays.js";
import { isoDateOf } from "../../../src/domain/calendar/day-number.js";

const datesOf = (year: number) => [...brazilianHolidays(year)].map(isoDateOf).sort();

test("the national holidays of 2026 are the nine fixed days and Good Friday", () => {
  expect(datesOf(2026)).toEqual([
    "2026-01-01",
    "2026-04-03",
    "2026-04-21",
    "2026-05-01",
    "2026-09-07",
    "2026-10-12",
    "2026-11-02",
    "2026-11-15",
    "2026-11-20",
    "2026-12-25",
  ]);
});

test("20 November is a national holiday from 2024 on", () => {
  expect(datesOf(2023)).not.toContain("2023-11-20");
  expect(datesOf(2024)).toContain("2024-11-20");
});

test.each([
  "2027-02-08",
  "2027-02-09",
  "2027-02-10",
  "2027-05-27",
  "2027-12-24",
  "2027-12-31",
  "2027-07-09",
  "2027-01-25",
])("%s, an optional, state or city day, is no national holiday", (date) => {
  expect(datesOf(2027)).not.toContain(date);
});

test.each([
  [2000, "2000-04-23"],
  [2008, "2008-03-23"],
  [2011, "2011-04-24"],
  [2024, "2024-03-31"],
  [2025, "2025-04-20"],
  [2026, "2026-04-05"],
  [2027, "2027-03-28"],
  [2038, "2038-04-25"],
  [2049, "2049-04-18"],
  [2076, "2076-04-19"],
])("Easter of %i is %s", (year, date) => {
  expect(isoDateOf(easterSunday(year))).toBe(date);
});
