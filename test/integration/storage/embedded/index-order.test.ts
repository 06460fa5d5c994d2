// Places where the order of an index and the order asked for part ways.
import { rm } from "node:fs/promises";
import { Long, MongoClient } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmbeddedStore } from "../../../../src/storage/embedded/open-embedded-store.js";
import { makeDataDir, openStoreFixture, type StoreFixture } from "./store-fixture.js";

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreFixture();
});
afterAll(() => fixture.close());

test("an array sorts by its least element, also by one outside the range asked for", async () => {
  const collection = fixture.db.collection("arrays");
  await collection.createIndex({ a: 1 });
  await collection.insertMany([
    { _id: 1 as never, a: [1, 9] },
    { _id: 2 as never, a: 5 },
  ]);
  const found = await collection
    .find({ a: { $gte: 3 } })
    .sort({ a: 1 })
    .toArray();
  expect(found.map(({ _id }) => _id)).toEqual([1, 2]);
});

test("two conditions below an array may be met by different elements", async () => {
  const collection = fixture.db.collection("pairs");
  await collection.createIndex({ "a.x": 1, "a.y": -1 });
  await collection.insertOne({
    a: [
      { x: 1, y: 2 },
      { x: 3, y: 4 },
    ],
  });
  expect(await collection.countDocuments({ "a.x": 1, "a.y": 4 })).toBe(1);
  expect(await collection.countDocuments({ a: { $elemMatch: { x: 1, y: 4 } } })).toBe(0);
});

test("texts longer than an index key sort by what the key leaves out", async () => {
  const collection = fixture.db.collection("texts");
  await collection.createIndex({ a: 1 });
  const text = "x".repeat(3000);
  await collection.insertMany(["c", "a", "b"].map((end) => ({ a: text + end, end })));
  const found = await collection.find().sort({ a: 1 }).toArray();
  expect(found.map(({ end }) => end)).toEqual(["a", "b", "c"]);
});

test("large longs sort by their last digits", async () => {
  const collection = fixture.db.collection("longs");
  await collection.createIndex({ a: 1 });
  const values = ["9007199254740993", "9007199254740992", "9007199254740991"];
  await collection.insertMany(values.map((value) => ({ a: Long.fromString(value), value })));
  const found = await collection.find().sort({ a: 1 }).toArray();
  expect(found.map(({ value }) => value)).toEqual([...values].reverse());
  expect(await collection.countDocuments({ a: Long.fromString("9007199254740993") })).toBe(1);
});

test("what an index has learnt of its values outlives a restart", async () => {
  const dataDir = await makeDataDir();
  const first = await openEmbeddedStore({ dataDir });
  const writer = await new MongoClient(first.uri).connect();
  await writer.db().collection("c").createIndex({ a: 1 });
  await writer
    .db()
    .collection("c")
    .insertMany([
      { _id: 1 as never, a: [1, 9] },
      { _id: 2 as never, a: 5 },
    ]);
  await writer.close();
  await first.stop();
  const second = await openEmbeddedStore({ dataDir });
  const reader = await new MongoClient(second.uri).connect();
  const found = await reader
    .db()
    .collection("c")
    .find({ a: { $gte: 3 } })
    .sort({ a: 1 })
    .toArray();
  expect(found.map(({ _id }) => _id)).toEqual([1, 2]);
  await reader.close();
  await second.stop();
  await rm(dataDir, { recursive: true });
});

test("an index learns of an array that an update brings", async () => {
  const collection = fixture.db.collection("later");
  await collection.createIndex({ a: 1 });
  await collection.insertOne({ _id: 1 as never, a: 5 });
  await collection.updateOne({ _id: 1 as never }, { $set: { a: [9, 1] } });
  await collection.insertOne({ _id: 2 as never, a: 4 });
  const found = await collection
    .find({ a: { $gte: 2 } })
    .sort({ a: 1 })
    .toArray();
  expect(found.map(({ _id }) => _id)).toEqual([1, 2]);
});
