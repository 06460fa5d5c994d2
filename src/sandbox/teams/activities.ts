// The activities that Teams sends to the bot, in the shapes that it documents.
import { randomUUID } from "node:crypto";
import type { Json } from "../slack/wire.js";
import { threadId } from "./directory.js";
import type { Conversation, Member, TeamsMessage, Tenant } from "./tenant.js";

/** What every activity says: where, by whom, to whom. */
export interface ActivityGround {
  readonly tenant: Tenant;
  readonly serviceUrl: string;
}

/** Where something happens: a channel's thread when `rootId` is given. */
export interface ActivityPlace {
  readonly conversation: Conversation;
  readonly rootId?: string | undefined;
}

/** An activity from a person. */
export function fromPerson(
  { tenant, serviceUrl }: ActivityGround,
  { conversation, rootId }: ActivityPlace,
  member: Member,
): Json {
  const inChannel = conversation.member === undefined;
  const timezone = member.timezone;
  return {
    id: `f:${randomUUID()}`,
    timestamp: tenant.now().toISOString(),
    localTimezone: timezone,
    serviceUrl,
    channelId: "msteams",
    from: { id: member.id, name: member.name, aadObjectId: member.aadObjectId },
    conversation: {
      ...(inChannel ? { isGroup: true } : {}),
      conversationType: inChannel ? "channel" : "personal",
      tenantId: member.tenantId,
      id: rootId === undefined ? conversation.id : threadId(conversation, rootId),
    },
    recipient: { id: tenant.botId, name: tenant.botName },
    entities: [{ type: "clientInfo", locale: tenant.language, country: "BR", platform: "Web", timezone }],
    channelData: channelData(tenant, conversation, member.tenantId),
    locale: tenant.language,
  };
}

function channelData({ team }: Tenant, conversation: Conversation, tenantId: string): Json {
  const tenant = { tenant: { id: tenantId } };
  if (conversation.member !== undefined) return tenant;
  const { id, name, aadGroupId } = team;
  return {
    teamsChannelId: conversation.id,
    teamsTeamId: id,
    channel: { id: conversation.id },
    team: { id, name, aadGroupId },
    ...tenant,
  };
}

/** A mention as activities carry it. */
export function mentionEntity(id: string, name: string): Json {
  return { type: "mention", mentioned: { id, name }, text: `<at>${name}</at>` };
}

/** What a person wrote. */
export function messageActivity(
  base: Json,
  message: Pick<TeamsMessage, "id" | "rootId" | "text">,
  mentions: readonly Json[],
): Json {
  const html = message.text.replace(/<at>(.*?)<\/at>/g, '<span itemtype="http://schema.skype.com/Mention">$1</span>');
  return {
    ...base,
    id: message.id,
    type: "message",
    textFormat: "plain",
    text: message.text,
    attachments: [{ contentType: "text/html", content: `<div>${html}</div>` }],
    entities: [...mentions, ...(base["entities"] as readonly Json[])],
    ...(message.rootId === message.id ? {} : { replyToId: message.rootId }),
  };
}

/** A card's Action.Submit. */
export function submitActivity(base: Json, messageId: string, value: unknown): Json {
  return {
    ...base,
    type: "message",
    replyToId: messageId,
    value,
    channelData: { ...(base["channelData"] as Json), source: { name: "message" }, legacy: { replyToId: messageId } },
  };
}

/** An invoke that waits for the bot's answer. */
export function invokeActivity(base: Json, messageId: string, name: string, value: Json): Json {
  return {
    ...base,
    type: "invoke",
    name,
    replyToId: messageId,
    value,
    channelData: { ...(base["channelData"] as Json), source: { name: "message" } },
  };
}

/** The bot or people come or go; both activities of an installation name it. */
export function rosterActivity(base: Json, change: "membersAdded" | "membersRemoved", accounts: readonly Json[]): Json {
  const eventType = change === "membersAdded" ? "teamMemberAdded" : "teamMemberRemoved";
  const data = base["channelData"] as Json;
  const channelDataOfChange = data["team"] === undefined ? data : { ...data, eventType };
  return { ...base, type: "conversationUpdate", [change]: accounts, channelData: channelDataOfChange };
}

/** The app is installed, installed again in a new version, or removed. */
export function installationActivity(base: Json, action: "add" | "add-upgrade" | "remove"): Json {
  const data = base["channelData"] as Json;
  const selected = data["channel"] === undefined ? data : { ...data, settings: { selectedChannel: data["channel"] } };
  return { ...base, type: "installationUpdate", action, channelData: { ...selected, source: { name: "message" } } };
}
