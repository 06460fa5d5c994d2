// Collections, indexes, aggregation and refusals, as the driver sees them.
import { type Db, Decimal128, MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStoreFixture, type StoreFixture } from "./store-fixture.js";

let fixture: StoreFixture;
let db: Db;

beforeAll(async () => {
  fixture = await openStoreFixture();
  db = fixture.db;
});
afterAll(() => fixture.close());

test("the server presents itself as a standalone of version 7", async () => {
  const hello = await db.command({ hello: 1 });
  expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 21, maxBsonObjectSize: 16777216 });
  expect(hello).not.toHaveProperty("setName");
  expect(hello).not.toHaveProperty("topologyVersion");
  expect((await db.admin().buildInfo())["version"]).toBe("7.0.0");
});

test("collections are made, listed and dropped", async () => {
  await db.createCollection("made");
  await db.createCollection("made");
  const names = (await db.listCollections().toArray()).map(({ name }) => name);
  expect(names).toContain("made");
  expect(await db.listCollections({ name: "made" }, { nameOnly: true }).toArray()).toEqual([
    { name: "made", type: "collection" },
  ]);
  await db.collection("made").drop();
  expect(await db.listCollections({ name: "made" }).toArray()).toEqual([]);
  await db.collection("made").drop();
});

test("a dropped database is empty, and others are not", async () => {
  const other = fixture.client.db(`${db.databaseName}_other`);
  await other.collection("c").insertOne({ a: 1 });
  await db.collection("kept").insertOne({ a: 1 });
  await other.dropDatabase();
  expect(await other.collection("c").countDocuments()).toBe(0);
  expect(await db.collection("kept").countDocuments()).toBe(1);
});

test("createIndexes is idempotent, and refuses what conflicts", async () => {
  const collection = db.collection("indexes");
  expect(await collection.createIndex({ a: 1, b: -1 }, { unique: true })).toBe("a_1_b_-1");
  expect(await collection.createIndex({ a: 1, b: -1 }, { unique: true })).toBe("a_1_b_-1");
  await expect(collection.createIndex({ a: 1, b: -1 })).rejects.toMatchObject({ code: 86 });
  await expect(collection.createIndex({ a: 1, b: -1 }, { unique: true, name: "x" })).rejects.toMatchObject({
    code: 85,
  });
  await expect(collection.createIndex({ a: "2dsphere" })).rejects.toMatchObject({ code: 115 });
  await expect(collection.createIndex({ a: "text" })).rejects.toMatchObject({ code: 115 });
  await expect(collection.createIndex({ a: 1 }, { collation: { locale: "en" } })).rejects.toMatchObject({ code: 115 });
  expect(await collection.indexes()).toEqual([
    { v: 2, key: { _id: 1 }, name: "_id_" },
    { v: 2, key: { a: 1, b: -1 }, name: "a_1_b_-1", unique: true },
  ]);
  await expect(collection.dropIndex("nope")).rejects.toMatchObject({ code: 27 });
  await expect(collection.dropIndex("_id_")).rejects.toMatchObject({ code: 72 });
  await collection.dropIndex("a_1_b_-1");
  expect(await collection.indexes()).toHaveLength(1);
});

test("indexes of a missing collection are an error", async () => {
  await expect(db.collection("nowhere").indexes()).rejects.toMatchObject({ code: 26 });
});

