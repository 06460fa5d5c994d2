// Instants in files: a date and time with its offset, or a plain date that a zone gives a meaning.
import { z } from "zod";
import { zoneOffsetMs } from "../domain/calendar/zone-offsets.js";
import { isRealDate } from "../domain/policy/validate-calendar.js";

const DAY_MS = 86_400_000;

/** Without its offset a date and time would mean another instant on another machine. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A date (2026-12-24) or a date and time with its offset (2026-12-24T18:00:00-03:00). */
export const dateOrInstantSchema = z
  .string()
  .refine((text) => isRealDate(text) || isInstant(text), { error: "2026-12-24, 2026-12-24T18:00:00-03:00" });

/** The instant at which a period begins: a plain date is its first instant in the zone. */
export function periodStart(text: string, zone: string): Date {
  return isRealDate(text) ? new Date(firstInstantOf(Date.parse(text), zone)) : new Date(text);
}

/** The instant at which a period has ended: a plain date belongs to the period whole. */
export function periodEnd(text: string, zone: string): Date {
  return isRealDate(text) ? new Date(firstInstantOf(Date.parse(text) + DAY_MS, zone)) : new Date(text);
}

/** A transition may fall on midnight itself: the day then begins at the first instant that bears its date for good. */
function firstInstantOf(midnightUtc: number, zone: string): number {
  const candidates = [midnightUtc - DAY_MS, midnightUtc + DAY_MS].map((at) => midnightUtc - zoneOffsetMs(zone, at));
  return Math.min(...candidates.filter((at) => at + zoneOffsetMs(zone, at) >= midnightUtc));
}

function isInstant(text: string): boolean {
  const [, date = ""] = INSTANT.exec(text) ?? [];
  return isRealDate(date) && !Number.isNaN(Date.parse(text));
}
