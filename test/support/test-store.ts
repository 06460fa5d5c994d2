// A store for one test file: the embedded one in a directory of its own, or the MongoDB that TEST_MONGODB_URI names.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectMongo, type MongoConnection } from "../../src/storage/connect-mongo.js";
import { type EmbeddedStore, startEmbeddedStore } from "../../src/storage/embedded/start-embedded-store.js";
import { storeUriForDatabase } from "../../src/storage/embedded/store-uri.js";

/** A running store with a database of its own. */
export type TestStore = {
  readonly uri: string;
  /** Null when the store is a MongoDB that the tests do not own. */
  readonly embedded: EmbeddedStore | null;
  readonly dataDir: string | null;
  stop(): Promise<void>;
};

const randomDatabase = () => `test_${randomBytes(6).toString("hex")}`;

/** Starts a store; every call gives another database. */
export async function startTestStore(): Promise<TestStore> {
  const external = process.env["TEST_MONGODB_URI"];
  if (external !== undefined) {
    const url = new URL(external);
    url.pathname = `/${randomDatabase()}`;
    return { uri: url.href, embedded: null, dataDir: null, stop: () => dropDatabase(url.href) };
  }
  const dataDir = await mkdtemp(join(tmpdir(), "plantao-test-"));
  const embedded = await startEmbeddedStore({ dataDir });
  return {
    uri: storeUriForDatabase(embedded.uri, randomDatabase()),
    embedded,
    dataDir,
    stop: async () => {
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function dropDatabase(uri: string): Promise<void> {
  const connection = await connectedTo(uri);
  await connection.connection.dropDatabase();
  await connection.close();
}

/** A connection that is ready. */
export async function connectedTo(uri: string): Promise<MongoConnection> {
  const connection = connectMongo({ uri, retryEveryMs: 50 });
  await connection.untilReady();
  return connection;
}

/** Removes all documents, and leaves the indexes. */
export async function emptied(connection: MongoConnection): Promise<MongoConnection> {
  const kept = new Set(["meta"]);
  for (const { name } of await connection.connection.listCollections()) {
    if (!kept.has(name)) await connection.connection.collection(name).deleteMany({});
  }
  return connection;
}
