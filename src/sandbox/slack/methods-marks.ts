// Pins, bookmarks and reactions: what hangs on channels and messages.
import { slackChannelLimits as limits } from "../../limits/slack.js";
import { channelEntry } from "./channel-changes.js";
import {
  channelArg,
  isMember,
  type MethodCall,
  messageArg,
  neededArg,
  type SlackMethod,
  textArg,
} from "./method-call.js";
import { messagePayload } from "./payloads.js";
import { SlackRefusal } from "./refusal.js";
import type { Json } from "./wire.js";
import type { Bookmark, Channel, Message, Workspace } from "./workspace.js";

/** Pins a message or takes the pin away, and tells the bot of it. */
export function setPin(ws: Workspace, channel: Channel, message: Message, pinned: boolean, by: string): void {
  channel.pins = channel.pins.filter((pin) => pin.ts !== message.ts);
  if (pinned) channel.pins.push({ ts: message.ts, by, created: ws.seconds() });
  const what = pinned ? "added" : "removed";
  ws.transcript.add({ kind: "pin", what, ...channelEntry(ws, channel, by), ts: message.ts, text: message.text });
  const item = { type: "message", channel: channel.id, message: messagePayload(ws, message) };
  const pinCount = { has_pins: channel.pins.length > 0, pin_count: channel.pins.length };
  ws.emit({ type: `pin_${what}`, user: by, channel_id: channel.id, item, ...pinCount, event_ts: ws.nextTs() });
}

/** Adds a reaction or takes it away, and tells the bot of it; answers false when nothing changed. */
export function setReaction(
  ws: Workspace,
  channel: Channel,
  message: Message,
  reaction: { readonly name: string; readonly by: string; readonly present: boolean },
): boolean {
  const { name, by, present } = reaction;
  const users = message.reactions.get(name) ?? new Set<string>();
  if (users.has(by) === present) return false;
  if (present) users.add(by);
  else users.delete(by);
  if (users.size > 0) message.reactions.set(name, users);
  else message.reactions.delete(name);
  const what = present ? "added" : "removed";
  ws.transcript.add({ kind: "reaction", what, ...channelEntry(ws, channel, by), ts: message.ts, text: name });
  const item = { type: "message", channel: channel.id, ts: message.ts };
  const event = { user: by, reaction: name, item_user: message.user, item, event_ts: ws.nextTs() };
  ws.emit({ type: `reaction_${what}`, ...event });
  return true;
}

function memberChannel(call: MethodCall, name = "channel"): Channel {
  const channel = channelArg(call, name);
  if (!isMember(call, channel)) throw new SlackRefusal("not_in_channel");
  return channel;
}

const addPin: SlackMethod = (call) => {
  const channel = memberChannel(call);
  neededArg(call, "timestamp", "no_item_specified");
  const message = messageArg(call, channel, "timestamp");
  if (channel.pins.some((pin) => pin.ts === message.ts)) throw new SlackRefusal("already_pinned");
  if (message.subtype) throw new SlackRefusal("not_pinnable");
  setPin(call.ws, channel, message, true, call.ws.botUserId);
  return {};
};

const removePin: SlackMethod = (call) => {
  const channel = memberChannel(call);
  neededArg(call, "timestamp", "no_item_specified");
  const message = messageArg(call, channel, "timestamp");
  if (!channel.pins.some((pin) => pin.ts === message.ts)) throw new SlackRefusal("no_pin");
  setPin(call.ws, channel, message, false, call.ws.botUserId);
  return {};
};

const listPins: SlackMethod = (call) => {
  const channel = memberChannel(call);
  const items = channel.pins.map((pin): Json => {
    const message = channel.messages.find(({ ts }) => ts === pin.ts);
    const shown = message ? messagePayload(call.ws, message) : {};
    return { type: "message", channel: channel.id, created: pin.created, created_by: pin.by, message: shown };
  });
  return { items };
};

