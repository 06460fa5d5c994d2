// Rooms and messages of incidents on Teams: a room is a thread of a channel, named by its conversation id.
import { ChatFault } from "../ports/chat-rooms.js";
import type { ConversationRow, Conversations } from "../ports/conversations.js";
import type { MessageRef, RoomRef } from "../ports/places.js";
import { GLOBAL_SERVICE_URL } from "./service-urls.js";
import { rootOf, type TeamsPort } from "./teams-port.js";
import type { TeamsSettings } from "./teams-settings.js";

/** Finds the conversations that rooms and people stand for. */
export type TeamsPlaces = {
  /** The conversation of a room. */
  rowOf(roomId: string): Promise<ConversationRow>;
  /** The conversation with a person, opened when there is none. Throws person_unreachable when it was refused for good. */
  personalRow(userId: string): Promise<ConversationRow>;
};

/** What finding needs. */
export type TeamsPlacesDeps = {
  readonly port: Pick<TeamsPort, "directMessage">;
  readonly conversations: Conversations;
  readonly settings: Pick<TeamsSettings, "tenantId" | "serviceUrls">;
};

const CHANNEL = /^19:[^;]+@thread\.(?:tacv2|skype)$/;

/** Tells whether an id is that of a channel itself, in which a message begins a new thread. */
export const isChannelId = (roomId: string): boolean => CHANNEL.test(roomId);

/** The room of a thread. */
export const roomRef = (conversationId: string): RoomRef => ({ platform: "teams", roomId: conversationId });

/** The first message of a thread, which is the incident's card; null for other conversations. */
export function rootMessage(roomId: string): MessageRef | null {
  const root = rootOf(roomId);
  return root === null ? null : { platform: "teams", roomId, messageId: root };
}

/** What the pacing counts by: a channel with all its threads, or a chat. */
export const pacedBy = (row: ConversationRow): string => row.channelId ?? row.conversationId;

/** Creates the finder. */
export function createTeamsPlaces({ port, conversations, settings }: TeamsPlacesDeps): TeamsPlaces {
  const opening = new Map<string, Promise<ConversationRow>>();

  async function serviceUrl(): Promise<string> {
    const heardFrom = await conversations.latestChannel();
    return heardFrom?.serviceUrl ?? settings.serviceUrls?.[0] ?? GLOBAL_SERVICE_URL;
  }

  async function open(userId: string): Promise<ConversationRow> {
    const row = await port.directMessage({ userId, tenantId: settings.tenantId, serviceUrl: await serviceUrl() });
    await conversations.remember(row);
    return row;
  }

  return {
    async rowOf(roomId) {
      const [base = roomId] = roomId.split(";", 1);
      const isChannel = isChannelId(base);
      const known = isChannel ? await conversations.channel(base) : null;
      return {
        kind: isChannel ? "channel" : "chat",
        tenantId: settings.tenantId,
        teamId: known?.teamId ?? null,
        groupId: known?.groupId ?? null,
        channelId: isChannel ? base : null,
        userId: null,
        conversationId: roomId,
        rootActivityId: rootOf(roomId),
        serviceUrl: known?.serviceUrl ?? (await serviceUrl()),
      };
    },

    async personalRow(userId) {
      const known = await conversations.personal(userId);
      if (known?.dead === true) throw new ChatFault("person_unreachable", { retryable: false });
      if (known !== null) return known.row;
      // Two pages of one person at once open one conversation.
      const opened = opening.get(userId) ?? open(userId).finally(() => opening.delete(userId));
      opening.set(userId, opened);
      return opened;
    },
  };
}
