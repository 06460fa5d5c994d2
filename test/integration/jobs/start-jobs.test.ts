import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { JOB_NAMES, type JobName } from "../../../src/jobs/job-names.js";
import { type Jobs, type JobsDb, startJobs } from "../../../src/jobs/start-jobs.js";
import { connectMongo, type MongoConnection } from "../../../src/storage/connect-mongo.js";
import { startStoreProxy } from "../../support/store-proxy.js";
import { connectedTo, startTestStore, type TestStore } from "../../support/test-store.js";

let store: TestStore;
let connection: MongoConnection;
const started: Jobs[] = [];
beforeAll(async () => {
  store = await startTestStore();
  connection = await connectedTo(store.uri);
});
afterAll(async () => {
  await connection.close();
  await store.stop();
});
beforeEach(async () => {
  await rows().deleteMany({});
});
afterEach(async () => {
  for (const jobs of started.splice(0)) await jobs.stop();
});

const rows = () => dbOf(connection).collection("agendaJobs");
function dbOf({ connection: { db } }: MongoConnection): JobsDb {
  if (db === undefined) throw new Error("The store is not connected.");
  return db;
}
const inAWhile = { timeout: 15_000, interval: 25 };

const nothing = async (): Promise<void> => undefined;

/** Jobs that count their ticks; `during` runs inside every tick of the clock. */
async function ticking(processName: string, during = nothing, on = connection, delivers = true) {
  const ticks = Object.fromEntries(JOB_NAMES.map((name) => [name, 0])) as Record<JobName, number>;
  const faults: string[] = [];
  const count =
    (name: JobName, then = nothing) =>
    async () => {
      ticks[name] += 1;
      await then();
    };
  const jobs = await startJobs({
    db: dbOf(on),
    processName,
    handlers: {
      "clock.tick": count("clock.tick", during),
      "effects.sweep": count("effects.sweep"),
      "duties.tick": count("duties.tick"),
      ...(delivers
        ? { "delivery.batch": count("delivery.batch"), "delivery.reconcile": count("delivery.reconcile") }
        : {}),
    },
    onFault: (job, err) => faults.push(`${job}: ${String(err)}`),
    stopWithinMs: 200,
  });
  started.push(jobs);
  return { jobs, ticks, faults };
}

test("every job runs, and the clock again and again", async () => {
  const { ticks, faults } = await ticking("a");
  await vi.waitUntil(() => ticks["clock.tick"] >= 3 && JOB_NAMES.every((name) => ticks[name] >= 1), inAWhile);
  expect(faults).toEqual([]);
});

test("the jobs of a part that is off are not scheduled", async () => {
  const { ticks } = await ticking("a", nothing, connection, false);
  await vi.waitUntil(() => ticks["clock.tick"] >= 1, inAWhile);
  expect((await rows().find({}).toArray()).map(({ name }) => name as string).sort()).toEqual([
    "clock.tick",
    "duties.tick",
    "effects.sweep",
  ]);
});

describe("starting where the jobs exist", () => {
  const scheduled = () =>
    rows()
      .find({}, { projection: { name: 1, repeatInterval: 1 } })
      .sort({ name: 1 })
      .toArray();

  test("leaves them as they are, with a lock that another process holds", async () => {
    const first = await ticking("a");
    await first.jobs.stop();
    const before = await scheduled();
    const lockedAt = new Date();
    await rows().updateMany({}, { $set: { lockedAt, lastModifiedBy: "somebody else" } });
    await (await ticking("b")).jobs.stop();
    expect(await scheduled()).toEqual(before);
    expect(await rows().countDocuments({ lockedAt })).toBe(5);
  });

  test("takes over a changed interval", async () => {
    await (await ticking("a")).jobs.stop();
    await rows().updateOne({ name: "clock.tick" }, { $set: { repeatInterval: 5_000 } });
    await (await ticking("b")).jobs.stop();
    expect((await scheduled()).map(({ repeatInterval }) => repeatInterval)).toEqual([
      1_000, 2_000, 10_000, 60_000, 2_000,
    ]);
  });

  test("in many processes at once makes each job once", async () => {
    await Promise.all(["a", "b", "c", "d"].map((name) => ticking(name)));
    expect(await rows().countDocuments({})).toBe(5);
  });
});

test("two processes share the ticks and never run one twice at once", async () => {
  let inside = 0;
  let most = 0;
  const during = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  const [one, other] = await Promise.all([ticking("a", during), ticking("b", during)]);
  await vi.waitUntil(() => one.ticks["clock.tick"] + other.ticks["clock.tick"] >= 4, inAWhile);
  expect(most).toBe(1);
});

test("a handler that fails is reported, and the next tick comes all the same", async () => {
  const { ticks, faults } = await ticking("a", () => Promise.reject(new Error("boom")));
  await vi.waitUntil(() => ticks["clock.tick"] >= 2, inAWhile);
  expect(faults[0]).toBe("clock.tick: Error: boom");
});

describe("stopping", () => {
  test("works without the store, and says what it could not do", async () => {
    const proxy = await startStoreProxy(store.uri);
    const own = await connectedTo(proxy.uri);
    const { jobs, faults } = await ticking("a", nothing, own);
    await proxy.close();
    await own.close();
    expect(await jobs.stop()).toEqual({ finished: true });
    expect(faults.length).toBeGreaterThan(0);
  });

  test("waits for what runs, takes nothing new and leaves no lock behind", async () => {
    const steps: string[] = [];
    const { jobs, ticks } = await ticking("a", async () => {
      await new Promise((resolve) => setImmediate(resolve));
      steps.push("done");
    });
    await vi.waitUntil(() => ticks["clock.tick"] >= 1, inAWhile);
    expect(await jobs.stop()).toEqual({ finished: true });
    expect(steps).toHaveLength(ticks["clock.tick"]);
    expect(jobs.running()).toBe(0);
    await vi.waitUntil(async () => (await rows().countDocuments({ lockedAt: { $ne: null } })) === 0, inAWhile);
  });

  test("does not wait for ever, and says so", async () => {
    const { jobs, ticks } = await ticking("a", () => new Promise(() => undefined));
    await vi.waitUntil(() => ticks["clock.tick"] >= 1, inAWhile);
    expect(await jobs.stop()).toEqual({ finished: false });
  });

  test("hands over at once: the next process ticks without waiting for a lock to run out", async () => {
    const first = await ticking("a");
    await vi.waitUntil(() => first.ticks["clock.tick"] >= 1, inAWhile);
    await first.jobs.stop();
    const second = await ticking("b");
    await vi.waitUntil(() => second.ticks["clock.tick"] >= 1, { timeout: 6_000, interval: 25 });
  });
});

test("a store that goes away is reported, ends nothing, and the ticks go on when it is back", async () => {
  const proxy = await startStoreProxy(store.uri);
  const own = connectMongo({ uri: proxy.uri, retryEveryMs: 50 });
  await own.untilReady();
  const { jobs, ticks, faults } = await ticking("a", nothing, own);
  await vi.waitUntil(() => ticks["clock.tick"] >= 1, inAWhile);
  await proxy.close();
  await vi.waitUntil(() => faults.length > 0, inAWhile);
  await proxy.open();
  const before = ticks["clock.tick"];
  await vi.waitUntil(() => ticks["clock.tick"] > before, { timeout: 25_000, interval: 50 });
  await jobs.stop();
  await own.close();
  await proxy.close();
}, 60_000);
