import type { IncidentPlaces, MessageRef, Places } from "../../../src/ports/places.js";

/** Places in memory, under the same contract as those in MongoDB. */
export function createMemoryPlaces(): Places {
  const rows = new Map<string, IncidentPlaces>();
  const messages = new Map<string, MessageRef>();
  return {
    of: async (incidentId) => rows.get(incidentId) ?? null,
    remember: async (incidentId, fields) => {
      const known: IncidentPlaces = rows.get(incidentId) ?? {
        incidentId,
        origin: null,
        room: null,
        roomName: null,
        described: false,
        card: null,
        cardPinned: false,
        announcement: null,
        shownVersion: 0,
      };
      rows.set(incidentId, { ...known, ...structuredClone(fields) });
    },
    incidentIn: async ({ platform, roomId, thread }) => {
      const own = [...rows.values()].find(
        ({ room }) =>
          room?.platform === platform &&
          room.roomId === roomId &&
          (room.thread === undefined || room.thread === thread),
      );
      return own?.incidentId ?? null;
    },
    sent: async (key) => messages.get(key) ?? null,
    recordSent: async (key, message) => {
      messages.set(key, message);
    },
  };
}
