// Folds commits into the incident. Every event changes the state in one place, and the same commits always give the
// same incident.
import type { ClockFact } from "../clocks/clock-history.js";
import { withNotice } from "../notices/with-notice.js";
import type { Commit } from "./commit.js";
import { personOf } from "./decision.js";
import { EVENT_VERSION, type EventOf, type IncidentEvent } from "./events.js";
import type { Incident } from "./incident.js";
import { timelineEntryOf } from "./timeline.js";

/** The commit an event belongs to. */
export type EventContext = Pick<Commit, "incidentId" | "version" | "at" | "actor">;

type Change = Partial<Incident>;

const addFacts = (incident: Incident, ...facts: readonly ClockFact[]): Change => ({
  history: { ...incident.history, facts: [...incident.history.facts, ...facts] },
});

const declared = (event: EventOf<"declared">, { incidentId, version, at, actor }: EventContext): Incident => ({
  id: incidentId,
  code: event.code,
  version,
  kind: event.kind,
  origin: event.origin,
  home: event.home,
  state: event.confirmed ? "investigating" : "triage",
  title: event.title.prose,
  services: event.services,
  classification: event.classification,
  level: event.classification.level,
  policy: event.policy,
  declaredBy: personOf(actor),
  detectedBy: event.detectedBy,
  startedAt: event.startedAt,
  detectedAt: event.detectedAt,
  declaredAt: event.confirmed ? at : null,
  identifiedAt: null,
  mitigatedAt: null,
  firstMitigatedAt: null,
  resolvedAt: null,
  reopenedAt: [],
  reviewedAt: null,
  closedAt: null,
  cancelledAt: null,
  mergedInto: null,
  taken: null,
  firstTakenAt: null,
  roles: {},
  cause: null,
  actionTaken: null,
  dataStatement: null,
  review: null,
  customers: event.customers,
  onCall: event.onCall,
  history: {
    level: event.classification.level,
    detectedAt: event.detectedAt,
    declaredAt: at,
    customers: event.customers,
    facts: [],
  },
  fired: [],
  breaches: [],
  noted: {},
  lastPageAt: event.confirmed ? at : null,
  repages: 0,
  gaps: [],
  lastActedAt: at,
  actedAt: actor.kind === "person" ? { [actor.personId]: at } : {},
  rung: [],
  pendingCalls: [],
  notices: [],
  timeline: [],
});

const reclassified = (incident: Incident, event: EventOf<"reclassified">, at: Date): Change => {
  const { classification, cause, effectiveFrom } = event;
  const moved = classification.level !== incident.level;
  const facts =
    moved && cause !== null
      ? addFacts(incident, { kind: "reclassified", at, level: classification.level, cause, effectiveFrom })
      : {};
  const raised = classification.level < incident.level;
  return {
    classification,
    level: classification.level,
    onCall: event.onCall,
    ...facts,
    ...(raised && incident.taken === null ? { lastPageAt: at } : {}),
  };
};

// Whoever was reached by SMS is called as well, unless somebody takes the incident before.
const rang = (incident: Incident, { key, phones = [] }: EventOf<"escalated">, at: Date): Change =>
  phones.length === 0
    ? {}
    : {
        rung: [...new Set([...incident.rung, ...phones])],
        pendingCalls:
          incident.taken === null
            ? [...incident.pendingCalls, { escalation: key, people: phones, firedAt: at }]
            : incident.pendingCalls,
      };

const escalated = (incident: Incident, event: EventOf<"escalated">, at: Date): Change => ({
  fired: [
    ...incident.fired,
    {
      key: event.key,
      clock: event.clock,
      cycle: event.cycle,
      percent: event.percent,
      repeat: event.repeat,
      dueAt: event.dueAt,
      firedAt: at,
    },
  ],
  gaps: [...new Set([...incident.gaps, ...event.gaps])],
  ...rang(incident, event, at),
});

const reopened = (incident: Incident, event: EventOf<"reopened">, at: Date): Change => ({
  state: "investigating",
  reopenedAt: [...incident.reopenedAt, at],
  resolvedAt: null,
  mitigatedAt: null,
  reviewedAt: null,
  review: null,
  dataStatement: null,
  taken: null,
  lastPageAt: at,
  onCall: event.onCall,
  ...addFacts(incident, { kind: "reopened", at }),
});