test("a unique index over existing duplicates is refused and leaves nothing", async () => {
  const collection = db.collection("dups");
  await collection.insertMany([{ k: 1 }, { k: 1 }]);
  await expect(collection.createIndex({ k: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
  expect(await collection.indexes()).toHaveLength(1);
});

test("a unique partial index binds only what it contains", async () => {
  const collection = db.collection("partial");
  await collection.createIndex({ k: 1 }, { unique: true, partialFilterExpression: { open: true } });
  await collection.insertMany([
    { k: 1, open: false },
    { k: 1, open: false },
    { k: 1, open: true },
  ]);
  await expect(collection.insertOne({ k: 1, open: true })).rejects.toMatchObject({ code: 11000 });
  await expect(collection.updateOne({ open: false }, { $set: { open: true } })).rejects.toMatchObject({ code: 11000 });
});

test("a unique sparse index lets many lack the field, a plain one lets one", async () => {
  const sparse = db.collection("sparse");
  await sparse.createIndex({ k: 1 }, { unique: true, sparse: true });
  await sparse.insertMany([{}, {}, { k: 1 }]);
  const plain = db.collection("plain");
  await plain.createIndex({ k: 1 }, { unique: true });
  await plain.insertOne({});
  await expect(plain.insertOne({ k: null })).rejects.toMatchObject({ code: 11000, keyValue: { k: null } });
});

test("long texts that differ only at the end are different keys", async () => {
  const collection = db.collection("long");
  await collection.createIndex({ k: 1 }, { unique: true });
  const text = "x".repeat(5000);
  await collection.insertMany([{ k: `${text}a` }, { k: `${text}b` }]);
  await expect(collection.insertOne({ k: `${text}a` })).rejects.toMatchObject({ code: 11000 });
  await expect(collection.updateOne({ k: `${text}a` }, { $set: { k: `${text}b` } })).rejects.toMatchObject({
    code: 11000,
  });
  expect(await collection.countDocuments({ k: `${text}b` })).toBe(1);
});

test("two arrays cannot share a compound index", async () => {
  const collection = db.collection("parallel");
  await collection.createIndex({ a: 1, b: 1 });
  await expect(collection.insertOne({ a: [1], b: [2] })).rejects.toMatchObject({ code: 171 });
  await collection.insertOne({ a: [1, 2], b: 2 });
  expect(await collection.countDocuments({ a: 2, b: 2 })).toBe(1);
});

test("expired documents go with the next sweep, others stay", async () => {
  const collection = db.collection("ttl");
  await collection.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  const now = Date.now();
  await collection.insertMany([{ at: new Date(now - 61_000) }, { at: new Date(now - 59_000) }, { at: "never" }, {}]);
  expect(await fixture.store.sweepExpired(new Date(now))).toBe(1);
  expect(await collection.countDocuments()).toBe(3);
  await expect(collection.createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 1 })).rejects.toMatchObject({ code: 67 });
});

test("aggregation groups, sorts, unwinds, projects and counts", async () => {
  const collection = db.collection("agg");
  await collection.insertMany([
    { _id: 1 as never, g: "x", n: 1, tags: ["a", "b"] },
    { _id: 2 as never, g: "x", n: 2.5, tags: [] },
    { _id: 3 as never, g: "y", n: "text", tags: ["a"] },
    { _id: 4 as never, n: 4 },
  ]);
  const run = async (pipeline: object[]): Promise<unknown[]> => collection.aggregate(pipeline as never).toArray();
  const grouped = {
    _id: "$g",
    count: { $sum: 1 },
    sum: { $sum: "$n" },
    avg: { $avg: "$n" },
    min: { $min: "$n" },
    max: { $max: "$n" },
    first: { $first: "$_id" },
    last: { $last: "$_id" },
    all: { $push: "$n" },
    set: { $addToSet: "$g" },
  };
  expect(await run([{ $sort: { _id: 1 } }, { $group: grouped }, { $sort: { _id: 1 } }])).toEqual([
    { _id: null, count: 1, sum: 4, avg: 4, min: 4, max: 4, first: 4, last: 4, all: [4], set: [] },
    { _id: "x", count: 2, sum: 3.5, avg: 1.75, min: 1, max: 2.5, first: 1, last: 2, all: [1, 2.5], set: ["x"] },
    { _id: "y", count: 1, sum: 0, avg: null, min: "text", max: "text", first: 3, last: 3, all: ["text"], set: ["y"] },
  ]);
  expect(await run([{ $unwind: "$tags" }, { $group: { _id: "$tags", n: { $sum: 1 } } }, { $sort: { n: -1 } }])).toEqual(
    [
      { _id: "a", n: 2 },
      { _id: "b", n: 1 },
    ],
  );
  expect(await run([{ $match: { g: "x" } }, { $project: { copy: "$n", missing: "$nope", g: 1, _id: 0 } }])).toEqual([
    { g: "x", copy: 1 },
    { g: "x", copy: 2.5 },
  ]);
  expect(await run([{ $match: { g: "none" } }, { $count: "n" }])).toEqual([]);
  expect(await run([{ $skip: 1 }, { $limit: 2 }, { $count: "n" }])).toEqual([{ n: 2 }]);
  expect(await run([{ $group: { _id: { g: "$g", t: "$nope" } } }, { $match: { "_id.g": "y" } }])).toEqual([
    { _id: { g: "y" } },
  ]);
  expect(await run([{ $unwind: { path: "$tags", preserveNullAndEmptyArrays: true } }, { $count: "n" }])).toEqual([
    { n: 5 },
  ]);
});

const REFUSED: [name: string, command: object, code: number, text: RegExp][] = [
  ["an unknown command", { frobnicate: 1 }, 59, /frobnicate/],
  ["an unknown field of a command", { find: "c", frob: 1 }, 40415, /find\.frob/],
  ["an unknown stage", { aggregate: "c", pipeline: [{ $lookup: {} }], cursor: {} }, 40324, /\$lookup/],
  ["a change stream", { aggregate: "c", pipeline: [{ $changeStream: {} }], cursor: {} }, 40573, /replica sets/],
  [
    "an unknown accumulator",
    { aggregate: "c", pipeline: [{ $group: { _id: 1, n: { $frob: 1 } } }], cursor: {} },
    15952,
    /\$frob/,
  ],
  [
    "an unknown expression",
    { aggregate: "c", pipeline: [{ $group: { _id: { $year: "$a" } } }], cursor: {} },
    168,
    /\$year/,
  ],
  ["$group without _id", { aggregate: "c", pipeline: [{ $group: { n: { $sum: 1 } } }], cursor: {} }, 15955, /_id/],
  ["aggregate without a cursor", { aggregate: "c", pipeline: [] }, 9, /cursor/],
  [
    "a transaction",
    { insert: "c", documents: [{}], txnNumber: 1, startTransaction: true, autocommit: false },
    20,
    /replica set/,
  ],
  ["an end of a transaction", { commitTransaction: 1 }, 20, /replica set/],
  ["a snapshot read", { find: "c", readConcern: { level: "snapshot" } }, 246, /snapshot/],
  ["more than one writer", { insert: "c", documents: [{}], writeConcern: { w: 2 } }, 2, /'w' > 1/],
  ["a collation", { find: "c", collation: { locale: "en" } }, 115, /collation/],
  ["a hint without an index", { find: "c", hint: "nope" }, 2, /hint/],
  ["sort in an update", { update: "c", updates: [{ q: {}, u: { $set: { a: 1 } }, sort: { a: 1 } }] }, 40415, /sort/],
  ["a capped collection", { create: "d", capped: true, size: 100 }, 115, /capped/],
  ["a validator", { create: "d", validator: { a: 1 } }, 115, /validator/],
  ["a bad collection name", { create: "a$b" }, 73, /a\$b/],
  ["an empty batch", { insert: "c", documents: [] }, 16, /between 1/],
  ["a filter that is no document", { find: "c", filter: 5 }, 14, /find\.filter/],
  ["explain", { explain: { find: "c" } }, 59, /explain/],
];

test.each(REFUSED)("%s is refused with the server's code", async (_name, command, code, text) => {
  await db.collection("c").updateOne({ _id: 1 as never }, { $set: { a: 1 } }, { upsert: true });
  const reply = await db.command(command).then(
    (answer) => answer["writeErrors"]?.[0] ?? answer,
    (error: unknown) => error,
  );
  expect(reply).toMatchObject({ code });
  expect(String((reply as { errmsg?: string; message?: string }).errmsg ?? (reply as Error).message)).toMatch(text);
});

test("decimals are stored and compared, and never added up", async () => {
  const collection = db.collection("decimals");
  await collection.insertMany([{ d: Decimal128.fromString("1.50") }, { d: Decimal128.fromString("10") }]);
  expect(await collection.countDocuments({ d: 1.5 })).toBe(1);
  const sum = collection.aggregate([{ $group: { _id: null, s: { $sum: "$d" } } }]).toArray();
  await expect(sum).rejects.toMatchObject({ code: 115 });
});

test("unacknowledged writes arrive", async () => {
  const client = await new MongoClient(fixture.uri, { writeConcern: { w: 0 }, maxPoolSize: 1 }).connect();
  await client.db().collection("silent").insertOne({ a: 1 });
  await client.db().collection("silent").findOne();
  await client.close();
  expect(await db.collection("silent").countDocuments()).toBe(1);
});
