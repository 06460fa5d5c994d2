// The unmodified driver against the store: writes, reads, cursors and their errors.
import { type Collection, type Document, Long, MongoServerError, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openStoreFixture, type StoreFixture } from "./store-fixture.js";

let fixture: StoreFixture;
let collection: Collection<Document>;
let count = 0;

beforeAll(async () => {
  fixture = await openStoreFixture();
});
afterAll(() => fixture.close());
beforeEach(() => {
  count += 1;
  collection = fixture.db.collection(`crud${count}`);
});

const numbered = (from: number, to: number): Document[] => {
  return Array.from({ length: to - from }, (_, at) => ({ _id: (from + at) as never, n: from + at }));
};

test("500 concurrent increments of one document add up", async () => {
  await collection.insertOne({ _id: 1 as never, n: 0 });
  await Promise.all(Array.from({ length: 500 }, () => collection.updateOne({ _id: 1 as never }, { $inc: { n: 1 } })));
  expect(await collection.findOne()).toEqual({ _id: 1, n: 500 });
});

test("50 concurrent upserts of one key make one document", async () => {
  await collection.createIndex({ key: 1 }, { unique: true });
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, at) => collection.updateOne({ key: "k" }, { $set: { at } }, { upsert: true })),
  );
  expect(results.filter(({ upsertedCount }) => upsertedCount === 1)).toHaveLength(1);
  expect(await collection.countDocuments()).toBe(1);
});

test("250 concurrent claims of 200 documents claim each once", async () => {
  await collection.createIndex({ owner: 1, n: 1 });
  await collection.insertMany(numbered(0, 200).map((item) => ({ ...item, owner: null })));
  const claims = await Promise.all(
    Array.from({ length: 250 }, (_, at) =>
      collection.findOneAndUpdate(
        { owner: null },
        { $set: { owner: at } },
        { sort: { n: 1 }, returnDocument: "after" },
      ),
    ),
  );
  const claimed = claims.flatMap((doc) => (doc === null ? [] : [String(doc._id)]));
  expect(new Set(claimed).size).toBe(200);
  expect(claimed).toHaveLength(200);
});

test("a document of 15 MB is stored, one over 16 MB is refused", async () => {
  const text = "x".repeat(15 * 1024 * 1024);
  await collection.insertOne({ _id: 1 as never, text });
  expect((await collection.findOne())?.["text"].length).toBe(text.length);
  await expect(collection.updateOne({}, { $set: { more: "y".repeat(2 * 1024 * 1024) } })).rejects.toMatchObject({
    code: 17419,
  });
});

test("an unordered bulk keeps going after duplicates, an ordered one stops", async () => {
  await collection.insertMany(numbered(0, 5));
  const unordered = collection.insertMany(numbered(0, 10), { ordered: false });
  await expect(unordered).rejects.toMatchObject({ code: 11000, insertedCount: 5 });
  const ordered = collection.insertMany([...numbered(20, 22), ...numbered(0, 1), ...numbered(30, 31)]);
  await expect(ordered).rejects.toMatchObject({ code: 11000, insertedCount: 2 });
  expect(await collection.countDocuments()).toBe(12);
});

test("a duplicate inside one batch is found", async () => {
  await collection.createIndex({ k: 1 }, { unique: true });
  await expect(collection.insertMany([{ k: 1 }, { k: 1 }])).rejects.toMatchObject({ code: 11000 });
  expect(await collection.countDocuments()).toBe(1);
});

test("a duplicate key error carries pattern, value and the server's text", async () => {
  await collection.createIndex({ email: 1, at: -1 }, { unique: true });
  const at = new Date(5);
  await collection.insertOne({ email: "a@b.c", at });
  const error = await collection.insertOne({ email: "a@b.c", at }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MongoServerError);
  expect(error).toMatchObject({ code: 11000, keyPattern: { email: 1, at: -1 }, keyValue: { email: "a@b.c", at } });
  const name = `${fixture.db.databaseName}.${collection.collectionName}`;
  expect((error as Error).message).toBe(
    `E11000 duplicate key error collection: ${name} index: email_1_at_-1 dup key: { email: "a@b.c", at: new Date(5) }`,
  );
  const changed = collection.findOneAndUpdate({ email: "x" }, { $set: { email: "a@b.c", at } }, { upsert: true });
  await expect(changed).rejects.toMatchObject({ code: 11000, keyValue: { email: "a@b.c", at } });
});

