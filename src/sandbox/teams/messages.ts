// Messages appear, change and go away: the state, and the transcript that follows.
import type { TranscriptEntry } from "../slack/transcript.js";
import type { Json } from "../slack/wire.js";
import { messageText } from "./card-text.js";
import { authorOf } from "./directory.js";
import { readerFor } from "./reader.js";
import type { Conversation, Member, TeamsMessage, Tenant } from "./tenant.js";

/** What a new message consists of. */
export interface NewMessage {
  readonly from: string | undefined;
  readonly rootId?: string | undefined;
  readonly text: string;
  readonly cards: readonly Json[];
  readonly activity: Json;
}

/** The transcript fields that say where a message is, for whom and by whom. */
function messageEntry(
  tenant: Tenant,
  conversation: Conversation,
  message: TeamsMessage,
): Pick<TranscriptEntry, "by" | "channel" | "channelName" | "person" | "direct" | "ts" | "threadTs"> {
  const chatWith = conversation.member === undefined ? undefined : tenant.members.get(conversation.member);
  const person = message.from === undefined ? chatWith?.handle : authorOf(tenant, message);
  return {
    by: message.from === undefined ? "bot" : "person",
    channel: conversation.id,
    ts: message.id,
    ...(chatWith ? { direct: true } : { channelName: conversation.name }),
    ...(person === undefined ? {} : { person }),
    ...(message.rootId === message.id ? {} : { threadTs: message.rootId }),
  };
}

/** Adds a message to a conversation. */
export function addMessage(tenant: Tenant, conversation: Conversation, made: NewMessage): TeamsMessage {
  const id = tenant.nextMessageId();
  const message: TeamsMessage = {
    id,
    rootId: made.rootId ?? id,
    from: made.from,
    activity: made.activity,
    text: made.text,
    cards: made.cards,
    edited: false,
    deleted: false,
    cardFor: new Map(),
    wordsFor: new Map(),
  };
  conversation.messages.push(message);
  record(tenant, conversation, message, { kind: "message", what: "posted" });
  return message;
}

/** Puts other contents into a message; what single people saw instead is forgotten. */
export function changeMessage(
  tenant: Tenant,
  conversation: Conversation,
  message: TeamsMessage,
  changed: Pick<NewMessage, "text" | "cards" | "activity">,
): void {
  Object.assign(message, changed, { edited: true });
  message.cardFor.clear();
  message.wordsFor.clear();
  record(tenant, conversation, message, { kind: "message-changed", what: "updated" });
}

/** Takes a message away; its id stays taken. */
export function deleteMessage(tenant: Tenant, conversation: Conversation, message: TeamsMessage): void {
  message.deleted = true;
  record(tenant, conversation, message, { kind: "message-deleted", what: "deleted" });
}

/** Shows one person another card in place of a message's own. */
export function showCard(tenant: Tenant, at: Where, person: Member, card: Json): void {
  at.message.cardFor.set(person.id, card);
  at.message.wordsFor.delete(person.id);
  const text = messageText({ text: "", cards: [card], activity: {} }, readerFor(tenant, person));
  const entry = { ...messageEntry(tenant, at.conversation, at.message), person: person.handle, body: card };
  tenant.transcript.add({ kind: "message-changed", what: "card shown", ...entry, ephemeral: true, text });
}

/** Shows one person words under a card. */
export function showWords(tenant: Tenant, at: Where, person: Member, words: string): void {
  at.message.wordsFor.set(person.id, words);
  const entry = { ...messageEntry(tenant, at.conversation, at.message), person: person.handle };
  tenant.transcript.add({ kind: "message", what: "posted", ...entry, ephemeral: true, text: words });
}

/** A message and where it is. */
export interface Where {
  readonly conversation: Conversation;
  readonly message: TeamsMessage;
}

function record(
  tenant: Tenant,
  conversation: Conversation,
  message: TeamsMessage,
  what: Pick<TranscriptEntry, "kind" | "what">,
): void {
  const text = messageText(message, readerFor(tenant));
  tenant.transcript.add({ ...what, ...messageEntry(tenant, conversation, message), text, body: message.activity });
}
