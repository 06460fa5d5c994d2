// A person presses buttons in messages and dialogs.
import type { Taken } from "../slack/desk.js";
import type { Entered } from "../slack/element-values.js";
import { isJson, type Json } from "../slack/wire.js";
import { fromPerson, submitActivity } from "./activities.js";
import { type ButtonSight, buttonsOf, pressed } from "./card-actions.js";
import { enteredText, fieldNamed, fieldsOf, initialValues, inputProblems } from "./card-inputs.js";
import { textIn } from "./card-text.js";
import { type Desk, sendToBot, taken } from "./desk.js";
import { fetchDialog, submitDialog } from "./dialogs.js";
import { addMessage, type Where } from "./messages.js";
import { type Place, placeOf } from "./places.js";
import { cardsFor } from "./sights.js";
import type { Dialog, Member } from "./tenant.js";
import { execute } from "./universal-actions.js";

/** What to press, where. */
export interface PressPlace extends Omit<Place, "in"> {
  /** As in other places, or "form"; the default is the open dialog, or else the general channel. */
  readonly in?: string;
  /** Id of the message; the default is the latest one that has such a button. */
  readonly message?: string;
  /** False opens an Action.ShowCard and goes no further; it is an error when there is none. */
  readonly confirm?: boolean;
  /** Values for the card's own inputs, by id or label. */
  readonly inputs?: Readonly<Record<string, Entered>>;
  /** True presses as a client that does not know Action.Execute and uses its fallback. */
  readonly oldClient?: boolean;
}

/** What became of a press. */
export interface ActionAnswer extends Taken {
  /** False when nothing was sent: declined, a link, or inputs that the client found wrong. */
  readonly sent: boolean;
  /** Messages under inputs, by id, when the client found some wrong. */
  readonly errors?: Readonly<Record<string, string>>;
}

const notSent: ActionAnswer = { status: 0, acknowledged: false, sent: false };

/** Presses a button named by its label or verb. */
export async function press(desk: Desk, member: Member, key: string, place: PressPlace): Promise<ActionAnswer> {
  const dialog = desk.tenant.dialogs.get(member.id);
  if (place.in === "form" || (place.in === undefined && dialog)) return pressInDialog(desk, member, key);
  const { where, card, button } = findButton(desk, member, key, place);
  if (place.confirm === false) {
    if (button.type !== "Action.ShowCard") throw new Error(`"${button.label}" asks no confirmation`);
    return notSent;
  }
  const meant = pressed(button);
  if (!meant) throw new Error(`"${button.label}" opens a card: press one of the buttons under it`);
  const { data, errors } = gathered(desk, card, meant, place.inputs ?? {});
  if (errors.size > 0) return { ...notSent, errors: Object.fromEntries(errors) };
  return act(desk, member, where, { button: usable(meant, place.oldClient === true), data });
}

/** Submits the open dialog by a button named by label, or by its first Action.Submit. */
export async function pressInDialog(desk: Desk, member: Member, key?: string): Promise<ActionAnswer> {
  const dialog = openDialog(desk, member);
  const card = dialog.card ?? {};
  const all = buttonsOf(card);
  const button = all.find(({ label, type }) => (key === undefined ? type === "Action.Submit" : label === key));
  if (!button) throw new Error(`The dialog has no "${key ?? "Action.Submit"}"; it has ${labels(all)}`);
  const meant = pressed(button);
  if (meant?.type !== "Action.Submit") return notSent;
  const skipsInputs = meant.action["associatedInputs"] === "none";
  dialog.errors = skipsInputs ? new Map() : inputProblems(fieldsOf(card, dialog.values), desk.tenant.language);
  if (dialog.errors.size > 0) return { ...notSent, errors: Object.fromEntries(dialog.errors) };
  const data = merged(meant.data, skipsInputs ? new Map() : dialog.values);
  return { ...(await submitDialog(desk, member, dialog, data)), sent: true };
}

/** The dialog that a person has open; throws when there is none. */
export function openDialog({ tenant }: Desk, member: Member): Dialog {
  const dialog = tenant.dialogs.get(member.id);
  if (!dialog) throw new Error(`@${member.handle} has no dialog open. Latest:\n${tenant.transcript.narrate()}`);
  return dialog;
}

