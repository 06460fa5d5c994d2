// Fills an embedded store with incidents: the same documents that the product writes, in bulk.
import { randomBytes } from "node:crypto";
import { nextWakeAt } from "../../dist/domain/incident/next-wake-at.js";
import { sheetOf } from "../../dist/domain/incident/sheet.js";
import { rowOf } from "../../dist/ports/incident-index.js";
import { toCommitDocument } from "../../dist/storage/commit-document.js";
import { connectMongo } from "../../dist/storage/connect-mongo.js";
import { startEmbeddedStore } from "../../dist/storage/embedded/start-embedded-store.js";
import { policy } from "./stories.mjs";

const BATCH = 500;
const salt = () => randomBytes(16).toString("hex");

/** Runs work on a store with the product's indexes, in a directory, and stops it. */
export async function withStore(dataDir, work) {
  const store = await startEmbeddedStore({ dataDir });
  const mongo = connectMongo({ uri: store.uri });
  try {
    await mongo.untilReady();
    return await work(mongo);
  } finally {
    await mongo.close();
    await store.stop();
  }
}

/** Inserts incidents with their commits, rows and rooms. */
export async function insertStories({ connection }, stories) {
  let earlier = Promise.resolve();
  for (let from = 0; from < stories.length; from += BATCH) {
    const batch = stories.slice(from, from + BATCH);
    const inserts = [
      ["commits", batch.flatMap(commitDocuments)],
      ["incidents", batch.map(rowDocument)],
      ["places", batch.map(placesDocument)],
    ];
    // The store works on one batch while the next is made.
    await earlier;
    earlier = Promise.all(
      inserts.map(([name, documents]) => connection.collection(name).insertMany(documents, { ordered: false })),
    );
  }
  await earlier;
  await connection.collection("counters").insertOne({ _id: "incident", value: stories.length });
}

/** The documents of a story's commits, chained by their hashes. */
export function commitDocuments({ commits }) {
  let prevHash = null;
  return commits.map((commit) => {
    const document = toCommitDocument(commit, prevHash, salt);
    prevHash = document.hash;
    return document;
  });
}

function rowDocument({ incident }) {
  const now = new Date();
  const { id, ...row } = rowOf(incident, nextWakeAt(incident, sheetOf(incident, policy, now), policy, now));
  return { _id: id, ...row };
}

function placesDocument({ incident }) {
  const roomId = `C${incident.code}`;
  const message = (messageId) => ({ platform: "slack", roomId, messageId });
  return {
    _id: incident.id,
    origin: { platform: "slack", roomId: "CGERAL" },
    room: { platform: "slack", roomId },
    roomName: incident.code.toLowerCase(),
    described: true,
    card: message("1700000000.000100"),
    cardPinned: true,
    announcement: null,
    shownVersion: incident.version,
  };
}
