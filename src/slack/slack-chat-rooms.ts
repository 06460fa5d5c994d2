// The incident's channel and everything that is said in it, on Slack.
import type { WebClient } from "@slack/web-api";
import type { Card } from "../chat/card.js";
import { cardFor } from "../chat/cards/card-for.js";
import { personalCard } from "../chat/cards/personal-card.js";
import { purposeLine, roomName, topicLine } from "../chat/cards/room-words.js";
import type { PersonId } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { Notice } from "../domain/notices/notice.js";
import { slackChannelLimits } from "../limits/slack.js";
import { ChatFault, type ChatRooms, type Post } from "../ports/chat-rooms.js";
import type { Directory } from "../ports/directory.js";
import type { MessageRef, Places, RoomRef } from "../ports/places.js";
import { inviteEach } from "./invite-people.js";
import type { PeopleLinker } from "./link-people.js";
import { escapeWithin } from "./mrkdwn.js";
import type { Pacer } from "./pacer.js";
import { renderBlockKit, type SlackMessage } from "./render-block-kit.js";
import { EFFECT_EVENT, findOwnChannel, findOwnMessage } from "./room-search.js";
import { slackErrorCode, toChatFault } from "./slack-fault.js";
import type { SlackPeople } from "./slack-people.js";

/** What the rooms are made with. */
export type SlackChatRoomsDeps = {
  readonly client: WebClient;
  readonly pacer: Pacer;
  readonly people: SlackPeople;
  readonly linker: PeopleLinker;
  readonly directory: Directory;
  readonly places: Pick<Places, "of">;
  readonly announcementChannel: string | null;
  /** The bot's own user id, once it is known. */
  readonly botUserId: () => string | null;
};

const NAME_ATTEMPTS = 10;
// The company does not let apps create channels, or Slack accepts none of our names: the incident lives in a thread.
const NO_CHANNELS = [
  "restricted_action",
  "missing_scope",
  "no_permission",
  "user_is_restricted",
  "user_is_ultra_restricted",
  "access_denied",
];
const GONE = ["message_not_found", "channel_not_found", "is_archived", "cant_update_message", "edit_window_closed"];
const PINNED_OR_CANNOT = ["already_pinned", "too_many_pins", "not_pinnable", "message_not_found", "is_archived"];

