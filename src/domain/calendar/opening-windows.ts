// Opening windows of a business calendar as instants. A calendar is open whenever the wall clock of its zone reads an
// opening hour, so a window is cut or doubled where the wall clock jumps.
import type { BusinessCalendar } from "../policy/policy.js";
import { brazilianHolidays } from "./brazilian-holidays.js";
import { DAY_MS, dayNumberOf, isoWeekday } from "./day-number.js";
import { type OffsetSpan, offsetSpansOfYear } from "./zone-offsets.js";

/** A half-open span of instants [from, to). */
export type Span = { readonly from: number; readonly to: number };

/** Hours of one local day in milliseconds after its midnight. */
type Hours = { readonly open: number; readonly close: number };

/** Gives the hours of a local day, or null when it is closed. */
export type HoursOfDay = (day: number) => Hours | null;

/** The hours of each local day under the calendar's week, holidays and exceptions. */
export function hoursOfDay(calendar: BusinessCalendar): HoursOfDay {
  const weekly = hours(calendar.open, calendar.close);
  const weekdays = new Set(calendar.days);
  const isHoliday = holidayTest(calendar.holidays);
  const exceptions = new Map<number, Hours | null>();
  for (const [date, special] of Object.entries(calendar.exceptions ?? {})) {
    exceptions.set(dayNumberOf(date), special === null ? null : hours(special[0], special[1]));
  }
  return (day) => {
    const exception = exceptions.get(day);
    if (exception !== undefined) return exception;
    return weekdays.has(isoWeekday(day)) && !isHoliday(day) ? weekly : null;
  };
}

/** Tests day numbers against the holidays of a calendar. */
export function holidayTest(holidays: BusinessCalendar["holidays"]): (day: number) => boolean {
  if (holidays === "none") return () => false;
  if (holidays === "BR") return (day) => brazilianHolidays(new Date(day * DAY_MS).getUTCFullYear()).has(day);
  const listed = new Set(holidays.map(dayNumberOf));
  return (day) => listed.has(day);
}

/** The windows within a year of UTC, in order and apart or touching, never overlapping. */
export function openingWindows(zone: string, hoursOf: HoursOfDay, year: number): Span[] {
  return offsetSpansOfYear(zone, year).flatMap((span) => windowsOfSpan(span, hoursOf));
}

function windowsOfSpan(span: OffsetSpan, hoursOf: HoursOfDay): Span[] {
  const windows: Span[] = [];
  const firstDay = Math.floor((span.from + span.offsetMs) / DAY_MS);
  const lastDay = Math.floor((span.to - 1 + span.offsetMs) / DAY_MS);
  for (let day = firstDay; day <= lastDay; day += 1) {
    const open = hoursOf(day);
    if (open === null) continue;
    const midnight = day * DAY_MS - span.offsetMs;
    const from = Math.max(midnight + open.open, span.from);
    const to = Math.min(midnight + open.close, span.to);
    if (from < to) windows.push({ from, to });
  }
  return windows;
}

function hours(open: string, close: string): Hours {
  return { open: timeOfDayMs(open), close: timeOfDayMs(close) };
}

/** "HH:mm" as milliseconds after midnight; "24:00" is the end of the day. */
function timeOfDayMs(time: string): number {
  const [hour, minute] = time.split(":");
  return (Number(hour) * 60 + Number(minute)) * 60_000;
}
