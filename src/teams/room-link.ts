import type { ConversationRow } from "../ports/conversations.js";

/** Address that opens a thread in Teams, or null where there is none to open. */
export function roomLink(
  conversationId: string,
  tenantId: string,
  channel: Pick<ConversationRow, "groupId"> | null,
): string | null {
  const [channelId, root] = conversationId.split(";messageid=");
  if (channelId === undefined || root === undefined) return null;
  const query = new URLSearchParams({ tenantId, parentMessageId: root });
  if (channel?.groupId) query.set("groupId", channel.groupId);
  return `https://teams.microsoft.com/l/message/${encodeURIComponent(channelId)}/${root}?${query.toString()}`;
}
