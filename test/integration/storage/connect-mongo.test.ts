import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { StoreFault } from "../../../src/ports/commit-store.js";
import {
  connectMongo,
  type MongoConnection,
  type MongoConnectionOptions,
  type StoreEvent,
} from "../../../src/storage/connect-mongo.js";
import { DataNewerThanProgram, MIGRATIONS, migrate } from "../../../src/storage/migrations.js";
import { createMongoCommitStore } from "../../../src/storage/mongo-commit-store.js";
import { missingIndexes } from "../../../src/storage/store-indexes.js";
import { aCommit } from "../../contract/commit-builders.js";
import { startStoreProxy } from "../../support/store-proxy.js";
import { connectedTo, startTestStore, type TestStore } from "../../support/test-store.js";

let store: TestStore;
const opened: MongoConnection[] = [];
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.stop());
afterEach(async () => {
  for (const connection of opened.splice(0)) await connection.close();
});

function connecting(options: Partial<MongoConnectionOptions> = {}) {
  const events: StoreEvent[] = [];
  const onEvent = (event: StoreEvent) => events.push(event);
  const connection = connectMongo({ uri: store.uri, onEvent, retryEveryMs: 50, checkEveryMs: 50, ...options });
  opened.push(connection);
  const kinds = () => events.map(({ kind }) => kind);
  return { connection, events, kinds };
}
const inAWhile = { timeout: 8_000, interval: 20 };

describe("becoming ready", () => {
  test("the connection is not ready at once, and ready once every index is seen", async () => {
    const { connection, events } = connecting();
    expect(connection.ready()).toEqual({ ok: false, reason: "connecting" });
    await connection.untilReady();
    expect(connection.ready()).toEqual({ ok: true });
    expect(await missingIndexes(connection.connection)).toEqual([]);
    expect(events[0]).toEqual({ kind: "up", ranMigrations: ["create-indexes"] });
  });

  test("a store that is down at start is waited for, with its reason, and used when it comes up", async () => {
    const proxy = await startStoreProxy(store.uri);
    await proxy.close();
    const { connection, events, kinds } = connecting({ uri: proxy.uri });
    await vi.waitUntil(() => kinds().includes("waiting"), inAWhile);
    expect(events[0]).toMatchObject({ kind: "waiting", reason: expect.stringContaining("ECONNREFUSED") });
    const saved = createMongoCommitStore(connection).append(aCommit(), null);
    await expect(saved).rejects.toMatchObject({ name: "StoreFault", outcome: "not-saved" });
    await proxy.open();
    await connection.untilReady();
    expect(kinds()).toEqual(["waiting", "up"]);
    await connection.close();
    await proxy.close();
  });

  test("a store that goes away and comes back is told once each", async () => {
    const proxy = await startStoreProxy(store.uri);
    const { connection, kinds } = connecting({ uri: proxy.uri });
    await connection.untilReady();
    await proxy.close();
    await vi.waitUntil(() => !connection.ready().ok, inAWhile);
    await proxy.open();
    await vi.waitUntil(() => connection.ready().ok, inAWhile);
    expect(kinds().filter((kind) => kind !== "waiting")).toEqual(["up", "down", "up"]);
    await connection.close();
    await proxy.close();
  });

  test("an index that somebody dropped is made again before the next readiness", async () => {
    const first = connecting().connection;
    await first.untilReady();
    await first.connection.collection("commits").dropIndex("command");
    expect(await missingIndexes(first.connection)).toEqual(["commits.command"]);
    await connecting().connection.untilReady();
    expect(await missingIndexes(first.connection)).toEqual([]);
  });

  test.each(["mongodb://?", "mongodb://host:99999/plantao", "mongodb://host/plantao?unheardOf=1"])(
    "an address that cannot be one is refused, not tried again: %s",
    async (uri) => {
      const { connection, kinds } = connecting({ uri });
      await expect(connection.untilReady()).rejects.toThrow();
      expect(kinds()).toEqual(["refused"]);
    },
  );

  test("closing before readiness ends the wait", async () => {
    const proxy = await startStoreProxy(store.uri);
    await proxy.close();
    const { connection } = connecting({ uri: proxy.uri });
    await connection.close();
    await expect(connection.untilReady()).rejects.toThrow("was closed");
    expect(connection.ready()).toEqual({ ok: false, reason: "closed" });
  });
});

