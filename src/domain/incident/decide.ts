// Every command about an existing incident passes here: first whether its state allows it, then its own guards.
import type { CommandType, IncidentCommand } from "./commands.js";
import { decideClassify } from "./decide-classify.js";
import { decideAddCustomer, decidePause, decideRemoveCustomer, decideResume } from "./decide-customers.js";
import { decideConfirm } from "./decide-declare.js";
import { decideBecomeMerged, decideCancel, decideClose, decideMerge, decideReview } from "./decide-ending.js";
import { decideApproveNotice, decideComposeNotice, decideDiscardNotice, decideRecordSent } from "./decide-notice.js";
import { decideIdentify, decideMitigate, decideRegress, decideReopen, decideResolve } from "./decide-progress.js";
import { decideAddNote, decideAssignRole, decideNoteEscalation, decideTake } from "./decide-response.js";
import { decideWake, recordBreaches } from "./decide-wake.js";
import { accept, type Circumstances, type Decision, refuse } from "./decision.js";
import type { Incident, IncidentState } from "./incident.js";
import type { Refusal } from "./refusals.js";
import { sheetOf } from "./sheet.js";
import { allows, offered } from "./transitions.js";

const REACHED: Readonly<Partial<Record<CommandType, IncidentState>>> = {
  confirm: "investigating",
  identify: "identified",
  mitigate: "monitoring",
  resolve: "resolved",
  review: "reviewed",
  close: "closed",
  cancel: "cancelled",
};

const EVENT_OF: Readonly<Partial<Record<IncidentState, string>>> = {
  investigating: "confirmed",
  identified: "identified",
  monitoring: "mitigated",
  resolved: "resolved",
  reviewed: "reviewed",
  closed: "closed",
  cancelled: "cancelled",
};

// The second of two people who press the same button learns who was first (requirements R1-09).
const notNow = (incident: Incident, command: CommandType): Refusal => {
  const { state } = incident;
  if (REACHED[command] === state) {
    const entry = incident.timeline.filter((line) => line.what === EVENT_OF[state]).at(-1);
    return { reason: "already-in-state", state, by: entry?.by ?? null, at: entry?.recordedAt ?? null };
  }
  return { reason: "not-in-this-state", state, command, allowed: offered(incident) };
};

const decideAllowed = (incident: Incident, command: IncidentCommand, circumstances: Circumstances): Decision => {
  switch (command.type) {
    case "confirm":
      return decideConfirm(incident, command, circumstances);
    case "take":
      return decideTake(incident, circumstances);
    case "note-escalation":
      return decideNoteEscalation(incident, command, circumstances);
    case "classify":
      return decideClassify(incident, command, circumstances);
    case "identify":
      return decideIdentify(incident, command, circumstances);
    case "mitigate":
      return decideMitigate(incident, command, circumstances);
    case "regress":
      return decideRegress(incident, command, circumstances);
    case "resolve":
      return decideResolve(incident, command, circumstances);
    case "reopen":
      return decideReopen(incident, command, circumstances);
    case "cancel":
      return decideCancel(incident, command, circumstances);
    case "review":
      return decideReview(incident, command, circumstances);
    case "close":
      return decideClose(incident, command, circumstances);
    case "merge":
      return decideMerge(incident, command, circumstances);
    case "become-merged":
      return decideBecomeMerged(incident, command, circumstances);
    case "add-note":
      return decideAddNote(incident, command, circumstances);
    case "assign-role":
      return decideAssignRole(incident, command, circumstances);
    case "add-customer":
      return decideAddCustomer(incident, command, circumstances);
    case "remove-customer":
      return decideRemoveCustomer(incident, command, circumstances);
    case "pause":
      return decidePause(incident, command, circumstances);
    case "resume":
      return decideResume(incident, command, circumstances);
    case "compose-notice":
      return decideComposeNotice(incident, command, circumstances);
    case "approve-notice":
      return decideApproveNotice(incident, command, circumstances);
    case "discard-notice":
      return decideDiscardNotice(incident, command, circumstances);
    case "record-sent":
      return decideRecordSent(incident, command, circumstances);
    case "wake":
      return decideWake(incident, circumstances);
  }
};

// No wake-up follows what stops the clocks, so a breach that nobody has recorded yet is recorded with it (invariant I5).
const STOPS_CLOCKS: readonly CommandType[] = ["mitigate", "resolve"];

const withBreaches = (incident: Incident, decision: Decision, { policy, now }: Circumstances): Decision => {
  if (!decision.ok) return decision;
  const { events, effects } = recordBreaches(incident, sheetOf(incident, policy, now), now);
  return accept([...events, ...decision.events], [...effects, ...decision.effects]);
};

/** Decides a command: the same incident, command and circumstances always give the same answer, and nothing is changed here. */
export const decide = (incident: Incident, command: IncidentCommand, circumstances: Circumstances): Decision => {
  if (!allows(incident.state, command.type)) return refuse(notNow(incident, command.type));
  const decision = decideAllowed(incident, command, circumstances);
  return STOPS_CLOCKS.includes(command.type) ? withBreaches(incident, decision, circumstances) : decision;
};
