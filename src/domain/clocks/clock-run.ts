// A run is the life of one row of the sheet: one customer, clock, cycle and epoch.
import type { Counting } from "../calendar/business-time.js";
import type { ContractClock, Level, Policy, Target } from "../policy/policy.js";
import type { CustomerTerms } from "./clock-history.js";
import { type ActiveSpans, copyMeter, countedUntil, type Meter, meterOver, targetAt } from "./meter.js";

/** What a run is doing; `left` means that a later epoch took over. */
export type RunPhase = "running" | "paused" | "held" | "stopped" | "voided" | "left";

/** One row of the sheet while it is being computed. */
export type ClockRun = {
  readonly customer: string;
  readonly clock: ContractClock;
  readonly cycle: number;
  readonly epoch: number;
  readonly level: Level;
  /** Level whose cell gave the target; another than `level` when the earlier due won. */
  readonly targetLevel: Level;
  readonly target: Target;
  readonly calendarName: string;
  readonly internal: boolean;
  readonly meter: Meter;
  /** Before this instant nobody could know that the clock existed with this target. */
  readonly knownFrom: number;
  phase: RunPhase;
  /** When the run stopped counting for good. */
  endedAt: number | null;
  /** Where a meter that stands still would go on: when the pause ends by itself, or where the run ended. */
  resumeAt: number | null;
};

/** Where and when a run begins, and in which spans it may count. */
export type RunStart = {
  readonly clock: ContractClock;
  readonly cycle: number;
  readonly epoch: number;
  readonly level: Level;
  /** Level whose cell gives the target when it is not the run's own. */
  readonly targetLevel?: Level;
  readonly startAt: number;
  readonly knownFrom: number;
  readonly spans: ActiveSpans;
};

/** Counted time at which each threshold of a target of so many minutes is passed. */
export type ThresholdNeeds = (minutes: number) => readonly number[];

/** Percents that are thresholds under a policy, ascending; the last is 100. */
export function thresholdPercents(policy: Policy): readonly number[] {
  return [...policy.warningPercents.filter((percent) => percent < 100).sort((a, b) => a - b), 100];
}

/** The needs of each target, worked out once. */
export function thresholdNeeds(percents: readonly number[]): ThresholdNeeds {
  const known = new Map<number, readonly number[]>();
  return (minutes) => {
    const needs = known.get(minutes) ?? percents.map((percent) => Math.round(minutes * percent * 600));
    known.set(minutes, needs);
    return needs;
  };
}

/** What a customer's target of a level is counted by. */
function countingOf(terms: CustomerTerms, target: Target): Counting {
  return target.counted === "24x7" ? "24x7" : terms.calendar;
}

/** A run from its start through the spans in which it may count. */
export function beginRun(terms: CustomerTerms, start: RunStart, needsOf: ThresholdNeeds): ClockRun {
  const targetLevel = start.targetLevel ?? start.level;
  const target = terms.targets[targetLevel][start.clock];
  const basis = { counting: countingOf(terms, target), startAt: start.startAt, needs: needsOf(target.minutes) };
  return {
    customer: terms.id,
    clock: start.clock,
    cycle: start.cycle,
    epoch: start.epoch,
    level: start.level,
    targetLevel,
    target,
    calendarName: target.counted === "24x7" ? "24x7" : terms.calendarName,
    internal: terms.contract === null,
    meter: meterOver(basis, start.spans),
    knownFrom: start.knownFrom,
    phase: "running",
    endedAt: null,
    resumeAt: null,
  };
}

/** The same count going on in a row of its own. */
export function continueRun(run: ClockRun, as: Partial<Pick<ClockRun, "cycle" | "epoch" | "level">>): ClockRun {
  return { ...run, ...as, meter: copyMeter(run.meter) };
}

/** Hands the row over to a later epoch. */
export function leaveRun(run: ClockRun, at: number): void {
  run.phase = "left";
  run.endedAt ??= at;
}

/** Ends the run for good; a meter that stood still projects its thresholds from there. */
export function endRun(run: ClockRun, phase: "stopped" | "voided", at: number): void {
  run.phase = phase;
  if (run.endedAt !== null) return;
  run.endedAt = at;
  if (phase === "stopped" && run.meter.openFrom === null) run.resumeAt = at;
}

/** The instant at which the target was or will be used up; null while held before it. */
export function dueOf(run: ClockRun): number | null {
  return targetAt(run.meter, run.resumeAt);
}

/** The instant of the breach as seen at `now`; ending at the due instant is in time. */
export function breachOf(run: ClockRun, now: number): number | null {
  if (run.meter.openFrom === null) return run.meter.passed.at(-1) ?? null;
  const due = targetAt(run.meter, null);
  if (due === null) return null;
  const breached = run.endedAt === null ? due <= now : due < run.endedAt;
  return breached ? due : null;
}

/** Counted time of the run as seen at `now`. */
export function consumedBy(run: ClockRun, now: number): number {
  return countedUntil(run.meter, run.endedAt ?? now);
}
