import type { ContractClock } from "../policy/policy.js";
import { type ClockRun, dueOf } from "./clock-run.js";
import type { IncidentClocks } from "./incident-clocks.js";

/** The running clock of one kind whose due instant comes first, breached or not; ties go to the first customer. */
export function governingRun(clocks: IncidentClocks, clock: ContractClock): ClockRun | null {
  let first: ClockRun | null = null;
  let firstDue = Number.POSITIVE_INFINITY;
  for (const customer of clocks.customers.values()) {
    const run = customer[clock];
    if (run.phase !== "running") continue;
    const due = dueOf(run) ?? Number.POSITIVE_INFINITY;
    if (due >= firstDue) continue;
    first = run;
    firstDue = due;
  }
  return first;
}
