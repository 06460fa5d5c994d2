// What the bot may read through the Bot Connector: members, the team, its channels.
import { teamsDeadEnds, teamsMemberPages } from "../../limits/teams.js";
import type { Json } from "../slack/wire.js";
import { ConnectorRefusal } from "./connector-refusal.js";
import { type ConnectorAnswer, conversationAt } from "./connector-writes.js";
import { memberById } from "./directory.js";
import type { Member, Tenant } from "./tenant.js";

/** GET …/members. */
export function listMembers(tenant: Tenant, conversationId: string): ConnectorAnswer {
  return { status: 200, body: roster(tenant, conversationId).map(account) };
}

/** GET …/pagedmembers. */
export function pageMembers(tenant: Tenant, conversationId: string, query: URLSearchParams): ConnectorAnswer {
  const all = roster(tenant, conversationId);
  const { smallest, largest, usual } = teamsMemberPages;
  const size = Math.min(largest, Math.max(smallest, Number(query.get("pageSize") ?? usual) || usual));
  const from = Number(Buffer.from(query.get("continuationToken") ?? "", "base64url").toString() || "0");
  const next = from + size < all.length ? Buffer.from(String(from + size)).toString("base64url") : undefined;
  const members = all.slice(from, from + size).map(account);
  return { status: 200, body: { members, ...(next === undefined ? {} : { continuationToken: next }) } };
}

/** GET …/members/{id}: the bot's id for the person, the Entra id or the address. */
export function getMember(tenant: Tenant, conversationId: string, id: string): ConnectorAnswer {
  const member = memberById(tenant, id);
  if (!member || !roster(tenant, conversationId).includes(member)) {
    throw new ConnectorRefusal(404, "MemberNotFoundInConversation", "The member is not in the conversation.");
  }
  return { status: 200, body: account(member) };
}

/** GET /v3/teams/{id}. */
export function getTeam(tenant: Tenant, id: string): ConnectorAnswer {
  const { name, aadGroupId } = ownTeam(tenant, id);
  return { status: 200, body: { id, name, aadGroupId } };
}

/** GET /v3/teams/{id}/conversations: the general channel has no name here. */
export function listChannels(tenant: Tenant, id: string): ConnectorAnswer {
  const { channels } = ownTeam(tenant, id);
  const conversations = channels.map((channel) => ({ id: channel.id, name: channel.id === id ? null : channel.name }));
  return { status: 200, body: { conversations } };
}

function ownTeam(tenant: Tenant, id: string): Tenant["team"] {
  if (id !== tenant.team.id) throw new ConnectorRefusal(404, "NotFound", "The team does not exist.");
  if (!tenant.team.installed) {
    throw new ConnectorRefusal(403, teamsDeadEnds.notInstalled, "The bot is not part of the conversation roster.");
  }
  return tenant.team;
}

function roster(tenant: Tenant, conversationId: string): readonly Member[] {
  const { conversation } = conversationAt(tenant, conversationId);
  const all = [...tenant.members.values()];
  return all.filter(({ id, inTeam }) => (conversation.member === undefined ? inTeam : id === conversation.member));
}

function account(member: Member): Json {
  const [givenName = "", ...surname] = member.name.split(" ");
  return {
    id: member.id,
    objectId: member.aadObjectId,
    aadObjectId: member.aadObjectId,
    name: member.name,
    givenName,
    surname: surname.join(" "),
    email: member.email,
    userPrincipalName: member.email,
    tenantId: member.tenantId,
    userRole: "user",
  };
}
