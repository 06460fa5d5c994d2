// What a person, a test or the page sees of channels, messages and forms: plain, read-only descriptions.
import { handleOf } from "./directory.js";
import { blockElements, isStateful, optionsOf } from "./element-values.js";
import { messageBlocks } from "./message-changes.js";
import { readerFor } from "./reader.js";
import { blocksText, objectText, visibleText, type WireAttachment } from "./visible-text.js";
import type { Json, WireBlock, WireConfirm, WireElement } from "./wire.js";
import type { Bookmark, Channel, Message, User, View, Workspace } from "./workspace.js";

/** Something that can be pressed. */
export interface ButtonSight {
  readonly label: string;
  readonly actionId: string;
  readonly blockId: string;
  readonly type: string;
  readonly value: string | undefined;
  readonly style: string | undefined;
  readonly url: string | undefined;
  readonly confirm: WireConfirm | undefined;
}

/** A message as one reader sees it. */
export interface MessageView {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** Handle of the author. */
  readonly author: string;
  readonly fromBot: boolean;
  /** The raw text, which is only shown when there are no blocks. */
  readonly text: string;
  /** What the reader sees, as plain text. */
  readonly visible: string;
  readonly blocks: readonly WireBlock[];
  readonly attachments: readonly WireAttachment[];
  readonly buttons: readonly ButtonSight[];
  readonly threadTs: string | undefined;
  /** Handle of the only person who sees it. */
  readonly ephemeralTo: string | undefined;
  readonly edited: boolean;
  readonly pinned: boolean;
  readonly reactions: readonly { readonly name: string; readonly by: readonly string[] }[];
  readonly metadata: Json | undefined;
  /** Slack's subtype, such as channel_join, for messages that nobody wrote. */
  readonly subtype: string | undefined;
}

/** A channel as it stands. */
export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly kind: Channel["kind"];
  readonly archived: boolean;
  readonly topic: string;
  readonly purpose: string;
  /** Handles of the members, the bot's included. */
  readonly members: readonly string[];
  readonly messages: readonly MessageView[];
  readonly pins: readonly MessageView[];
  readonly bookmarks: readonly Readonly<Bookmark>[];
}

/** One thing to fill in or choose in a form. */
export interface FieldSight {
  readonly label: string;
  readonly blockId: string;
  readonly actionId: string;
  readonly type: string;
  readonly optional: boolean;
  /** Labels of the choices. */
  readonly options: readonly string[];
  /** The value in Slack's form, as in state.values. */
  readonly value: Json;
  readonly element: WireElement;
  readonly block: WireBlock;
}

/** A form or home tab as it stands. */
export interface ViewState {
  readonly id: string;
  readonly hash: string;
  readonly type: View["type"];
  readonly title: string;
  readonly submitLabel: string;
  readonly closeLabel: string;
  readonly callbackId: string;
  readonly privateMetadata: string;
  readonly blocks: readonly WireBlock[];
  readonly fields: readonly FieldSight[];
  readonly buttons: readonly ButtonSight[];
  readonly values: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** Messages under fields, by block id, from the last refused submission. */
  readonly errors: Readonly<Record<string, string>>;
  /** Everything readable, as plain text. */
  readonly visible: string;
}

const pressable = new Set(["button", "overflow"]);

function buttonsOf(ws: Workspace, blocks: readonly WireBlock[]): ButtonSight[] {
  const reader = readerFor(ws);
  return blocks.flatMap((block) =>
    blockElements(block)
      .filter((element) => pressable.has(element.type))
      .map((element) => ({
        label: objectText(element.text, reader),
        actionId: element.action_id,
        blockId: block.block_id,
        type: element.type,
        value: element.value,
        style: element.style,
        url: element.url,
        confirm: element.confirm,
      })),
  );
}

/** A message as the given reader sees it. */
export function messageSight(ws: Workspace, channel: Channel, message: Message, reader?: User): MessageView {
  return {
    ts: message.ts,
    channel: channel.id,
    user: message.user,
    author: handleOf(ws, message.user),
    fromBot: message.user === ws.botUserId,
    text: message.text,
    visible: visibleText(message, readerFor(ws, reader)),
    blocks: message.blocks,
    attachments: message.attachments,
    buttons: buttonsOf(ws, messageBlocks(message)),
    threadTs: message.threadTs,
    ephemeralTo: message.ephemeralTo ? handleOf(ws, message.ephemeralTo) : undefined,
    edited: message.edited !== undefined,
    pinned: channel.pins.some((pin) => pin.ts === message.ts),
    reactions: [...message.reactions].map(([name, by]) => ({ name, by: [...by].map((id) => handleOf(ws, id)) })),
    metadata: message.metadata,
    subtype: message.subtype,
  };
}

/** A channel as it stands, with every message, ephemeral ones included. */
export function channelSight(ws: Workspace, channel: Channel): ChannelView {
  const messages = channel.messages.map((message) => messageSight(ws, channel, message));
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    archived: channel.archived,
    topic: channel.topic.value,
    purpose: channel.purpose.value,
    members: [...channel.members].map((id) => handleOf(ws, id)),
    messages,
    pins: channel.pins.flatMap((pin) => messages.filter((message) => message.ts === pin.ts)),
    bookmarks: channel.bookmarks.map((mark) => ({ ...mark })),
  };
}

/** The fields of blocks with their present values. */
export function fieldsOf(ws: Workspace, blocks: readonly WireBlock[], values: View["values"]): FieldSight[] {
  const reader = readerFor(ws);
  return blocks.flatMap((block) =>
    blockElements(block)
      .filter(isStateful)
      .map((element) => ({
        label: objectText(block.label ?? block.text ?? element.placeholder, reader),
        blockId: block.block_id,
        actionId: element.action_id,
        type: element.type,
        optional: block.type !== "input" || block.optional === true,
        options: optionsOf(element).map((option) => option.text.text),
        value: values.get(block.block_id)?.get(element.action_id) ?? {},
        element,
        block,
      })),
  );
}

/** A form or home tab as it stands. */
export function viewSight(ws: Workspace, view: View): ViewState {
  const title = view.title?.text ?? "";
  const body = blocksText(view.blocks, readerFor(ws, ws.users.get(view.user)));
  return {
    id: view.id,
    hash: view.hash,
    type: view.type,
    title,
    submitLabel: view.submit?.text ?? "",
    closeLabel: view.close?.text ?? "",
    callbackId: view.callbackId,
    privateMetadata: view.privateMetadata,
    blocks: view.blocks,
    fields: fieldsOf(ws, view.blocks, view.values),
    buttons: buttonsOf(ws, view.blocks),
    values: Object.fromEntries([...view.values].map(([block, actions]) => [block, Object.fromEntries(actions)])),
    errors: Object.fromEntries(view.errors),
    visible: [title, body].filter((part) => part !== "").join("\n"),
  };
}
