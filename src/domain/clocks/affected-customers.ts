// Facts about who is affected and under which terms.
import type { CustomerTerms } from "./clock-history.js";
import { activeCustomers, type CustomerClocks, type IncidentClocks, joinCustomer, startOf } from "./incident-clocks.js";
import { clockStart, openEpoch } from "./new-epoch.js";
import { PLACEHOLDER_ID, placeholderTerms } from "./placeholder-terms.js";
import { voidCustomer } from "./progress-facts.js";
import type { RefusalReason } from "./refusal-reason.js";

/** Adds a customer; the internal pair gives way to the first one. */
export function addCustomer(clocks: IncidentClocks, terms: CustomerTerms, at: number): RefusalReason | null {
  if (isAffected(clocks, terms.id)) return "already-affected";
  dropPlaceholder(clocks, at);
  joinCustomer(clocks, terms, at);
  return null;
}

/** Voids the clocks of a customer that is not affected; the internal pair is nobody's to remove. */
export function removeCustomer(clocks: IncidentClocks, id: string, at: number): RefusalReason | null {
  if (id === PLACEHOLDER_ID || !isAffected(clocks, id)) return "unknown-customer";
  drop(clocks, id, at);
  // Nobody known to be affected is how an incident may begin too: an internal pair keeps it from running without a clock.
  if (activeCustomers(clocks).length === 0) joinCustomer(clocks, placeholderTerms(clocks.policy), at);
  return null;
}

/** Takes over the customers of another incident with their own start; one affected already keeps the earlier start. */
export function mergeCustomers(clocks: IncidentClocks, merged: readonly CustomerTerms[], at: number): void {
  if (merged.length > 0) dropPlaceholder(clocks, at);
  for (const terms of merged) {
    const present = clocks.customers.get(terms.id);
    if (present === undefined || present.removed) joinCustomer(clocks, terms, at);
    else if (startOf(clocks, terms) < present.startAt) {
      const slaStartAt = new Date(startOf(clocks, terms));
      changeTerms(clocks, present, { ...present.terms, slaStartAt, affectedFrom: null }, at);
    }
  }
}

/** Replaces the terms of customers and judges their open clocks by them from the start. */
export function changeInputs(
  clocks: IncidentClocks,
  changed: readonly CustomerTerms[],
  at: number,
): RefusalReason | null {
  if (changed.some(({ id }) => !isAffected(clocks, id))) return "unknown-customer";
  for (const customer of activeCustomers(clocks)) {
    const terms = changed.find(({ id }) => id === customer.terms.id);
    if (terms !== undefined) changeTerms(clocks, customer, terms, at);
  }
  return null;
}

/** A count that a worsening began later than the customer's start keeps that beginning. */
function changeTerms(clocks: IncidentClocks, customer: CustomerClocks, terms: CustomerTerms, at: number): void {
  const open = [customer.response, customer.resolution].filter(({ endedAt }) => endedAt === null);
  const moved = open.map((run) => run.meter.startAt > clockStart(clocks, customer, run.clock));
  customer.terms = terms;
  customer.startAt = startOf(clocks, terms);
  for (const [i, run] of open.entries()) {
    const start = clockStart(clocks, customer, run.clock);
    const startAt = moved[i] === true ? Math.max(run.meter.startAt, start) : start;
    openEpoch(clocks, customer, { old: run, at, startAt, level: run.targetLevel, rule: "new" });
  }
}

function isAffected(clocks: IncidentClocks, id: string): boolean {
  return clocks.customers.get(id)?.removed === false;
}

function dropPlaceholder(clocks: IncidentClocks, at: number): void {
  if (isAffected(clocks, PLACEHOLDER_ID)) drop(clocks, PLACEHOLDER_ID, at);
}

function drop(clocks: IncidentClocks, id: string, at: number): void {
  const customer = clocks.customers.get(id);
  if (customer === undefined) return;
  voidCustomer(customer, at);
  customer.removed = true;
}
