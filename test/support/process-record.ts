// What the store holds, read beside a running bot: the commits of all incidents and what is still to be done.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { MongoClient } from "mongodb";
import type { Commit } from "../../src/domain/incident/commit.js";
import { type CommitDocument, fromCommitDocument } from "../../src/storage/commit-document.js";
import { storeUri } from "../../src/storage/embedded/store-uri.js";
import { eventually } from "./process-wait.js";

/** A record as it stood when it was read. */
export type StoredRecord = {
  /** In order of incident and version. */
  readonly commits: readonly Commit[];
  /** Commits whose effects are not all dealt with, and effects that are owed. */
  readonly undone: number;
  /** Effects that nobody tries any more. */
  readonly givenUp: readonly string[];
};

/** Address of the store that the bot of this data directory has started. */
export const uriOfDataDir = async (dataDir: string): Promise<string> => {
  const lock = JSON.parse(await readFile(path.join(dataDir, "store.lock"), "utf8")) as { address: { path: string } };
  return storeUri(lock.address);
};

/** Reads the record of a running store. */
export const readRecord = async (uri: string): Promise<StoredRecord> => {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 2000 });
  try {
    await client.connect();
    const db = client.db();
    const found = await db.collection<CommitDocument>("commits").find({}).sort({ incidentId: 1, version: 1 }).toArray();
    const effects = await db.collection<{ _id: string; state: string }>("effects").find({}).toArray();
    return {
      commits: found.map(fromCommitDocument),
      undone: found.filter((one) => one.pending !== undefined).length + effects.filter(isOwed).length,
      givenUp: effects.filter(({ state }) => state === "given-up").map(({ _id }) => _id),
    };
  } finally {
    await client.close();
  }
};

/** The record once nothing is left to do; a death shortly before leaves work for the whole time of a takeover. */
export const settledRecord = async (uriNow: () => string | Promise<string>): Promise<StoredRecord> => {
  let record: StoredRecord | null = null;
  await eventually(
    async () => {
      record = await readRecord(await uriNow());
      return record.commits.length > 0 && record.undone === 0;
    },
    { ms: 60_000, what: "every effect is dealt with", everyMs: 200 },
  );
  if (record === null) throw new Error("The record was not read.");
  return record;
};

const isOwed = ({ state }: { state: string }): boolean => state === "owed";
