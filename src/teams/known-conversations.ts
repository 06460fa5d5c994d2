// Spares the store a write for every activity of a conversation that has not changed.
import type { ConversationRow, Conversations } from "../ports/conversations.js";

const KEPT = 2_000;
// Another process may have marked the conversation meanwhile.
const WRITE_AGAIN_MS = 10 * 60_000;

/** The same conversations, written only when something is new. */
export function createKnownConversations(inner: Conversations, realNow: () => number): Conversations {
  const written = new Map<string, { readonly what: string; readonly at: number }>();
  const keyOf = ({ kind, userId, channelId, conversationId }: ConversationRow): string =>
    `${kind} ${userId ?? channelId ?? conversationId}`;

  async function remember(row: ConversationRow): Promise<void> {
    const key = keyOf(row);
    const what = [row.teamId, row.groupId, row.serviceUrl, row.channelId ?? row.conversationId].join(" ");
    const before = written.get(key);
    if (before?.what === what && realNow() - before.at < WRITE_AGAIN_MS) return;
    await inner.remember(row);
    written.delete(key);
    written.set(key, { what, at: realNow() });
    const oldest = written.keys().next();
    if (written.size > KEPT && !oldest.done) written.delete(oldest.value);
  }

  return {
    ...inner,
    remember,
    async markDead(row) {
      written.delete(keyOf(row));
      await inner.markDead(row);
    },
    async forget(row) {
      written.delete(keyOf(row));
      await inner.forget(row);
    },
  };
}
