// mongoose against the store: what the product's schemas rely on.
import mongoose, { type Connection, Schema } from "mongoose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStoreFixture, type StoreFixture } from "./store-fixture.js";

let fixture: StoreFixture;
let connection: Connection;

beforeAll(async () => {
  fixture = await openStoreFixture();
  connection = await mongoose.createConnection(fixture.uri, { serverSelectionTimeoutMS: 3000 }).asPromise();
});
afterAll(async () => {
  await connection.close();
  await fixture.close();
});

const stepSchema = new Schema({ name: String, done: { type: Boolean, default: false } });
const incidentSchema = new Schema(
  {
    code: { type: String, required: true },
    state: String,
    tags: [String],
    steps: [stepSchema],
    labels: { type: Map, of: String },
    dueAt: Date,
  },
  { timestamps: true, optimisticConcurrency: true },
);
incidentSchema.index({ code: 1 }, { unique: true });
incidentSchema.index({ state: 1, dueAt: 1 });
incidentSchema.index({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });

test("a model makes its collection and its indexes, and has nothing left to sync", async () => {
  const Incident = connection.model("A", incidentSchema, "a_incidents");
  await Incident.init();
  const names = Object.keys(await Incident.collection.indexInformation());
  expect(names.sort()).toEqual(["_id_", "code_1", "dueAt_1", "state_1_dueAt_1"]);
  expect(await Incident.diffIndexes()).toEqual({ toDrop: [], toCreate: [] });
  expect(await Incident.syncIndexes()).toEqual([]);
});

test("a second document of the same code is a duplicate key", async () => {
  const Incident = connection.model("B", incidentSchema, "b_incidents");
  await Incident.init();
  await Incident.create({ code: "INC-1" });
  await expect(Incident.create({ code: "INC-1" })).rejects.toMatchObject({ code: 11000, keyValue: { code: "INC-1" } });
});

test("of two saves from one version the second is a VersionError", async () => {
  const Incident = connection.model("C", incidentSchema, "c_incidents");
  await Incident.create({ code: "INC-1", state: "open" });
  const [first, second] = [await Incident.findOne().orFail(), await Incident.findOne().orFail()];
  first.state = "taken";
  await first.save();
  second.state = "closed";
  await expect(second.save()).rejects.toThrow(mongoose.Error.VersionError);
  expect((await Incident.findOne().orFail()).state).toBe("taken");
});

test("arrays of sub-documents are pushed, changed by place, pulled and replaced", async () => {
  const Incident = connection.model("D", incidentSchema, "d_incidents");
  const made = await Incident.create({ code: "INC-1", steps: [{ name: "a" }, { name: "b" }], labels: { k: "v" } });
  made.steps.push({ name: "c" } as never);
  made.tags.push("x", "y");
  made.labels?.set("k2", "v2");
  await made.save();
  const loaded = await Incident.findOne().orFail();
  const [first] = loaded.steps;
  if (first === undefined) throw new Error("no step");
  first.done = true;
  loaded.steps.pull(loaded.steps[1]?._id);
  loaded.labels?.delete("k");
  await loaded.save();
  loaded.tags.splice(0, 1);
  await loaded.save();
  const found = await Incident.findOne().lean().orFail();
  expect(found.steps.map(({ name, done }) => [name, done])).toEqual([
    ["a", true],
    ["c", false],
  ]);
  expect(found.tags).toEqual(["y"]);
  expect(found.labels).toEqual({ k2: "v2" });
  expect(found.updatedAt.getTime()).toBeGreaterThanOrEqual(found.createdAt.getTime());
});

test("findOneAndUpdate makes the document once, with defaults and timestamps", async () => {
  const Incident = connection.model("E", incidentSchema, "e_incidents");
  await Incident.init();
  const upsert = (): Promise<unknown> =>
    Incident.findOneAndUpdate(
      { code: "INC-1" },
      { $set: { state: "open" } },
      { upsert: true, returnDocument: "after" },
    ).exec();
  const [one, two] = (await Promise.all([upsert(), upsert()])) as { _id: unknown; createdAt: Date }[];
  expect(String(one?._id)).toBe(String(two?._id));
  expect(one?.createdAt).toBeInstanceOf(Date);
  expect(await Incident.countDocuments()).toBe(1);
});

test("a save of a deleted document says so", async () => {
  const Incident = connection.model("F", incidentSchema, "f_incidents");
  const made = await Incident.create({ code: "INC-1" });
  await Incident.deleteOne({ _id: made._id });
  made.state = "x";
  await expect(made.save()).rejects.toThrow(/No (matching )?document/);
});

test("counts, distinct values, cursors and bulk writes go through", async () => {
  const Incident = connection.model("G", incidentSchema, "g_incidents");
  await Incident.insertMany(
    Array.from({ length: 250 }, (_, at) => ({ code: `INC-${at}`, state: at % 2 ? "odd" : "even" })),
  );
  expect(await Incident.countDocuments({ state: "odd" })).toBe(125);
  expect(await Incident.distinct("state")).toEqual(["even", "odd"]);
  let seen = 0;
  for await (const _ of Incident.find().sort({ code: 1 }).cursor({ batchSize: 40 })) seen += 1;
  expect(seen).toBe(250);
  await Incident.bulkWrite([
    { updateMany: { filter: { state: "odd" }, update: { $set: { state: "even" } } } },
    { deleteOne: { filter: { code: "INC-0" } } },
  ]);
  expect(await Incident.countDocuments({ state: "even" })).toBe(249);
  expect(await Incident.exists({ code: "INC-0" })).toBeNull();
});

test("a transaction is refused as on a standalone server", async () => {
  const Incident = connection.model("H", incidentSchema, "h_incidents");
  const work = connection.transaction(async (session) => {
    await Incident.create([{ code: "INC-1" }], { session });
  });
  await expect(work).rejects.toThrow(/does not support retryable writes/);
});

test("a change stream is refused as on a standalone server", async () => {
  const stream = connection.collection("watched").watch();
  await expect(stream.next()).rejects.toMatchObject({ code: 40573 });
  await stream.close();
});
