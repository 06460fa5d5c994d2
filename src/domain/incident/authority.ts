// Who may do what. An installation where nobody holds a role yet must still work, so an empty duty lets anybody act.
import type { Role } from "../policy/policy.js";
import type { Circumstances } from "./decision.js";
import type { Incident } from "./incident.js";

const holds = (incident: Incident, role: Role, person: string): boolean =>
  incident.roles[role] === person || (incident.onCall.byRole[role] ?? []).some((id) => id === person);

const LEADS: readonly Role[] = ["on-call-lead", "engineering-manager", "director", "executive"];

/** On-call lead or above, an administrator, or anybody while no such duty exists. */
const isLead = (incident: Incident, circumstances: Circumstances): boolean => {
  const { actor, admin } = circumstances;
  if (actor.kind === "system" || admin) return true;
  if (LEADS.some((role) => holds(incident, role, actor.personId))) return true;
  return LEADS.every((role) => (incident.onCall.byRole[role] ?? []).length === 0 && incident.roles[role] === undefined);
};

/** The incident's commander or a lead. */
export const isCommanderOrLead = (incident: Incident, circumstances: Circumstances): boolean => {
  const { actor } = circumstances;
  if (actor.kind === "person" && incident.roles["incident-commander"] === actor.personId) return true;
  return isLead(incident, circumstances);
};
