// A person presses buttons and uses menus in messages, forms and the home tab.
import { type Desk, sendToBot, type Taken, taken } from "./desk.js";
import { blockElements, chosenOption, type Entered, enteredValue } from "./element-values.js";
import { actionPayload, messageActions } from "./interaction-payloads.js";
import { messageBlocks } from "./message-changes.js";
import { openForm, sendViewAction } from "./person-forms.js";
import { placeOf } from "./person-typing.js";
import { readerFor } from "./reader.js";
import { objectText } from "./visible-text.js";
import type { Json, WireBlock, WireElement } from "./wire.js";
import type { Channel, Message, User, View, Workspace } from "./workspace.js";

/** What to press, where. */
export interface PressPlace {
  /** A channel name or id, "@bot", "form" or "home"; the default is the open form, or else the general channel. */
  readonly in?: string;
  /** Timestamp of the message; the default is the latest visible message that has such an element. */
  readonly message?: string;
  /** False declines the confirmation dialog, and nothing is sent; it is an error when there is no dialog. */
  readonly confirm?: boolean;
  /** The choice to make in a menu. */
  readonly option?: Entered;
  /** Id of the block, when several elements share a label or action id. */
  readonly block?: string;
}

/** What became of a press. */
export interface ActionAnswer extends Taken {
  /** False when the person declined the confirmation dialog. */
  readonly sent: boolean;
}

interface Found {
  readonly element: WireElement;
  readonly block: WireBlock;
}

/** Presses a button or uses a menu. */
export async function press(desk: Desk, user: User, key: string, place: PressPlace): Promise<ActionAnswer> {
  const { ws } = desk;
  const where = place.in ?? (ws.modals.get(user.id)?.length ? "form" : undefined);
  if (where === "form" || where === "home") {
    const view = where === "form" ? openForm(ws, user) : homeOf(ws, user);
    const found = findElement(ws, view.blocks, key, place.block);
    if (!found) throw new Error(`The ${where} has no "${key}"; it has ${known(ws, view.blocks)}`);
    if (declined(found, place)) return notSent;
    const action = actionOf(ws, found, place, view.values);
    if (keptQuietly(found)) return notSent;
    return { ...(await sendViewAction(desk, user, view, action, labelOf(ws, found.element))), sent: true };
  }
  const channel = placeOf(ws, user, where);
  return pressInMessage(desk, user, key, { ...place, channel });
}

const notSent: ActionAnswer = { status: 0, acknowledged: false, sent: false };

async function pressInMessage(
  desk: Desk,
  user: User,
  key: string,
  place: PressPlace & { channel: Channel },
): Promise<ActionAnswer> {
  const { ws } = desk;
  const { channel } = place;
  const { message, found } = findInMessages(ws, user, key, place);
  if (declined(found, place)) return notSent;
  const action = actionOf(ws, found, place, message.values);
  if (keptQuietly(found)) return notSent;
  const triggerId = desk.triggers.issue({ user: user.id, viewId: undefined });
  const responseUrl = desk.responseUrls.issue({ channel, user: user.id, message });
  const payload = messageActions(ws, { user, channel, message, action, triggerId, responseUrl });
  const what = `action ${found.element.action_id}`;
  const text = labelOf(ws, found.element);
  const answer = await sendToBot(desk, { kind: "interaction", what, user, channel, text, payload });
  return { ...taken(answer), sent: true };
}

function homeOf(ws: Workspace, user: User): View {
  const view = ws.homes.get(user.id);
  if (!view) throw new Error(`@${user.handle} has no home tab`);
  return view;
}

/** Messages of a channel that a person can see, oldest first. */
export function visibleMessages(channel: Channel, user: User): readonly Message[] {
  return channel.messages.filter((message) => !message.ephemeralTo || message.ephemeralTo === user.id);
}

function findInMessages(
  ws: Workspace,
  user: User,
  key: string,
  place: PressPlace & { channel: Channel },
): { message: Message; found: Found } {
  const visible = visibleMessages(place.channel, user);
  const candidates = visible.filter((message) => place.message === undefined || message.ts === place.message);
  for (const message of [...candidates].reverse()) {
    const found = findElement(ws, messageBlocks(message), key, place.block);
    if (found) return { message, found };
  }
  const there = known(ws, candidates.flatMap(messageBlocks));
  throw new Error(`@${user.handle} sees no "${key}" in #${place.channel.name}; there is ${there}`);
}

/** The element with this label, action id or value. */
function findElement(ws: Workspace, blocks: readonly WireBlock[], key: string, id?: string): Found | undefined {
  const meant = blocks.filter((block) => id === undefined || block.block_id === id);
  const all = meant.flatMap((block) => blockElements(block).map((element) => ({ block, element })));
  const active = all.filter(({ element }) => element.action_id !== undefined);
  return (
    active.find(({ element }) => labelOf(ws, element) === key) ??
    active.find(({ element }) => element.action_id === key) ??
    active.find(({ element }) => rawLabel(element) === key)
  );
}

function labelOf(ws: Workspace, element: WireElement): string {
  return objectText(element.text ?? element.placeholder, readerFor(ws)) || element.action_id;
}

function rawLabel(element: WireElement): string | undefined {
  const text = element.text ?? element.placeholder;
  return typeof text === "string" ? text : text?.text;
}

function known(ws: Workspace, blocks: readonly WireBlock[]): string {
  const elements = blocks.flatMap(blockElements).filter((element) => element.action_id !== undefined);
  return elements.map((element) => `"${labelOf(ws, element)}" (${element.action_id})`).join(", ") || "nothing to press";
}

/** Input blocks only keep what is entered, unless they ask to tell the bot. */
function keptQuietly({ block }: Found): boolean {
  return block.type === "input" && block.dispatch_action !== true;
}

function declined({ element }: Found, place: PressPlace): boolean {
  if (place.confirm !== false) return false;
  if (!element.confirm) throw new Error(`"${element.action_id}" asks no confirmation`);
  return true;
}

function actionOf(ws: Workspace, { element, block }: Found, place: PressPlace, values: Message["values"]): Json {
  if (element.type === "button") return actionPayload(ws, element, block.block_id);
  if (place.option === undefined) throw new Error(`"${element.action_id}" is a ${element.type}: name the option`);
  if (element.type === "overflow") {
    return actionPayload(ws, element, block.block_id, { option: chosenOption(element, String(place.option)) });
  }
  const value = enteredValue(ws, element, place.option);
  values.get(block.block_id)?.set(element.action_id, value);
  return actionPayload(ws, element, block.block_id, { value });
}
