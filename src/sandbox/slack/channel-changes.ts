// Channels are created, joined, renamed and archived: the state, the transcript and the events that follow.
import { handleOf, isNamed } from "./directory.js";
import { addMessage } from "./message-changes.js";
import type { Channel, Workspace } from "./workspace.js";

/** Records something that happened to a channel. */
export function recordChannel(ws: Workspace, channel: Channel, what: string, by: string, text = ""): void {
  ws.transcript.add({ kind: "channel", what, ...channelEntry(ws, channel, by), ...(text ? { text } : {}) });
}

/** The transcript fields that say in which channel and by whom. */
export function channelEntry(
  ws: Workspace,
  channel: Channel,
  by: string,
): { by: "bot" | "person"; channel: string; channelName?: string; person?: string } {
  const bot = by === ws.botUserId;
  return {
    by: bot ? "bot" : "person",
    channel: channel.id,
    ...(isNamed(channel) ? { channelName: channel.name } : {}),
    ...(bot ? {} : { person: handleOf(ws, by) }),
  };
}

/** Makes someone a member, with the message and the event that Slack adds. */
export function joinChannel(ws: Workspace, channel: Channel, userId: string, inviter?: string): void {
  if (channel.members.has(userId)) return;
  channel.members.add(userId);
  const entry = channelEntry(ws, channel, inviter ?? userId);
  ws.transcript.add({
    kind: "membership",
    what: inviter ? "invited" : "joined",
    ...entry,
    person: handleOf(ws, userId),
  });
  addMessage(ws, channel, {
    user: userId,
    text: `<@${userId}> ${ws.language === "en" ? "has joined the channel" : "entrou no canal"}`,
    subtype: "channel_join",
  });
  ws.emit(membershipEvent(ws, "member_joined_channel", channel, userId, inviter));
}

/** Ends someone's membership. */
export function leaveChannel(ws: Workspace, channel: Channel, userId: string, by: string): void {
  if (!channel.members.delete(userId)) return;
  const entry = channelEntry(ws, channel, by);
  ws.transcript.add({
    kind: "membership",
    what: by === userId ? "left" : "removed",
    ...entry,
    person: handleOf(ws, userId),
  });
  ws.emit(membershipEvent(ws, "member_left_channel", channel, userId));
}

function membershipEvent(ws: Workspace, type: string, channel: Channel, user: string, inviter?: string) {
  return {
    type,
    user,
    channel: channel.id,
    channel_type: channel.kind === "public" ? "C" : "G",
    team: ws.teamId,
    ...(inviter ? { inviter } : {}),
    event_ts: ws.nextTs(),
  };
}

/** Archives or unarchives a channel. */
export function setArchived(ws: Workspace, channel: Channel, archived: boolean, by: string): void {
  channel.archived = archived;
  const word = archived ? "archive" : "unarchive";
  recordChannel(ws, channel, `${word}d`, by);
  const type = `${channel.kind === "private" ? "group" : "channel"}_${word}`;
  ws.emit({ type, channel: channel.id, user: by, event_ts: ws.nextTs() });
}

/** Renames a channel. */
export function renameChannel(ws: Workspace, channel: Channel, name: string, by: string): void {
  channel.name = name;
  recordChannel(ws, channel, "renamed", by, name);
  const type = channel.kind === "private" ? "group_rename" : "channel_rename";
  ws.emit({ type, channel: { id: channel.id, name, created: channel.created }, event_ts: ws.nextTs() });
}

/** Sets the topic or purpose of a channel, with the message that Slack adds. */
export function setNote(ws: Workspace, channel: Channel, note: "topic" | "purpose", value: string, by: string): void {
  channel[note] = { value, creator: by, lastSet: ws.seconds() };
  recordChannel(ws, channel, note, by, value);
  const words =
    ws.language === "en" ? { topic: "topic", purpose: "description" } : { topic: "tópico", purpose: "descrição" };
  const text =
    ws.language === "en" ? `set the channel ${words[note]}: ${value}` : `definiu: ${words[note]} do canal: ${value}`;
  addMessage(ws, channel, { user: by, text: `<@${by}> ${text}`, subtype: `channel_${note}` });
}
