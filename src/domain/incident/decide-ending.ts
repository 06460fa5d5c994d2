// Cancelling, reviewing, closing and merging: the ways in which an incident ends.
import { dueAt } from "../calendar/business-time.js";
import type { CustomerTerms } from "../clocks/clock-history.js";
import { businessCalendarOf } from "../policy/business-calendar-of.js";
import type { Policy } from "../policy/policy.js";
import { isCommanderOrLead } from "./authority.js";
import type { IncidentCommand } from "./commands.js";
import { accept, type Circumstances, type Decision, event, personOf, refuse, textProblem } from "./decision.js";
import type { Effect } from "./effects.js";
import type { Incident } from "./incident.js";
import { prose } from "./prose.js";
import type { ChecklistItem } from "./refusals.js";

type Of<T extends IncidentCommand["type"]> = Extract<IncidentCommand, { readonly type: T }>;

const REFRESH: Effect = { kind: "refresh" };
const MERGEABLE: readonly string[] = ["triage", "investigating", "identified", "monitoring"];

/** Calls the incident off: its clocks are void, neither met nor breached. */
export const decideCancel = (incident: Incident, command: Of<"cancel">, circumstances: Circumstances): Decision => {
  if (incident.state !== "triage" && !isCommanderOrLead(incident, circumstances))
    return refuse({ reason: "needs-authority", who: "commander-or-lead" });
  const problem = textProblem("reason", command.text);
  if (problem !== null) return refuse(problem);
  const text = prose(command.text.trim());
  const notice = { kind: "cancelled", by: personOf(circumstances.actor), reason: command.reason, text } as const;
  return accept(
    [event({ type: "cancelled", reason: command.reason, text })],
    [{ kind: "say", notice, validWhile: "always" }, REFRESH],
  );
};

/** Records the approved review of a resolved incident. */
export const decideReview = (_incident: Incident, command: Of<"review">, { actor }: Circumstances): Decision => {
  const person = personOf(actor);
  if (person === null) return refuse({ reason: "not-a-person" });
  const problem = textProblem("review", command.review);
  if (problem !== null) return refuse(problem);
  const review = prose(command.review.trim());
  return accept(
    [event({ type: "reviewed", review, approvedBy: person })],
    [{ kind: "say", notice: { kind: "reviewed", by: person, review }, validWhile: "always" }, REFRESH],
  );
};

/** The first instant at which a resolved incident may be closed without a review; null when there is no wait. */
const closableAt = (incident: Incident, policy: Policy): Date | null => {
  const wait = policy.levels[incident.level].closeAfter;
  if (wait === null || incident.resolvedAt === null) return null;
  return wait.counted === "24x7"
    ? new Date(incident.resolvedAt.getTime() + wait.minutes * 60_000)
    : dueAt(businessCalendarOf(policy), incident.resolvedAt, wait.minutes);
};

/** What must still be done before the incident can be closed. */
const closeChecklist = (incident: Incident, policy: Policy, now: Date): readonly ChecklistItem[] => {
  const rules = policy.levels[incident.level];
  const items: ChecklistItem[] = [];
  if (rules.reviewRequired && incident.review === null) items.push("review");
  const closable = closableAt(incident, policy);
  if (incident.review === null && closable !== null && now.getTime() < closable.getTime()) items.push("waiting-period");
  if (incident.dataStatement === null) items.push("data-statement");
  return items;
};

/** Freezes the record. */
export const decideClose = (incident: Incident, _command: Of<"close">, circumstances: Circumstances): Decision => {
  if (!isCommanderOrLead(incident, circumstances))
    return refuse({ reason: "needs-authority", who: "commander-or-lead" });
  const items = closeChecklist(incident, circumstances.policy, circumstances.now);
  if (items.length > 0) return refuse({ reason: "checklist-open", items });
  return accept(
    [event({ type: "closed" })],
    [{ kind: "say", notice: { kind: "closed", by: personOf(circumstances.actor) }, validWhile: "always" }, REFRESH],
  );
};

const absorbed = (incident: Incident, customers: readonly CustomerTerms[]): readonly CustomerTerms[] => {
  const known = new Set(incident.customers.map((c) => c.id));
  return customers.filter((c) => !known.has(c.id));
};

/** Absorbs another incident: its customers come over with their own start, then the other is told. */
export const decideMerge = (incident: Incident, command: Of<"merge">, circumstances: Circumstances): Decision => {
  const { child } = command;
  if (!isCommanderOrLead(incident, circumstances))
    return refuse({ reason: "needs-authority", who: "commander-or-lead" });
  if (child.id === incident.id) return refuse({ reason: "merge-with-itself", code: child.code });
  if (!MERGEABLE.includes(child.state)) return refuse({ reason: "cannot-merge", code: child.code, state: child.state });
  if (child.kind !== incident.kind) return refuse({ reason: "real-and-drill" });
  const customers = absorbed(incident, child.customers);
  return accept(
    [event({ type: "merged-in", child: child.id, childCode: child.code, customers })],
    [
      { kind: "merge-child", child: child.id, parent: incident.id, parentCode: incident.code },
      {
        kind: "say",
        notice: { kind: "merged-in", child: child.id, childCode: child.code, customers: customers.map((c) => c.id) },
        validWhile: "always",
      },
      REFRESH,
    ],
  );
};

/** Ends here because another incident absorbed it; only the merge itself asks for this. */
export const decideBecomeMerged = (
  incident: Incident,
  command: Of<"become-merged">,
  { actor }: Circumstances,
): Decision => {
  if (actor.kind !== "system" || actor.name !== "merge")
    return refuse({ reason: "cannot-merge", code: incident.code, state: incident.state });
  const { parent, parentCode } = command;
  // Two people may merge two incidents into one another at once: exactly one of them must go on.
  const absorbedParent = incident.timeline.some((e) => e.what === "merged-in" && e.detail["code"] === parentCode);
  if (absorbedParent && incident.id < parent)
    return refuse({ reason: "cannot-merge", code: incident.code, state: incident.state });
  return accept(
    [event({ type: "merged-into", parent, parentCode })],
    [{ kind: "say", notice: { kind: "merged-into", parent, parentCode }, validWhile: "always" }, REFRESH],
  );
};
