// Rooms, cards and sent messages in MongoDB.
import type { IncidentId } from "../domain/incident/ids.js";
import type { IncidentPlaces, MessageRef, Places, RoomRef } from "../ports/places.js";
import type { MongoConnection } from "./connect-mongo.js";
import { modelsOf, type PlacesDocument, type SentMessageDocument } from "./models.js";
import { asking, askingTwice, duplicateKeyOf } from "./store-fault-of.js";

const NOTHING_KNOWN: Omit<IncidentPlaces, "incidentId"> = {
  origin: null,
  room: null,
  roomName: null,
  described: false,
  card: null,
  cardPinned: false,
  announcement: null,
  shownVersion: 0,
};

/** Keeps rows in the collections `places` and `sentMessages`. */
export function createMongoPlaces({ connection }: MongoConnection): Places {
  const { places, sentMessages } = modelsOf(connection);

  return {
    async of(incidentId) {
      const document = await asking(() => places.findById(incidentId).lean<PlacesDocument>());
      return document === null ? null : toPlaces(document);
    },

    async remember(incidentId, fields) {
      const change = { $set: fields, $setOnInsert: without(NOTHING_KNOWN, fields) };
      const upsert = () => places.updateOne({ _id: incidentId }, change, { upsert: true });
      try {
        await askingTwice(upsert);
      } catch (err) {
        // Another step of the same incident made the row in between.
        if (duplicateKeyOf(err) === null) throw err;
        await askingTwice(upsert);
      }
    },

    async incidentIn({ platform, roomId, thread }) {
      // A thread shares its room with others, so the room alone implies only an incident that has it for itself.
      const threads = thread === undefined ? [null] : [null, thread];
      const own = {
        "room.roomId": { $eq: roomId },
        "room.platform": { $eq: platform },
        "room.thread": { $in: threads },
      };
      const found = await asking(() => places.findOne(own, { _id: 1 }).lean());
      return found === null ? null : (found._id as IncidentId);
    },

    async sent(key) {
      const found = await asking(() => sentMessages.findById(key).lean<SentMessageDocument>());
      return found === null ? null : (found.message as MessageRef);
    },

    async recordSent(key, message) {
      const change = { $set: { message, sentAt: new Date() } };
      await askingTwice(() => sentMessages.updateOne({ _id: key }, change, { upsert: true }));
    },
  };
}

function without(defaults: object, given: object): object {
  const present = Object.entries(given).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !present.includes(key)));
}

function toPlaces({ _id, ...fields }: PlacesDocument): IncidentPlaces {
  return {
    incidentId: _id as IncidentId,
    origin: fields.origin as RoomRef | null,
    room: fields.room as RoomRef | null,
    roomName: fields.roomName,
    described: fields.described,
    card: fields.card as MessageRef | null,
    cardPinned: fields.cardPinned,
    announcement: fields.announcement as MessageRef | null,
    shownVersion: fields.shownVersion,
  };
}
