// Facts about the incident as a whole: taken, effect gone, effect back, resolved, reopened, cancelled.
import { dueAtMs } from "../calendar/business-time.js";
import { businessCalendarOf } from "../policy/business-calendar-of.js";
import { beginRun, continueRun, endRun } from "./clock-run.js";
import {
  ALWAYS,
  activeCustomers,
  type CustomerClocks,
  closeSpan,
  type IncidentClocks,
  replaceRun,
  resumeResolution,
  stillResolution,
} from "./incident-clocks.js";
import { startMeter, stopMeter } from "./meter.js";
import type { RefusalReason } from "./refusal-reason.js";

/** Stops the response clocks. */
export function take(clocks: IncidentClocks, at: number): RefusalReason | null {
  if (clocks.taken !== null) return "already-taken";
  stopResponses(clocks, at);
  return null;
}

/** Holds the resolution clocks: the effect is gone. */
export function mitigate(clocks: IncidentClocks, at: number): RefusalReason | null {
  if (clocks.phase !== "open") return "not-open";
  clocks.phase = "monitoring";
  clocks.restoredAt = at;
  closeSpan(clocks.spans, at);
  for (const customer of activeCustomers(clocks)) stillResolution(customer, "held", at);
  return null;
}

/** Lets the resolution clocks go on with what they had: the effect is back. */
export function regress(clocks: IncidentClocks, at: number): RefusalReason | null {
  if (clocks.phase !== "monitoring") return "not-monitoring";
  clocks.phase = "open";
  clocks.restoredAt = null;
  clocks.spans.openFrom = at;
  for (const customer of activeCustomers(clocks)) resumeResolution(clocks, customer, at);
  return null;
}

/** Stops every clock, the resolution where the effect was gone; whoever resolves an incident that nobody took has it. */
export function resolve(clocks: IncidentClocks, at: number): RefusalReason | null {
  if (clocks.phase !== "open" && clocks.phase !== "monitoring") return "not-open";
  const restoredAt = clocks.restoredAt ?? at;
  clocks.phase = "resolved";
  clocks.restoredAt = restoredAt;
  clocks.resolvedAt = at;
  closeSpan(clocks.spans, at);
  if (clocks.taken === null) stopResponses(clocks, at);
  for (const customer of activeCustomers(clocks)) {
    closeSpan(customer.spans, at);
    customer.pausedUntil = null;
    endRun(customer.resolution, "stopped", Math.max(restoredAt, customer.startAt));
  }
  return null;
}

/** Opens a new cycle: a full response clock, and the resolution clock with what it had. */
export function reopen(clocks: IncidentClocks, at: number): RefusalReason | null {
  if (clocks.phase !== "resolved" || clocks.resolvedAt === null) return "not-resolved";
  if (at > reopenLimit(clocks, clocks.resolvedAt)) return "reopen-window-over";
  clocks.phase = "open";
  clocks.cycle += 1;
  clocks.cycleStartAt = at;
  clocks.taken = null;
  clocks.restoredAt = null;
  clocks.resolvedAt = null;
  clocks.spans.openFrom = at;
  for (const customer of activeCustomers(clocks)) reopenCustomer(clocks, customer, at);
  return null;
}

/** Voids every clock: it was no incident. */
export function cancel(clocks: IncidentClocks, at: number): RefusalReason | null {
  if (clocks.phase !== "open" && clocks.phase !== "monitoring") return "not-open";
  clocks.phase = "cancelled";
  for (const customer of activeCustomers(clocks)) voidCustomer(customer, at);
  return null;
}

/** Voids both current clocks of a customer; what they recorded stays readable. */
export function voidCustomer(customer: CustomerClocks, at: number): void {
  customer.pausedUntil = null;
  closeSpan(customer.spans, at);
  endRun(customer.response, "voided", at);
  endRun(customer.resolution, "voided", at);
}

function stopResponses(clocks: IncidentClocks, at: number): void {
  clocks.taken = { at, level: clocks.level };
  for (const { response } of activeCustomers(clocks)) {
    endRun(response, "stopped", Math.max(at, response.meter.startAt));
  }
}

function reopenLimit(clocks: IncidentClocks, resolvedAt: number): number {
  const { minutes, counted } = clocks.policy.levels[clocks.level].reopenWindow;
  return dueAtMs(counted === "24x7" ? "24x7" : businessCalendarOf(clocks.policy), resolvedAt, minutes * 60_000);
}

function reopenCustomer(clocks: IncidentClocks, customer: CustomerClocks, at: number): void {
  const { resolution: ended, response, terms, startAt } = customer;
  const { cycle, level } = clocks;
  const start = { clock: "response", cycle, epoch: response.epoch, level, knownFrom: at, spans: ALWAYS } as const;
  replaceRun(customer, beginRun(terms, { ...start, startAt: Math.max(at, startAt) }, clocks.needsOf));
  const resolution = continueRun(ended, { cycle });
  stopMeter(resolution.meter, ended.endedAt ?? at);
  startMeter(resolution.meter, at);
  customer.spans.openFrom = at;
  replaceRun(customer, { ...resolution, phase: "running", endedAt: null, resumeAt: null });
}
