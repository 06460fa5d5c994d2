// Values of stateful elements: what they start with, and how a person's words become them.
import { findChannel, userByHandle } from "./directory.js";
import { type Json, textOf, type WireBlock, type WireElement, type WireOption } from "./wire.js";
import type { ElementValues, Workspace } from "./workspace.js";

/** What a person may enter: text, an option's label or value, a handle, an instant; several of them for multiple choice. */
export type Entered = string | number | Date | boolean | readonly string[] | null;

const textTypes = new Set(["plain_text_input", "email_text_input", "url_text_input", "number_input"]);

/** Tells whether an element keeps a value (buttons, overflow menus, images and texts do not). */
export function isStateful(element: WireElement): boolean {
  return emptyValue(element.type) !== undefined;
}

function emptyValue(type: string): Json | undefined {
  if (textTypes.has(type)) return { type, value: null };
  switch (type) {
    case "static_select":
    case "radio_buttons":
      return { type, selected_option: null };
    case "checkboxes":
    case "multi_static_select":
      return { type, selected_options: [] };
    case "users_select":
      return { type, selected_user: null };
    case "multi_users_select":
      return { type, selected_users: [] };
    case "channels_select":
      return { type, selected_channel: null };
    case "multi_channels_select":
      return { type, selected_channels: [] };
    case "conversations_select":
      return { type, selected_conversation: null };
    case "multi_conversations_select":
      return { type, selected_conversations: [] };
    case "datepicker":
      return { type, selected_date: null };
    case "timepicker":
      return { type, selected_time: null };
    case "datetimepicker":
      return { type, selected_date_time: null };
    default:
      return undefined;
  }
}

const initialFields = [
  ["initial_value", "value"],
  ["initial_option", "selected_option"],
  ["initial_options", "selected_options"],
  ["initial_user", "selected_user"],
  ["initial_users", "selected_users"],
  ["initial_channel", "selected_channel"],
  ["initial_channels", "selected_channels"],
  ["initial_conversation", "selected_conversation"],
  ["initial_conversations", "selected_conversations"],
  ["initial_date", "selected_date"],
  ["initial_time", "selected_time"],
  ["initial_date_time", "selected_date_time"],
] as const;

function initialValue(element: WireElement): Json | undefined {
  const value = emptyValue(element.type);
  if (!value) return undefined;
  for (const [initial, selected] of initialFields) {
    if (element[initial] !== undefined) value[selected] = element[initial];
  }
  return value;
}

/** Interactive elements of one block. */
export function blockElements(block: WireBlock): readonly WireElement[] {
  return [...(block.elements ?? []), block.accessory, block.element].filter((element) => element !== undefined);
}

/** Sets the starting values of blocks, keeping the values of elements that were there before under the same ids. */
export function initialValues(blocks: readonly WireBlock[], values: ElementValues): void {
  const before = new Map([...values].map(([blockId, actions]) => [blockId, new Map(actions)]));
  values.clear();
  for (const block of blocks) {
    const actions = new Map<string, Json>();
    for (const element of blockElements(block)) {
      const initial = initialValue(element);
      if (!initial) continue;
      const kept = before.get(block.block_id)?.get(element.action_id);
      actions.set(element.action_id, kept && kept["type"] === element.type ? kept : initial);
    }
    if (actions.size > 0) values.set(block.block_id, actions);
  }
}

/** Every option of an element, grouped or not. */
export function optionsOf(element: WireElement): readonly WireOption[] {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

/** The value that a person's entry gives an element; throws an Error that says what could have been entered. */
export function enteredValue(ws: Workspace, element: WireElement, entered: Entered): Json {
  const empty = emptyValue(element.type);
  if (!empty) throw new Error(`A ${element.type} takes no value`);
  const nothing = entered === null || entered === "" || (Array.isArray(entered) && entered.length === 0);
  if (nothing) return empty;
  const words = Array.isArray(entered) ? entered.map(String) : [String(entered)];
  const one = words[0] ?? "";
  switch (element.type) {
    case "static_select":
    case "radio_buttons":
      return { ...empty, selected_option: chosenOption(element, one) };
    case "checkboxes":
      return { ...empty, selected_options: checked(element, entered, words) };
    case "multi_static_select":
      return { ...empty, selected_options: words.map((word) => chosenOption(element, word)) };
    case "users_select":
      return { ...empty, selected_user: chosenUser(ws, one) };
    case "multi_users_select":
      return { ...empty, selected_users: words.map((word) => chosenUser(ws, word)) };
    case "channels_select":
      return { ...empty, selected_channel: chosenChannel(ws, one) };
    case "multi_channels_select":
      return { ...empty, selected_channels: words.map((word) => chosenChannel(ws, word)) };
    case "conversations_select":
      return { ...empty, selected_conversation: chosenChannel(ws, one) };
    case "multi_conversations_select":
      return { ...empty, selected_conversations: words.map((word) => chosenChannel(ws, word)) };
    case "datepicker":
      return { ...empty, selected_date: one };
    case "timepicker":
      return { ...empty, selected_time: one };
    case "datetimepicker":
      return { ...empty, selected_date_time: secondsOf(entered) };
    default:
      return { ...empty, value: one };
  }
}

function checked(element: WireElement, entered: Entered, words: readonly string[]): readonly WireOption[] {
  // A lone box can be ticked and cleared without naming it.
  if (typeof entered === "boolean") return entered ? optionsOf(element) : [];
  return words.map((word) => chosenOption(element, word));
}

/** The option with this value or label. */
export function chosenOption(element: WireElement, word: string): WireOption {
  const options = optionsOf(element);
  const found =
    options.find((option) => option.value === word) ?? options.find((option) => textOf(option.text) === word);
  if (found) return found;
  throw new Error(`No option "${word}"; there are: ${options.map((option) => `"${option.text.text}"`).join(", ")}`);
}

function chosenUser(ws: Workspace, word: string): string {
  const user = ws.users.get(word) ?? userByHandle(ws, word);
  if (!user) throw new Error(`There is no person "${word}"`);
  return user.id;
}

function chosenChannel(ws: Workspace, word: string): string {
  const channel = findChannel(ws, word);
  if (!channel) throw new Error(`There is no channel "${word}"`);
  return channel.id;
}

function secondsOf(entered: Entered): number {
  if (entered instanceof Date) return Math.floor(entered.getTime() / 1000);
  const seconds = Number(entered);
  if (Number.isInteger(seconds)) return seconds;
  const parsed = Date.parse(String(entered));
  if (Number.isNaN(parsed)) throw new Error(`"${String(entered)}" is not an instant`);
  return Math.floor(parsed / 1000);
}
