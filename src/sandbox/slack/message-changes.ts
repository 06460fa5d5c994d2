// Messages appear, change and go: the state, the transcript and the events that follow.
import { handleOf, isNamed } from "./directory.js";
import { initialValues } from "./element-values.js";
import { channelPayload, messagePayload } from "./payloads.js";
import { readerFor } from "./reader.js";
import type { TranscriptEntry } from "./transcript.js";
import { visibleText, type WireAttachment } from "./visible-text.js";
import type { Json, WireBlock } from "./wire.js";
import type { Channel, Message, Workspace } from "./workspace.js";

/** What a message consists of, before it has a timestamp. */
export interface MessageDraft {
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly WireBlock[];
  readonly attachments?: readonly WireAttachment[];
  readonly metadata?: Json | undefined;
  readonly threadTs?: string | undefined;
  readonly ephemeralTo?: string | undefined;
  readonly subtype?: string | undefined;
}

/** Every block of a message, those of its attachments included. */
export function messageBlocks(message: Message): readonly WireBlock[] {
  return [...message.blocks, ...message.attachments.flatMap((attachment) => attachment.blocks ?? [])];
}

/** Adds a message to a channel. */
export function addMessage(ws: Workspace, channel: Channel, draft: MessageDraft): Message {
  const { blocks = [], attachments = [] } = draft;
  const message: Message = {
    ts: ws.nextTs(),
    user: draft.user,
    text: draft.text,
    blocks,
    attachments,
    reactions: new Map(),
    values: new Map(),
    ...(draft.metadata ? { metadata: draft.metadata } : {}),
    ...(draft.threadTs ? { threadTs: draft.threadTs } : {}),
    ...(draft.ephemeralTo ? { ephemeralTo: draft.ephemeralTo } : {}),
    ...(draft.subtype ? { subtype: draft.subtype } : {}),
  };
  initialValues(messageBlocks(message), message.values);
  channel.messages.push(message);
  ws.transcript.add({ kind: "message", what: draft.subtype ?? "posted", ...messageEntry(ws, channel, message) });
  if (!message.ephemeralTo) ws.emit(messageEvent(channel, messagePayload(ws, message)));
  return message;
}

/** Replaces what a message shows. */
export function changeMessage(
  ws: Workspace,
  channel: Channel,
  message: Message,
  change: Partial<Pick<MessageDraft, "text" | "blocks" | "attachments" | "metadata">>,
): void {
  const previous = messagePayload(ws, message);
  if (change.text !== undefined) message.text = change.text;
  if (change.blocks !== undefined) message.blocks = change.blocks;
  if (change.attachments !== undefined) message.attachments = change.attachments;
  if (change.metadata !== undefined) message.metadata = change.metadata;
  initialValues(messageBlocks(message), message.values);
  if (!message.ephemeralTo) message.edited = { user: message.user, ts: ws.nextTs() };
  ws.transcript.add({ kind: "message-changed", what: "changed", ...messageEntry(ws, channel, message) });
  if (message.ephemeralTo) return;
  const event = { subtype: "message_changed", hidden: true, ts: ws.nextTs(), previous_message: previous };
  ws.emit(messageEvent(channel, { type: "message", ...event, message: messagePayload(ws, message) }));
}

/** Takes a message away. */
export function removeMessage(ws: Workspace, channel: Channel, message: Message): void {
  channel.messages = channel.messages.filter((kept) => kept !== message);
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  ws.transcript.add({ kind: "message-deleted", what: "deleted", ...messageEntry(ws, channel, message) });
  if (message.ephemeralTo) return;
  const event = { subtype: "message_deleted", hidden: true, ts: ws.nextTs(), deleted_ts: message.ts };
  ws.emit(messageEvent(channel, { type: "message", ...event, previous_message: messagePayload(ws, message) }));
}

/** The message with this timestamp that everybody in the channel can see. */
export function publicMessage(channel: Channel, ts: string): Message | undefined {
  return channel.messages.find((message) => message.ts === ts && !message.ephemeralTo);
}

function messageEvent(channel: Channel, payload: Json): Json & { type: string } {
  const types = { public: "channel", private: "group", direct: "im", group: "mpim" } as const;
  return {
    ...payload,
    type: "message",
    channel: channel.id,
    channel_type: types[channel.kind],
    event_ts: payload["ts"],
  };
}

type MessageEntry = Omit<TranscriptEntry, "index" | "at" | "kind" | "what">;

function messageEntry(ws: Workspace, channel: Channel, message: Message): MessageEntry {
  const isBot = message.user === ws.botUserId;
  const other = channel.kind === "direct" ? String(channelPayload(ws, channel)["user"]) : undefined;
  const person = message.ephemeralTo ?? (isBot ? other : message.user);
  return {
    by: isBot ? "bot" : "person",
    channel: channel.id,
    ...(isNamed(channel) ? { channelName: channel.name } : {}),
    ...(person ? { person: handleOf(ws, person) } : {}),
    ts: message.ts,
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
    text: visibleText(message, readerFor(ws)),
    blocks: messageBlocks(message),
    ephemeral: message.ephemeralTo !== undefined,
    direct: channel.kind === "direct",
    ...(message.metadata ? { metadata: message.metadata } : {}),
  };
}
