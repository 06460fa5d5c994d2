import { describe, expect, test } from "vitest";
import {
  type Counting,
  consumedMs,
  countedDays,
  dueAt,
  isOpen,
  nextOpening,
} from "../../../src/domain/calendar/business-time.js";
import type { BusinessCalendar } from "../../../src/domain/policy/policy.js";
import { allDay, lisbon, saoPaulo } from "./calendars.js";

const at = (text: string) => new Date(/Z|[+-]\d\d:\d\d$/.test(text) ? text : `${text}-03:00`);
const minutes = (counting: Counting, from: string, to: string) => consumedMs(counting, at(from), at(to)) / 60_000;
const due = (counting: Counting, from: string, target: number) => dueAt(counting, at(from), target);

describe("windows", () => {
  test("are open at the opening and closed at the closing instant", () => {
    expect(isOpen(saoPaulo, at("2026-11-23T09:00:00"))).toBe(true);
    expect(isOpen(saoPaulo, at("2026-11-23T08:59:59.999"))).toBe(false);
    expect(isOpen(saoPaulo, at("2026-11-23T17:59:59.999"))).toBe(true);
    expect(isOpen(saoPaulo, at("2026-11-23T18:00:00"))).toBe(false);
  });

  test("do not open on weekends and holidays", () => {
    expect(isOpen(saoPaulo, at("2026-11-21T12:00:00"))).toBe(false);
    expect(isOpen(saoPaulo, at("2026-11-20T12:00:00"))).toBe(false);
  });

  test("open next on the following working day", () => {
    expect(nextOpening(saoPaulo, at("2026-11-19T18:00:00"))).toEqual(at("2026-11-23T09:00:00"));
    expect(nextOpening(saoPaulo, at("2026-11-23T09:00:00"))).toEqual(at("2026-11-23T09:00:00"));
    expect(nextOpening("24x7", at("2026-11-22T03:00:00"))).toEqual(at("2026-11-22T03:00:00"));
  });

  test("may last until midnight and then follow one another without a gap", () => {
    expect(minutes(allDay, "2026-07-01T00:00:00Z", "2026-07-08T00:00:00Z")).toBe(7 * 24 * 60);
  });
});

describe("a due instant", () => {
  test("is the closing instant when the target ends exactly there", () => {
    expect(due(saoPaulo, "2026-11-13T16:00:00", 120)).toEqual(at("2026-11-13T18:00:00"));
  });

  test("is on the next working day one millisecond of target later", () => {
    expect(due(saoPaulo, "2026-11-13T16:00:00", 120 + 1 / 60_000)).toEqual(at("2026-11-16T09:00:00.001"));
  });

  test("of no target at all is the start, open or closed", () => {
    expect(due(saoPaulo, "2026-11-21T12:00:00", 0)).toEqual(at("2026-11-21T12:00:00"));
  });

  test("round the clock ignores nights and holidays", () => {
    expect(due("24x7", "2026-11-20T22:00:00", 480)).toEqual(at("2026-11-21T06:00:00"));
  });

  test("far beyond the years seen so far is found", () => {
    const tenYears = due(saoPaulo, "2026-01-02T09:00:00", 540 * 2_500);
    expect(minutes(saoPaulo, "2026-01-02T09:00:00", tenYears.toISOString())).toBe(540 * 2_500);
  });

  test("of a calendar that never opens is refused", () => {
    expect(() => due({ ...saoPaulo, days: [] }, "2026-11-23T10:00:00", 1)).toThrow(RangeError);
  });
});

describe("exceptions", () => {
  const calendar: BusinessCalendar = {
    ...saoPaulo,
    exceptions: {
      "2026-12-24": ["09:00", "14:00"],
      "2026-11-21": ["10:00", "12:00"],
      "2026-12-25": ["08:00", "09:00"],
      "2026-11-23": null,
    },
  };

  test.each([
    ["shorten a working day", "2026-12-24", 300],
    ["open a Saturday", "2026-11-21", 120],
    ["open a holiday", "2026-12-25", 60],
    ["close a working day", "2026-11-23", 0],
  ])("%s", (_, day, expected) => {
    expect(minutes(calendar, `${day}T00:00:00`, `${day}T23:59:59`)).toBe(expected);
  });
});

