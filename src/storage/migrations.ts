// Ordered changes of the stored data, each run once, under a lock that only one process holds.
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import mongoose, { type Connection } from "mongoose";
import { createIndexes } from "./store-indexes.js";

/** One step of the data's shape; steps may be interrupted and run again, so each must bear being repeated. */
export type Migration = { readonly version: number; readonly name: string; run(connection: Connection): Promise<void> };

/** All migrations of this program, oldest first. */
export const MIGRATIONS: readonly Migration[] = [{ version: 1, name: "create-indexes", run: createIndexes }];

/** The data was written by a later program: starting would damage it. */
export class DataNewerThanProgram extends Error {
  readonly code = "data_newer_than_program";
  constructor(found: number, known: number) {
    super(`The data has version ${found} and this program knows ${known}: start the newer program.`);
    this.name = "DataNewerThanProgram";
  }
}

type MetaDocument = { _id: string; version?: number; owner?: string; until?: Date; migratedAt?: Date };

const LEASE_MS = 30_000;
const POLL_MS = 250;
const RENEW_MS = 5_000;

/** Brings the data to the version of this program; returns the names of the steps that were run. */
export async function migrate(connection: Connection, migrations = MIGRATIONS): Promise<string[]> {
  const known = migrations.at(-1)?.version ?? 0;
  if ((await versionOf(connection, known)) === known) return [];
  const release = await takeLock(connection);
  try {
    const from = await versionOf(connection, known);
    const due = migrations.filter(({ version }) => version > from);
    for (const migration of due) {
      await migration.run(connection);
      await recordVersion(connection, migration.version);
    }
    return due.map(({ name }) => name);
  } finally {
    await release();
  }
}

const metaOf = (connection: Connection) => connection.collection<MetaDocument>("meta");

async function versionOf(connection: Connection, known: number): Promise<number> {
  const found = (await metaOf(connection).findOne({ _id: "schema" }))?.version ?? 0;
  if (found > known) throw new DataNewerThanProgram(found, known);
  return found;
}

async function recordVersion(connection: Connection, version: number): Promise<void> {
  await metaOf(connection).updateOne(
    { _id: "schema" },
    { $set: { version, migratedAt: new Date() } },
    { upsert: true },
  );
}

async function takeLock(connection: Connection): Promise<() => Promise<void>> {
  const owner = randomUUID();
  while (!(await tryLock(connection, owner))) await setTimeout(POLL_MS);
  const renewal = setInterval(() => {
    // A failed renewal shows as a lock that runs out; the steps bear being repeated by whoever takes it then.
    tryLock(connection, owner).catch(() => undefined);
  }, RENEW_MS);
  return async () => {
    clearInterval(renewal);
    await metaOf(connection).deleteOne({ _id: "migration-lock", owner });
  };
}

async function tryLock(connection: Connection, owner: string): Promise<boolean> {
  const now = Date.now();
  const isFree = { $or: [{ until: { $lte: new Date(now) } }, { owner }] };
  const lease = { $set: { owner, until: new Date(now + LEASE_MS) } };
  try {
    await metaOf(connection).updateOne({ _id: "migration-lock", ...isFree }, lease, { upsert: true });
    return true;
  } catch (err) {
    // The upsert runs into the document of whoever holds the lock.
    if (err instanceof mongoose.mongo.MongoServerError && err.code === 11000) return false;
    throw err;
  }
}
