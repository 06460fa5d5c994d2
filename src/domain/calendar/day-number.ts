// Local calendar days as integers (days since 1970-01-01), so that tables of days need no date objects.

/** Milliseconds of a day without a zone transition. */
export const DAY_MS = 86_400_000;

/** Day number of a civil date. */
export function dayNumber(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** Day number of an ISO date such as "2026-11-23". */
export function dayNumberOf(isoDate: string): number {
  return Date.parse(`${isoDate}T00:00:00Z`) / DAY_MS;
}

/** ISO date of a day number. */
export function isoDateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** ISO weekday of a day number, Monday is 1. */
export function isoWeekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
