// What the bot may write through the Bot Connector: new conversations, messages, changes, deletions.
import { adaptiveCardLimits } from "../../limits/adaptive-cards.js";
import { teamsDeadEnds } from "../../limits/teams.js";
import { isJson, type Json } from "../slack/wire.js";
import { mentionTexts, objectsIn, textIn } from "./card-text.js";
import { ConnectorRefusal } from "./connector-refusal.js";
import { memberById, personalChat, splitConversationId, threadId } from "./directory.js";
import { addMessage, changeMessage, deleteMessage, type NewMessage } from "./messages.js";
import type { Conversation, Member, TeamsMessage, Tenant } from "./tenant.js";
import { cardProblems } from "./validate-card.js";

/** What the connector answers. */
export interface ConnectorAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** Content type of Adaptive Cards. */
export const adaptiveCardType = "application/vnd.microsoft.card.adaptive";

/** POST /v3/conversations: a new thread of a channel, or the chat with one person. */
export function createConversation(tenant: Tenant, body: Json, serviceUrl: string): ConnectorAnswer {
  const data = isJson(body["channelData"]) ? body["channelData"] : {};
  const tenantData = isJson(data["tenant"]) ? data["tenant"] : {};
  checkTenant(tenant, body["tenantId"] ?? tenantData["id"]);
  const activity = isJson(body["activity"]) ? body["activity"] : undefined;
  if (body["isGroup"] === true || data["channel"] !== undefined) {
    const channel = isJson(data["channel"]) ? data["channel"] : {};
    return newThread(tenant, textIn(channel["id"]), { activity, serviceUrl });
  }
  const members = objectsIn(body["members"]);
  const [only] = members;
  if (members.length !== 1 || only === undefined) {
    throw new ConnectorRefusal(400, "BadSyntax", "Incorrect conversation creation parameters");
  }
  const member = memberById(tenant, textIn(only["id"]));
  if (!member) throw new ConnectorRefusal(400, "BadArgument", "Failed to decrypt pairwise id");
  checkReachable(member);
  const chat = personalChat(tenant, member);
  const made = activity && isMessage(activity) ? post(tenant, chat, activity) : undefined;
  return { status: 201, body: { id: chat.id, serviceUrl, ...(made ? { activityId: made.id } : {}) } };
}

function newThread(
  tenant: Tenant,
  channelId: string,
  { activity, serviceUrl }: { activity: Json | undefined; serviceUrl: string },
): ConnectorAnswer {
  const channel = conversationAt(tenant, channelId).conversation;
  if (activity === undefined) {
    throw new ConnectorRefusal(400, "BadSyntax", "Incorrect conversation creation parameters");
  }
  const made = post(tenant, channel, activity);
  return { status: 201, body: { id: threadId(channel, made.id), activityId: made.id, serviceUrl } };
}

/** POST …/activities and …/activities/{id}: the id is a reply's target only where the conversation names no thread. */
export function sendActivity(
  tenant: Tenant,
  conversationId: string,
  target: string | undefined,
  activity: Json,
): ConnectorAnswer {
  const { conversation, rootId } = conversationAt(tenant, conversationId);
  if (activity["type"] === "typing") return { status: 201, body: { id: tenant.nextMessageId() } };
  const answered = conversation.member === undefined ? findMessage(conversation, target) : undefined;
  const made = post(tenant, conversation, activity, rootId ?? answered?.rootId);
  return { status: 201, body: { id: made.id } };
}

/** PUT …/activities/{id}. */
export function updateActivity(
  tenant: Tenant,
  conversationId: string,
  messageId: string,
  activity: Json,
): ConnectorAnswer {
  const { conversation } = conversationAt(tenant, conversationId);
  const message = ownMessage(conversation, messageId);
  changeMessage(tenant, conversation, message, contentOf(tenant, activity));
  return { status: 200, body: { id: message.id } };
}

/** DELETE …/activities/{id}. */
export function deleteActivity(tenant: Tenant, conversationId: string, messageId: string): ConnectorAnswer {
  const { conversation } = conversationAt(tenant, conversationId);
  deleteMessage(tenant, conversation, ownMessage(conversation, messageId));
  return { status: 200 };
}

