// What has fired for one kind of clock. The track follows the governing clock from stretch to stretch; within a
// stretch no fact moves any clock.
import { countedMs, dueAtMs, isOpenMs, nextOpeningMs } from "../calendar/business-time.js";
import type { ContractClock, Policy, RungStep } from "../policy/policy.js";
import type { ClockRun } from "./clock-run.js";
import type { ClockEscalation } from "./clock-sheet.js";
import { targetAt, thresholdAt } from "./meter.js";

/** What has fired for one clock kind in its cycle. */
export type EscalationTrack = {
  readonly clock: ContractClock;
  readonly policy: Policy;
  readonly percents: readonly number[];
  readonly fired: ClockEscalation[];
  cycle: number;
  /** Highest percent fired in this cycle; zero before the first. */
  highest: number;
  /** The instant from which repeats count: when 100 percent fired, or restarted. */
  repeatsFrom: number;
  repeats: number;
  /** When 100 percent or a repeat fired last. */
  lastAt: number;
  /** Set by a reopening: a clock already breached repeats at once. */
  restarts: boolean;
};

/** A stretch of the history in which one clock governs; `to` itself belongs to it only when `closed`. */
export type Stretch = { readonly from: number; readonly to: number; readonly closed: boolean };

type Firing = {
  readonly percent: number;
  readonly at: number;
  readonly collapsed: boolean;
  readonly isRepeat: boolean;
};

const NEVER = { highest: 0, repeatsFrom: 0, repeats: 0, lastAt: 0, restarts: false };

/** A track of the first cycle, with nothing fired yet. */
export function beginTrack(clock: ContractClock, policy: Policy, percents: readonly number[]): EscalationTrack {
  return { clock, policy, percents, fired: [], cycle: 1, ...NEVER };
}

/** Enters a new cycle: the response starts anew, the resolution keeps what has fired. */
export function reopenTrack(track: EscalationTrack, cycle: number): void {
  if (track.clock === "response") Object.assign(track, NEVER);
  track.cycle = cycle;
  track.restarts = track.highest === 100;
}

/** Fires what the governing clock makes due within the stretch. */
export function fireWithin(track: EscalationTrack, run: ClockRun, stretch: Stretch): void {
  const due = targetAt(run.meter, null);
  if (due !== null && due > stretch.from) track.restarts = false;
  let next = nextFiring(track, run, stretch.from);
  while (next !== null && (next.at < stretch.to || (stretch.closed && next.at === stretch.to))) {
    record(track, run, next);
    next = nextFiring(track, run, next.at);
  }
}

/** When the governing clock fires next, from an instant on, if nothing else happens. */
export function nextFiringAt(track: EscalationTrack, run: ClockRun, from: number): number | null {
  return nextFiring(track, run, from)?.at ?? null;
}

function nextFiring(track: EscalationTrack, run: ClockRun, from: number): Firing | null {
  return track.highest < 100 ? nextThreshold(track, run, from) : nextRepeat(track, run, from);
}

/** Of the thresholds already passed only the highest fires; lower ones are never replayed. */
function nextThreshold({ percents, highest }: EscalationTrack, run: ClockRun, from: number): Firing | null {
  let next: Firing | null = null;
  for (let i = percents.length - 1; i >= 0 && (percents[i] as number) > highest; i -= 1) {
    const percent = percents[i] as number;
    const mark = thresholdAt(run.meter, i, null);
    if (mark === null) continue;
    if (mark > from) {
      next = { percent, at: mark, collapsed: false, isRepeat: false };
      continue;
    }
    const skipsLower = i > 0 && (percents[i - 1] as number) > highest;
    return { percent, at: firstReachable(run, mark, from), collapsed: mark < from || skipsLower, isRepeat: false };
  }
  return next;
}

/** Repeats stand on a grid that begins where 100 percent fired, in time of the clock that governs now. */
function nextRepeat(track: EscalationTrack, run: ClockRun, from: number): Firing | null {
  const due = targetAt(run.meter, null);
  if (due === null) return null;
  const repeat = { percent: 100, collapsed: false, isRepeat: true };
  if (track.restarts && due <= from) return { ...repeat, at: firstReachable(run, due, from) };
  const { counting } = run.meter;
  const interval = track.policy.levels[run.level].repeatAfterBreach.minutes * 60_000;
  const notBefore = Math.max(from, due);
  for (let n = Math.max(1, Math.floor(countedMs(counting, track.repeatsFrom, notBefore) / interval)); ; n += 1) {
    const at = dueAtMs(counting, track.repeatsFrom, n * interval);
    if (at >= notBefore && at > track.lastAt) return { ...repeat, at };
  }
}

/**
 * A threshold fires where it falls, be it a closing instant. What is recognised later fires at once or, outside the
 * calendar of its clock, at the next opening.
 */
function firstReachable({ meter: { counting } }: ClockRun, mark: number, from: number): number {
  const fallsHere = mark === from && isOpenMs(counting, from - 1);
  return fallsHere ? from : nextOpeningMs(counting, from);
}

function record(track: EscalationTrack, run: ClockRun, { percent, at, collapsed, isRepeat }: Firing): void {
  if (percent === 100) {
    if (!isRepeat || track.restarts) track.repeatsFrom = at;
    track.lastAt = at;
    track.restarts = false;
  }
  track.highest = Math.max(track.highest, percent);
  if (isRepeat) track.repeats += 1;
  track.fired.push({
    at: new Date(at),
    clock: track.clock,
    customer: run.customer,
    cycle: track.cycle,
    percent,
    repeat: isRepeat ? track.repeats : 0,
    collapsed,
    level: run.level,
    dueAt: new Date(targetAt(run.meter, null) ?? at),
    rungs: rungsOf(track, run, isRepeat ? "repeat" : String(percent)),
  });
}

function rungsOf({ policy, repeats }: EscalationTrack, run: ClockRun, rung: string): readonly RungStep[] {
  const ladder: Readonly<Record<string, readonly RungStep[]>> = policy.levels[run.level].ladder;
  return (ladder[rung] ?? []).filter(({ fromRepeat }) => fromRepeat === undefined || fromRepeat <= repeats);
}
