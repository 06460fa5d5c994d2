// What can be wrong with a business calendar: shared by the policy's calendars and by those of contracts.
import type { BusinessCalendar, DayHours } from "./policy.js";
import type { PolicyProblem } from "./policy-problem.js";

/** Finds everything wrong with a business calendar; paths begin with `path`. */
export function validateCalendar(calendar: BusinessCalendar, path: string): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (!isKnownZone(calendar.zone)) {
    problems.push({ path: `${path}.zone`, code: "unknown-zone", values: { zone: calendar.zone } });
  }
  problems.push(...validateHours([calendar.open, calendar.close], `${path}.close`));
  if (new Set(calendar.days).size !== calendar.days.length) {
    problems.push({ path: `${path}.days`, code: "repeated-day", values: { days: calendar.days.join(", ") } });
  }
  if (typeof calendar.holidays !== "string") {
    for (const [index, date] of calendar.holidays.entries()) {
      problems.push(...validateDate(date, `${path}.holidays.${index}`));
    }
  }
  for (const [date, hours] of Object.entries(calendar.exceptions ?? {})) {
    problems.push(...validateDate(date, `${path}.exceptions.${date}`));
    if (hours !== null) problems.push(...validateHours(hours, `${path}.exceptions.${date}`));
  }
  return problems;
}

/** Tells whether this runtime knows the IANA zone; fixed offsets are not zones, because they miss changes of law. */
export function isKnownZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Tells whether an ISO date (YYYY-MM-DD) exists in the calendar. */
export function isRealDate(date: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const parsed = new Date(`${date}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function validateDate(date: string, path: string): PolicyProblem[] {
  return isRealDate(date) ? [] : [{ path, code: "impossible-date", values: { date } }];
}

function validateHours([open, close]: DayHours, path: string): PolicyProblem[] {
  return open < close ? [] : [{ path, code: "inverted-hours", values: { open, close } }];
}
