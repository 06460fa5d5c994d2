// Who is affected, and pauses while a customer is waited for.
import type { CustomerTerms, PauseReason } from "../clocks/clock-history.js";
import { computeClocks } from "../clocks/compute-clocks.js";
import type { IncidentCommand } from "./commands.js";
import { recordBreaches } from "./decide-wake.js";
import { accept, type Circumstances, type Decision, event, personOf, refuse, textProblem } from "./decision.js";
import type { Effect } from "./effects.js";
import { applyCommit } from "./evolve.js";
import type { Incident } from "./incident.js";
import { prose } from "./prose.js";
import type { Refusal } from "./refusals.js";
import { sheetOf } from "./sheet.js";

type Of<T extends IncidentCommand["type"]> = Extract<IncidentCommand, { readonly type: T }>;

const REFRESH: Effect = { kind: "refresh" };

/** Adds an affected customer; its clocks start with the incident's unless it was hit later (requirements 4.5). */
export const decideAddCustomer = (
  incident: Incident,
  command: Of<"add-customer">,
  { policy, now, actor }: Circumstances,
): Decision => {
  const { customer } = command;
  if (incident.customers.some((c) => c.id === customer.id))
    return refuse({ reason: "customer-already-affected", customer: customer.id });
  if (customer.affectedFrom !== null && customer.affectedFrom.getTime() > now.getTime())
    return refuse({ reason: "time-in-the-future", at: customer.affectedFrom });
  const events = [event({ type: "customer-added", customer })];
  const after = applyCommit(incident, {
    incidentId: incident.id,
    version: incident.version + 1,
    at: now,
    actor,
    events,
  });
  // A customer found late may be past its due already: the breach is recorded with both instants.
  const breaches = recordBreaches(after, sheetOf(after, policy, now), now);
  return accept(
    [...events, ...breaches.events],
    [
      { kind: "say", notice: { kind: "customer-added", customer: customer.id }, validWhile: "always" },
      ...breaches.effects,
      REFRESH,
    ],
  );
};

/** Removes a customer who was not affected; its clocks become void. */
export const decideRemoveCustomer = (
  incident: Incident,
  command: Of<"remove-customer">,
  _circumstances: Circumstances,
): Decision => {
  if (!incident.customers.some((c) => c.id === command.customer))
    return refuse({ reason: "unknown-customer", customer: command.customer });
  const problem = textProblem("reason", command.reason);
  if (problem !== null) return refuse(problem);
  const reason = prose(command.reason.trim());
  return accept(
    [event({ type: "customer-removed", customer: command.customer, reason })],
    [
      { kind: "say", notice: { kind: "customer-removed", customer: command.customer, reason }, validWhile: "always" },
      REFRESH,
    ],
  );
};

const chosen = (incident: Incident, customers: readonly string[] | null): readonly string[] | Refusal => {
  const affected = incident.customers.map((c) => c.id);
  if (customers === null) return affected.length <= 1 ? affected : { reason: "name-the-customers" };
  const unknown = customers.find((id) => !affected.includes(id));
  return unknown === undefined ? customers : { reason: "unknown-customer", customer: unknown };
};

const supplierRefused = (reason: PauseReason, terms: readonly CustomerTerms[]): boolean =>
  reason === "waiting-third-party" && !terms.every((t) => t.pauseOnThirdParty);

// What the clock engine refuses is refused here with the same words, so that one rule decides.
const engineRefusal = (
  incident: Incident,
  command: Of<"pause"> | Of<"resume">,
  { policy, now }: Circumstances,
): boolean => {
  const fact =
    command.type === "pause"
      ? ({ kind: "paused", at: now, reason: command.reason, customers: command.customers } as const)
      : ({ kind: "resumed", at: now, customers: command.customers } as const);
  const before = computeClocks(incident.history, policy, now).refusals.length;
  return (
    computeClocks({ ...incident.history, facts: [...incident.history.facts, fact] }, policy, now).refusals.length >
    before
  );
};

/** Pauses the resolution clock of customers who are waited for; never on N1 and N2 (requirements 4.6). */
export const decidePause = (incident: Incident, command: Of<"pause">, circumstances: Circumstances): Decision => {
  if (!circumstances.policy.levels[incident.level].mayPause)
    return refuse({ reason: "never-pauses", level: incident.level });
  const customers = chosen(incident, command.customers);
  if ("reason" in customers) return refuse(customers);
  const terms = incident.customers.filter((c) => customers.includes(c.id));
  if (supplierRefused(command.reason, terms)) return refuse({ reason: "supplier-never-pauses" });
  const problem = textProblem("question", command.question);
  if (problem !== null) return refuse(problem);
  if (engineRefusal(incident, command, circumstances)) return refuse({ reason: "nothing-changed" });
  const question = prose(command.question.trim());
  const named = command.customers;
  return accept(
    [event({ type: "paused", reason: command.reason, customers: named, question })],
    [
      {
        kind: "say",
        notice: { kind: "paused", by: personOf(circumstances.actor), customers: named, question },
        validWhile: "always",
      },
      REFRESH,
    ],
  );
};

/** Ends a pause. */
export const decideResume = (incident: Incident, command: Of<"resume">, circumstances: Circumstances): Decision => {
  const { rows } = sheetOf(incident, circumstances.policy, circumstances.now);
  const wanted = command.customers;
  const unknown = wanted?.find((id) => !incident.customers.some((c) => c.id === id));
  if (unknown !== undefined) return refuse({ reason: "unknown-customer", customer: unknown });
  if (!rows.some((row) => row.state === "paused" && (wanted === null || wanted.includes(row.customer))))
    return refuse({ reason: "not-paused" });
  return accept(
    [event({ type: "resumed", customers: wanted })],
    [
      {
        kind: "say",
        notice: { kind: "resumed", by: personOf(circumstances.actor), customers: wanted },
        validWhile: "always",
      },
      REFRESH,
    ],
  );
};
