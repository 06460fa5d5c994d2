// Gives the incident its place: channel, topic, people, pinned card, announcement. Each step is remembered, so that a
// crash or a refusal half-way loses nothing and repeats nothing.
import type { IncidentId, PersonId } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import { type Audience, ChatFault, type ChatRooms } from "../ports/chat-rooms.js";
import type { IncidentPlaces, MessageRef, Places, RoomRef } from "../ports/places.js";
import type { PostOnce } from "./post-once.js";

/** What opening a room needs. */
export type OpenRoomDeps = { readonly places: Places; readonly postOnce: PostOnce };

/** One opening: where, of what, with whom, under which effect key. */
export type Opening = {
  readonly rooms: ChatRooms;
  readonly snapshot: IncidentSnapshot;
  readonly invite: readonly PersonId[];
  readonly key: string;
  readonly mayExist: boolean;
};

/** What could not be done although the room is open: codes for the report. */
export type Shortfall = { readonly step: string; readonly code: string };

/** Opens the incident's room, going on where an earlier attempt stopped. */
export type OpenRoom = (opening: Opening) => Promise<readonly Shortfall[]>;

// A step that the platform refuses for good must not keep people out of the room.
const attempt = async (step: string, work: () => Promise<void>): Promise<readonly Shortfall[]> => {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof ChatFault && !error.retryable) return [{ step, code: error.code }];
    throw error;
  }
};

/** Makes the function that opens rooms. */
export const makeOpenRoom = ({ places, postOnce }: OpenRoomDeps): OpenRoom => {
  const placesOf = async (id: IncidentId): Promise<IncidentPlaces | null> => places.of(id);

  // Without a channel the incident lives in a thread: under the announcement channel, where it was declared, or in a
  // personal message to whoever declared it.
  const threadAudience = (opening: Opening, origin: RoomRef | null): Audience | null => {
    const shared = opening.rooms.announcementRoom() ?? origin;
    if (shared !== null) return { kind: "room", room: shared };
    const declarer = opening.snapshot.incident.declaredBy;
    return declarer === null ? null : { kind: "person", person: declarer };
  };

  const inThread = async (opening: Opening, origin: RoomRef | null): Promise<RoomRef | null> => {
    const audience = threadAudience(opening, origin);
    if (audience === null) return null;
    const card = await postOnce(opening.rooms, {
      to: audience,
      notice: { kind: "incident-card" },
      snapshot: opening.snapshot,
      key: `${opening.key}:card`,
      mayExist: opening.mayExist,
    });
    const room: RoomRef = { platform: card.platform, roomId: card.roomId, thread: card.messageId };
    await places.remember(opening.snapshot.incident.id, { room, card, described: true, cardPinned: true });
    return room;
  };

  const ensureRoom = async (opening: Opening, known: IncidentPlaces | null): Promise<RoomRef> => {
    if (known?.room) return known.room;
    const { rooms, snapshot } = opening;
    const opened = await rooms.openRoom(snapshot, opening.mayExist);
    if (opened !== null) {
      await places.remember(snapshot.incident.id, { room: opened.room, roomName: opened.name });
      return opened.room;
    }
    const thread = await inThread(opening, known?.origin ?? null);
    if (thread === null) throw new ChatFault("no_place_for_the_incident", { retryable: false });
    return thread;
  };

  const ensureCard = async (opening: Opening, room: RoomRef): Promise<void> => {
    const { rooms, snapshot } = opening;
    const id = snapshot.incident.id;
    const known = await placesOf(id);
    const card =
      known?.card ??
      (await postOnce(rooms, {
        to: { kind: "room", room },
        notice: { kind: "incident-card" },
        snapshot,
        key: `${opening.key}:card`,
        mayExist: opening.mayExist,
      }));
    if (!known?.card) await places.remember(id, { card, shownVersion: snapshot.incident.version });
    if (!known?.cardPinned) {
      await rooms.pin(card);
      await places.remember(id, { cardPinned: true });
    }
  };

  const ensureAnnouncement = async (opening: Opening): Promise<void> => {
    const { rooms, snapshot } = opening;
    const id = snapshot.incident.id;
    const known = await placesOf(id);
    if (known?.announcement) return;
    const shared = rooms.announcementRoom() ?? known?.origin ?? null;
    const declarer = snapshot.incident.declaredBy;
    // Announcing inside the thread that is the room would say it twice.
    if (shared !== null && known?.room?.thread !== undefined && known.room.roomId === shared.roomId) return;
    // Where the room is a personal message to the declarer, an announcement to the same person would say it twice.
    if (shared === null && known?.room?.thread !== undefined) return;
    const to: Audience | null =
      shared !== null
        ? { kind: "room", room: shared }
        : declarer === null
          ? null
          : { kind: "person", person: declarer };
    if (to === null) return;
    const announcement: MessageRef = await postOnce(rooms, {
      to,
      notice: { kind: "announcement" },
      snapshot,
      key: `${opening.key}:announcement`,
      mayExist: opening.mayExist,
    });
    await places.remember(id, { announcement });
  };

  return async (opening) => {
    const { rooms, snapshot, invite } = opening;
    const known = await placesOf(snapshot.incident.id);
    const room = await ensureRoom(opening, known);
    const shortfalls: Shortfall[] = [];
    if (room.thread === undefined) {
      if (!known?.described) {
        shortfalls.push(...(await attempt("describe", () => rooms.describeRoom(room, snapshot))));
        await places.remember(snapshot.incident.id, { described: true });
      }
      shortfalls.push(...(await attempt("card", () => ensureCard(opening, room))));
      shortfalls.push(...(await attempt("invite", () => rooms.invite(room, invite))));
    }
    shortfalls.push(...(await attempt("announcement", () => ensureAnnouncement(opening))));
    return shortfalls;
  };
};