describe("holidays", () => {
  test("may be a list of dates, which replaces the national ones", () => {
    const calendar: BusinessCalendar = { ...saoPaulo, holidays: ["2026-11-24"] };
    expect(minutes(calendar, "2026-11-20T00:00:00", "2026-11-21T00:00:00")).toBe(540);
    expect(minutes(calendar, "2026-11-24T00:00:00", "2026-11-25T00:00:00")).toBe(0);
  });

  test("are days of the calendar's zone", () => {
    const auckland: BusinessCalendar = { ...saoPaulo, zone: "Pacific/Auckland", holidays: ["2026-11-24"] };
    expect(minutes(auckland, "2026-11-23T11:00:00Z", "2026-11-24T11:00:00Z")).toBe(0);
    expect(minutes(auckland, "2026-11-24T11:00:00Z", "2026-11-25T11:00:00Z")).toBe(540);
  });
});

describe("where the wall clock jumps", () => {
  test("opening hours follow the wall clock, not the offset", () => {
    expect(nextOpening(lisbon, at("2026-03-27T20:00:00Z"))).toEqual(at("2026-03-30T07:00:00Z"));
    expect(nextOpening(lisbon, at("2026-10-23T20:00:00Z"))).toEqual(at("2026-10-26T08:00:00Z"));
  });

  test("a night lost in spring shortens the window that contains it", () => {
    expect(minutes(allDay, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")).toBe(23 * 60);
    const night: BusinessCalendar = { ...allDay, open: "01:30", close: "04:00" };
    expect(minutes(night, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")).toBe(90);
  });

  test("an opening that the wall clock skips happens when it jumps", () => {
    const skipped: BusinessCalendar = { ...allDay, open: "02:30", close: "04:00" };
    expect(nextOpening(skipped, at("2026-03-08T05:00:00Z"))).toEqual(at("2026-03-08T07:00:00Z"));
  });

  test("an hour that happens twice in autumn is open twice", () => {
    const repeated: BusinessCalendar = { ...allDay, open: "01:15", close: "01:45" };
    expect(minutes(repeated, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")).toBe(60);
    expect(isOpen(repeated, at("2026-11-01T05:50:00Z"))).toBe(false);
    expect(isOpen(repeated, at("2026-11-01T06:20:00Z"))).toBe(true);
  });

  test("São Paulo under its former summer time opens an hour earlier in UTC", () => {
    expect(nextOpening(saoPaulo, at("2018-11-05T00:00:00Z"))).toEqual(at("2018-11-05T11:00:00Z"));
    expect(nextOpening(saoPaulo, at("2026-11-05T00:00:00Z"))).toEqual(at("2026-11-05T12:00:00Z"));
  });
});

test("an unknown zone is refused", () => {
  expect(() => due({ ...saoPaulo, zone: "Mars/Olympus" }, "2026-11-23T10:00:00", 1)).toThrow(RangeError);
});

test("the past is reached after the future has been asked for", () => {
  const calendar: BusinessCalendar = { ...saoPaulo, open: "09:30" };
  expect(minutes(calendar, "2030-11-25T00:00:00", "2030-11-26T00:00:00")).toBe(510);
  expect(minutes(calendar, "2024-11-25T00:00:00", "2024-11-26T00:00:00")).toBe(510);
  expect(minutes(calendar, "2024-11-25T00:00:00", "2030-11-26T00:00:00")).toBeGreaterThan(510 * 1_400);
});

test("the days counted are those of the calendar's zone, each with its share", () => {
  const days = countedDays(saoPaulo, at("2026-11-19T16:00:00").getTime(), at("2026-11-23T10:30:00").getTime());
  expect([...days]).toEqual([
    ["2026-11-19", 120 * 60_000],
    ["2026-11-23", 90 * 60_000],
  ]);
});