/** The conversation that an id names, when the bot may use it. */
export function conversationAt(
  tenant: Tenant,
  id: string,
): { readonly conversation: Conversation; readonly rootId: string | undefined } {
  const { base, rootId } = splitConversationId(id);
  const conversation = tenant.conversations.get(base);
  const threadKnown = rootId === undefined || findMessage(conversation, rootId) !== undefined;
  if (!conversation || !threadKnown) throw new ConnectorRefusal(404, "ConversationNotFound", "Conversation not found.");
  const member = conversation.member === undefined ? undefined : tenant.members.get(conversation.member);
  if (member) checkReachable(member);
  else if (!tenant.team.installed) throw notInRoster();
  return { conversation, rootId };
}

function checkReachable(member: Member): void {
  if (member.blocked) {
    throw new ConnectorRefusal(403, teamsDeadEnds.blocked, "The person blocked the conversation with the bot.");
  }
  if (!member.installed) throw notInRoster();
}

function notInRoster(): ConnectorRefusal {
  return new ConnectorRefusal(403, teamsDeadEnds.notInstalled, "The bot is not part of the conversation roster.");
}

function checkTenant(tenant: Tenant, asked: unknown): void {
  if (asked === tenant.tenantId) return;
  throw new ConnectorRefusal(400, "BadSyntax", "Incorrect conversation creation parameters: tenantId");
}

function findMessage(conversation: Conversation | undefined, id: string | undefined): TeamsMessage | undefined {
  return id === undefined ? undefined : conversation?.messages.find((message) => message.id === id);
}

function ownMessage(conversation: Conversation, id: string): TeamsMessage {
  const message = findMessage(conversation, id);
  if (!message || message.deleted) {
    throw new ConnectorRefusal(404, "ActivityNotFoundInConversation", "The activity is not in the conversation.");
  }
  if (message.from !== undefined) {
    throw new ConnectorRefusal(403, "NotEnoughPermissions", "The bot can change only its own messages.");
  }
  return message;
}

function isMessage(activity: Json): boolean {
  return activity["type"] === "message";
}

function post(tenant: Tenant, conversation: Conversation, activity: Json, rootId?: string): TeamsMessage {
  const inThread = conversation.member === undefined ? rootId : undefined;
  return addMessage(tenant, conversation, { from: undefined, rootId: inThread, ...contentOf(tenant, activity) });
}

/** The text and cards of a message, checked. */
function contentOf(tenant: Tenant, activity: Json): Pick<NewMessage, "text" | "cards" | "activity"> {
  if (!isMessage(activity)) {
    throw new ConnectorRefusal(400, "BadArgument", `Activities of type ${String(activity["type"])} are not taken`);
  }
  const text = textIn(activity["text"]);
  const attachments = objectsIn(activity["attachments"]);
  if (text === "" && attachments.length === 0) {
    throw new ConnectorRefusal(400, "BadSyntax", "The activity has neither text nor attachments");
  }
  for (const mention of mentionTexts(activity["entities"])) {
    if (!text.includes(mention))
      throw new ConnectorRefusal(400, "BadArgument", `The mention ${mention} is not in the text`);
  }
  const cards = attachments.map(cardOf);
  const mentioned = [activity, ...cards.map(({ msteams }) => (isJson(msteams) ? msteams : {}))];
  for (const { entities } of mentioned) checkMentioned(tenant, entities);
  return { text, cards, activity };
}

function cardOf({ contentType, content }: Json): Json {
  if (contentType !== adaptiveCardType) {
    throw new ConnectorRefusal(400, "BadArgument", `Unknown attachment type ${String(contentType)}`);
  }
  const problems = cardProblems(content);
  if (!isJson(content) || problems.length > 0) {
    throw new ConnectorRefusal(400, "BadArgument", `The card is not valid: ${problems.join("; ")}`);
  }
  return content;
}

function checkMentioned(tenant: Tenant, entities: unknown): void {
  for (const { type, mentioned } of objectsIn(entities)) {
    if (type !== "mention") continue;
    const id = isJson(mentioned) ? textIn(mentioned["id"]) : "";
    const known = id === tenant.botId || memberById(tenant, id) !== undefined;
    if (!known) throw new ConnectorRefusal(400, "BadArgument", `The mentioned id "${id}" is nobody`);
  }
}

/** Refuses a payload that Teams would find too large; it counts UTF-16. */
export function checkSize(payload: string): void {
  if (payload.length * 2 <= adaptiveCardLimits.messageBytes) return;
  throw new ConnectorRefusal(413, "MessageSizeTooBig", "Message size too large.");
}
