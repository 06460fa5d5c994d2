import type { ConversationRow, Conversations } from "../../../src/ports/conversations.js";

type Kept = { readonly row: ConversationRow; readonly dead: boolean; readonly seen: number };

/** Conversations that live as long as the test. */
export function createMemoryConversations(): Conversations {
  const rows = new Map<string, Kept>();
  let seen = 0;
  const keyOf = ({ kind, userId, channelId, conversationId }: ConversationRow): string =>
    kind === "personal" ? `person:${userId}` : kind === "channel" ? `channel:${channelId}` : `chat:${conversationId}`;
  return {
    async remember(row) {
      const before = rows.get(keyOf(row))?.row;
      const groupId = row.groupId ?? before?.groupId ?? null;
      const kept =
        row.kind === "channel"
          ? { ...row, groupId, conversationId: row.channelId ?? row.conversationId, rootActivityId: null }
          : { ...row, groupId };
      seen += 1;
      rows.set(keyOf(row), { row: kept, dead: false, seen });
    },
    async personal(userId) {
      const found = rows.get(`person:${userId}`);
      return found === undefined ? null : { row: found.row, dead: found.dead };
    },
    async channel(channelId) {
      return rows.get(`channel:${channelId}`)?.row ?? null;
    },
    async latestChannel() {
      const live = [...rows.values()].filter(({ row, dead }) => row.kind === "channel" && !dead);
      return live.sort((one, other) => other.seen - one.seen)[0]?.row ?? null;
    },
    async markDead(row) {
      const found = rows.get(keyOf(row));
      if (found !== undefined) rows.set(keyOf(row), { ...found, dead: true });
    },
    async forget(row) {
      rows.delete(keyOf(row));
    },
  };
}
