// Buttons of an incident: what its state allows, the usual next steps first and the others behind "more".
import type { CommandType } from "../../domain/incident/commands.js";
import { allows } from "../../domain/incident/transitions.js";
import type { TemplateName } from "../../domain/notices/message-catalogue.js";
import { proposeNotices } from "../../domain/notices/propose-notice.js";
import type { ButtonAction, FormName } from "../button-action.js";
import type { Button, CardBlock } from "../card.js";
import type { TextKey } from "../texts/pt-br.js";
import type { Scene } from "./scene.js";

type IncidentForm = Exclude<FormName, "declare">;

const COMMANDS: Readonly<Record<IncidentForm, CommandType>> = {
  classify: "classify",
  identify: "identify",
  mitigate: "mitigate",
  regress: "regress",
  resolve: "resolve",
  reopen: "reopen",
  cancel: "cancel",
  note: "add-note",
  role: "assign-role",
  affected: "add-customer",
  pause: "pause",
  review: "review",
  merge: "merge",
  notify: "compose-notice",
};

/** What the button says that tells customers, by message. */
const TELL: Readonly<Record<TemplateName, TextKey>> = {
  first_notice: "button.tell-first",
  update: "button.tell-update",
  no_change: "button.tell-update",
  monitoring: "button.tell-monitoring",
  resolved: "button.tell-resolved",
  reopened: "button.tell-reopened",
  false_alarm: "button.tell-false-alarm",
};

/** Forms in the order in which they are offered; the first ones fit on the card itself. */
const ORDER: readonly IncidentForm[] = [
  "identify",
  "mitigate",
  "regress",
  "resolve",
  "review",
  "reopen",
  "classify",
  "note",
  "affected",
  "role",
  "pause",
  "merge",
  "cancel",
];

/** Buttons on a card beside "more". */
const MOST_ON_CARD = 5;

/** "Take" while nobody has the incident and it can be taken. */
export function takeButton(scene: Scene): readonly Button[] {
  const { id, state, taken } = scene.incident;
  if (taken !== null || !allows(state, "take")) return [];
  return [{ label: scene.say("button.take"), action: { do: "take", incident: id }, style: "primary" }];
}

/** "Noted", for one escalation. */
export function notedButton(scene: Scene, escalation: string): readonly Button[] {
  const { id, state } = scene.incident;
  if (!allows(state, "note-escalation")) return [];
  return [{ label: scene.say("button.noted"), action: { do: "note-escalation", incident: id, escalation } }];
}

/** A button that opens a form, when the state allows what the form asks for. */
export function formButton(scene: Scene, form: IncidentForm): readonly Button[] {
  const { id, state } = scene.incident;
  if (!allows(state, COMMANDS[form])) return [];
  if (form === "pause" && !scene.snapshot.policy.levels[scene.incident.level].mayPause) return [];
  const action: ButtonAction = { do: "open-form", incident: id, form };
  return [{ label: scene.say(`button.${form}`), action }];
}

/** The message to customers that fits best now; none in a drill or where nobody can be told. */
export function tellButton(scene: Scene): readonly Button[] {
  const template = tellingNow(scene);
  if (template === null) return [];
  const { id, customers } = scene.incident;
  const n = proposeNotices(scene.incident)[0]?.customers.length ?? customers.length;
  return [{ label: scene.say(TELL[template], { n }), action: { do: "open-form", incident: id, form: "notify" } }];
}

/** Buttons of the incident's card: what customers are owed comes first, an update after the next steps. */
export function cardButtons(scene: Scene): readonly Button[] {
  const take = takeButton(scene);
  const tell = tellButton(scene);
  const next = forms(scene).slice(0, MOST_ON_CARD - take.length - tell.length);
  const show = showButton(scene, "more");
  return tellingNow(scene) === "update" ? [...take, ...next, ...tell, show] : [...take, ...tell, ...next, show];
}

/** Everything that the incident's state allows, and what can be read. */
export function allButtons(scene: Scene): readonly Button[] {
  return [
    ...takeButton(scene),
    ...tellButton(scene),
    ...forms(scene),
    showButton(scene, "sla"),
    showButton(scene, "timeline"),
  ];
}

/** Buttons as a block, or nothing when there are none. */
export function buttonBlock(buttons: readonly Button[]): readonly CardBlock[] {
  return buttons.length === 0 ? [] : [{ kind: "buttons", buttons }];
}

function tellingNow({ voice, incident }: Scene): TemplateName | null {
  if (voice.outreach === undefined || voice.outreach.mode === "off") return null;
  return proposeNotices(incident)[0]?.template ?? null;
}

function forms(scene: Scene): readonly Button[] {
  // What is not classified yet comes first: the level decides who is called.
  const provisional = scene.incident.classification.provisional;
  const order = provisional ? ["classify" as const, ...ORDER.filter((form) => form !== "classify")] : ORDER;
  return order.flatMap((form) => formButton(scene, form));
}

function showButton(scene: Scene, what: "sla" | "timeline" | "more"): Button {
  return { label: scene.say(`button.${what}`), action: { do: "show", incident: scene.incident.id, what } };
}