function findButton(
  desk: Desk,
  member: Member,
  key: string,
  place: PressPlace,
): { readonly where: Where; readonly card: Json; readonly button: ButtonSight } {
  const { conversation, rootId } = placeOf(desk.tenant, member, place);
  const candidates = conversation.messages.filter(
    (message) =>
      !message.deleted &&
      (rootId === undefined || message.rootId === rootId) &&
      (place.message === undefined || message.id === place.message),
  );
  for (const message of [...candidates].reverse()) {
    for (const card of cardsFor(message, member)) {
      const all = buttonsOf(card);
      const button = all.find(({ label }) => label === key) ?? all.find(({ verb }) => verb === key);
      if (button) return { where: { conversation, message }, card, button };
    }
  }
  const there = candidates.flatMap((message) => cardsFor(message, member)).flatMap(buttonsOf);
  throw new Error(
    `@${member.handle} sees no "${key}" in ${conversation.name || "the chat"}; there is ${labels(there)}`,
  );
}

function labels(buttons: readonly ButtonSight[]): string {
  return buttons.map(({ label }) => `"${label}"`).join(", ") || "nothing to press";
}

function usable(button: ButtonSight, oldClient: boolean): ButtonSight {
  if (!oldClient || button.type !== "Action.Execute") return button;
  const { fallback } = button.action;
  if (!isJson(fallback)) throw new Error(`"${button.label}" has no fallback for old clients`);
  return { ...button, type: textIn(fallback["type"]), data: fallback["data"], action: fallback };
}

/** The inputs of the card, and of the card under an Action.ShowCard, with what the person entered. */
function gathered(
  { tenant }: Desk,
  card: Json,
  button: ButtonSight,
  entered: Readonly<Record<string, Entered>>,
): { readonly data: ReadonlyMap<string, string>; readonly errors: ReadonlyMap<string, string> } {
  if (button.action["associatedInputs"] === "none") return { data: new Map(), errors: new Map() };
  const shown = buttonsOf(card).find(({ label, type }) => type === "Action.ShowCard" && label === button.under);
  const inner = shown?.action["card"];
  const cards = [card, ...(isJson(inner) ? [inner] : [])];
  const values = new Map(cards.flatMap((part) => [...initialValues(part)]));
  for (const [key, value] of Object.entries(entered)) {
    const field = fieldNamed(
      cards.flatMap((part) => fieldsOf(part, values)),
      key,
    );
    const text = enteredText(tenant, field, value);
    if (text === undefined) values.delete(field.id);
    else values.set(field.id, text);
  }
  const errors = inputProblems(
    cards.flatMap((part) => fieldsOf(part, values)),
    tenant.language,
  );
  return { data: values, errors };
}

/** An action's data with the inputs beside it; data that is no object is replaced by them when there are any. */
function merged(data: unknown, inputs: ReadonlyMap<string, string>): unknown {
  if (data !== undefined && !isJson(data) && inputs.size === 0) return data;
  return { ...(isJson(data) ? data : {}), ...Object.fromEntries(inputs) };
}

async function act(
  desk: Desk,
  member: Member,
  where: Where,
  { button, data }: { button: ButtonSight; data: ReadonlyMap<string, string> },
): Promise<ActionAnswer> {
  const value = merged(button.data, data);
  if (button.type === "Action.OpenUrl") return notSent;
  if (button.type === "Action.Execute") {
    const executed = { where, action: button.action, data: isJson(value) ? value : {}, trigger: "manual" as const };
    return { ...(await execute(desk, member, executed)), sent: true };
  }
  const teams = isJson(value) && isJson(value["msteams"]) ? value["msteams"] : undefined;
  if (teams?.["type"] === "task/fetch") return { ...(await fetchDialog(desk, member, where, value)), sent: true };
  if (teams !== undefined && teams["type"] !== "messageBack") {
    throw new Error(`This workspace knows no msteams.type "${textIn(teams["type"])}"`);
  }
  return submit(desk, member, where, { button, value, teams });
}

async function submit(
  desk: Desk,
  member: Member,
  { conversation, message }: Where,
  { button, value, teams }: { button: ButtonSight; value: unknown; teams: Json | undefined },
): Promise<ActionAnswer> {
  const { tenant } = desk;
  const base = fromPerson({ tenant, serviceUrl: desk.serviceUrl() }, { conversation, rootId: message.rootId }, member);
  const said = textIn(teams?.["displayText"]);
  if (said !== "")
    addMessage(tenant, conversation, { from: member.id, rootId: message.rootId, text: said, cards: [], activity: {} });
  const text = teams === undefined ? {} : { text: textIn(teams["text"]) };
  const activity = { ...submitActivity(base, message.id, value), ...text };
  const answer = await sendToBot(desk, { activity, what: "submit", member, text: button.label });
  return { ...taken(answer), sent: true };
}
