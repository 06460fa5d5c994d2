// The incident's thread and everything that is said in it, on Teams. The thread's first message is the incident's card.
import type { Card } from "../chat/card.js";
import { cardFor } from "../chat/cards/card-for.js";
import { personalCard } from "../chat/cards/personal-card.js";
import { roomName } from "../chat/cards/room-words.js";
import type { PersonId } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { Notice } from "../domain/notices/notice.js";
import { ChatFault, type ChatRooms, type Post } from "../ports/chat-rooms.js";
import type { ConversationRow, Conversations } from "../ports/conversations.js";
import type { Directory } from "../ports/directory.js";
import type { MessageRef, Places, RoomRef } from "../ports/places.js";
import type { PeopleLinker } from "./link-people.js";
import type { Pacer } from "./pacer.js";
import { renderAdaptiveCard } from "./render-adaptive-card.js";
import { roomLink } from "./room-link.js";
import { toChatFault } from "./teams-fault.js";
import type { TeamsPeople } from "./teams-people.js";
import { isChannelId, pacedBy, roomRef, rootMessage, type TeamsPlaces } from "./teams-places.js";
import type { TeamsMessage, TeamsPort } from "./teams-port.js";
import type { TeamsReporter, TeamsSettings } from "./teams-settings.js";
import { teamsWords } from "./teams-words.js";

/** What the rooms are made with. */
export type TeamsChatRoomsDeps = {
  readonly port: TeamsPort;
  readonly pacer: Pacer;
  readonly people: TeamsPeople;
  readonly linker: PeopleLinker;
  readonly directory: Directory;
  readonly places: Pick<Places, "of">;
  readonly conversations: Conversations;
  readonly found: TeamsPlaces;
  readonly settings: Pick<TeamsSettings, "channelId" | "announcementChannelId" | "tenantId">;
  readonly reporter: TeamsReporter;
};

type Sending = { readonly card: Card; readonly snapshot: IncidentSnapshot; readonly person: PersonId | null };

