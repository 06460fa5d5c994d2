// What a Web API method receives, and the ways of reading its arguments, which arrive form-encoded or as JSON.
import { findChannel } from "./directory.js";
import { publicMessage } from "./message-changes.js";
import { SlackRefusal } from "./refusal.js";
import type { Triggers } from "./triggers.js";
import { isJson, type Json, parseJson } from "./wire.js";
import type { Channel, Message, User, Workspace } from "./workspace.js";

/** One call of the Web API after token, scope and rate were found good. */
export interface MethodCall {
  readonly ws: Workspace;
  readonly args: Json;
  readonly scopes: ReadonlySet<string>;
  readonly triggers: Triggers;
  /** Address of the page, without a slash at the end. */
  readonly pageUrl: string;
}

/** A Web API method: arguments in, the fields beside `ok: true` out; refusals are thrown. */
export type SlackMethod = (call: MethodCall) => Json;

/** Parses the body of a Web API call. */
export function parseArgs(contentType: string, body: string): Json {
  if (contentType.startsWith("application/json")) {
    const parsed = parseJson(body);
    if (!isJson(parsed)) throw new SlackRefusal("invalid_json");
    return parsed;
  }
  return Object.fromEntries(new URLSearchParams(body));
}

/** A text argument, empty when it is missing. */
export function textArg(call: MethodCall, name: string): string {
  const value = call.args[name];
  return value === undefined || value === null ? "" : String(value);
}

/** A text argument that must be there. */
export function neededArg(call: MethodCall, name: string, error = "invalid_arguments"): string {
  const value = textArg(call, name);
  if (value !== "") return value;
  throw new SlackRefusal(error, {
    response_metadata: { messages: [`[ERROR] missing required field: ${name} [json-pointer:/${name}]`] },
  });
}

/** A yes-or-no argument. */
export function flagArg(call: MethodCall, name: string): boolean {
  return ["true", "1"].includes(textArg(call, name));
}

/** A structured argument, given as JSON or as a string holding JSON. */
export function jsonArg(call: MethodCall, name: string): unknown {
  const value = call.args[name];
  return typeof value === "string" ? parseJson(value) : value;
}

/** A list argument, given as an array or separated by commas. */
export function listArg(call: MethodCall, name: string): string[] {
  const value = call.args[name];
  const items = Array.isArray(value) ? value.map(String) : textArg(call, name).split(",");
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

/** The conversation named by an id argument; private ones that the bot is not in do not exist for it. */
export function channelArg(call: MethodCall, name = "channel"): Channel {
  const channel = call.ws.channels.get(textArg(call, name));
  return visibleChannel(call, channel);
}

/** The conversation named by id, by name or by a person, as chat.postMessage allows. */
export function addressedChannel(call: MethodCall): Channel | undefined {
  return findChannel(call.ws, textArg(call, "channel"));
}

/** Refuses what the bot may not know of. */
export function visibleChannel(call: MethodCall, channel: Channel | undefined): Channel {
  const hidden = channel !== undefined && channel.kind !== "public" && !isMember(call, channel);
  if (!channel || hidden) throw new SlackRefusal("channel_not_found");
  return channel;
}

/** Tells whether the bot is in a conversation. */
export function isMember(call: MethodCall, channel: Channel): boolean {
  return channel.members.has(call.ws.botUserId);
}

/** Refuses unless the bot is in the conversation and it is not archived. */
export function needMembership(call: MethodCall, channel: Channel): void {
  if (!isMember(call, channel)) throw new SlackRefusal("not_in_channel");
  if (channel.archived) throw new SlackRefusal("is_archived");
}

/** The person named by an argument. */
export function userArg(call: MethodCall, name = "user"): User {
  const user = call.ws.users.get(textArg(call, name));
  if (!user) throw new SlackRefusal("user_not_found");
  return user;
}

/** The message of a channel named by a timestamp argument. */
export function messageArg(call: MethodCall, channel: Channel, name: string): Message {
  const message = publicMessage(channel, textArg(call, name));
  if (!message) throw new SlackRefusal("message_not_found");
  return message;
}

/** One page of a list, with the cursor of the next. */
export function paged<Item>(call: MethodCall, items: readonly Item[], fallback: number): { page: Item[]; meta: Json } {
  const cursor = textArg(call, "cursor");
  const from =
    cursor === "" ? 0 : Number(/^next:(\d+)$/.exec(Buffer.from(cursor, "base64").toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw new SlackRefusal("invalid_cursor");
  const asked = textArg(call, "limit");
  const limit = asked === "" || asked === "0" ? fallback : Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new SlackRefusal("invalid_limit");
  const next = from + limit < items.length ? Buffer.from(`next:${from + limit}`).toString("base64") : "";
  return { page: items.slice(from, from + limit), meta: { response_metadata: { next_cursor: next } } };
}
