import type { ClockRun } from "./clock-run.js";
import { breachOf, consumedBy } from "./clock-run.js";
import type { ClockRow, ClockState } from "./clock-sheet.js";
import { thresholdAt } from "./meter.js";

/** The row of a run as it stands at `now`. */
export function rowOf(run: ClockRun, percents: readonly number[], now: number): ClockRow {
  const breach = breachOf(run, now);
  return {
    customer: run.customer,
    clock: run.clock,
    cycle: run.cycle,
    epoch: run.epoch,
    level: run.level,
    targetMinutes: run.target.minutes,
    calendar: run.calendarName,
    internal: run.internal,
    startAt: new Date(run.meter.startAt),
    thresholds: thresholdsOf(run, percents),
    state: stateOf(run, breach),
    stoppedAt: dateOf(run.endedAt),
    consumedMs: consumedBy(run, now),
    breachAt: dateOf(breach),
    recognizedAt: breach === null ? null : new Date(Math.max(breach, run.knownFrom)),
  };
}

function thresholdsOf(run: ClockRun, percents: readonly number[]): Record<string, Date | null> {
  const thresholds: Record<string, Date | null> = {};
  for (let i = 0; i < percents.length; i += 1) {
    thresholds[String(percents[i])] = dateOf(thresholdAt(run.meter, i, run.resumeAt));
  }
  return thresholds;
}

/** A breach outlives everything but the voiding of its clock, which keeps the instant of the breach readable. */
function stateOf({ phase }: ClockRun, breach: number | null): ClockState {
  if (phase === "voided") return "voided";
  if (breach !== null) return "breached";
  if (phase === "left") return "superseded";
  return phase === "stopped" ? "met" : phase;
}

function dateOf(instant: number | null): Date | null {
  return instant === null ? null : new Date(instant);
}
