// Legal deadlines in business days, which have nothing to do with opening hours: Monday to Friday without holidays,
// whatever exceptions a company makes for its own hours.
import type { BusinessCalendar } from "../policy/policy.js";
import { DAY_MS, isoWeekday } from "./day-number.js";
import { holidayTest } from "./opening-windows.js";
import { zoneOffsetMs } from "./zone-offsets.js";

const LAST_SECOND_OF_DAY_MS = DAY_MS - 1_000;

/** 23:59:59 local time of the nth business day after the day of the instant, which itself is not counted. */
export function businessDayDeadline(
  calendar: Pick<BusinessCalendar, "zone" | "holidays">,
  from: Date,
  businessDays: number,
): Date {
  const isHoliday = holidayTest(calendar.holidays);
  let day = Math.floor((from.getTime() + zoneOffsetMs(calendar.zone, from.getTime())) / DAY_MS);
  for (let left = businessDays; left > 0; ) {
    day += 1;
    if (isoWeekday(day) <= 5 && !isHoliday(day)) left -= 1;
  }
  return new Date(lastSecondOf(calendar.zone, day));
}

/** Where the wall clock is set back over midnight the second occurs twice; the day ends with the later. */
function lastSecondOf(zone: string, day: number): number {
  const local = day * DAY_MS + LAST_SECOND_OF_DAY_MS;
  const candidates = [local - DAY_MS, local + DAY_MS].map((near) => local - zoneOffsetMs(zone, near));
  const real = candidates.filter((at) => at + zoneOffsetMs(zone, at) === local);
  return Math.max(...(real.length > 0 ? real : candidates));
}
