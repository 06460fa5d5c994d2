// Pauses belong to a customer, never to the incident, and end by themselves.
import { dueAtMs } from "../calendar/business-time.js";
import { businessCalendarOf } from "../policy/business-calendar-of.js";
import type { PauseReason } from "./clock-history.js";
import {
  activeCustomers,
  type CustomerClocks,
  type IncidentClocks,
  resumeResolution,
  stillResolution,
} from "./incident-clocks.js";
import type { RefusalReason } from "./refusal-reason.js";

type Pause = { readonly reason: PauseReason; readonly customers: readonly string[] | null };

/** Pauses the resolution clocks of the customers named, all or none. */
export function pause(clocks: IncidentClocks, { reason, customers }: Pause, at: number): RefusalReason | null {
  if (!clocks.policy.levels[clocks.level].mayPause) return "level-never-pauses";
  if (clocks.phase !== "open") return "not-open";
  const named = namedCustomers(clocks, customers);
  if (typeof named === "string") return named;
  if (reason === "waiting-third-party" && named.some(({ terms }) => !terms.pauseOnThirdParty)) {
    return "third-party-never-pauses";
  }
  if (named.some(({ pausedUntil }) => pausedUntil !== null)) return "already-paused";
  const until = dueAtMs(businessCalendarOf(clocks.policy), at, clocks.policy.pauseMaxBusinessMinutes * 60_000);
  for (const customer of named) {
    customer.pausedUntil = until;
    stillResolution(customer, "paused", at);
  }
  return null;
}

/** Ends the pauses of the customers named, all or none. */
export function resume(clocks: IncidentClocks, customers: readonly string[] | null, at: number): RefusalReason | null {
  const named = namedCustomers(clocks, customers);
  if (typeof named === "string") return named;
  if (named.some(({ pausedUntil }) => pausedUntil === null)) return "not-paused";
  for (const customer of named) endPause(clocks, customer, at);
  return null;
}

/** Ends a customer's pause. */
export function endPause(clocks: IncidentClocks, customer: CustomerClocks, at: number): void {
  customer.pausedUntil = null;
  resumeResolution(clocks, customer, at);
}

/** The first instant at which a pause ends by itself; null when nobody is paused. */
export function nextPauseEnd(clocks: IncidentClocks): number | null {
  let first: number | null = null;
  for (const { pausedUntil } of clocks.customers.values()) {
    if (pausedUntil !== null && (first === null || pausedUntil < first)) first = pausedUntil;
  }
  return first;
}

/** Customers may be left out when only one is affected. */
function namedCustomers(clocks: IncidentClocks, ids: readonly string[] | null): CustomerClocks[] | RefusalReason {
  const active = activeCustomers(clocks);
  if (ids === null || ids.length === 0) return active.length === 1 ? active : "customers-missing";
  const named = active.filter(({ terms }) => ids.includes(terms.id));
  return named.length === new Set(ids).size ? named : "unknown-customer";
}
