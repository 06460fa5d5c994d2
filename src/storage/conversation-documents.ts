// Conversations as documents, and back. The id says what is looked up, so no other index is needed.
import type { Connection, Model } from "mongoose";
import type { ConversationRow } from "../ports/conversations.js";
import { modelOf } from "./models.js";

/** One conversation. */
export type ConversationDocument = ConversationRow & {
  readonly _id: string;
  readonly dead: boolean;
  readonly seenAt: Date;
};

/** The model of conversations. */
export function conversationModelOf(connection: Connection): Model<ConversationDocument> {
  return modelOf(connection, "conversations", {
    kind: String,
    tenantId: String,
    teamId: String,
    groupId: String,
    channelId: String,
    userId: String,
    conversationId: String,
    rootActivityId: String,
    serviceUrl: String,
    dead: Boolean,
    seenAt: Date,
  });
}

/** Key of a conversation: a person has one, a channel has one, a chat is its own. */
export function conversationKey({ kind, userId, channelId, conversationId }: ConversationRow): string {
  if (kind === "personal") return personKey(userId ?? conversationId);
  return kind === "channel" ? channelKey(channelId ?? conversationId) : `chat:${conversationId}`;
}

/** Key of the conversation with one person. */
export const personKey = (userId: string): string => `person:${userId}`;

/** Key of a channel. */
export const channelKey = (channelId: string): string => `channel:${channelId}`;

/** The row that a document keeps. */
export function rowOf(document: ConversationDocument): ConversationRow {
  return {
    kind: document.kind,
    tenantId: document.tenantId,
    teamId: document.teamId,
    groupId: document.groupId,
    channelId: document.channelId,
    userId: document.userId,
    conversationId: document.conversationId,
    rootActivityId: document.rootActivityId,
    serviceUrl: document.serviceUrl,
  };
}
