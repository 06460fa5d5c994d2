// Brings card, announcement and topic up to date. Many changes in a row need only the last one shown.
import type { IncidentId } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { ChatRooms } from "../ports/chat-rooms.js";
import type { IncidentPlaces, Places } from "../ports/places.js";
import type { PostOnce } from "./post-once.js";

/** Shows the present state in the incident's places. */
export type RefreshPlaces = (
  rooms: ChatRooms,
  snapshot: IncidentSnapshot,
  key: string,
  mayExist: boolean,
) => Promise<void>;

/** Makes the function that refreshes; `look` reads the incident as it is now. */
export const makeRefreshPlaces = (
  places: Places,
  postOnce: PostOnce,
  look: (id: IncidentId) => Promise<IncidentSnapshot | null>,
): RefreshPlaces => {
  // Somebody may have deleted the card; the incident without its card is harder to take than a second card.
  const repost = async (
    rooms: ChatRooms,
    known: IncidentPlaces,
    snapshot: IncidentSnapshot,
    key: string,
    mayExist: boolean,
  ): Promise<void> => {
    if (known.room === null) return;
    const card = await postOnce(rooms, {
      to: { kind: "room", room: known.room },
      notice: { kind: "incident-card" },
      snapshot,
      key: `${key}:card`,
      mayExist,
    });
    await places.remember(snapshot.incident.id, { card });
    if (known.room.thread === undefined) await rooms.pin(card);
  };

  const show = async (
    rooms: ChatRooms,
    known: IncidentPlaces,
    snapshot: IncidentSnapshot,
    key: string,
    mayExist: boolean,
  ): Promise<void> => {
    const { id, version } = snapshot.incident;
    if (known.card !== null && !(await rooms.edit(known.card, { kind: "incident-card" }, snapshot)))
      await repost(rooms, known, snapshot, key, mayExist);
    if (known.announcement !== null) await rooms.edit(known.announcement, { kind: "announcement" }, snapshot);
    if (known.room !== null && known.room.thread === undefined) await rooms.describeRoom(known.room, snapshot);
    await places.remember(id, { shownVersion: version });
  };

  return async (rooms, snapshot, key, mayExist) => {
    const { id } = snapshot.incident;
    let known = await places.of(id);
    if (known === null || known.shownVersion >= snapshot.incident.version) return;
    for (let shown: IncidentSnapshot | null = snapshot; shown !== null && known !== null; ) {
      await show(rooms, known, shown, key, mayExist);
      // Another process may have shown a newer version while this one was on its way, and been painted over.
      const latest: IncidentSnapshot | null = await look(id);
      shown = latest !== null && latest.incident.version > shown.incident.version ? latest : null;
      known = await places.of(id);
    }
  };
};
