import type { PersonId } from "../domain/incident/ids.js";
import type { OnCallSnapshot } from "../domain/incident/incident.js";
import type { Role } from "../domain/policy/policy.js";

// Whoever owns a queue or approves is on duty too, but is not the one to fix it: declaring must still page those who are.
const FIXES: readonly Role[] = ["primary", "secondary", "responder", "incident-commander"];

/** Tells whether a person is on duty to respond, so that declaring means taking. */
export function respondsNow({ byRole }: OnCallSnapshot, person: PersonId): boolean {
  return FIXES.some((role) => byRole[role]?.includes(person) === true);
}