/** Creates the Teams side of the incident's rooms. */
export function createTeamsChatRooms(deps: TeamsChatRoomsDeps): ChatRooms {
  const { port, pacer, people, found, settings } = deps;
  const orgVoice = () => people.voiceFor(null);
  // Somebody who was called into a thread hears of it from then on, so calling again would only disturb.
  const called = new Map<string, Set<PersonId>>();

  async function render({ card, snapshot, person }: Sending): Promise<TeamsMessage> {
    const voice = people.voiceFor(person === null ? null : deps.directory.person(person));
    const room = (await deps.places.of(snapshot.incident.id))?.room ?? null;
    const url = room === null ? null : roomLink(room.roomId, settings.tenantId, await found.rowOf(room.roomId));
    const rendered = renderAdaptiveCard(card, people.lookupFor(voice, url));
    return person === null ? rendered : { ...rendered, alert: true };
  }

  const roomCard = (notice: Notice, snapshot: IncidentSnapshot): Promise<TeamsMessage> =>
    render({ card: cardFor(notice, snapshot, orgVoice()), snapshot, person: null });

  /** Where the thread opens: the configured channel, else the one in which it was declared. */
  async function channelFor(snapshot: IncidentSnapshot): Promise<string | null> {
    if (settings.channelId !== null) return settings.channelId;
    const origin = (await deps.places.of(snapshot.incident.id))?.origin ?? null;
    return origin !== null && isChannelId(origin.roomId) ? origin.roomId : null;
  }

  async function openRoom(snapshot: IncidentSnapshot, mayExist: boolean) {
    const channelId = await channelFor(snapshot);
    if (channelId === null) return null;
    if (mayExist) deps.reporter.mayBeTwice({ what: "open-room" });
    const channel = await found.rowOf(channelId);
    const message = await roomCard({ kind: "incident-card" }, snapshot);
    const thread = await pacer.run(pacedBy(channel), () => port.postCard(channel, message));
    return { room: roomRef(thread.conversationId), name: roomName(snapshot, 0) };
  }

  async function post(request: Post): Promise<MessageRef> {
    const { to, notice, snapshot } = request;
    if (to.kind === "person") return page(request, to.person);
    const standing = await standsAlready(to.room, notice, snapshot);
    if (standing !== null) return standing;
    await deps.linker.link(mentionedIn(notice));
    const row = await found.rowOf(to.room.roomId);
    return send(request, row, await roomCard(notice, snapshot));
  }

  /** The thread began with the incident's card, which is also what the channel sees of it. */
  async function standsAlready(room: RoomRef, notice: Notice, snapshot: IncidentSnapshot): Promise<MessageRef | null> {
    if (notice.kind !== "incident-card" && notice.kind !== "announcement") return null;
    const own = (await deps.places.of(snapshot.incident.id))?.room ?? null;
    const root = own === null || own.thread !== undefined ? null : rootMessage(own.roomId);
    if (own === null || root === null) return null;
    if (notice.kind === "announcement") return own.roomId.startsWith(`${room.roomId};`) ? root : null;
    return own.roomId === room.roomId && (await edit(root, notice, snapshot)) ? root : null;
  }

  async function page(request: Post, person: PersonId): Promise<MessageRef> {
    const isKnown = await deps.linker.link([person]);
    const userId = people.userIdOf(person);
    // A page is only given up when Teams itself has said that it does not know the person.
    if (userId === null) throw new ChatFault("person_unreachable", { retryable: !isKnown });
    const voice = people.voiceFor(deps.directory.person(person));
    const { notice, snapshot } = request;
    const message = await render({ card: personalCard(notice, snapshot, voice, person), snapshot, person });
    const row = await opened(userId);
    try {
      return await send(request, row, message);
    } catch (error) {
      const fault = toChatFault(error);
      if (fault.code === "teams_blocked") {
        await deps.conversations.markDead(row);
        throw new ChatFault("person_unreachable", { retryable: false, cause: fault });
      }
      if (fault.code !== "teams_room_gone") throw fault;
      // The next try opens the conversation anew.
      await deps.conversations.forget(row);
      throw new ChatFault("teams_room_gone", { retryable: true, cause: fault });
    }
  }

  async function opened(userId: string): Promise<ConversationRow> {
    try {
      return await found.personalRow(userId);
    } catch (error) {
      const fault = toChatFault(error);
      const isRefused = ["teams_blocked", "teams_forbidden", "teams_refused", "teams_room_gone"].includes(fault.code);
      throw isRefused ? new ChatFault("person_unreachable", { retryable: false, cause: fault }) : fault;
    }
  }

  async function send(request: Post, row: ConversationRow, message: TeamsMessage): Promise<MessageRef> {
    // Teams lets nobody look for a message: one too many is better than silence.
    if (request.mayExist) deps.reporter.mayBeTwice({ what: request.notice.kind });
    return pacer.run(pacedBy(row), async () => {
      if ((await request.stillWanted?.()) === false) throw new ChatFault("not_wanted", { retryable: false });
      if (row.kind === "channel" && row.rootActivityId === null) {
        const { conversationId, rootActivityId } = await port.postCard(row, message);
        return { platform: "teams", roomId: conversationId, messageId: rootActivityId ?? conversationId };
      }
      return { platform: "teams", roomId: row.conversationId, messageId: await port.reply(row, message) };
    });
  }

  async function edit(message: MessageRef, notice: Notice, snapshot: IncidentSnapshot): Promise<boolean> {
    const own = (await deps.places.of(snapshot.incident.id))?.room ?? null;
    const isRoot = own?.roomId === message.roomId && rootMessage(own.roomId)?.messageId === message.messageId;
    // Where the thread's first message stands for the announcement too, it stays the card.
    const rendered = await roomCard(isRoot ? { kind: "incident-card" } : notice, snapshot);
    const row = await found.rowOf(message.roomId);
    return pacer.update(pacedBy(row), message.messageId, () => port.updateCard(row, message.messageId, rendered));
  }

  async function invite(room: RoomRef, persons: readonly PersonId[]): Promise<void> {
    await deps.linker.link(persons);
    const already = called.get(room.roomId) ?? new Set();
    const fresh = [...new Set(persons)].filter((id) => people.userIdOf(id) !== null && !already.has(id));
    if (fresh.length === 0) return;
    const { language } = orgVoice();
    const card = calling(teamsWords("called", language), fresh, orgVoice().personName);
    const row = await found.rowOf(room.roomId);
    const message = renderAdaptiveCard(card, people.lookupFor(orgVoice(), null));
    await pacer.run(pacedBy(row), () => port.reply(row, message));
    called.set(room.roomId, new Set([...already, ...fresh]));
    const oldest = called.keys().next();
    if (called.size > 1000 && !oldest.done) called.delete(oldest.value);
  }

  const { announcementChannelId } = settings;
  return {
    platform: "teams",
    openRoom: (snapshot, mayExist) => translated(() => openRoom(snapshot, mayExist)),
    // The card at the head of the thread says what topic and purpose say elsewhere.
    describeRoom: async () => {},
    invite: (room, persons) => translated(() => invite(room, persons)),
    announcementRoom: () => (announcementChannelId === null ? null : roomRef(announcementChannelId)),
    post: (request) => translated(() => post(request)),
    edit: (message, notice, snapshot) => translated(() => edit(message, notice, snapshot)),
    // The first message of a thread is always in sight.
    pin: async () => {},
  };
}

function calling(words: string, persons: readonly PersonId[], nameOf: (id: PersonId) => string): Card {
  const mentions = persons.flatMap((person) => [
    { kind: "text", text: " " } as const,
    { kind: "person", person, notify: true } as const,
  ]);
  const summary = `${words} ${persons.map(nameOf).join(", ")}`;
  return { blocks: [{ kind: "lines", lines: [[{ kind: "text", text: words }, ...mentions]] }], summary };
}

/** People whom a notice pages by mentioning them. */
function mentionedIn(notice: Notice): readonly PersonId[] {
  if (notice.kind === "escalated") return notice.steps.flatMap((step) => step.people);
  return notice.kind === "repaged" ? notice.people : [];
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isStoreFault(error) ? error : toChatFault(error);
  }
}

/** The store's own fault keeps its name: whoever waits for the effect treats it like any other of the store's. */
const isStoreFault = (error: unknown): boolean => error instanceof Error && error.name === "StoreFault";
