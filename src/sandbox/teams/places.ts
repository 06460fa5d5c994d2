// Where a person means when a test or the page says "in".

import { messageText } from "./card-text.js";
import { channelNamed, generalChannel, personalChat, splitConversationId } from "./directory.js";
import { readerFor } from "./reader.js";
import type { Conversation, Member, Tenant } from "./tenant.js";

/** Somewhere to type, press or look. */
export interface Place {
  /** Channel name or id, the conversation id of a thread, or "@bot" for the personal chat; the default is the general channel. */
  readonly in?: string;
  /** A thread of the channel: the id of its post, or what its post says; the latest that matches is meant. */
  readonly thread?: string | RegExp;
}

/** A conversation, and in channels perhaps one thread. */
export interface FoundPlace {
  readonly conversation: Conversation;
  readonly rootId: string | undefined;
}

/** Tells whether a text contains or matches what is looked for. */
export function matches(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
}

/** The place that a person means; throws when the person could not be there. */
export function placeOf(tenant: Tenant, member: Member, place: Place): FoundPlace {
  if (place.in === "@bot") return { conversation: personalChat(tenant, member), rootId: undefined };
  const { base, rootId } = splitConversationId(place.in ?? "");
  const own = tenant.conversations.get(base);
  if (own?.member === member.id) return { conversation: own, rootId: undefined };
  const conversation = place.in === undefined ? generalChannel(tenant) : channelNamed(tenant, base);
  if (!conversation) throw new Error(`There is no channel "${place.in}"`);
  if (!member.inTeam) throw new Error(`@${member.handle} is not in the team and cannot see ${conversation.name}`);
  const found = place.thread === undefined ? rootId : threadRoot(tenant, conversation, place.thread);
  const known = found === undefined || conversation.messages.some(({ id }) => id === found);
  if (!known) throw new Error(`There is no thread ${found} in ${conversation.name}`);
  return { conversation, rootId: found };
}

function threadRoot(tenant: Tenant, conversation: Conversation, thread: string | RegExp): string {
  const roots = conversation.messages.filter(({ id, rootId, deleted }) => id === rootId && !deleted);
  const byId = roots.find(({ id }) => id === thread);
  const found = byId ?? roots.filter((message) => matches(messageText(message, readerFor(tenant)), thread)).at(-1);
  if (!found) throw new Error(`There is no thread ${String(thread)} in ${conversation.name}`);
  return found.id;
}
