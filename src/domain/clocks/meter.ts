// A meter counts the time of one clock towards its target. It is stopped and started as the clock holds, pauses and
// resumes, and keeps the instants of the thresholds already passed.
import { type Counting, countedMs, dueAtMs } from "../calendar/business-time.js";
import type { Span } from "../calendar/opening-windows.js";

/** Spans in which a clock may count: those that have ended, and the start of the one still open. */
export type ActiveSpans = { readonly ended: readonly Span[]; readonly openFrom: number | null };

/** Counted time of one clock; instants and spans are epoch milliseconds. */
export type Meter = {
  readonly counting: Counting;
  readonly startAt: number;
  /** Counted time of each percent, ascending; the last is the whole target. */
  readonly needs: readonly number[];
  /** Instants of the thresholds passed before the last stop. */
  readonly passed: (number | null)[];
  /** Time counted before `openFrom`. */
  counted: number;
  /** Since when the meter counts; null while it stands still. */
  openFrom: number | null;
  /** When the target will be used up if the meter goes on counting; worked out once per start. */
  due: number | null;
};

/** What a meter counts and from when. */
export type MeterBasis = Pick<Meter, "counting" | "startAt" | "needs">;

/** A meter that has lived through the spans from its own start on. */
export function meterOver({ counting, startAt, needs }: MeterBasis, spans: ActiveSpans): Meter {
  const passed = new Array<number | null>(needs.length).fill(null);
  const meter: Meter = { counting, startAt, needs, passed, counted: 0, openFrom: null, due: null };
  for (const { from, to } of spans.ended) {
    if (to <= meter.startAt) continue;
    startMeter(meter, from);
    stopMeter(meter, to);
  }
  if (spans.openFrom !== null) startMeter(meter, spans.openFrom);
  return meter;
}

/** A meter that goes on by itself from where another stands. */
export function copyMeter(meter: Meter): Meter {
  const { counting, startAt, needs, passed, counted, openFrom, due } = meter;
  return { counting, startAt, needs, passed: passed.slice(), counted, openFrom, due };
}

/** Begins to count at an instant, never before the meter's own start. */
export function startMeter(meter: Meter, at: number): void {
  meter.openFrom = Math.max(at, meter.startAt);
  meter.due = null;
}

/** Stops counting; a threshold that falls at this very instant is not passed, since events come before thresholds. */
export function stopMeter(meter: Meter, at: number): void {
  const from = meter.openFrom;
  if (from === null) return;
  const counted = meter.counted + countedMs(meter.counting, from, at);
  for (let i = 0; i < meter.needs.length; i += 1) {
    const need = meter.needs[i] as number;
    if (meter.passed[i] !== null || counted < need) continue;
    const mark = dueAtMs(meter.counting, from, need - meter.counted);
    if (mark < at) meter.passed[i] = mark;
  }
  meter.counted = counted;
  meter.openFrom = null;
}

/** Time counted up to an instant. */
export function countedUntil(meter: Meter, at: number): number {
  return meter.counted + (meter.openFrom === null ? 0 : countedMs(meter.counting, meter.openFrom, at));
}

/**
 * Instant at which the nth threshold was or will be passed; a meter that stands still answers as if it began to count
 * at `resumeAt`, or null when nobody knows when it will.
 */
export function thresholdAt(meter: Meter, index: number, resumeAt: number | null): number | null {
  const passed = meter.passed[index] ?? null;
  if (passed !== null) return passed;
  const from = meter.openFrom ?? resumeAt;
  if (from === null) return null;
  return dueAtMs(meter.counting, Math.max(from, meter.startAt), (meter.needs[index] as number) - meter.counted);
}

/** Instant at which the whole target was or will be used up; see thresholdAt. */
export function targetAt(meter: Meter, resumeAt: number | null): number | null {
  const last = meter.needs.length - 1;
  if (meter.openFrom === null) return thresholdAt(meter, last, resumeAt);
  meter.due ??= thresholdAt(meter, last, null);
  return meter.due;
}
