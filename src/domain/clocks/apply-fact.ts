import { addCustomer, changeInputs, mergeCustomers, removeCustomer } from "./affected-customers.js";
import type { ClockFact } from "./clock-history.js";
import type { IncidentClocks } from "./incident-clocks.js";
import { pause, resume } from "./pause-facts.js";
import { cancel, mitigate, regress, reopen, resolve, take } from "./progress-facts.js";
import { reclassify } from "./reclassification.js";
import type { RefusalReason } from "./refusal-reason.js";

/** Moves the clocks by one fact; a refusal leaves them untouched. */
export function applyFact(clocks: IncidentClocks, fact: ClockFact): RefusalReason | null {
  if (clocks.phase === "cancelled") return "cancelled";
  const at = fact.at.getTime();
  switch (fact.kind) {
    case "taken":
      return take(clocks, at);
    case "reclassified":
      return reclassify(clocks, fact);
    case "paused":
      return pause(clocks, fact, at);
    case "resumed":
      return resume(clocks, fact.customers, at);
    case "mitigated":
      return mitigate(clocks, at);
    case "regressed":
      return regress(clocks, at);
    case "resolved":
      return resolve(clocks, at);
    case "reopened":
      return reopen(clocks, at);
    case "customer-added":
      return addCustomer(clocks, fact.customer, at);
    case "customer-removed":
      return removeCustomer(clocks, fact.id, at);
    case "merged-in":
      mergeCustomers(clocks, fact.customers, at);
      return null;
    case "inputs-changed":
      return changeInputs(clocks, fact.customers, at);
    case "cancelled":
      return cancel(clocks, at);
  }
}
