// Runs the facts of an incident through its clocks up to an instant. Facts come before the thresholds of their instant;
// pauses that end by themselves come after both.
import type { ContractClock, Policy } from "../policy/policy.js";
import { applyFact } from "./apply-fact.js";
import type { ClockFact, ClockHistory } from "./clock-history.js";
import { beginTrack, type EscalationTrack, fireWithin, reopenTrack } from "./escalation-track.js";
import { governingRun } from "./governing-run.js";
import { beginClocks, type IncidentClocks } from "./incident-clocks.js";
import { endPause, nextPauseEnd } from "./pause-facts.js";
import type { RefusalReason } from "./refusal-reason.js";

/** The clocks of an incident and what they have fired, as of `now`. */
export type HistoryRun = {
  readonly clocks: IncidentClocks;
  readonly tracks: Readonly<Record<ContractClock, EscalationTrack>>;
  /** The instant reached; nothing is known before the declaration. */
  now: number;
};

/** The state of every clock after the facts up to `now`; later facts are ignored. */
export function runHistory(history: ClockHistory, policy: Policy, now: Date): HistoryRun {
  const clocks = beginClocks(history, policy);
  const tracks = {
    response: beginTrack("response", policy, clocks.percents),
    resolution: beginTrack("resolution", policy, clocks.percents),
  };
  const run: HistoryRun = { clocks, tracks, now: history.declaredAt.getTime() };
  const until = Math.max(now.getTime(), run.now);
  for (const fact of history.facts) {
    if (fact.at.getTime() > until) continue;
    const reason = meetFact(run, fact);
    if (reason !== null) clocks.refusals.push({ at: fact.at, type: fact.kind, reason });
  }
  advance(run, until, true);
  return run;
}

function meetFact(run: HistoryRun, fact: ClockFact): RefusalReason | null {
  if (fact.at.getTime() < run.now) return "out-of-order";
  advance(run, fact.at.getTime(), false);
  const reason = applyFact(run.clocks, fact);
  if (reason === null && fact.kind === "reopened") {
    reopenTrack(run.tracks.response, run.clocks.cycle);
    reopenTrack(run.tracks.resolution, run.clocks.cycle);
  }
  return reason;
}

/** Lives through the time up to an instant, which is left to the facts that fall on it unless `closed`. */
function advance(run: HistoryRun, to: number, closed: boolean): void {
  for (let end = nextPauseEnd(run.clocks); end !== null && (end < to || (closed && end === to)); ) {
    fireUpTo(run, end, false);
    endPausesDue(run.clocks, end);
    end = nextPauseEnd(run.clocks);
  }
  fireUpTo(run, to, closed);
}

function fireUpTo(run: HistoryRun, to: number, closed: boolean): void {
  for (const track of [run.tracks.response, run.tracks.resolution]) {
    const governing = governingRun(run.clocks, track.clock);
    if (governing !== null) fireWithin(track, governing, { from: run.now, to, closed });
  }
  run.now = to;
}

function endPausesDue(clocks: IncidentClocks, at: number): void {
  for (const customer of clocks.customers.values()) {
    if (customer.pausedUntil !== null && customer.pausedUntil <= at) endPause(clocks, customer, at);
  }
}
