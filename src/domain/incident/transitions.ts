// Which commands each state allows (requirements 1.4). Everything that asks "may this happen now" reads this table.
import { proposeNotices } from "../notices/propose-notice.js";
import type { CommandType } from "./commands.js";
import type { Incident, IncidentState } from "./incident.js";

// A message may be asked for, approved and reported in every state in which the incident can still be told about.
const TELLING: readonly CommandType[] = ["compose-notice", "approve-notice", "discard-notice", "record-sent"];

const WHILE_WORKING: readonly CommandType[] = [
  "take",
  "note-escalation",
  "classify",
  "identify",
  "mitigate",
  "resolve",
  "cancel",
  "merge",
  "become-merged",
  "add-note",
  "assign-role",
  "add-customer",
  "remove-customer",
  "pause",
  "resume",
  "wake",
  ...TELLING,
];

const without = (commands: readonly CommandType[], ...left: CommandType[]): readonly CommandType[] =>
  commands.filter((c) => !left.includes(c));

/** Commands allowed in each state. */
const ALLOWED: Readonly<Record<IncidentState, readonly CommandType[]>> = {
  triage: ["confirm", "cancel", "add-note", "become-merged"],
  investigating: WHILE_WORKING,
  identified: without(WHILE_WORKING, "identify"),
  monitoring: [...without(WHILE_WORKING, "identify", "mitigate", "pause", "resume"), "regress"],
  resolved: ["reopen", "review", "close", "classify", "add-note", "assign-role", "note-escalation", "wake", ...TELLING],
  reviewed: ["reopen", "close", "classify", "add-note", "assign-role", "wake", ...TELLING],
  closed: [],
  cancelled: TELLING,
  merged: [],
};

/** Whether a state allows a command. */
export const allows = (state: IncidentState, command: CommandType): boolean => ALLOWED[state].includes(command);

/** Commands that a person can ask for now, for refusals that say what is possible. */
export const offered = (incident: Incident): readonly CommandType[] =>
  ALLOWED[incident.state].filter(
    (command) =>
      command !== "wake" &&
      command !== "become-merged" &&
      command !== "approve-notice" &&
      command !== "discard-notice" &&
      command !== "record-sent" &&
      command !== "note-escalation" &&
      !(command === "compose-notice" && proposeNotices(incident).length === 0) &&
      !(command === "take" && incident.taken !== null),
  );

/** States in which the contract clocks run. */
export const clocksRun = (state: IncidentState): boolean => state === "investigating" || state === "identified";
