import { zoneOffsetMs } from "../../domain/calendar/zone-offsets.js";

/** Local hours, half open; `from` later than `to` spans midnight. */
export type QuietHours = { readonly from: string; readonly to: string };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** When the quiet hours end in which an instant lies; null when it lies outside them. */
export const quietUntil = ({ from, to }: QuietHours, zone: string, at: Date): Date | null => {
  const [begins, ends] = [minutesOf(from), minutesOf(to)];
  const local = at.getTime() + zoneOffsetMs(zone, at.getTime());
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const minute = (local - midnight) / MINUTE_MS;
  const spansMidnight = begins > ends;
  const isQuiet = spansMidnight ? minute >= begins || minute < ends : minute >= begins && minute < ends;
  if (!isQuiet) return null;
  const day = spansMidnight && minute >= begins ? midnight + DAY_MS : midnight;
  const localEnd = day + ends * MINUTE_MS;
  // The offset at the end decides; the night may hold a change to or from daylight saving time.
  const guess = localEnd - zoneOffsetMs(zone, at.getTime());
  return new Date(localEnd - zoneOffsetMs(zone, guess));
};

const minutesOf = (hours: string): number => {
  const [hour = "", minute = ""] = hours.split(":");
  return Number(hour) * 60 + Number(minute);
};
