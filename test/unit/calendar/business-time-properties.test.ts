// Business time against a method that steps through the minutes and reads the wall clock of each.
import fc from "fast-check";
import { expect, test } from "vitest";
import { consumedMs, dueAt, isOpen } from "../../../src/domain/calendar/business-time.js";
import type { BusinessCalendar } from "../../../src/domain/policy/policy.js";

const MINUTE = 60_000;
const ZONES = [
  "America/Sao_Paulo",
  "America/New_York",
  "Europe/Lisbon",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Asia/Kolkata",
  "Pacific/Apia",
];

const clock = (minuteOfDay: number) =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, "0")}:${String(minuteOfDay % 60).padStart(2, "0")}`;

const hours = fc
  .tuple(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 1, max: 48 }))
  .filter(([open, close]) => open < close)
  .map(([open, close]) => [clock(open * 30), clock(close * 30)] as const);

// Two weeks around the days on which many zones change their clocks, and around the year's end.
const dayArbitrary = fc.constantFrom(
  "2025-03-09",
  "2025-03-30",
  "2025-11-02",
  "2025-10-26",
  "2025-04-06",
  "2025-12-31",
  "2026-02-15",
  "2026-04-03",
);
const isoDay = (from: string, days: number) =>
  new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);

const world = dayArbitrary.chain((day) =>
  fc.record({
    calendar: fc
      .record({
        zone: fc.constantFrom(...ZONES),
        hours,
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        holidays: fc.constantFrom("BR" as const, "none" as const, [isoDay(day, 1)]),
        exceptions: fc.dictionary(
          fc.integer({ min: -3, max: 4 }).map((n) => isoDay(day, n)),
          fc.option(hours),
          { maxKeys: 3 },
        ),
      })
      .map(({ hours: [open, close], ...rest }): BusinessCalendar => ({ ...rest, open, close })),
    from: fc.integer({ min: -3 * 1_440, max: 3 * 1_440 }).map((n) => Date.parse(day) + n * MINUTE),
    span: fc.integer({ min: 0, max: 3 * 1_440 }),
  }),
);

test("time consumed equals the minutes whose wall clock reads an opening hour", () => {
  fc.assert(
    fc.property(world, ({ calendar, from, span }) => {
      const open = openMinutes(calendar);
      let expected = 0;
      for (let n = 0; n < span; n += 1) if (open(from + n * MINUTE)) expected += MINUTE;
      expect(consumedMs(calendar, new Date(from), new Date(from + span * MINUTE))).toBe(expected);
    }),
    { numRuns: 60 },
  );
});

test("the due instant is the first at which the target is consumed", () => {
  fc.assert(
    fc.property(world, fc.integer({ min: 1, max: 2_000 }), ({ calendar, from }, target) => {
      const due = dueAt(calendar, new Date(from), target);
      expect(consumedMs(calendar, new Date(from), due)).toBe(target * MINUTE);
      expect(consumedMs(calendar, new Date(from), new Date(due.getTime() - 1))).toBe(target * MINUTE - 1);
      expect(isOpen(calendar, new Date(due.getTime() - 1))).toBe(true);
    }),
  );
});

test("a later start or a longer target never falls due earlier", () => {
  fc.assert(
    fc.property(world, fc.nat(5_000), fc.nat(5_000), fc.nat(5_000), ({ calendar, from }, target, more, later) => {
      const due = dueAt(calendar, new Date(from), target);
      expect(dueAt(calendar, new Date(from), target + more).getTime()).toBeGreaterThanOrEqual(due.getTime());
      expect(dueAt(calendar, new Date(from + later * MINUTE), target).getTime()).toBeGreaterThanOrEqual(due.getTime());
    }),
  );
});

/** Reads the wall clock by the platform's own formatter; national holidays of the weeks in question by hand. */
function openMinutes(calendar: BusinessCalendar): (at: number) => boolean {
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  } as const;
  const format = new Intl.DateTimeFormat("en-CA", { ...options, timeZone: calendar.zone });
  const national = [
    "2025-01-01",
    "2025-04-18",
    "2025-11-02",
    "2025-10-12",
    "2026-01-01",
    "2026-04-03",
    "2025-11-15",
    "2025-12-25",
  ];
  const holidays = calendar.holidays === "BR" ? national : calendar.holidays === "none" ? [] : calendar.holidays;
  return (at) => {
    const [date = "", time = ""] = format.format(at).split(", ");
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
    const exception = calendar.exceptions?.[date];
    if (exception === null) return false;
    if (exception !== undefined) return time >= exception[0] && time < exception[1];
    if (!calendar.days.includes(weekday) || holidays.includes(date)) return false;
    return time >= calendar.open && time < calendar.close;
  };
}
