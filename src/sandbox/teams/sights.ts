// What a person, a test or the page sees of channels, threads, messages and dialogs: plain, read-only descriptions.
import type { Json } from "../slack/wire.js";
import { type ButtonSight, buttonsOf } from "./card-actions.js";
import { type FieldSight, fieldsOf } from "./card-inputs.js";
import { cardText, mentionTexts, messageText, textIn } from "./card-text.js";
import { authorOf, threadId } from "./directory.js";
import { readerFor } from "./reader.js";
import type { Conversation, Dialog, Member, TeamsMessage, Tenant } from "./tenant.js";

/** A message as one reader sees it. */
export interface MessageView {
  readonly id: string;
  /** Conversation id for the bot: a channel's thread with `;messageid=`, or the chat. */
  readonly conversationId: string;
  /** Name of the channel, or "@bot" for the personal chat. */
  readonly channel: string;
  /** Id of the post that opened the thread. */
  readonly rootId: string;
  /** Handle of the author, or the bot's name. */
  readonly author: string;
  readonly fromBot: boolean;
  /** The raw text beside the cards. */
  readonly text: string;
  /** What the reader sees, as plain text: text, cards with buttons in brackets, words shown to this reader only. */
  readonly visible: string;
  /** The cards as this reader has them. */
  readonly cards: readonly Json[];
  readonly buttons: readonly ButtonSight[];
  /** Names of the people who are called. */
  readonly mentions: readonly string[];
  readonly edited: boolean;
  /** Words that only this reader sees under the card. */
  readonly notice: string | undefined;
  /** Notification text: the activity's summary. */
  readonly summary: string;
  /** The bot's activity as it arrived. */
  readonly activity: Json;
}

/** A post of a channel with its replies. */
export interface ThreadView {
  readonly rootId: string;
  readonly conversationId: string;
  readonly channel: string;
  /** First visible line of the post. */
  readonly title: string;
  readonly messages: readonly MessageView[];
}

/** A channel as it stands. */
export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly messages: readonly MessageView[];
  readonly threads: readonly ThreadView[];
}

/** A dialog as it stands. */
export interface DialogView {
  readonly id: string;
  readonly title: string;
  readonly width: unknown;
  readonly height: unknown;
  readonly card: Json | undefined;
  /** Words shown instead of a card. */
  readonly words: string | undefined;
  readonly fields: readonly FieldSight[];
  readonly buttons: readonly ButtonSight[];
  /** Values by input id, as they would be submitted. */
  readonly values: Readonly<Record<string, string>>;
  /** Messages under inputs, by input id, from the client's own checks. */
  readonly errors: Readonly<Record<string, string>>;
  /** Everything readable, as plain text. */
  readonly visible: string;
}

/** A message's cards as one reader has them. */
export function cardsFor(message: TeamsMessage, reader?: Member): readonly Json[] {
  const own = reader && message.cardFor.get(reader.id);
  return own ? [own] : message.cards;
}

/** A message as the given reader sees it. */
function messageSight(tenant: Tenant, conversation: Conversation, message: TeamsMessage, reader?: Member): MessageView {
  const cards = cardsFor(message, reader);
  const notice = reader && message.wordsFor.get(reader.id);
  const shown = messageText({ ...message, cards }, readerFor(tenant, reader));
  const called = [message.activity, ...cards.map(({ msteams }) => msteams as Json | undefined)];
  return {
    id: message.id,
    conversationId: threadId(conversation, message.rootId),
    channel: conversation.member === undefined ? conversation.name : "@bot",
    rootId: message.rootId,
    author: authorOf(tenant, message),
    fromBot: message.from === undefined,
    text: message.text,
    visible: notice === undefined ? shown : `${shown}\n${notice}`,
    cards,
    buttons: cards.flatMap(buttonsOf),
    mentions: called.flatMap((part) =>
      [...mentionTexts(part?.["entities"])].map((text) => text.replace(/<\/?at>/g, "")),
    ),
    edited: message.edited,
    notice,
    summary: textIn(message.activity["summary"]),
    activity: message.activity,
  };
}

/** Messages of a conversation as one reader sees them, oldest first; with a root id, only those of its thread. */
export function messageSights(
  tenant: Tenant,
  conversation: Conversation,
  { rootId, reader }: { rootId?: string | undefined; reader?: Member } = {},
): readonly MessageView[] {
  return conversation.messages
    .filter((message) => !message.deleted && (rootId === undefined || message.rootId === rootId))
    .map((message) => messageSight(tenant, conversation, message, reader));
}

/** The threads of a channel, oldest first. */
export function threadSights(tenant: Tenant, conversation: Conversation): readonly ThreadView[] {
  const roots = [...new Set(conversation.messages.map(({ rootId }) => rootId))];
  return roots.map((rootId) => {
    const messages = messageSights(tenant, conversation, { rootId });
    const title = messages[0]?.visible.split("\n")[0] ?? "";
    return { rootId, conversationId: threadId(conversation, rootId), channel: conversation.name, title, messages };
  });
}

/** A channel as it stands. */
export function channelSight(tenant: Tenant, conversation: Conversation): ChannelView {
  return {
    id: conversation.id,
    name: conversation.name,
    messages: messageSights(tenant, conversation),
    threads: threadSights(tenant, conversation),
  };
}

/** A dialog as its owner sees it. */
export function dialogSight(tenant: Tenant, dialog: Dialog, owner: Member): DialogView {
  const { id, title, width, height, card, words, values, errors } = dialog;
  const body = card ? cardText(card, readerFor(tenant, owner)) : (words ?? "");
  return {
    id,
    title,
    width,
    height,
    card,
    words,
    fields: card ? fieldsOf(card, values) : [],
    buttons: card ? buttonsOf(card) : [],
    values: Object.fromEntries(values),
    errors: Object.fromEntries(errors),
    visible: [title, body, ...errors.values()].filter((part) => part !== "").join("\n"),
  };
}
