import { beforeEach, expect, test } from "vitest";
import type { MessageRef, Places, RoomRef } from "../../src/ports/places.js";
import { newIncidentId } from "./commit-builders.js";

const room: RoomRef = { platform: "slack", roomId: "C0123456789" };
const message: MessageRef = { platform: "slack", roomId: "C0123456789", messageId: "1763933100.000100" };

/** What every keeper of places owes its callers. */
export function placesContract(emptyPlaces: () => Promise<Places>): void {
  let places: Places;
  beforeEach(async () => {
    places = await emptyPlaces();
  });

  test("nothing is known of an incident without places", async () => {
    expect(await places.of(newIncidentId())).toBeNull();
  });

  test("what is remembered first leaves the rest unknown", async () => {
    const incidentId = newIncidentId();
    await places.remember(incidentId, { origin: room });
    expect(await places.of(incidentId)).toEqual({
      incidentId,
      origin: room,
      room: null,
      roomName: null,
      described: false,
      card: null,
      cardPinned: false,
      announcement: null,
      shownVersion: 0,
    });
  });

  test("each step is remembered on its own", async () => {
    const incidentId = newIncidentId();
    await places.remember(incidentId, { room, roomName: "inc-1" });
    await places.remember(incidentId, { card: message, shownVersion: 3 });
    await places.remember(incidentId, { card: null, cardPinned: true });
    expect(await places.of(incidentId)).toMatchObject({
      room,
      roomName: "inc-1",
      card: null,
      cardPinned: true,
      shownVersion: 3,
    });
  });

  test("steps that are remembered together are all kept", async () => {
    const incidentId = newIncidentId();
    await Promise.all([
      places.remember(incidentId, { room }),
      places.remember(incidentId, { card: message }),
      places.remember(incidentId, { described: true }),
    ]);
    expect(await places.of(incidentId)).toMatchObject({ room, card: message, described: true });
  });

  test("an incident is found by its own room", async () => {
    const incidentId = newIncidentId();
    await places.remember(incidentId, { room });
    expect(await places.incidentIn(room)).toBe(incidentId);
    expect(await places.incidentIn({ platform: "teams", roomId: room.roomId })).toBeNull();
    expect(await places.incidentIn({ platform: "slack", roomId: "C9" })).toBeNull();
  });

  test("a room that an incident shares as a thread implies no incident", async () => {
    const incidentId = newIncidentId();
    await places.remember(incidentId, { room: { ...room, thread: "1763933100.000100" } });
    expect(await places.incidentIn(room)).toBeNull();
    expect(await places.incidentIn({ ...room, thread: "1763933100.000999" })).toBeNull();
    expect(await places.incidentIn({ ...room, thread: "1763933100.000100" })).toBe(incidentId);
  });

  test("a message that was sent is found by the key of its effect", async () => {
    expect(await places.sent("inc.1:0")).toBeNull();
    await places.recordSent("inc.1:0", message);
    expect(await places.sent("inc.1:0")).toEqual(message);
  });
}
