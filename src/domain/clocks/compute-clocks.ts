import type { ContractClock, Policy } from "../policy/policy.js";
import type { ClockHistory } from "./clock-history.js";
import { rowOf } from "./clock-row.js";
import { dueOf } from "./clock-run.js";
import type { ClockEscalation, ClockRow, ClockSheet, Governing } from "./clock-sheet.js";
import { nextFiringAt } from "./escalation-track.js";
import { governingRun } from "./governing-run.js";
import type { IncidentClocks } from "./incident-clocks.js";
import { nextPauseEnd } from "./pause-facts.js";
import { type HistoryRun, runHistory } from "./run-history.js";

const CLOCKS: readonly ContractClock[] = ["response", "resolution"];

/** The SLA sheet of an incident at an instant: a pure function of its facts, the policy and `now`. */
export function computeClocks(history: ClockHistory, policy: Policy, now: Date): ClockSheet {
  const run = runHistory(history, policy, now);
  return {
    rows: rowsOf(run.clocks, run.now),
    governing: { response: governingOf(run.clocks, "response"), resolution: governingOf(run.clocks, "resolution") },
    escalations: escalationsOf(run),
    refusals: run.clocks.refusals,
    nextAt: nextAtOf(run),
  };
}

/** Customers in order of appearance; per customer response before resolution, each in the order of its rows. */
function rowsOf(clocks: IncidentClocks, now: number): ClockRow[] {
  return [...clocks.customers.values()].flatMap(({ runs }) =>
    CLOCKS.flatMap((clock) => runs.filter((run) => run.clock === clock).map((run) => rowOf(run, clocks.percents, now))),
  );
}

function governingOf(clocks: IncidentClocks, clock: ContractClock): Governing {
  const run = governingRun(clocks, clock);
  const due = run === null ? null : dueOf(run);
  return run === null || due === null ? null : { customer: run.customer, dueAt: new Date(due) };
}

/** By instant; at one instant the response comes first, each clock in the order of its firing. */
function escalationsOf({ tracks }: HistoryRun): ClockEscalation[] {
  return [...tracks.response.fired, ...tracks.resolution.fired].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Breaches of clocks that do not govern fire nothing but are recorded, so every due instant counts. */
function nextAtOf({ clocks, tracks, now }: HistoryRun): Date | null {
  let next = nextPauseEnd(clocks);
  const consider = (at: number | null): void => {
    if (at !== null && at > now && (next === null || at < next)) next = at;
  };
  for (const clock of CLOCKS) {
    const governing = governingRun(clocks, clock);
    if (governing !== null) consider(nextFiringAt(tracks[clock], governing, now));
    for (const customer of clocks.customers.values()) {
      if (customer[clock].phase === "running") consider(dueOf(customer[clock]));
    }
  }
  return next === null ? null : new Date(next);
}
