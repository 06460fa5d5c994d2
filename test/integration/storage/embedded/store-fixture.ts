// A store in this process with a driver connected to it, in a directory of its own.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Db, MongoClient } from "mongodb";
import { type OpenStore, openEmbeddedStore } from "../../../../src/storage/embedded/open-embedded-store.js";
import { storeUriForDatabase } from "../../../../src/storage/embedded/store-uri.js";

/** An open store and a connected client. */
export interface StoreFixture {
  store: OpenStore;
  client: MongoClient;
  /** A database that no other test uses. */
  db: Db;
  uri: string;
  dataDir: string;
  close(): Promise<void>;
}

/** A directory that nobody else uses. */
export async function makeDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), "store-test-"));
}

/** Opens a store and connects to it. */
export async function openStoreFixture(): Promise<StoreFixture> {
  const dataDir = await makeDataDir();
  const store = await openEmbeddedStore({ dataDir });
  const uri = storeUriForDatabase(store.uri, `test_${randomBytes(4).toString("hex")}`);
  const client = await new MongoClient(uri, { serverSelectionTimeoutMS: 3000 }).connect();
  const close = async (): Promise<void> => {
    await client.close();
    await store.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { store, client, db: client.db(), uri, dataDir, close };
}

/** Waits until a condition holds, at most for the given time. */
export async function eventually(condition: () => boolean | Promise<boolean>, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error("The condition did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
