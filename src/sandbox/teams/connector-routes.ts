// Which operation a v3 request asks for. Ids are percent-encoded in the path.
import { isJson, type Json, parseJson } from "../slack/wire.js";
import { objectsIn } from "./card-text.js";
import { getMember, getTeam, listChannels, listMembers, pageMembers } from "./connector-reads.js";
import { ConnectorRefusal } from "./connector-refusal.js";
import {
  type ConnectorAnswer,
  checkSize,
  createConversation,
  deleteActivity,
  sendActivity,
  updateActivity,
} from "./connector-writes.js";
import { splitConversationId } from "./directory.js";
import type { Operation } from "./misbehaviour.js";
import type { Tenant } from "./tenant.js";

/** A request for one operation. */
export interface ConnectorCall {
  readonly operation: Operation;
  readonly kind: "write" | "read" | "other";
  /** What the throttling counts by: a chat, or a channel with all its threads. */
  conversation(body: string): string;
  run(body: string): ConnectorAnswer;
}

/** The state and address that operations work on. */
export interface ConnectorGround {
  readonly tenant: Tenant;
  readonly serviceUrl: () => string;
}

/** The operation for a method and the part of the path after /v3/, or undefined when there is none. */
export function connectorCall(
  ground: ConnectorGround,
  method: string,
  path: string,
  query: URLSearchParams,
): ConnectorCall | undefined {
  const [collection, id, part, partId, ...rest] = path.split("/").map(decoded);
  if (rest.length > 0) return undefined;
  if (collection === "teams" && method === "GET" && id !== undefined) return teamCall(ground.tenant, id, part, partId);
  if (collection !== "conversations") return undefined;
  if (id === undefined) return method === "POST" ? createCall(ground) : undefined;
  if (part === "activities") return activityCall(ground.tenant, method, id, partId);
  return method === "GET" ? memberCall(ground.tenant, id, part, { partId, query }) : undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ConnectorRefusal(400, "BadSyntax", "Bad format of conversation ID");
  }
}

function createCall({ tenant, serviceUrl }: ConnectorGround): ConnectorCall {
  return {
    operation: "create",
    kind: "write",
    conversation: conversationToCreate,
    run: (body) => createConversation(tenant, payload(body), serviceUrl()),
  };
}

/** The channel, or the person whose chat it is. */
function conversationToCreate(body: string): string {
  const parsed = parseJson(body);
  const { channelData, members } = isJson(parsed) ? parsed : {};
  const channel = isJson(channelData) && isJson(channelData["channel"]) ? channelData["channel"] : undefined;
  return String(channel?.["id"] ?? objectsIn(members)[0]?.["id"]);
}

function activityCall(tenant: Tenant, method: string, id: string, target?: string): ConnectorCall | undefined {
  const where = { kind: "other", conversation: () => splitConversationId(id).base } as const;
  if (method === "POST") {
    const run: ConnectorCall["run"] = (body) => sendActivity(tenant, id, target, payload(body));
    return { ...where, kind: "write", operation: "send", run };
  }
  if (target === undefined) return undefined;
  if (method === "PUT") {
    return { ...where, operation: "update", run: (body) => updateActivity(tenant, id, target, payload(body)) };
  }
  if (method === "DELETE") return { ...where, operation: "delete", run: () => deleteActivity(tenant, id, target) };
  return undefined;
}

function memberCall(
  tenant: Tenant,
  id: string,
  part: string | undefined,
  { partId, query }: { partId: string | undefined; query: URLSearchParams },
): ConnectorCall | undefined {
  const where = { kind: "read", conversation: () => splitConversationId(id).base } as const;
  if (part === "members" && partId !== undefined) {
    return { ...where, operation: "member", run: () => getMember(tenant, id, partId) };
  }
  if (partId !== undefined) return undefined;
  if (part === "members") return { ...where, operation: "members", run: () => listMembers(tenant, id) };
  if (part === "pagedmembers") return { ...where, operation: "members", run: () => pageMembers(tenant, id, query) };
  return undefined;
}

function teamCall(tenant: Tenant, id: string, part?: string, partId?: string): ConnectorCall | undefined {
  if (partId !== undefined) return undefined;
  const where = { kind: "read", conversation: () => id } as const;
  if (part === undefined) return { ...where, operation: "team", run: () => getTeam(tenant, id) };
  if (part === "conversations") return { ...where, operation: "channels", run: () => listChannels(tenant, id) };
  return undefined;
}

function payload(body: string): Json {
  checkSize(body);
  const parsed = parseJson(body);
  if (!isJson(parsed)) throw new ConnectorRefusal(400, "BadSyntax", "Invalid JSON");
  return parsed;
}
