// The state that the facts of an incident move: who is affected, which clocks count, and what was refused.
import type { Span } from "../calendar/opening-windows.js";
import type { Level, Policy } from "../policy/policy.js";
import type { ClockHistory, CustomerTerms } from "./clock-history.js";
import {
  beginRun,
  type ClockRun,
  endRun,
  type RunStart,
  type ThresholdNeeds,
  thresholdNeeds,
  thresholdPercents,
} from "./clock-run.js";
import type { ClockRefusal } from "./clock-sheet.js";
import type { ActiveSpans } from "./meter.js";
import { startMeter, stopMeter } from "./meter.js";
import { placeholderTerms } from "./placeholder-terms.js";

/** Where the incident stands, as far as clocks care. */
export type IncidentPhase = "open" | "monitoring" | "resolved" | "cancelled";

/** Spans that grow as the incident goes on. */
export type GrowingSpans = { readonly ended: Span[]; openFrom: number | null };

/** One affected customer and its clocks; `runs` has every row, the current ones included. */
export type CustomerClocks = {
  terms: CustomerTerms;
  startAt: number;
  removed: boolean;
  /** End of the running pause; null when not paused. */
  pausedUntil: number | null;
  /** When the resolution clock of this customer may count. */
  readonly spans: GrowingSpans;
  readonly runs: ClockRun[];
  response: ClockRun;
  resolution: ClockRun;
};

/** All clocks of one incident at one instant of its history. */
export type IncidentClocks = {
  readonly policy: Policy;
  readonly percents: readonly number[];
  readonly needsOf: ThresholdNeeds;
  readonly slaStartAt: number;
  level: Level;
  phase: IncidentPhase;
  cycle: number;
  /** Start of the response clocks of this cycle, or null in the first, where each customer has its own. */
  cycleStartAt: number | null;
  taken: { readonly at: number; readonly level: Level } | null;
  /** Since when the effect is gone, while it is. */
  restoredAt: number | null;
  resolvedAt: number | null;
  /** When the incident as a whole was not held; pauses are each customer's own. */
  readonly spans: GrowingSpans;
  readonly customers: Map<string, CustomerClocks>;
  readonly refusals: ClockRefusal[];
};

/** The clocks of an incident at its declaration. */
export function beginClocks(history: ClockHistory, policy: Policy): IncidentClocks {
  const declaredAt = history.declaredAt.getTime();
  const percents = thresholdPercents(policy);
  const clocks: IncidentClocks = {
    policy,
    percents,
    needsOf: thresholdNeeds(percents),
    slaStartAt: Math.min(history.detectedAt.getTime(), declaredAt),
    level: history.level,
    phase: "open",
    cycle: 1,
    cycleStartAt: null,
    taken: null,
    restoredAt: null,
    resolvedAt: null,
    spans: { ended: [], openFrom: Number.NEGATIVE_INFINITY },
    customers: new Map(),
    refusals: [],
  };
  const customers = history.customers.length > 0 ? history.customers : [placeholderTerms(policy)];
  for (const terms of customers) if (!clocks.customers.has(terms.id)) joinCustomer(clocks, terms, declaredAt);
  return clocks;
}

/** The customers whose clocks count, in order of appearance. */
export function activeCustomers(clocks: IncidentClocks): CustomerClocks[] {
  return [...clocks.customers.values()].filter((customer) => !customer.removed);
}

/** Start of a customer's clocks under its terms. */
export function startOf(clocks: IncidentClocks, terms: CustomerTerms): number {
  const slaStartAt = terms.slaStartAt?.getTime() ?? clocks.slaStartAt;
  return Math.max(slaStartAt, terms.affectedFrom?.getTime() ?? slaStartAt);
}

/** Gives a customer its clocks; one that comes back after its removal gets new epochs. */
export function joinCustomer(clocks: IncidentClocks, terms: CustomerTerms, at: number): void {
  const before = clocks.customers.get(terms.id);
  const startAt = startOf(clocks, terms);
  const spans = { ended: [...clocks.spans.ended], openFrom: clocks.spans.openFrom };
  const start = { cycle: clocks.cycle, knownFrom: at };
  const response = beginRun(
    terms,
    { ...start, ...responseStart(clocks, startAt), epoch: (before?.response.epoch ?? 0) + 1 },
    clocks.needsOf,
  );
  const resolution = beginRun(
    terms,
    { ...start, clock: "resolution", level: clocks.level, startAt, spans, epoch: (before?.resolution.epoch ?? 0) + 1 },
    clocks.needsOf,
  );
  const runs = [...(before?.runs ?? []), response, resolution];
  const customer = { terms, startAt, removed: false, pausedUntil: null, spans, runs, response, resolution };
  clocks.customers.set(terms.id, customer);
  settleJoined(clocks, customer);
}

/** A response clock counts from its start to its stop, whatever happens. */
export const ALWAYS: ActiveSpans = { ended: [], openFrom: Number.NEGATIVE_INFINITY };

/** Replaces a customer's current run by one of a new cycle or epoch. */
export function replaceRun(customer: CustomerClocks, run: ClockRun): void {
  customer.runs.push(run);
  customer[run.clock] = run;
}

/** Lets the resolution clock of a customer count again unless something else keeps it still. */
export function resumeResolution(clocks: IncidentClocks, customer: CustomerClocks, at: number): void {
  const run = customer.resolution;
  run.resumeAt = customer.pausedUntil;
  run.phase = customer.pausedUntil === null ? "running" : "paused";
  if (clocks.phase === "monitoring") {
    run.phase = "held";
    run.resumeAt = null;
    return;
  }
  if (run.phase === "paused" || run.meter.openFrom !== null) return;
  customer.spans.openFrom = at;
  startMeter(run.meter, at);
}

/** Keeps the resolution clock of a customer still, for a hold or a pause. */
export function stillResolution(customer: CustomerClocks, phase: "held" | "paused", at: number): void {
  const run = customer.resolution;
  closeSpan(customer.spans, at);
  stopMeter(run.meter, at);
  run.phase = phase;
  run.resumeAt = phase === "paused" ? customer.pausedUntil : null;
}

/** Ends the span still open, if any. */
export function closeSpan(spans: GrowingSpans, at: number): void {
  if (spans.openFrom !== null) spans.ended.push({ from: spans.openFrom, to: at });
  spans.openFrom = null;
}

/** A take counts for customers that join after it, and so do a hold and a resolution. */
function settleJoined(clocks: IncidentClocks, { startAt, response, resolution }: CustomerClocks): void {
  if (clocks.taken !== null) endRun(response, "stopped", Math.max(clocks.taken.at, response.meter.startAt));
  if (clocks.phase === "monitoring") resolution.phase = "held";
  if (clocks.phase === "resolved") endRun(resolution, "stopped", Math.max(clocks.restoredAt ?? startAt, startAt));
}

function responseStart(
  clocks: IncidentClocks,
  startAt: number,
): Pick<RunStart, "clock" | "level" | "startAt" | "spans"> {
  const level = clocks.taken?.level ?? clocks.level;
  return { clock: "response", level, startAt: Math.max(startAt, clocks.cycleStartAt ?? startAt), spans: ALWAYS };
}
