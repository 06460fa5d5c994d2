// Everything that the bot asks of Teams, in neutral words. Nobody else calls the connector.
import type { Activity, ConversationParameters, TeamsChannelAccount } from "botbuilder";
import type { ConnectorClient } from "botframework-connector";
import { ChatFault } from "../ports/chat-rooms.js";
import type { ConversationRow } from "../ports/conversations.js";
import type { AdaptiveCard } from "./adaptive-card.js";
import type { ConnectorClients } from "./connector-clients.js";
import type { ConnectorCredentials } from "./connector-credentials.js";
import { record, textOr } from "./read-field.js";
import { toChatFault } from "./teams-fault.js";

/** A message: its card, and the sentence that notifications show. */
export type TeamsMessage = {
  readonly card: AdaptiveCard;
  readonly summary: string;
  /** Shows in the person's activity feed; for personal messages only. */
  readonly alert?: boolean;
};

/** Somebody in a conversation. */
export type Member = {
  readonly userId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly tenantId: string | null;
};

/** Teams as the bot uses it; every method throws ChatFault. */
export type TeamsPort = {
  /** Starts a thread in a channel. */
  postCard(channel: ConversationRow, message: TeamsMessage): Promise<ConversationRow>;
  /** Says something in a conversation; the id of the message. */
  reply(row: ConversationRow, message: TeamsMessage): Promise<string>;
  /** Replaces a message; false when it is gone. */
  updateCard(row: ConversationRow, activityId: string, message: TeamsMessage): Promise<boolean>;
  /** Opens the conversation with one person. */
  directMessage(person: {
    readonly userId: string;
    readonly tenantId: string;
    readonly serviceUrl: string;
  }): Promise<ConversationRow>;
  /** Everybody in a conversation; for a channel, everybody in its team. */
  members(row: ConversationRow): Promise<readonly Member[]>;
  /** One member by any of their ids; null when Teams knows nobody of that id there. */
  member(row: ConversationRow, id: string): Promise<Member | null>;
  /** Gets the bot's token, so that nobody has to wait for it later. */
  warm(): Promise<void>;
};

const CARD_TYPE = "application/vnd.microsoft.card.adaptive";
const PAGE_SIZE = 500;

type PageOptions = { readonly pageSize: number; readonly continuationToken?: string };

/** Creates the port. */
export function createTeamsPort(
  clients: ConnectorClients,
  credentials: ConnectorCredentials,
  appId: string,
): TeamsPort {
  const bot = { id: `28:${appId}`, name: "Plantão" };

  async function call<T>(serviceUrl: string, work: (client: ConnectorClient) => Promise<T>): Promise<T> {
    try {
      return await work(await clients(serviceUrl));
    } catch (error) {
      const fault = toChatFault(error);
      // A token that was taken back is not asked for again by itself.
      if (fault.code === "teams_auth") await credentials.getToken(true).catch(() => undefined);
      throw fault;
    }
  }

  return {
    postCard: (channel, message) =>
      call(channel.serviceUrl, async (client) => {
        const channelId = channel.channelId ?? channel.conversationId;
        const made = await client.conversations.createConversation({
          isGroup: true,
          tenantId: channel.tenantId,
          bot,
          channelData: { channel: { id: channelId }, tenant: { id: channel.tenantId } },
          activity: activityOf(message, bot),
        } as unknown as ConversationParameters);
        const { id } = made;
        const root = textOr(made.activityId) ?? rootOf(id);
        if (!id || root === null) throw new ChatFault("teams_unreachable", { retryable: true });
        const conversationId = rootOf(id) === null ? `${id};messageid=${root}` : id;
        return { ...channel, channelId, conversationId, rootActivityId: root };
      }),

    reply: (row, message) =>
      call(row.serviceUrl, async (client) => {
        const activity = { ...activityOf(message, bot), conversation: { id: row.conversationId } } as Activity;
        const { id } = await client.conversations.sendToConversation(row.conversationId, activity);
        if (!id) throw new ChatFault("teams_unreachable", { retryable: true });
        return id;
      }),

    async updateCard(row, activityId, message) {
      try {
        await call(row.serviceUrl, (client) => {
          const activity = { ...activityOf(message, bot), id: activityId, conversation: { id: row.conversationId } };
          return client.conversations.updateActivity(row.conversationId, activityId, activity as Activity);
        });
        return true;
      } catch (error) {
        if (error instanceof ChatFault && error.code === "teams_room_gone") return false;
        throw error;
      }
    },

    directMessage: ({ userId, tenantId, serviceUrl }) =>
      call(serviceUrl, async (client) => {
        const { id } = await client.conversations.createConversation({
          isGroup: false,
          tenantId,
          bot,
          members: [{ id: userId }],
          channelData: { tenant: { id: tenantId } },
        } as unknown as ConversationParameters);
        if (!id) throw new ChatFault("teams_unreachable", { retryable: true });
        return {
          kind: "personal",
          tenantId,
          teamId: null,
          groupId: null,
          channelId: null,
          userId,
          conversationId: id,
          rootActivityId: null,
          serviceUrl,
        };
      }),

    members: (row) =>
      call(row.serviceUrl, async (client) => {
        const found: Member[] = [];
        let continuationToken: string | undefined;
        do {
          const options = { pageSize: PAGE_SIZE, ...(continuationToken === undefined ? {} : { continuationToken }) };
          // The SDK's types ask for a token also where there is none yet.
          const page = await client.conversations.getConversationPagedMembers(
            rosterOf(row),
            options as Required<PageOptions>,
          );
          found.push(...page.members.map(memberOf));
          continuationToken = page.continuationToken || undefined;
        } while (continuationToken !== undefined);
        return found;
      }),

    async member(row, id) {
      try {
        const found = await call(row.serviceUrl, (client) =>
          client.conversations.getConversationMember(rosterOf(row), id),
        );
        return memberOf(found as TeamsChannelAccount);
      } catch (error) {
        if (error instanceof ChatFault && error.code === "teams_room_gone") return null;
        throw error;
      }
    },

    async warm() {
      try {
        await credentials.getToken();
      } catch (error) {
        throw toChatFault(error);
      }
    },
  };
}

/** The first message of a thread, by the conversation's id. */
export function rootOf(conversationId: string): string | null {
  return /;messageid=(\d+)$/.exec(conversationId)?.[1] ?? null;
}

/** People are members of the team, not of a channel or a thread. */
const rosterOf = (row: ConversationRow): string =>
  row.kind === "channel" ? (row.teamId ?? row.channelId ?? row.conversationId) : row.conversationId;

function activityOf({ card, summary, alert }: TeamsMessage, bot: { readonly id: string; readonly name: string }) {
  return {
    type: "message",
    from: bot,
    summary,
    attachments: [{ contentType: CARD_TYPE, content: card }],
    ...(alert === true ? { channelData: { notification: { alert: true } } } : {}),
  };
}

function memberOf(account: unknown): Member {
  const { aadObjectId, objectId, name, email, userPrincipalName, tenantId } = record(account);
  return {
    userId: textOr(aadObjectId) ?? textOr(objectId),
    name: textOr(name) ?? "",
    email: textOr(email) ?? textOr(userPrincipalName),
    tenantId: textOr(tenantId),
  };
}