test("an open cursor keeps its view while the documents go", async () => {
  await collection.insertMany(numbered(0, 500));
  const cursor = collection.find().batchSize(50);
  await cursor.next();
  await collection.deleteMany({});
  expect(await cursor.toArray()).toHaveLength(499);
  expect(await collection.countDocuments()).toBe(0);
});

test("a cursor that is gone says so", async () => {
  await collection.insertMany(numbered(0, 10));
  const cursor = collection.find().batchSize(2);
  await cursor.next();
  const id = cursor.id;
  if (id === undefined) throw new Error("no cursor");
  await fixture.db.command({ killCursors: collection.collectionName, cursors: [id] });
  const more = fixture.db.command({ getMore: id, collection: collection.collectionName });
  await expect(more).rejects.toMatchObject({ code: 43, codeName: "CursorNotFound" });
  await cursor.close();
});

test("batches are cut by number and end without an empty one", async () => {
  await collection.insertMany(numbered(0, 205));
  const first = await fixture.db.command({ find: collection.collectionName });
  expect(first["cursor"].firstBatch).toHaveLength(101);
  const next = { getMore: first["cursor"].id, collection: collection.collectionName, batchSize: 104 };
  const more = await fixture.db.command(next);
  expect(more["cursor"].nextBatch).toHaveLength(104);
  expect(more["cursor"].id).toEqual(0);
});

test("skip, limit and sort go together", async () => {
  await collection.insertMany(numbered(0, 20));
  const found = await collection
    .find({ n: { $gte: 5 } })
    .sort({ n: -1 })
    .skip(2)
    .limit(3)
    .toArray();
  expect(found.map(({ n }) => n)).toEqual([17, 16, 15]);
});

test("projections include, exclude, go into arrays and cut them", async () => {
  await collection.insertOne({
    _id: 1 as never,
    a: 1,
    b: { c: 2, d: 3 },
    list: [
      { x: 1, y: 1 },
      { x: 2, y: 2 },
    ],
    n: [1, 2, 3],
  });
  const project = async (projection: Document): Promise<unknown> =>
    (await collection.find({}, { projection }).next()) ?? null;
  expect(await project({ a: 1 })).toEqual({ _id: 1, a: 1 });
  expect(await project({ "b.c": 1, _id: 0 })).toEqual({ b: { c: 2 } });
  expect(await project({ "list.x": 1, _id: 0 })).toEqual({ list: [{ x: 1 }, { x: 2 }] });
  expect(await project({ b: 0, list: 0, n: 0 })).toEqual({ _id: 1, a: 1 });
  expect(await project({ _id: 1 })).toEqual({ _id: 1 });
  expect(await project({ n: { $slice: -2 }, list: 0, b: 0 })).toEqual({ _id: 1, a: 1, n: [2, 3] });
  expect(await project({ a: 1, n: { $slice: [1, 1] } })).toEqual({ _id: 1, a: 1, n: [2] });
  await expect(project({ a: 1, b: 0 })).rejects.toMatchObject({ code: 31254 });
  await expect(project({ b: 1, "b.c": 1 })).rejects.toMatchObject({ code: 31249 });
  await expect(project({ list: { $elemMatch: { x: 1 } } })).rejects.toMatchObject({ code: 115 });
});

test("an upsert takes equalities from its filter and puts _id first", async () => {
  await collection.updateOne({ "a.b": 1, c: { $gt: 5 }, d: { $in: ["x"] } }, { $set: { z: 1 } }, { upsert: true });
  const found = await collection.findOne({}, { projection: { _id: 0 } });
  expect(found).toEqual({ a: { b: 1 }, d: "x", z: 1 });
  const result = await collection.replaceOne({ _id: "k" as never, other: 1 }, { v: 1 }, { upsert: true });
  expect(result.upsertedId).toBe("k");
  expect(await collection.findOne({ _id: "k" as never })).toEqual({ _id: "k", v: 1 });
  expect(Object.keys((await collection.findOne({ z: 1 })) ?? {})[0]).toBe("_id");
});

