// agenda and its MongoDB backend against the store.
import { stat } from "node:fs/promises";
import { MongoBackend } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import mongoose, { type Connection } from "mongoose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually, openStoreFixture, type StoreFixture } from "./store-fixture.js";

let fixture: StoreFixture;
let connection: Connection;
let collection = "";
let count = 0;

beforeAll(async () => {
  fixture = await openStoreFixture();
  connection = await mongoose.createConnection(fixture.uri, { serverSelectionTimeoutMS: 3000 }).asPromise();
});
afterAll(async () => {
  await connection.close();
  await fixture.close();
});
beforeEach(() => {
  count += 1;
  collection = `jobs${count}`;
});

async function startAgenda(name: string, define: (agenda: Agenda) => void): Promise<Agenda> {
  const mongo = connection.db;
  if (mongo === undefined) throw new Error("not connected");
  const backend = new MongoBackend({ mongo: mongo as never, collection });
  const agenda = new Agenda({ name, backend, processEvery: 50, defaultLockLimit: 10 });
  agenda.on("error", () => undefined);
  define(agenda);
  await agenda.start();
  return agenda;
}

test("a job asked for now runs once and remembers it", async () => {
  const ran: unknown[] = [];
  const agenda = await startAgenda("one", (it) => {
    it.define("work.do", (job) => {
      ran.push(job.attrs.data);
    });
  });
  await agenda.now("work.do", { id: 7 });
  await eventually(() => ran.length === 1);
  await eventually(async () => {
    const { jobs } = await agenda.queryJobs({ name: "work.do" });
    return jobs[0]?.lastFinishedAt instanceof Date && jobs[0]?.lockedAt == null;
  });
  expect(ran).toEqual([{ id: 7 }]);
  await agenda.stop();
});

test("every makes one job of a name, however often it is called, and repeats it", async () => {
  let runs = 0;
  const agenda = await startAgenda("one", (it) => {
    it.define("tick", () => {
      runs += 1;
    });
  });
  await Promise.all([agenda.every(100, "tick"), agenda.every(100, "tick")]);
  await agenda.every(100, "tick");
  expect((await agenda.queryJobs({ name: "tick" })).total).toBe(1);
  await eventually(() => runs >= 3);
  await agenda.stop();
});

test("two processes share the jobs and run none twice", async () => {
  const ran: number[] = [];
  const define = (it: Agenda): void => {
    it.define("share", (job) => {
      ran.push((job.attrs.data as { at: number }).at);
    });
  };
  const agendas = [await startAgenda("one", define), await startAgenda("two", define)];
  await Promise.all(Array.from({ length: 150 }, (_, at) => agendas[at % 2]?.now("share", { at })));
  await eventually(() => ran.length >= 150);
  await eventually(
    async () =>
      (await agendas[0]?.queryJobs({ name: "share" }))?.jobs.every(({ lockedAt }) => lockedAt == null) === true,
  );
  expect(ran.sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, at) => at));
  for (const agenda of agendas) await agenda.stop();
});

test("unique, cancel, disable and purge do as they say", async () => {
  const agenda = await startAgenda("one", (it) => {
    it.define("later", () => undefined);
  });
  const make = (): Promise<unknown> =>
    agenda
      .create("later", { key: "k" })
      .unique({ "data.key": "k" })
      .schedule(new Date(Date.now() + 60_000))
      .save();
  await Promise.all([make(), make(), make()]);
  expect((await agenda.queryJobs({ name: "later" })).total).toBe(1);
  expect(await agenda.disable({ name: "later" })).toBe(1);
  expect((await agenda.queryJobs({ name: "later", includeDisabled: false })).total).toBe(0);
  expect(await agenda.cancel({ name: "later" })).toBe(1);
  await agenda.stop();
});

test("a poll that finds nothing writes nothing", async () => {
  const raw = fixture.db.collection("idle");
  await raw.createIndex({ name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 });
  await raw.insertOne({ name: "other", nextRunAt: new Date(0), lockedAt: null });
  const changedAt = async (): Promise<number> => (await stat(`${fixture.dataDir}/data.mdb`)).mtimeMs;
  const before = await changedAt();
  for (let at = 0; at < 20; at += 1) {
    await raw.findOneAndUpdate(
      { name: "mine", disabled: { $ne: true }, $or: [{ lockedAt: { $eq: null }, nextRunAt: { $lte: new Date() } }] },
      { $set: { lockedAt: new Date() } },
      { sort: { nextRunAt: 1, priority: -1 } },
    );
    await raw.updateOne({ name: "other" }, { $set: { lockedAt: null } });
  }
  expect(await changedAt()).toBe(before);
});
