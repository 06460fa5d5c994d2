// Conversations as the bot changes them. What it reads of them is in methods-conversation-reads.ts.
import { slackChannelLimits as limits } from "../../limits/slack.js";
import { joinChannel, leaveChannel, recordChannel, renameChannel, setArchived, setNote } from "./channel-changes.js";
import { directChannel, findChannel, isNamed, newChannel } from "./directory.js";
import {
  channelArg,
  flagArg,
  isMember,
  listArg,
  type MethodCall,
  needMembership,
  type SlackMethod,
  textArg,
  userArg,
} from "./method-call.js";
import { channelPayload } from "./payloads.js";
import { SlackRefusal } from "./refusal.js";
import type { Json } from "./wire.js";
import type { Channel, Workspace } from "./workspace.js";

/** Refuses a channel name as Slack does. */
function checkChannelName(ws: Workspace, name: string, renamed?: Channel): void {
  if (name === "") throw new SlackRefusal("invalid_name_required");
  if (name.length > limits.name) throw new SlackRefusal("invalid_name_maxlength");
  if (limits.nameOnlyPunctuation.test(name)) throw new SlackRefusal("invalid_name_punctuation");
  if (!limits.namePattern.test(name)) throw new SlackRefusal("invalid_name_specials");
  const taken = findChannel(ws, name);
  if (taken && taken !== renamed) throw new SlackRefusal("name_taken");
}

function namedChannel(call: MethodCall): Channel {
  const channel = channelArg(call);
  if (!isNamed(channel)) throw new SlackRefusal("method_not_supported_for_channel_type");
  return channel;
}

const create: SlackMethod = (call) => {
  const { ws } = call;
  const name = textArg(call, "name");
  checkChannelName(ws, name);
  const kind = flagArg(call, "is_private") ? "private" : "public";
  const channel = newChannel(ws, { kind, name, creator: ws.botUserId, members: [ws.botUserId] });
  recordChannel(ws, channel, "created", ws.botUserId);
  const created = { id: channel.id, name, created: channel.created, creator: channel.creator };
  if (kind === "public") ws.emit({ type: "channel_created", channel: created, event_ts: ws.nextTs() });
  return { channel: channelPayload(ws, channel) };
};

function inviteProblem(call: MethodCall, channel: Channel, id: string): string | undefined {
  if (!call.ws.users.has(id)) return "user_not_found";
  if (id === call.ws.botUserId) return "cant_invite_self";
  return channel.members.has(id) ? "already_in_channel" : undefined;
}

const invite: SlackMethod = (call) => {
  const { ws } = call;
  const channel = namedChannel(call);
  needMembership(call, channel);
  const ids = listArg(call, "users");
  if (ids.length === 0) throw new SlackRefusal("no_user");
  if (ids.length > limits.inviteUsersPerCall) {
    throw new SlackRefusal("invalid_arguments", {
      response_metadata: {
        messages: [`[ERROR] no more than ${limits.inviteUsersPerCall} users [json-pointer:/users]`],
      },
    });
  }
  const errors = ids.flatMap((user): Json[] => {
    const error = inviteProblem(call, channel, user);
    return error ? [{ user, ok: false, error }] : [];
  });
  const good = ids.filter((id) => !inviteProblem(call, channel, id));
  const refused = errors.length > 0 && (!flagArg(call, "force") || good.length === 0);
  if (refused) throw new SlackRefusal(String(errors[0]?.["error"]), { errors });
  for (const id of good) joinChannel(ws, channel, id, ws.botUserId);
  return { channel: channelPayload(ws, channel), ...(errors.length > 0 ? { errors } : {}) };
};

const join: SlackMethod = (call) => {
  const { ws } = call;
  const channel = channelArg(call);
  if (channel.kind !== "public") throw new SlackRefusal("method_not_supported_for_channel_type");
  if (channel.archived) throw new SlackRefusal("is_archived");
  const already = isMember(call, channel);
  joinChannel(ws, channel, ws.botUserId);
  const warning = already
    ? { warning: "already_in_channel", response_metadata: { warnings: ["already_in_channel"] } }
    : {};
  return { channel: channelPayload(ws, channel), ...warning };
};