test("an update of many counts what changed, and keeps what came before a failure", async () => {
  await collection.insertMany([
    { _id: 1 as never, n: 1 },
    { _id: 2 as never, n: 2 },
    { _id: 3 as never, n: "x" },
    { _id: 4 as never, n: 4 },
  ]);
  expect(await collection.updateMany({ n: { $lte: 2 } }, { $max: { n: 2 } })).toMatchObject({
    matchedCount: 2,
    modifiedCount: 1,
  });
  await expect(collection.updateMany({}, { $inc: { n: 1 } })).rejects.toMatchObject({ code: 14 });
  const values = (await collection.find().sort({ _id: 1 }).toArray()).map(({ n }) => n);
  expect(values).toEqual([3, 3, "x", 4]);
});

test("an update of many does not meet its own changes", async () => {
  await collection.createIndex({ n: 1 });
  await collection.insertMany(numbered(0, 1000));
  expect((await collection.updateMany({ n: { $gte: 0 } }, { $inc: { n: 10_000 } })).modifiedCount).toBe(1000);
  expect(await collection.countDocuments({ n: { $gte: 20_000 } })).toBe(0);
});

test("longs and doubles keep their type through an update", async () => {
  await collection.insertOne({ _id: 1 as never, big: Long.fromString("9007199254740993"), half: 0.5 });
  await collection.updateOne({}, { $inc: { big: 1 }, $set: { x: 1 } });
  const [found] = await collection.find({}, { promoteValues: false }).toArray();
  expect(String(found?.["big"])).toBe("9007199254740994");
});

test("distinct and count see through arrays and filters", async () => {
  await collection.insertMany([{ t: ["a", "b"] }, { t: "b" }, { t: null }, {}]);
  expect(await collection.distinct("t")).toEqual([null, "a", "b"]);
  expect(await collection.countDocuments({ t: "b" })).toBe(2);
  expect(await collection.estimatedDocumentCount()).toBe(4);
});

test("bulkWrite runs every kind of operation", async () => {
  const result = await collection.bulkWrite([
    { insertOne: { document: { _id: 1 as never, a: 1 } } },
    { insertOne: { document: { _id: 2 as never, a: 2 } } },
    { updateOne: { filter: { a: 1 }, update: { $set: { b: 1 } } } },
    { replaceOne: { filter: { a: 2 }, replacement: { a: 3 } } },
    { updateOne: { filter: { a: 9 }, update: { $set: { a: 9 } }, upsert: true } },
    { deleteOne: { filter: { a: 1 } } },
  ]);
  expect(result).toMatchObject({ insertedCount: 2, modifiedCount: 2, upsertedCount: 1, deletedCount: 1 });
  expect((await collection.find({}, { projection: { _id: 0 } }).toArray()).map(({ a }) => a)).toEqual([3, 9]);
});

test("deleting takes one or all", async () => {
  await collection.insertMany(numbered(0, 5));
  expect((await collection.deleteOne({ n: { $gte: 1 } })).deletedCount).toBe(1);
  expect((await collection.findOneAndDelete({}, { sort: { n: -1 } }))?.["n"]).toBe(4);
  expect((await collection.deleteMany({})).deletedCount).toBe(3);
});

test("documents without _id get one, in the first place", async () => {
  await fixture.db.command({ insert: collection.collectionName, documents: [{ a: 1 }] });
  const found = await collection.findOne();
  expect(found?._id).toBeInstanceOf(ObjectId);
  expect(Object.keys(found ?? {})).toEqual(["_id", "a"]);
});

test("an _id that is an array is refused", async () => {
  await expect(collection.insertOne({ _id: [1] as never })).rejects.toMatchObject({ code: 53 });
});

test("a time limit stops a long read", async () => {
  await collection.insertMany(numbered(0, 5000).map((item) => ({ ...item, text: "x".repeat(200) })));
  const slow = collection.find({ text: { $regex: "x{50}y" } }, { maxTimeMS: 1 }).toArray();
  await expect(slow).rejects.toMatchObject({ code: 50 });
}, 20_000);
