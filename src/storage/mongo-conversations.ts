// Conversations in MongoDB.
import type { ConversationRow, Conversations } from "../ports/conversations.js";
import type { MongoConnection } from "./connect-mongo.js";
import {
  type ConversationDocument,
  channelKey,
  conversationKey,
  conversationModelOf,
  personKey,
  rowOf,
} from "./conversation-documents.js";
import { asking, askingTwice, duplicateKeyOf } from "./store-fault-of.js";

/** Keeps rows in the collection `conversations`. */
export function createMongoConversations({ connection }: MongoConnection): Conversations {
  const conversations = conversationModelOf(connection);
  const byKey = (key: string) => asking(() => conversations.findById(key).lean<ConversationDocument>());

  return {
    async remember(row) {
      const { groupId, ...thread } = row;
      const channelId = row.channelId ?? row.conversationId;
      const kept = row.kind === "channel" ? { ...thread, conversationId: channelId, rootActivityId: null } : thread;
      // Only some activities tell the group, and what was told once stays.
      const change = {
        $set: { ...kept, ...(groupId === null ? {} : { groupId }), dead: false, seenAt: new Date() },
        ...(groupId === null ? { $setOnInsert: { groupId: null } } : {}),
      };
      const upsert = () => conversations.updateOne({ _id: conversationKey(row) }, change, { upsert: true });
      try {
        await askingTwice(upsert);
      } catch (err) {
        // Two activities of one conversation arrived at once.
        if (duplicateKeyOf(err) === null) throw err;
        await askingTwice(upsert);
      }
    },

    async personal(userId) {
      const found = await byKey(personKey(userId));
      return found === null ? null : { row: rowOf(found), dead: found.dead };
    },

    async channel(channelId) {
      const found = await byKey(channelKey(channelId));
      return found === null ? null : rowOf(found);
    },

    async latestChannel() {
      const live = { kind: { $eq: "channel" as ConversationRow["kind"] }, dead: { $eq: false } };
      const latest = () => conversations.findOne(live).sort({ seenAt: -1 }).lean<ConversationDocument>();
      const found = await asking(latest);
      return found === null ? null : rowOf(found);
    },

    async markDead(row) {
      await askingTwice(() => conversations.updateOne({ _id: conversationKey(row) }, { $set: { dead: true } }));
    },

    async forget(row) {
      await askingTwice(() => conversations.deleteOne({ _id: conversationKey(row) }));
    },
  };
}
