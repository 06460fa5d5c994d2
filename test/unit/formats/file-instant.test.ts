import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it, test } from "vitest";
import { dateOrInstantSchema, periodEnd, periodStart } from "../../../src/formats/file-instant.js";

// Where clocks turn back over midnight the library names the second one; the day has begun with the first.
const firstInstantOf = (date: string, zone: string): Date => {
  const start = DateTime.fromISO(date, { zone }).startOf("day");
  const anHourBefore = start.minus({ hours: 1 });
  return (anHourBefore.toISODate() === date ? anHourBefore : start).toJSDate();
};

describe("a plain date", () => {
  test.each([
    ["2026-12-24", "America/Sao_Paulo", "2026-12-24T03:00:00Z", "2026-12-25T03:00:00Z"],
    ["2026-12-24", "America/Manaus", "2026-12-24T04:00:00Z", "2026-12-25T04:00:00Z"],
    // Days of 23 and 25 hours, and clocks that jump over midnight or turn back at it.
    ["2026-03-08", "America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"],
    ["2026-11-01", "America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"],
    ["2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"],
  ])("%s in %s lasts from %s to %s", (date, zone, start, end) => {
    expect([periodStart(date, zone), periodEnd(date, zone)]).toEqual([new Date(start), new Date(end)]);
  });

  it("begins where the time-zone library says, on any day in any zone", () => {
    const day = fc.integer({ min: 0, max: 20_000 });
    const zone = fc.constantFrom(
      ...[
        "America/Sao_Paulo",
        "America/New_York",
        "Europe/Lisbon",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
      ],
    );
    fc.assert(
      fc.property(day, zone, (days, name) => {
        const date = new Date(days * 86_400_000).toISOString().slice(0, 10);
        expect(periodStart(date, name)).toEqual(firstInstantOf(date, name));
        expect(periodEnd(date, name)).toEqual(
          periodStart(new Date((days + 1) * 86_400_000).toISOString().slice(0, 10), name),
        );
      }),
    );
  });
});

test("a date and time is its own instant in any zone", () => {
  const text = "2026-12-24T18:00:00-03:00";
  expect([periodStart(text, "Asia/Tokyo"), periodEnd(text, "UTC")]).toEqual([
    new Date("2026-12-24T21:00:00Z"),
    new Date("2026-12-24T21:00:00Z"),
  ]);
});

test.each([
  ["2026-12-24", true],
  ["2026-12-24T18:00Z", true],
  ["2026-12-24T18:00:00.5+05:45", true],
  ["2026-02-30", false],
  ["2026-02-30T10:00:00Z", false],
  ["2026-12-24T25:00:00Z", false],
  ["2026-12-24T18:00:00", false],
  ["24/12/2026", false],
  ["2026-12-24T18:00:00Z ", false],
  ["", false],
])("%j is a date or an instant: %s", (text, expected) => {
  expect(dateOrInstantSchema.safeParse(text).success).toBe(expected);
});
