// The child process: start, second opener, death of the parent, and kill -9 in the middle of writing.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmbeddedStore } from "../../../../src/storage/embedded/open-embedded-store.js";
import { type EmbeddedStore, startEmbeddedStore } from "../../../../src/storage/embedded/start-embedded-store.js";
import { eventually, makeDataDir } from "./store-fixture.js";

let dataDir = "";
const running: EmbeddedStore[] = [];

beforeEach(async () => {
  dataDir = await makeDataDir();
});
afterEach(async () => {
  for (const store of running.splice(0)) await store.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(onExit?: (info: { code: number | null; signal: string | null }) => void): Promise<EmbeddedStore> {
  const store = await startEmbeddedStore(onExit === undefined ? { dataDir } : { dataDir, onExit });
  running.push(store);
  return store;
}

const connectTo = (store: { uri: string }): Promise<MongoClient> => {
  return new MongoClient(store.uri, { serverSelectionTimeoutMS: 3000 }).connect();
};

const socketOf = (uri: string): string => decodeURIComponent(uri.split("/")[2] ?? "");

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("what was stored is there after a clean restart, and the socket is private", async () => {
  const first = await start();
  const socket = socketOf(first.uri);
  expect((await stat(socket)).mode & 0o777).toBe(0o600);
  expect((await stat(join(socket, ".."))).mode & 0o777).toBe(0o700);
  const client = await connectTo(first);
  await client.db().collection("c").createIndex({ k: 1 }, { unique: true });
  await client.db().collection("c").insertOne({ k: 1 });
  await client.close();
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  await expect(stat(join(socket, ".."))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readdir(dataDir)).not.toContain("store.lock");
  const again = await connectTo(await start());
  await expect(again.db().collection("c").insertOne({ k: 1 })).rejects.toMatchObject({ code: 11000 });
  await again.close();
});

test("a second opener is refused and told who has the directory", async () => {
  const first = await start();
  await expect(startEmbeddedStore({ dataDir })).rejects.toThrow(`in use by process ${first.pid}`);
  await expect(openEmbeddedStore({ dataDir })).rejects.toMatchObject({
    name: "DirectoryLockedError",
    holder: first.pid,
  });
});

test("whoever starts while the store of a killed bot is still ending waits for it", async () => {
  const first = await start();
  const second = start();
  const early = second.then(
    () => "opened",
    () => "refused",
  );
  expect(await Promise.race([early, sleep(1_500, "waits")])).toBe("waits");
  await first.stop();
  expect((await second).pid).not.toBe(first.pid);
});

test("a directory that is a file is refused with the reason", async () => {
  const file = join(dataDir, "file");
  await writeFile(file, "");
  await expect(startEmbeddedStore({ dataDir: file })).rejects.toThrow(/could not start: EEXIST/);
});

test("a stale lock is taken over: process gone, process id reused, file damaged", async () => {
  const stale = [
    JSON.stringify({ token: "t", pid: 2 ** 30, address: { path: "/nowhere/s.sock" } }),
    JSON.stringify({ token: "t", pid: process.pid, startedAt: "1", address: { path: "/nowhere/s.sock" } }),
    "{ damaged",
  ];
  for (const content of stale) {
    await writeFile(join(dataDir, "store.lock"), content);
    const store = await openEmbeddedStore({ dataDir });
    await store.stop();
  }
  expect(await readdir(dataDir)).not.toContain("store.lock");
});

test("the parent hears of an end it did not ask for, and of no other", async () => {
  const exits: unknown[] = [];
  const killed = await start((info) => exits.push(info));
  process.kill(killed.pid, "SIGKILL");
  await eventually(() => exits.length === 1);
  // A killed child leaves its socket behind; the parent clears it away.
  await eventually(() => !existsSync(dirname(socketOf(killed.uri))));
  expect(exits).toEqual([{ code: null, signal: "SIGKILL" }]);
  const stopped = await start((info) => exits.push(info));
  await stopped.stop();
  expect(exits).toHaveLength(1);
});

test("the store ends when its parent is killed", async () => {
  const require = createRequire(import.meta.url);
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const module = new URL("../../../../src/storage/embedded/start-embedded-store.ts", import.meta.url).href;
  const script = `const { startEmbeddedStore } = await import(${JSON.stringify(module)});
    const store = await startEmbeddedStore({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(store.pid);`;
  const parent: ChildProcess = spawn(process.execPath, ["--import", loader, "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (parent.stdout === null) throw new Error("no output");
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(String(line));
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await eventually(() => !isAlive(pid));
  await start();
});

test("kill -9 while writing loses nothing that was acknowledged", async () => {
  for (let round = 0; round < 2; round += 1) await killWhileWriting(round);
});

async function killWhileWriting(round: number): Promise<void> {
  const store = await start();
  const client = await connectTo(store);
  const collection = client.db().collection(`round${round}`);
  await collection.createIndex({ n: 1 }, { unique: true });
  const inserted: number[] = [];
  const updated: number[] = [];
  let next = 0;
  const writer = async (): Promise<void> => {
    for (;;) {
      const n = next;
      next += 1;
      await collection.insertOne({ n, text: "x".repeat(300) });
      inserted.push(n);
      await collection.updateOne({ n }, { $set: { updated: true } });
      updated.push(n);
    }
  };
  const writers = Promise.allSettled(Array.from({ length: 8 }, writer));
  const wanted = 150 + Math.floor(Math.random() * 200);
  await eventually(() => inserted.length >= wanted);
  process.kill(store.pid, "SIGKILL");
  await writers;
  await client.close();
  const again = await connectTo(await start());
  const after = again.db().collection(`round${round}`);
  const found = await after.find().toArray();
  const numbers = new Set(found.map(({ n }) => n));
  const done = new Set(found.filter((doc) => doc["updated"] === true).map(({ n }) => n));
  expect(
    inserted.filter((n) => !numbers.has(n)),
    `lost inserts after ${wanted}`,
  ).toEqual([]);
  expect(
    updated.filter((n) => !done.has(n)),
    `lost updates after ${wanted}`,
  ).toEqual([]);
  // Every document is reachable through the index, and the index holds nothing else.
  for (const { n } of found.slice(0, 50)) expect(await after.countDocuments({ n })).toBe(1);
  expect(await after.countDocuments({ n: { $gte: 0 } })).toBe(found.length);
  await again.close();
  await running.pop()?.stop();
}

test("random bytes on the socket harm nobody", async () => {
  const store = await start();
  const client = await connectTo(store);
  await client.db().collection("c").insertOne({ a: 1 });
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state % below;
  };
  for (let at = 0; at < 40; at += 1) {
    await sendGarbage(
      socketOf(store.uri),
      Array.from({ length: 10 }, () => garbageFrame(random)),
    );
  }
  expect(await client.db().collection("c").countDocuments(), `seed ${seed}`).toBe(1);
  await client.close();
});

function garbageFrame(random: (below: number) => number): Buffer {
  const frame = Buffer.alloc(16 + random(80));
  for (let at = 0; at < frame.length; at += 1) frame[at] = random(256);
  if (random(3) > 0) frame.writeInt32LE(frame.length, 0);
  if (random(3) > 0) frame.writeInt32LE(random(2) === 0 ? 2013 : 2004, 12);
  if (random(3) > 0) frame.fill(0, 16, Math.min(21, frame.length));
  return frame;
}

async function sendGarbage(path: string, frames: Buffer[]): Promise<void> {
  const socket = connect({ path });
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.resume();
  for (const frame of frames) socket.write(frame);
  socket.end();
  await closed;
}

test("a disk that takes no more refuses writes, keeps what it has, and goes on when there is room again", async () => {
  const require = createRequire(import.meta.url);
  const loader = pathToFileURL(require.resolve("tsx")).href;
  const entry = fileURLToPath(new URL("../../../../src/storage/embedded/embedded-store-process.ts", import.meta.url));
  // The shell's limit on file size (in units of 512 bytes) stands in for a full disk.
  const command = `ulimit -f 1500; exec "$0" --import "$1" "$2" "$3"`;
  const child = spawn("sh", ["-c", command, process.execPath, loader, entry, dataDir], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const { listening } = JSON.parse(String(line)) as { listening: string };
  const client = await connectTo({ uri: listening });
  const collection = client.db().collection("c");
  await collection.createIndex({ k: 1 });
  const stored: number[] = [];
  const refusals = new Set<unknown>();
  for (let k = 0; k < 20; k += 1) {
    await collection.insertOne({ k, text: "x".repeat(60_000) }).then(
      () => stored.push(k),
      (error: { code?: unknown }) => refusals.add(error.code),
    );
  }
  expect(stored.length).toBeGreaterThan(0);
  expect([...refusals]).toEqual([14031]);
  await expect(
    client
      .db()
      .collection("other")
      .insertOne({ text: "x".repeat(60_000) }),
  ).rejects.toMatchObject({ code: 14031 });
  expect((await client.db().listCollections().toArray()).map(({ name }) => name)).toEqual(["c"]);
  expect((await collection.find({ k: { $gte: 0 } }).toArray()).map(({ k }) => k)).toEqual(stored);
  await collection.deleteMany({ k: { $lt: 4 } });
  await collection.insertOne({ k: 1000 });
  expect(await collection.countDocuments()).toBe(stored.length - 3);
  await client.close();
  child.stdin.end();
  const [code] = (await once(child, "exit")) as [number | null];
  expect(code).toBe(0);
});

test("a data directory is made when it is missing", async () => {
  const nested = join(dataDir, "a", "b");
  const store = await openEmbeddedStore({ dataDir: nested });
  await store.stop();
  await mkdir(nested, { recursive: true });
  expect(await readdir(nested)).toContain("data.mdb");
});