function reaction(present: boolean): SlackMethod {
  return (call) => {
    const channel = channelArg(call);
    if (channel.archived) throw new SlackRefusal("is_archived");
    neededArg(call, "timestamp", "no_item_specified");
    const message = messageArg(call, channel, "timestamp");
    const name = neededArg(call, "name", "invalid_name").replace(/^:|:$/g, "");
    if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackRefusal("invalid_name");
    const changed = setReaction(call.ws, channel, message, { name, by: call.ws.botUserId, present });
    if (!changed) throw new SlackRefusal(present ? "already_reacted" : "no_reaction");
    return {};
  };
}

function bookmarkPayload(call: MethodCall, channel: Channel, mark: Bookmark): Json {
  return {
    id: mark.id,
    channel_id: channel.id,
    title: mark.title,
    link: mark.link,
    emoji: mark.emoji,
    type: "link",
    date_created: mark.dateCreated,
    date_updated: 0,
    app_id: call.ws.appId,
  };
}

function linkArg(call: MethodCall): string {
  const link = neededArg(call, "link", "invalid_link");
  if (!/^https?:\/\//.test(link) || !URL.canParse(link)) throw new SlackRefusal("invalid_link");
  return link;
}

function recordBookmark(call: MethodCall, channel: Channel, what: string, mark: Bookmark): void {
  const entry = channelEntry(call.ws, channel, call.ws.botUserId);
  call.ws.transcript.add({ kind: "bookmark", what, ...entry, text: `${mark.title} ${mark.link}` });
}

function namedBookmark(call: MethodCall, channel: Channel): Bookmark {
  const mark = channel.bookmarks.find(({ id }) => id === textArg(call, "bookmark_id"));
  if (!mark) throw new SlackRefusal("not_found");
  return mark;
}

const addBookmark: SlackMethod = (call) => {
  const channel = memberChannel(call, "channel_id");
  if (neededArg(call, "type") !== "link") throw new SlackRefusal("invalid_bookmark_type");
  const title = neededArg(call, "title");
  const link = linkArg(call);
  if (channel.bookmarks.length >= limits.bookmarks) throw new SlackRefusal("too_many_bookmarks");
  const dateCreated = call.ws.seconds();
  const mark = { id: call.ws.nextId("Bk"), title, link, emoji: textArg(call, "emoji"), dateCreated };
  channel.bookmarks.push(mark);
  recordBookmark(call, channel, "added", mark);
  return { bookmark: bookmarkPayload(call, channel, mark) };
};

const editBookmark: SlackMethod = (call) => {
  const channel = memberChannel(call, "channel_id");
  const mark = namedBookmark(call, channel);
  if (textArg(call, "link") !== "") mark.link = linkArg(call);
  mark.title = textArg(call, "title") || mark.title;
  mark.emoji = textArg(call, "emoji") || mark.emoji;
  recordBookmark(call, channel, "edited", mark);
  return { bookmark: bookmarkPayload(call, channel, mark) };
};

const listBookmarks: SlackMethod = (call) => {
  const channel = memberChannel(call, "channel_id");
  return { bookmarks: channel.bookmarks.map((mark) => bookmarkPayload(call, channel, mark)) };
};

const removeBookmark: SlackMethod = (call) => {
  const channel = memberChannel(call, "channel_id");
  const mark = namedBookmark(call, channel);
  channel.bookmarks = channel.bookmarks.filter((kept) => kept !== mark);
  recordBookmark(call, channel, "removed", mark);
  return {};
};

/** The methods about pins, bookmarks and reactions. */
export const markMethods = {
  "bookmarks.add": addBookmark,
  "bookmarks.edit": editBookmark,
  "bookmarks.list": listBookmarks,
  "bookmarks.remove": removeBookmark,
  "pins.add": addPin,
  "pins.list": listPins,
  "pins.remove": removePin,
  "reactions.add": reaction(true),
  "reactions.remove": reaction(false),
} as const;
