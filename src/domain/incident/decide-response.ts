// Taking the incident, marking an escalation as noted, notes and roles.

import type { IncidentCommand } from "./commands.js";
import { takeEvents } from "./decide-declare.js";
import { accept, type Circumstances, type Decision, event, personOf, refuse, textProblem } from "./decision.js";
import type { Effect } from "./effects.js";
import type { Incident } from "./incident.js";
import { prose } from "./prose.js";

type Of<T extends IncidentCommand["type"]> = Extract<IncidentCommand, { readonly type: T }>;

const REFRESH: Effect = { kind: "refresh" };

/** Takes the incident: the response clock stops and nobody is paged any more. Only a person can. */
export const decideTake = (incident: Incident, { actor, now }: Circumstances): Decision => {
  const person = personOf(actor);
  if (person === null) return refuse({ reason: "not-a-person" });
  if (incident.taken !== null) return refuse({ reason: "already-taken", by: incident.taken.by, at: incident.taken.at });
  const effects: readonly Effect[] = [
    { kind: "invite", people: [person] },
    { kind: "say", notice: { kind: "taken", by: person, at: now }, validWhile: "always" },
    REFRESH,
  ];
  return accept(takeEvents(incident, person), effects);
};

/** Silences one escalation for one person; it takes nothing and stops no clock (requirements R4-02). */
export const decideNoteEscalation = (
  incident: Incident,
  command: Of<"note-escalation">,
  { actor }: Circumstances,
): Decision => {
  const person = personOf(actor);
  if (person === null) return refuse({ reason: "not-a-person" });
  if (!incident.fired.some((fired) => fired.key === command.escalation))
    return refuse({ reason: "unknown-escalation" });
  if ((incident.noted[command.escalation] ?? []).includes(person)) return refuse({ reason: "nothing-changed" });
  return accept(
    [event({ type: "noted", by: person, escalation: command.escalation })],
    [{ kind: "say", notice: { kind: "noted", by: person, escalation: command.escalation }, validWhile: "always" }],
  );
};

/** Adds a note, possibly about an instant in the past. */
export const decideAddNote = (
  _incident: Incident,
  command: Of<"add-note">,
  { actor, now }: Circumstances,
): Decision => {
  const problem = textProblem("text", command.text);
  if (problem !== null) return refuse(problem);
  const happenedAt = command.happenedAt ?? now;
  if (happenedAt.getTime() > now.getTime()) return refuse({ reason: "time-in-the-future", at: happenedAt });
  const text = prose(command.text.trim());
  return accept(
    [event({ type: "note-added", text, happenedAt })],
    [{ kind: "say", notice: { kind: "note-added", by: personOf(actor), text, happenedAt }, validWhile: "always" }],
  );
};

/** Hands a role to a person, with a summary when the role changes hands (requirements R4-09). */
export const decideAssignRole = (
  incident: Incident,
  command: Of<"assign-role">,
  { actor }: Circumstances,
): Decision => {
  const { role, person } = command;
  if (incident.roles[role] === person) return refuse({ reason: "nothing-changed" });
  const summary = command.summary === null || command.summary.trim() === "" ? null : prose(command.summary.trim());
  if (summary !== null) {
    const problem = textProblem("summary", summary.prose);
    if (problem !== null) return refuse(problem);
  }
  const effects: readonly Effect[] = [
    { kind: "invite", people: [person] },
    {
      kind: "say",
      notice: { kind: "role-assigned", by: personOf(actor), role, person, summary },
      validWhile: "always",
    },
    REFRESH,
  ];
  return accept([event({ type: "role-assigned", role, person, summary })], effects);
};
