// Which days a clock counted, for people who check a due instant by hand.
import { countedDays } from "../calendar/business-time.js";
import type { ContractClock, Policy } from "../policy/policy.js";
import type { ClockHistory } from "./clock-history.js";
import type { ClockRun } from "./clock-run.js";
import { ALWAYS } from "./incident-clocks.js";
import type { ActiveSpans } from "./meter.js";
import { runHistory } from "./run-history.js";

/** The local days of one row of the sheet on which its clock counted. */
export type CountedClock = {
  readonly customer: string;
  readonly clock: ContractClock;
  readonly cycle: number;
  readonly epoch: number;
  /** ISO date to milliseconds, in order; null for a clock round the clock. */
  readonly days: ReadonlyMap<string, number> | null;
};

/** The days counted by every row of the sheet up to `now`, in no particular order. */
export function explainClocks(history: ClockHistory, policy: Policy, now: Date): readonly CountedClock[] {
  const { clocks, now: reached } = runHistory(history, policy, now);
  return [...clocks.customers.values()].flatMap(({ runs, spans }) =>
    runs.map((run) => ({
      customer: run.customer,
      clock: run.clock,
      cycle: run.cycle,
      epoch: run.epoch,
      days: daysOf(run, run.clock === "response" ? ALWAYS : spans, run.endedAt ?? reached),
    })),
  );
}

function daysOf({ meter }: ClockRun, { ended, openFrom }: ActiveSpans, end: number): Map<string, number> | null {
  if (meter.counting === "24x7") return null;
  const days = new Map<string, number>();
  for (const { from, to } of [...ended, ...(openFrom === null ? [] : [{ from: openFrom, to: end }])]) {
    const counted = countedDays(meter.counting, Math.max(from, meter.startAt), Math.min(to, end));
    for (const [date, ms] of counted) days.set(date, (days.get(date) ?? 0) + ms);
  }
  return days;
}