describe("clock skew against the store", () => {
  test.each([
    [3_000, true, ["skew", "up"]],
    [-3_000, true, ["skew", "up"]],
    [0, true, ["up"]],
  ])("a difference of %i ms leaves the store usable", async (offset, ok, expected) => {
    const { connection, kinds } = connecting({ now: () => Date.now() + offset });
    await connection.untilReady();
    expect(connection.ready().ok).toBe(ok);
    expect(kinds()).toEqual(expected);
    expect(Math.abs(connection.skewMs() ?? Number.NaN)).toBeLessThanOrEqual(Math.abs(offset) + 100);
  });

  test("a difference above 10 s is unhealthy until the clocks agree", async () => {
    let offset = 11_000;
    const { connection, events } = connecting({ now: () => Date.now() + offset });
    await vi.waitUntil(() => events.some(({ kind }) => kind === "skew"), inAWhile);
    expect(events).toContainEqual(expect.objectContaining({ kind: "skew", healthy: false }));
    expect(connection.ready()).toMatchObject({ ok: false, reason: expect.stringContaining("clock differs") });
    offset = 0;
    await connection.untilReady();
    expect(connection.ready().ok).toBe(true);
  });
});

describe("migrations", () => {
  const steps = (...names: string[]) => {
    const ran: string[] = [];
    const later = names.map((name, index) => ({
      version: MIGRATIONS.length + index + 1,
      name,
      run: async () => void ran.push(name),
    }));
    return { ran, migrations: [...MIGRATIONS, ...later] };
  };

  test("processes that start together run each step once, in order", async () => {
    const own = await startTestStore();
    const { ran, migrations } = steps("second", "third");
    const connections = Array.from({ length: 3 }, () => connectMongo({ uri: own.uri, migrations }));
    await Promise.all(connections.map((connection) => connection.untilReady()));
    expect(ran).toEqual(["second", "third"]);
    for (const connection of connections) await connection.close();
    await own.stop();
  });

  test("a step that failed is run again, and those before it are not", async () => {
    const own = await startTestStore();
    const connection = await connectedTo(own.uri);
    const { ran, migrations } = steps("second", "third");
    const failing = migrations.map((one) =>
      one.name === "third" ? { ...one, run: () => Promise.reject(new Error("no")) } : one,
    );
    await expect(migrate(connection.connection, failing)).rejects.toThrow("no");
    await expect(migrate(connection.connection, migrations)).resolves.toEqual(["third"]);
    expect(ran).toEqual(["second", "third"]);
    await connection.close();
    await own.stop();
  });

  test("data newer than the program refuses to start", async () => {
    const own = await startTestStore();
    const newer = connectMongo({ uri: own.uri, migrations: steps("second").migrations });
    await newer.untilReady();
    const older = connectMongo({ uri: own.uri });
    await expect(older.untilReady()).rejects.toThrow(DataNewerThanProgram);
    expect(older.ready()).toMatchObject({ ok: false, reason: expect.stringContaining("newer program") });
    await older.close();
    await newer.close();
    await own.stop();
  });
});

describe("an answer that is lost", () => {
  test("does not lose the commit, nor store it twice", async () => {
    const proxy = await startStoreProxy(store.uri);
    const connection = await connectedTo(proxy.uri);
    const commits = createMongoCommitStore(connection);
    const commit = aCommit();
    proxy.loseAnswerTo(commit.commandId);
    expect(await commits.append(commit, null)).toEqual({ kind: "appended" });
    expect(await commits.load(commit.incidentId)).toEqual([commit]);
    await connection.close();
    await proxy.close();
  });

  test("with the store gone afterwards leaves it unknown whether it was saved", async () => {
    const proxy = await startStoreProxy(store.uri);
    const connection = await connectedTo(proxy.uri);
    const commit = aCommit();
    proxy.loseAnswerTo(commit.commandId);
    connection.connection.getClient().once("connectionClosed", () => void proxy.close());
    const fault = await createMongoCommitStore(connection)
      .append(commit, null)
      .catch((err: unknown) => err);
    expect(fault).toBeInstanceOf(StoreFault);
    expect(fault).toMatchObject({ outcome: "unknown" });
    await connection.close();
    const direct = await connectedTo(store.uri);
    expect(await createMongoCommitStore(direct).findByCommand(commit.commandId)).toEqual(commit);
    await direct.close();
  });
});
