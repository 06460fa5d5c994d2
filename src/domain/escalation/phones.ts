// Whose phones ring (design, section 8): while nobody has the incident a page is an SMS at once and a call a little
// later; once somebody has it, a new rung calls once when nobody has acted for long.
import type { Effect } from "../incident/effects.js";
import type { ReachedStep } from "../incident/events.js";
import type { PersonId } from "../incident/ids.js";
import type { Incident, PendingCall } from "../incident/incident.js";
import type { Notice } from "../notices/notice.js";
import type { How, Policy, Role } from "../policy/policy.js";

const MINUTE = 60_000;

/** Roles whose phones ring while nobody has classified the incident. */
const BEFORE_CLASSIFICATION: readonly Role[] = ["primary", "secondary", "on-call-lead"];

/** Phones to ring, and how. */
export type Phones = { readonly people: readonly PersonId[]; readonly by: "sms" | "call" };

type Rung = { readonly repeat: number; readonly steps: readonly (ReachedStep & { readonly wanted: How })[] };

/** The phones that a rung rings; none in a drill. */
export const phonesOf = (incident: Incident, { repeat, steps }: Rung, policy: Policy, now: Date): Phones => {
  const idleMs = now.getTime() - incident.lastActedAt.getTime();
  const neglected =
    incident.taken !== null && repeat === 0 && idleMs >= policy.phone.ringAgainAfterIdleMinutes * MINUTE;
  if (incident.taken !== null && !neglected) return { people: [], by: "sms" };
  const rings = steps.filter(
    ({ wanted, role }) =>
      wanted === "page" && (!incident.classification.provisional || BEFORE_CLASSIFICATION.includes(role)),
  );
  return {
    people: withPhone(incident, [...new Set(rings.flatMap((step) => step.people))]),
    by: neglected ? "call" : "sms",
  };
};

/** Those of these people whose phones may ring for this incident. */
export const withPhone = (incident: Incident, people: readonly PersonId[]): readonly PersonId[] =>
  incident.kind === "drill" ? [] : people.filter((person) => (incident.onCall.byPhone ?? []).includes(person));

/** The effects that ring phones, good while the incident is as it is now: not taken, or neglected by who took it. */
export const ringEffects = (incident: Incident, { people, by }: Phones, notice: Notice): readonly Effect[] =>
  people.map((person) => ({
    kind: "ring",
    person,
    by,
    notice,
    first: !incident.rung.includes(person),
    validWhile: incident.taken === null ? "untaken" : "running",
  }));

const callAt = (call: PendingCall, policy: Policy): Date =>
  new Date(call.firedAt.getTime() + policy.phone.callAfterMinutes * MINUTE);

/** Calls that have fallen due because nobody has taken the incident. */
export const dueCalls = (incident: Incident, policy: Policy, now: Date): readonly PendingCall[] =>
  incident.taken !== null ? [] : incident.pendingCalls.filter((call) => callAt(call, policy) <= now);

/** The next instant at which a call falls due; null when none does. */
export const nextCallAt = (incident: Incident, policy: Policy): Date | null => {
  if (incident.taken !== null || incident.pendingCalls.length === 0) return null;
  return new Date(Math.min(...incident.pendingCalls.map((call) => callAt(call, policy).getTime())));
};
