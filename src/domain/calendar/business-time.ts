// Business time: how much of it passes between two instants, and when a given amount of it has passed.
import type { BusinessCalendar } from "../policy/policy.js";
import { type CalendarTable, growForward, tableCovering } from "./calendar-table.js";
import { DAY_MS, isoDateOf } from "./day-number.js";
import { zoneOffsetMs } from "./zone-offsets.js";

/** What time is counted by: round the clock or the windows of a business calendar. */
export type Counting = BusinessCalendar | "24x7";

/** A calendar that offers too little time is refused when it does not reach the target within 400 years. */
const HORIZON_MS = 400 * 366 * DAY_MS;

/** Earliest instant at which the time counted since the start reaches the minutes. */
export function dueAt(counting: Counting, startAt: Date, minutes: number): Date {
  return new Date(dueAtMs(counting, startAt.getTime(), minutes * 60_000));
}

/** Time counted in [from, to), in milliseconds; zero when the span is empty. */
export function consumedMs(counting: Counting, from: Date, to: Date): number {
  return countedMs(counting, from.getTime(), to.getTime());
}

/** Whether the instant lies in a window; closing instants do not. */
export function isOpen(counting: Counting, at: Date): boolean {
  return isOpenMs(counting, at.getTime());
}

/** The instant itself when open, else the opening that follows. */
export function nextOpening(counting: Counting, at: Date): Date {
  return new Date(nextOpeningMs(counting, at.getTime()));
}

/** As dueAt, in epoch milliseconds. */
export function dueAtMs(counting: Counting, start: number, needMs: number): number {
  if (needMs <= 0) return start;
  if (counting === "24x7") return start + needMs;
  const table = tableCovering(counting, start);
  const goal = position(table, start) + needMs;
  while (table.total < goal) {
    if (table.coveredTo > start + HORIZON_MS)
      throw new RangeError("The calendar has too few opening hours for the target.");
    growForward(table);
  }
  const index = lastAtOrBelow(table.before, goal - 1);
  return (table.opens[index] as number) + goal - (table.before[index] as number);
}

/** As consumedMs, in epoch milliseconds. */
export function countedMs(counting: Counting, from: number, to: number): number {
  if (to <= from) return 0;
  if (counting === "24x7") return to - from;
  const table = tableCovering(counting, from);
  if (to >= table.coveredTo) tableCovering(counting, to);
  return position(table, to) - position(table, from);
}

/** As isOpen, in epoch milliseconds. */
export function isOpenMs(counting: Counting, at: number): boolean {
  if (counting === "24x7") return true;
  const table = tableCovering(counting, at);
  const index = windowAt(table, at);
  return index >= 0 && at < (table.closes[index] as number);
}

/** As nextOpening, in epoch milliseconds. */
export function nextOpeningMs(counting: Counting, at: number): number {
  return isOpenMs(counting, at) ? at : dueAtMs(counting, at, 1) - 1;
}

/** Local days of the calendar's zone on which time was counted in [from, to), with the milliseconds of each. */
export function countedDays(calendar: BusinessCalendar, from: number, to: number): Map<string, number> {
  const days = new Map<string, number>();
  if (to <= from) return days;
  tableCovering(calendar, to);
  const table = tableCovering(calendar, from);
  for (let i = Math.max(windowAt(table, from), 0); (table.opens[i] ?? to) < to; i += 1) {
    const open = table.opens[i] as number;
    const ms = Math.min(table.closes[i] as number, to) - Math.max(open, from);
    if (ms <= 0) continue;
    const date = isoDateOf(Math.floor((open + zoneOffsetMs(table.zone, open)) / DAY_MS));
    days.set(date, (days.get(date) ?? 0) + ms);
  }
  return days;
}

/** Business time from the first window of the table to the instant. */
function position(table: CalendarTable, at: number): number {
  const index = windowAt(table, at);
  if (index < 0) return 0;
  return (table.before[index] as number) + Math.min(at, table.closes[index] as number) - (table.opens[index] as number);
}

/** Index of the last window that opens at or before the instant, or -1; instants asked for in a row are near. */
function windowAt(table: CalendarTable, at: number): number {
  const { opens, near } = table;
  if ((opens[near] ?? at + 1) <= at) {
    if (at < (opens[near + 1] ?? at)) return near;
    if ((opens[near + 1] ?? at + 1) <= at && at < (opens[near + 2] ?? at)) return near + 1;
  }
  const index = lastAtOrBelow(opens, at);
  table.near = Math.max(index, 0);
  return index;
}

/** Index of the last element that is not above the value, or -1. */
function lastAtOrBelow(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