const changeOf = (
  incident: Incident,
  event: Exclude<IncidentEvent, { type: "declared" }>,
  { at, actor }: EventContext,
): Change => {
  switch (event.type) {
    case "confirmed":
      return {
        state: "investigating",
        declaredAt: at,
        onCall: event.onCall,
        lastPageAt: at,
        history: { ...incident.history, declaredAt: at },
      };
    case "taken":
      return {
        taken: { by: event.by, at },
        firstTakenAt: incident.firstTakenAt ?? at,
        lastPageAt: null,
        pendingCalls: [],
        ...addFacts(incident, { kind: "taken", at }),
      };
    case "noted":
      return {
        noted: { ...incident.noted, [event.escalation]: [...(incident.noted[event.escalation] ?? []), event.by] },
      };
    case "reclassified":
      return reclassified(incident, event, at);
    case "identified":
      return { state: "identified", identifiedAt: at, cause: event.cause.prose };
    case "mitigated":
      return {
        state: "monitoring",
        mitigatedAt: at,
        firstMitigatedAt: incident.firstMitigatedAt ?? at,
        actionTaken: event.action.prose,
        ...addFacts(incident, { kind: "mitigated", at }),
      };
    case "regressed":
      return { state: event.to, mitigatedAt: null, ...addFacts(incident, { kind: "regressed", at }) };
    case "resolved":
      return {
        state: "resolved",
        resolvedAt: at,
        dataStatement: event.data,
        ...addFacts(incident, { kind: "resolved", at }),
      };
    case "reopened":
      return reopened(incident, event, at);
    case "cancelled":
      return { state: "cancelled", cancelledAt: at, ...addFacts(incident, { kind: "cancelled", at }) };
    case "reviewed":
      return { state: "reviewed", reviewedAt: at, review: { text: event.review.prose, approvedBy: event.approvedBy } };
    case "closed":
      return { state: "closed", closedAt: at };
    case "merged-in":
      return {
        customers: [...incident.customers, ...event.customers],
        ...addFacts(incident, { kind: "merged-in", at, customers: event.customers }),
      };
    case "merged-into":
      return {
        state: "merged",
        mergedInto: { id: event.parent, code: event.parentCode },
        ...addFacts(incident, { kind: "cancelled", at }),
      };
    case "note-added":
      return {};
    case "role-assigned":
      return { roles: { ...incident.roles, [event.role]: event.person } };
    case "customer-added":
      return {
        customers: [...incident.customers, event.customer],
        ...addFacts(incident, { kind: "customer-added", at, customer: event.customer }),
      };
    case "customer-removed":
      return {
        customers: incident.customers.filter((c) => c.id !== event.customer),
        ...addFacts(incident, { kind: "customer-removed", at, id: event.customer }),
      };
    case "paused":
      return addFacts(incident, { kind: "paused", at, reason: event.reason, customers: event.customers });
    case "resumed":
      return addFacts(incident, { kind: "resumed", at, customers: event.customers });
    case "escalated":
      return escalated(incident, event, at);
    case "repaged":
      return { lastPageAt: event.dueAt, repages: incident.repages + 1 };
    case "called":
      return { pendingCalls: incident.pendingCalls.filter((call) => call.escalation !== event.escalation) };
    case "notice-drafted":
    case "notice-approved":
    case "notice-discarded":
    case "notice-sent":
      return { notices: withNotice(incident.notices, event, { at, author: personOf(actor) }) };
    case "breached":
      return { breaches: [...incident.breaches, ...event.breaches] };
  }
};

const evolveOne = (incident: Incident | null, event: IncidentEvent, context: EventContext): Incident => {
  if (event.v > EVENT_VERSION)
    throw new Error(`Event ${event.type} has version ${event.v}; this code knows ${EVENT_VERSION}.`);
  if (event.type === "declared") {
    const born = declared(event, context);
    return { ...born, timeline: [timelineEntryOf(event, context)] };
  }
  if (incident === null) throw new Error(`The first event of an incident is ${event.type}, not declared.`);
  const { actor, at } = context;
  const acted =
    actor.kind === "person" ? { lastActedAt: at, actedAt: { ...incident.actedAt, [actor.personId]: at } } : {};
  const changed = { ...incident, ...changeOf(incident, event, context), ...acted, version: context.version };
  return { ...changed, timeline: [...incident.timeline, timelineEntryOf(event, context)] };
};

/** The incident after one more commit. */
export const applyCommit = (
  incident: Incident | null,
  commit: EventContext & { readonly events: readonly IncidentEvent[] },
): Incident => {
  const after = commit.events.reduce<Incident | null>((state, event) => evolveOne(state, event, commit), incident);
  if (after === null) throw new Error("A commit without events cannot begin an incident.");
  return after;
};

/** The incident that these commits leave, or null when there are none. */
export const foldCommits = (commits: readonly Commit[]): Incident | null =>
  commits.reduce<Incident | null>((incident, commit) => applyCommit(incident, commit), null);
