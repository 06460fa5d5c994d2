import {
  channelArg,
  flagArg,
  isMember,
  listArg,
  type MethodCall,
  paged,
  type SlackMethod,
  textArg,
} from "./method-call.js";
import { channelPayload, messagePayload } from "./payloads.js";
import { SlackRefusal } from "./refusal.js";
import type { Channel, Message } from "./workspace.js";

const typeNames = { public_channel: "public", private_channel: "private", im: "direct", mpim: "group" } as const;

function ofAskedTypes(call: MethodCall): (channel: Channel) => boolean {
  const asked = listArg(call, "types");
  const kinds = (asked.length > 0 ? asked : ["public_channel"]).map((type) => {
    if (!Object.hasOwn(typeNames, type)) throw new SlackRefusal("invalid_types");
    return typeNames[type as keyof typeof typeNames];
  });
  const withArchived = !flagArg(call, "exclude_archived");
  return (channel) =>
    kinds.includes(channel.kind) &&
    (channel.kind === "public" || isMember(call, channel)) &&
    (withArchived || !channel.archived);
}

const list: SlackMethod = (call) => {
  const channels = [...call.ws.channels.values()].filter(ofAskedTypes(call));
  const { page, meta } = paged(call, channels, 100);
  return { channels: page.map((channel) => channelPayload(call.ws, channel)), ...meta };
};

const ofUser: SlackMethod = (call) => {
  const user = textArg(call, "user") || call.ws.botUserId;
  const mine = (channel: Channel): boolean => channel.members.has(user);
  const channels = [...call.ws.channels.values()].filter(ofAskedTypes(call)).filter(mine);
  const { page, meta } = paged(call, channels, 100);
  return { channels: page.map((channel) => channelPayload(call.ws, channel)), ...meta };
};

const info: SlackMethod = (call) => ({ channel: channelPayload(call.ws, channelArg(call)) });

const members: SlackMethod = (call) => {
  const { page, meta } = paged(call, [...channelArg(call).members], 100);
  return { members: page, ...meta };
};

function inPeriod(call: MethodCall): (message: Message) => boolean {
  const oldest = Number(textArg(call, "oldest") || 0);
  const latest = Number(textArg(call, "latest") || Number.MAX_SAFE_INTEGER);
  if (Number.isNaN(oldest)) throw new SlackRefusal("invalid_ts_oldest");
  if (Number.isNaN(latest)) throw new SlackRefusal("invalid_ts_latest");
  const inclusive = flagArg(call, "inclusive");
  return ({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (inclusive && (at === oldest || at === latest));
  };
}

function messagesPage(call: MethodCall, messages: readonly Message[]) {
  const { page, meta } = paged(call, messages.filter(inPeriod(call)), 100);
  const metadata = flagArg(call, "include_all_metadata");
  const more = JSON.stringify(meta) !== JSON.stringify({ response_metadata: { next_cursor: "" } });
  return {
    messages: page.map((message) => messagePayload(call.ws, message, { metadata })),
    has_more: more,
    ...(more ? meta : {}),
  };
}

const history: SlackMethod = (call) => {
  const channel = channelArg(call);
  if (!isMember(call, channel)) throw new SlackRefusal("not_in_channel");
  const roots = channel.messages.filter((message) => !message.ephemeralTo && !message.threadTs).reverse();
  return { ...messagesPage(call, roots), pin_count: channel.pins.length };
};

const replies: SlackMethod = (call) => {
  const channel = channelArg(call);
  if (!isMember(call, channel)) throw new SlackRefusal("not_in_channel");
  const ts = textArg(call, "ts");
  const visible = channel.messages.filter((message) => !message.ephemeralTo);
  const asked = visible.find((message) => message.ts === ts);
  if (!asked) throw new SlackRefusal("thread_not_found");
  const root = asked.threadTs ?? asked.ts;
  const thread = visible.filter((message) => message.ts === root || message.threadTs === root);
  return messagesPage(call, thread);
};

/** The conversations.* methods that only read, and users.conversations. */
export const conversationReadMethods = {
  "conversations.history": history,
  "conversations.info": info,
  "conversations.list": list,
  "conversations.members": members,
  "conversations.replies": replies,
  "users.conversations": ofUser,
} as const;
