// A calendar's windows with the business time before each, grown by whole years as they are asked for and kept for
// every calendar with the same content: with it, business time is two binary searches.
import type { BusinessCalendar } from "../policy/policy.js";
import { type HoursOfDay, hoursOfDay, openingWindows, type Span } from "./opening-windows.js";

/** Windows in order; `before[i]` is the business time from the first window to the opening of window i. */
export type CalendarTable = {
  readonly zone: string;
  readonly hoursOf: HoursOfDay;
  /** Instants covered: whole years of UTC, from the first up to the one that is not covered. */
  coveredFrom: number;
  coveredTo: number;
  opens: number[];
  closes: number[];
  before: number[];
  /** Business time of all windows. */
  total: number;
  /** The window that was asked for last, where the next search begins. */
  near: number;
};

const MAX_CALENDARS = 500;

const byIdentity = new WeakMap<BusinessCalendar, CalendarTable>();
const byContent = new Map<string, CalendarTable>();

/** The table of a calendar, which covers at least the year of the instant. */
export function tableCovering(calendar: BusinessCalendar, at: number): CalendarTable {
  const table = byIdentity.get(calendar) ?? tableByContent(calendar);
  if (at < table.coveredFrom || at >= table.coveredTo) cover(table, at);
  return table;
}

/** Adds the windows of the next year. */
export function growForward(table: CalendarTable): void {
  const year = yearOf(table.coveredTo);
  append(table, openingWindows(table.zone, table.hoursOf, year));
  table.coveredTo = Date.UTC(year + 1, 0);
}

function cover(table: CalendarTable, at: number): void {
  const start = Date.UTC(yearOf(at), 0);
  if (table.coveredFrom === table.coveredTo) table.coveredFrom = table.coveredTo = start;
  while (table.coveredTo <= at) growForward(table);
  if (table.coveredFrom > at) growBack(table, start);
}

function growBack(table: CalendarTable, coveredFrom: number): void {
  const end = table.coveredTo;
  Object.assign(table, { coveredFrom, coveredTo: coveredFrom, opens: [], closes: [], before: [], total: 0, near: 0 });
  while (table.coveredTo < end) growForward(table);
}

function yearOf(at: number): number {
  return new Date(at).getUTCFullYear();
}

function append(table: CalendarTable, windows: readonly Span[]): void {
  for (const window of windows) {
    table.opens.push(window.from);
    table.closes.push(window.to);
    table.before.push(table.total);
    table.total += window.to - window.from;
  }
}

/** Calendars that are read back from a record are new objects each time, so content decides too. */
function tableByContent(calendar: BusinessCalendar): CalendarTable {
  const key = JSON.stringify(calendar);
  const table = byContent.get(key) ?? emptyTable(calendar);
  byContent.delete(key);
  byContent.set(key, table);
  const oldest = byContent.keys().next().value;
  if (byContent.size > MAX_CALENDARS && oldest !== undefined) byContent.delete(oldest);
  byIdentity.set(calendar, table);
  return table;
}

function emptyTable(calendar: BusinessCalendar): CalendarTable {
  const covered = { coveredFrom: 0, coveredTo: 0 };
  const hoursOf = hoursOfDay(calendar);
  return { zone: calendar.zone, hoursOf, ...covered, opens: [], closes: [], before: [], total: 0, near: 0 };
}
