// Finding people and conversations by what callers know of them, and adding people.
import { randomUUID } from "node:crypto";
import { type Conversation, type Member, pairwiseId, type TeamsMessage, type Tenant } from "./tenant.js";

/** A person to create. */
export interface SeedMember {
  readonly name: string;
  /** Short name for tests; the default is the first name, without accents. */
  readonly handle?: string;
  readonly aadObjectId?: string;
  readonly email?: string;
  readonly timezone?: string;
  /** A guest's home tenant; the default is the tenant of the sandbox. */
  readonly tenantId?: string;
  /** False for people outside the team. */
  readonly inTeam?: boolean;
  /** False when the bot was never installed for this person. */
  readonly installed?: boolean;
  /** True when the person blocked the bot. */
  readonly blocked?: boolean;
}

/** Words without accents and capitals, for comparing names. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** Adds a person to the tenant. */
export function addMember(tenant: Tenant, seed: SeedMember): Member {
  const handle = seed.handle ?? folded(seed.name).split(/\s+/)[0] ?? "";
  const taken = [...tenant.members.values()].some((member) => member.handle === handle);
  if (handle === "" || taken) throw new Error(`"${seed.name}" needs a handle of their own; "${handle}" is taken`);
  const member: Member = {
    id: pairwiseId("29:"),
    aadObjectId: seed.aadObjectId ?? randomUUID(),
    handle,
    name: seed.name,
    email: seed.email ?? `${folded(seed.name).replaceAll(/\s+/g, ".")}@cubo.example`,
    timezone: seed.timezone ?? "America/Sao_Paulo",
    tenantId: seed.tenantId ?? tenant.tenantId,
    inTeam: seed.inTeam ?? true,
    installed: seed.installed ?? true,
    blocked: seed.blocked ?? false,
  };
  tenant.members.set(member.id, member);
  return member;
}

/** The member with this bot id, Entra id or e-mail, as the Bot Connector accepts them. */
export function memberById(tenant: Tenant, id: string): Member | undefined {
  const known = tenant.members.get(id);
  if (known) return known;
  const wanted = id.replace(/^8:orgid:/, "").toLowerCase();
  return [...tenant.members.values()].find(({ aadObjectId, email }) =>
    [aadObjectId, email].some((candidate) => candidate.toLowerCase() === wanted),
  );
}

/** The member whom a test or the page names by handle, name or any id. */
export function memberNamed(tenant: Tenant, name: string): Member | undefined {
  const wanted = folded(name.replace(/^@/, ""));
  const named = [...tenant.members.values()].find(
    (member) => member.handle === wanted || folded(member.name) === wanted,
  );
  return named ?? memberById(tenant, name);
}

/** Handle of the author of a message, for the transcript. */
export function authorOf(tenant: Tenant, message: TeamsMessage): string {
  if (message.from === undefined) return tenant.botName;
  return tenant.members.get(message.from)?.handle ?? message.from;
}

/** The parts of a conversation id: threads of channels carry the id of their first message. */
export function splitConversationId(id: string): { readonly base: string; readonly rootId: string | undefined } {
  const [base = id, rootId] = id.split(";messageid=", 2);
  return { base, rootId };
}

/** The conversation id of a thread; personal chats have no threads. */
export function threadId(conversation: Conversation, rootId: string): string {
  return conversation.member === undefined ? `${conversation.id};messageid=${rootId}` : conversation.id;
}

/** The personal chat of a member with the bot, made when it does not exist yet. */
export function personalChat(tenant: Tenant, member: Member): Conversation {
  const existing = [...tenant.conversations.values()].find((conversation) => conversation.member === member.id);
  if (existing) return existing;
  const chat: Conversation = { id: pairwiseId("a:1"), name: "", member: member.id, messages: [] };
  tenant.conversations.set(chat.id, chat);
  return chat;
}

/** The channel with this id or name, with or without a hash sign. */
export function channelNamed(tenant: Tenant, nameOrId: string): Conversation | undefined {
  const wanted = folded(nameOrId.replace(/^#/, ""));
  return [...tenant.conversations.values()].find(
    ({ id, name, member }) => member === undefined && (id === nameOrId || folded(name) === wanted),
  );
}

/** The general channel, whose id is the team's. */
export function generalChannel(tenant: Tenant): Conversation {
  const general = tenant.conversations.get(tenant.team.id);
  if (!general) throw new Error("The team has no general channel");
  return general;
}
