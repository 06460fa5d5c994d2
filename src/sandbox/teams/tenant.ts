// The state of the local Teams tenant: people, one team with its channels, personal chats, messages and open dialogs.
// Rules live beside it, one file per topic.
import { randomUUID } from "node:crypto";
import { createTranscript, type WritableTranscript } from "../slack/transcript.js";
import type { Json } from "../slack/wire.js";

/** A person of the tenant. */
export interface Member {
  /** The id under which the bot knows the person, `29:…`. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly timezone: string;
  readonly tenantId: string;
  /** Whether the person belongs to the team. */
  readonly inTeam: boolean;
  /** Whether the bot may open a chat with the person. */
  installed: boolean;
  /** Whether the person blocked the bot. */
  blocked: boolean;
}

/** A message; in a channel `rootId` names the post that opened its thread, which may be itself. */
export interface TeamsMessage {
  readonly id: string;
  readonly rootId: string;
  /** Id of the member, or undefined for the bot. */
  readonly from: string | undefined;
  /** The bot's activity as it was sent; for people only what they wrote. */
  activity: Json;
  text: string;
  cards: readonly Json[];
  edited: boolean;
  deleted: boolean;
  /** The card as one person sees it after an Action.Execute of theirs was answered with a card. */
  readonly cardFor: Map<string, Json>;
  /** Words that one person was shown in answer to an Action.Execute. */
  readonly wordsFor: Map<string, string>;
}

/** A channel, or the personal chat of one member with the bot. */
export interface Conversation {
  readonly id: string;
  readonly name: string;
  readonly member: string | undefined;
  readonly messages: TeamsMessage[];
}

/** A dialog (task module) as one person has it open. */
export interface Dialog {
  readonly id: string;
  readonly conversation: Conversation;
  readonly message: TeamsMessage;
  title: string;
  width: unknown;
  height: unknown;
  card: Json | undefined;
  /** Words shown instead of a card. */
  words: string | undefined;
  values: Map<string, string>;
  errors: ReadonlyMap<string, string>;
}

/** A team to set up. The channel whose id is the team's is the general one; it is added when it is missing. */
export interface SeedTeam {
  readonly id: string;
  readonly name: string;
  readonly aadGroupId: string;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
}

/** Everything that the tenant knows. */
export interface Tenant {
  readonly appId: string;
  readonly botId: string;
  readonly botName: string;
  readonly tenantId: string;
  readonly language: "pt-BR" | "en";
  readonly team: SeedTeam & { installed: boolean };
  readonly members: Map<string, Member>;
  readonly conversations: Map<string, Conversation>;
  /** The open dialog of each member. */
  readonly dialogs: Map<string, Dialog>;
  readonly transcript: WritableTranscript;
  now(): Date;
  /** Ids of messages are the milliseconds of their time, and never the same twice. */
  nextMessageId(): string;
}

/** What a new tenant needs to know. */
export interface TenantOptions {
  readonly appId: string;
  readonly tenantId: string;
  readonly botName: string;
  readonly language: "pt-BR" | "en";
  readonly team: SeedTeam;
  readonly now: () => Date;
}

/** Creates a tenant whose team has no people yet. */
export function createTenant(options: TenantOptions): Tenant {
  const { appId, tenantId, botName, language, team, now } = options;
  let lastId = 0;
  const general = { id: team.id, name: language === "en" ? "General" : "Geral" };
  const channels = team.channels.some(({ id }) => id === team.id) ? team.channels : [general, ...team.channels];
  const conversations = channels.map(({ id, name }): Conversation => ({ id, name, member: undefined, messages: [] }));
  return {
    appId,
    botId: `28:${appId}`,
    botName,
    tenantId,
    language,
    team: { ...team, channels, installed: true },
    members: new Map(),
    conversations: new Map(conversations.map((conversation) => [conversation.id, conversation])),
    dialogs: new Map(),
    transcript: createTranscript(now),
    now,
    nextMessageId() {
      lastId = Math.max(now().getTime(), lastId + 1);
      return String(lastId);
    },
  };
}

/** An id as Teams makes them for people and chats, different in each run. */
export function pairwiseId(prefix: string): string {
  return `${prefix}${Buffer.from(`${randomUUID()}${randomUUID()}`).toString("base64url").slice(0, 64)}`;
}