const kick: SlackMethod = (call) => {
  const channel = namedChannel(call);
  const user = userArg(call);
  if (channel.general) throw new SlackRefusal("cant_kick_from_general");
  if (user.id === call.ws.botUserId) throw new SlackRefusal("cant_kick_self");
  if (!isMember(call, channel) || !channel.members.has(user.id)) throw new SlackRefusal("not_in_channel");
  leaveChannel(call.ws, channel, user.id, call.ws.botUserId);
  return { errors: {} };
};

const leave: SlackMethod = (call) => {
  const channel = namedChannel(call);
  if (channel.general) throw new SlackRefusal("cant_leave_general");
  if (channel.archived) throw new SlackRefusal("is_archived");
  if (!isMember(call, channel)) return { not_in_channel: true };
  if (channel.members.size === 1) throw new SlackRefusal("last_member");
  leaveChannel(call.ws, channel, call.ws.botUserId, call.ws.botUserId);
  return {};
};

const archive: SlackMethod = (call) => {
  const channel = namedChannel(call);
  if (channel.general) throw new SlackRefusal("cant_archive_general");
  if (channel.archived) throw new SlackRefusal("already_archived");
  if (!isMember(call, channel)) throw new SlackRefusal("not_in_channel");
  setArchived(call.ws, channel, true, call.ws.botUserId);
  return {};
};

const unarchive: SlackMethod = (call) => {
  const channel = namedChannel(call);
  if (!channel.archived) throw new SlackRefusal("not_archived");
  setArchived(call.ws, channel, false, call.ws.botUserId);
  return {};
};

const rename: SlackMethod = (call) => {
  const channel = namedChannel(call);
  needMembership(call, channel);
  if (channel.creator !== call.ws.botUserId) throw new SlackRefusal("not_authorized");
  const name = textArg(call, "name");
  checkChannelName(call.ws, name, channel);
  renameChannel(call.ws, channel, name, call.ws.botUserId);
  return { channel: channelPayload(call.ws, channel) };
};

function note(which: "topic" | "purpose", limit: number): SlackMethod {
  return (call) => {
    const channel = namedChannel(call);
    needMembership(call, channel);
    const value = textArg(call, which);
    if (value.length > limit) throw new SlackRefusal("too_long");
    setNote(call.ws, channel, which, value, call.ws.botUserId);
    return { channel: channelPayload(call.ws, channel), [which]: value };
  };
}

const open: SlackMethod = (call) => {
  const { ws } = call;
  if (textArg(call, "channel") !== "") return { channel: channelPayload(ws, channelArg(call)), already_open: true };
  const ids = listArg(call, "users").filter((id) => id !== ws.botUserId);
  if (listArg(call, "users").length === 0) throw new SlackRefusal("users_list_not_supplied");
  if (ids.length === 0) throw new SlackRefusal("not_enough_users");
  if (ids.length > limits.directUsers) throw new SlackRefusal("too_many_users");
  for (const id of ids) if (!ws.users.has(id)) throw new SlackRefusal("user_not_found");
  const { channel, created } = ids.length === 1 ? directChannel(ws, neededId(ids)) : groupChannel(ws, ids);
  const shown = flagArg(call, "return_im") ? channelPayload(ws, channel) : { id: channel.id };
  return { channel: shown, ...(created ? {} : { no_op: true, already_open: true }) };
};

function neededId(ids: readonly string[]): string {
  const [first] = ids;
  if (first === undefined) throw new SlackRefusal("not_enough_users");
  return first;
}

function groupChannel(ws: Workspace, ids: readonly string[]): { channel: Channel; created: boolean } {
  const members = [ws.botUserId, ...ids];
  const same = (channel: Channel): boolean =>
    channel.kind === "group" &&
    channel.members.size === members.length &&
    members.every((id) => channel.members.has(id));
  const existing = [...ws.channels.values()].find(same);
  if (existing) return { channel: existing, created: false };
  const name = `mpdm-${members.map((id) => ws.users.get(id)?.handle ?? id).join("--")}-1`;
  return { channel: newChannel(ws, { kind: "group", name, creator: ws.botUserId, members }), created: true };
}

/** The conversations.* methods that change something. */
export const conversationMethods = {
  "conversations.archive": archive,
  "conversations.create": create,
  "conversations.invite": invite,
  "conversations.join": join,
  "conversations.kick": kick,
  "conversations.leave": leave,
  "conversations.open": open,
  "conversations.rename": rename,
  "conversations.setPurpose": note("purpose", limits.purpose),
  "conversations.setTopic": note("topic", limits.topic),
  "conversations.unarchive": unarchive,
} as const;