/** Creates the Slack side of the incident's rooms. */
export function createSlackChatRooms(deps: SlackChatRoomsDeps): ChatRooms {
  const { client, pacer, people } = deps;
  // What the bot last wrote above each channel: Slack announces every change, also to the same words.
  const described = new Map<string, string>();
  const orgVoice = () => people.voiceFor(null);

  async function render(snapshot: IncidentSnapshot, card: Card, personId: PersonId | null): Promise<SlackMessage> {
    const voice = people.voiceFor(personId === null ? null : deps.directory.person(personId));
    const places = await deps.places.of(snapshot.incident.id);
    return renderBlockKit(card, people.lookupFor(voice, places?.room?.roomId ?? null));
  }

  async function openRoom(snapshot: IncidentSnapshot, mayExist: boolean) {
    const names = Array.from({ length: NAME_ATTEMPTS }, (_, attempt) => roomName(snapshot, attempt));
    if (mayExist) {
      const found = await findOwnChannel({ client, pacer, botUserId: deps.botUserId() }, names);
      if (found !== null) return { room: roomRef(found.id), name: found.name };
    }
    for (const name of names) {
      try {
        const { channel } = await pacer.run("conversations.create", null, () => client.conversations.create({ name }));
        if (!channel?.id) throw new ChatFault("slack_unreachable", { retryable: true });
        return { room: roomRef(channel.id), name: channel.name ?? name };
      } catch (error) {
        const code = slackErrorCode(error);
        if (code === "name_taken") continue;
        if (code !== null && (NO_CHANNELS.includes(code) || code.startsWith("invalid_name"))) return null;
        throw error;
      }
    }
    return null;
  }

  async function describeRoom(room: RoomRef, snapshot: IncidentSnapshot): Promise<void> {
    if (room.thread !== undefined) return;
    const { roomId: channel } = room;
    const topic = escapeWithin(topicLine(snapshot, orgVoice()), slackChannelLimits.topic);
    const purpose = escapeWithin(purposeLine(snapshot, orgVoice()), slackChannelLimits.purpose);
    if (described.get(`topic ${channel}`) !== topic) {
      await pacer.run("conversations.setTopic", null, () => client.conversations.setTopic({ channel, topic }));
      remember(`topic ${channel}`, topic);
    }
    if (described.get(`purpose ${channel}`) !== purpose) {
      await pacer.run("conversations.setPurpose", null, () => client.conversations.setPurpose({ channel, purpose }));
      remember(`purpose ${channel}`, purpose);
    }
  }

  function remember(key: string, words: string): void {
    described.delete(key);
    described.set(key, words);
    const oldest = described.keys().next();
    if (described.size > 1000 && !oldest.done) described.delete(oldest.value);
  }

  async function post(request: Post): Promise<MessageRef> {
    const { to, notice, snapshot, key } = request;
    const isKnown = await deps.linker.link(to.kind === "person" ? [to.person] : mentionedIn(notice));
    const where = to.kind === "room" ? to.room.roomId : people.userIdOf(to.person);
    // A page is only given up when Slack itself has said that it does not know the person.
    if (where === null) throw new ChatFault("person_unreachable", { retryable: !isKnown });
    const thread = to.kind === "room" ? (to.room.thread ?? null) : null;
    if (request.mayExist) {
      const found = await lookFor(to.kind, where, thread, key);
      if (found !== null) return found;
    }
    const voice = people.voiceFor(to.kind === "room" ? null : deps.directory.person(to.person));
    const card =
      to.kind === "room" ? cardFor(notice, snapshot, voice) : personalCard(notice, snapshot, voice, to.person);
    const message = await render(snapshot, card, to.kind === "room" ? null : to.person);
    const answer = await pacer.run("chat.postMessage", where, async () => {
      if ((await request.stillWanted?.()) === false) throw new ChatFault("not_wanted", { retryable: false });
      return client.chat.postMessage({
        channel: where,
        ...message,
        ...(thread === null ? {} : { thread_ts: thread }),
        metadata: { event_type: EFFECT_EVENT, event_payload: { key } },
        unfurl_links: false,
        unfurl_media: false,
      });
    });
    if (!answer.channel || !answer.ts) throw new ChatFault("slack_unreachable", { retryable: true });
    return { platform: "slack", roomId: answer.channel, messageId: answer.ts };
  }

  /** A message with this key, when Slack lets us read where it would be. */
  async function lookFor(kind: "room" | "person", where: string, thread: string | null, key: string) {
    try {
      const channel = kind === "room" ? where : await directChannel(where);
      const ts = channel === null ? null : await findOwnMessage({ client, pacer }, { channel, thread }, key);
      return ts === null || channel === null ? null : ({ platform: "slack", roomId: channel, messageId: ts } as const);
    } catch (error) {
      // Where the bot is no member it can write but not read; then telling twice is better than not at all.
      const code = slackErrorCode(error);
      if (code === "not_in_channel" || code === "missing_scope") return null;
      throw error;
    }
  }

  async function directChannel(users: string): Promise<string | null> {
    const answer = await pacer.run("conversations.open", null, () => client.conversations.open({ users }));
    return answer.channel?.id ?? null;
  }

  async function edit(message: MessageRef, notice: Notice, snapshot: IncidentSnapshot): Promise<boolean> {
    const rendered = await render(snapshot, cardFor(notice, snapshot, orgVoice()), null);
    const { roomId: channel, messageId: ts } = message;
    return unless(GONE, () => pacer.run("chat.update", null, () => client.chat.update({ channel, ts, ...rendered })));
  }

  async function pin({ roomId: channel, messageId: timestamp }: MessageRef): Promise<void> {
    await unless(PINNED_OR_CANNOT, () => pacer.run("pins.add", null, () => client.pins.add({ channel, timestamp })));
  }

  return {
    platform: "slack",
    openRoom: (snapshot, mayExist) => translated(() => openRoom(snapshot, mayExist)),
    describeRoom: (room, snapshot) => translated(() => describeRoom(room, snapshot)),
    invite: (room, persons) =>
      translated(async () => {
        await deps.linker.link(persons);
        await inviteEach({ client, pacer }, room, userIds(persons));
      }),
    announcementRoom: () => (deps.announcementChannel === null ? null : roomRef(deps.announcementChannel)),
    post: (request) => translated(() => post(request)),
    edit: (message, notice, snapshot) => translated(() => edit(message, notice, snapshot)),
    pin: (message) => translated(() => pin(message)),
  };

  function userIds(persons: readonly PersonId[]): readonly string[] {
    const ids = persons.map((person) => people.userIdOf(person)).filter((id): id is string => id !== null);
    return [...new Set(ids)].filter((id) => id !== deps.botUserId());
  }
}

/** People whom a notice pages by mentioning them. */
function mentionedIn(notice: Notice): readonly PersonId[] {
  if (notice.kind === "escalated") return notice.steps.flatMap((step) => step.people);
  return notice.kind === "repaged" ? notice.people : [];
}

const roomRef = (roomId: string): RoomRef => ({ platform: "slack", roomId });

/** False when Slack refused with one of these codes. */
async function unless(codes: readonly string[], call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    if (codes.includes(slackErrorCode(error) ?? "")) return false;
    throw error;
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toChatFault(error);
  }
}
