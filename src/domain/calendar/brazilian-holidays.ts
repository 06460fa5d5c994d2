// National holidays of Brazil by rule. Optional days off (Carnaval, Corpus Christi, 24 and 31 December) are working
// time unless a calendar lists them as exceptions.
import { dayNumber } from "./day-number.js";

type FixedHoliday = { readonly month: number; readonly day: number; readonly fromYear: number };

/** Years are those of the first celebration as a national holiday under the law in force. */
const FIXED: readonly FixedHoliday[] = [
  { month: 1, day: 1, fromYear: 1949 }, // Lei 662/1949
  { month: 4, day: 21, fromYear: 1951 }, // Lei 1.266/1950, kept by Lei 10.607/2002
  { month: 5, day: 1, fromYear: 1949 }, // Lei 662/1949
  { month: 9, day: 7, fromYear: 1949 }, // Lei 662/1949
  { month: 10, day: 12, fromYear: 1980 }, // Lei 6.802/1980
  { month: 11, day: 2, fromYear: 2003 }, // Lei 10.607/2002
  { month: 11, day: 15, fromYear: 1949 }, // Lei 662/1949
  { month: 11, day: 20, fromYear: 2024 }, // Lei 14.759/2023
  { month: 12, day: 25, fromYear: 1949 }, // Lei 662/1949
];

const GOOD_FRIDAY_BEFORE_EASTER = 2;

const byYear = new Map<number, ReadonlySet<number>>();

/** Day numbers of the national holidays of a year. */
export function brazilianHolidays(year: number): ReadonlySet<number> {
  const known = byYear.get(year);
  if (known !== undefined) return known;
  const fixed = FIXED.filter((h) => year >= h.fromYear).map((h) => dayNumber(year, h.month, h.day));
  const holidays = new Set([...fixed, easterSunday(year) - GOOD_FRIDAY_BEFORE_EASTER]);
  byYear.set(year, holidays);
  return holidays;
}

/** Day number of Easter Sunday in the Gregorian calendar (anonymous Gregorian computus). */
export function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return dayNumber(year, month, day);
}
