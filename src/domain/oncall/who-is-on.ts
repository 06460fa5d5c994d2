// Who is on duty: people assigned to roles, by service or for every service.
import type { Role } from "../policy/policy.js";

/** A person assigned to a role; without bounds always, else in [from, until). */
export type Assignment = { readonly personId: string; readonly from?: Date; readonly until?: Date };

/** Assignments of each role, in the order in which people are reached. */
export type RoleAssignments = Readonly<Partial<Record<Role, readonly Assignment[]>>>;

/** Who is assigned to which role, for every service and for single ones. */
export type OnCallRoster = {
  readonly default: RoleAssignments;
  readonly services: Readonly<Record<string, RoleAssignments>>;
};

/** Asks for the people on duty for a role. */
export type OnCallQuestion = { readonly role: Role; readonly serviceId: string | null; readonly at: Date };

/** The people on duty, and where the roster says so. */
export type OnCallAnswer = {
  readonly personIds: readonly string[];
  readonly explanation: OnCallExplanation;
};

/** Why these people: assigned for the service, assigned for every service, or a hole that the caller records. */
export type OnCallExplanation =
  | { readonly kind: "assigned-to-service"; readonly role: Role; readonly serviceId: string }
  | { readonly kind: "assigned-by-default"; readonly role: Role }
  | { readonly kind: "nobody-assigned"; readonly role: Role };

/** Tells who is on duty for a role; a service with nobody on duty falls back to the default assignments. */
export function whoIsOn(roster: OnCallRoster, { role, serviceId, at }: OnCallQuestion): OnCallAnswer {
  if (serviceId !== null && Object.hasOwn(roster.services, serviceId)) {
    const personIds = onDuty(roster.services[serviceId]?.[role], at);
    if (personIds.length > 0) return { personIds, explanation: { kind: "assigned-to-service", role, serviceId } };
  }
  const personIds = onDuty(roster.default[role], at);
  return {
    personIds,
    explanation: { kind: personIds.length > 0 ? "assigned-by-default" : "nobody-assigned", role },
  };
}

function onDuty(assignments: readonly Assignment[] | undefined, at: Date): readonly string[] {
  const current = (assignments ?? []).filter(
    ({ from, until }) => (from === undefined || from <= at) && (until === undefined || at < until),
  );
  return [...new Set(current.map(({ personId }) => personId))];
}
