// A new epoch: the same clock of the same customer judged by another target from now on.
import type { Level } from "../policy/policy.js";
import { beginRun, type ClockRun, continueRun, leaveRun } from "./clock-run.js";
import { ALWAYS, type CustomerClocks, type IncidentClocks, replaceRun } from "./incident-clocks.js";
import { targetAt } from "./meter.js";

/** Which due instant holds when the new target is set beside the old one. */
export type DueRule = "new" | "earlier" | "later";

/** Which run gives way, when, what the new one counts from and by which level's target, and which due instant holds. */
export type EpochChange = {
  readonly old: ClockRun;
  readonly at: number;
  readonly startAt: number;
  readonly level: Level;
  readonly rule: DueRule;
};

/** Opens an epoch of one clock; when the old due wins, the old count goes on under the incident's level. */
export function openEpoch(clocks: IncidentClocks, customer: CustomerClocks, change: EpochChange): void {
  const { old, at } = change;
  const candidate = candidateRun(clocks, customer, change);
  const next = oldDueWins(candidate, change)
    ? continueRun(old, { epoch: old.epoch + 1, level: clocks.level })
    : candidate;
  leaveRun(old, at);
  replaceRun(customer, next);
}

/** Instant from which a clock of a customer counts in this cycle, before any worsening moved it. */
export function clockStart(clocks: IncidentClocks, customer: CustomerClocks, clock: ClockRun["clock"]): number {
  return clock === "resolution"
    ? customer.startAt
    : Math.max(customer.startAt, clocks.cycleStartAt ?? customer.startAt);
}

function candidateRun(clocks: IncidentClocks, customer: CustomerClocks, change: EpochChange): ClockRun {
  const { old, at, startAt, level: targetLevel } = change;
  const spans = old.clock === "response" ? ALWAYS : customer.spans;
  const place = { clock: old.clock, cycle: old.cycle, epoch: old.epoch + 1, level: clocks.level };
  const run = beginRun(customer.terms, { ...place, targetLevel, startAt, knownFrom: at, spans }, clocks.needsOf);
  run.phase = old.phase;
  run.endedAt = old.endedAt;
  if (run.meter.openFrom === null) run.resumeAt = old.resumeAt ?? old.endedAt;
  return run;
}

/** While held nobody knows when the clocks go on, so both are compared as if they went on now. */
function oldDueWins(candidate: ClockRun, { old, rule, at }: EpochChange): boolean {
  if (rule === "new") return false;
  if (old.endedAt !== null && candidate.meter.startAt >= old.endedAt) return true;
  const oldDue = targetAt(old.meter, old.resumeAt ?? at) ?? at;
  const newDue = targetAt(candidate.meter, candidate.resumeAt ?? at) ?? at;
  return rule === "earlier" ? oldDue < newDue : oldDue > newDue;
}
