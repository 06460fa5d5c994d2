import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { EVENT_VERSION } from "../../../src/domain/incident/events.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { createMongoCommitStore } from "../../../src/storage/mongo-commit-store.js";
import { verifyChain } from "../../../src/storage/verify-chain.js";
import { aCommit, newIncidentId } from "../../contract/commit-builders.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";

let store: TestStore;
let connection: MongoConnection;
let incidentId: IncidentId;
beforeAll(async () => {
  store = await startTestStore();
  connection = await connectedTo(store.uri);
});
afterAll(async () => {
  await connection.close();
  await store.stop();
});
beforeEach(async () => {
  await emptied(connection);
  incidentId = newIncidentId();
  const commits = createMongoCommitStore(connection);
  for (const version of [1, 2, 3]) await commits.append(aCommit({ incidentId, version }), null);
  await commits.append(aCommit(), null);
});

const raw = () => connection.connection.collection("commits");
const change = (version: number, update: object) => raw().updateOne({ incidentId, version }, update);
const problems = async () =>
  (await verifyChain(connection, incidentId)).problems.map(({ version, problem }) => `${version} ${problem}`);

test("an untouched record has no problems", async () => {
  expect(await verifyChain(connection, "all")).toEqual({ incidents: 2, commits: 4, problems: [] });
  expect(await verifyChain(connection, incidentId)).toEqual({ incidents: 1, commits: 3, problems: [] });
});

test("taking over and clearing the mark of effects leaves the chain whole", async () => {
  await change(2, { $set: { pending: { owner: "a", until: new Date() } } });
  expect(await problems()).toEqual([]);
});

test.each([
  ["an event", { "events.0.happenedAt": new Date(0) }],
  ["a free text", { "events.0.text.prose": "nada aconteceu" }],
  ["a salt", { "events.0.text.salt": "00".repeat(16) }],
  ["the actor", { "actor.personId": "carla" }],
  ["an effect", { effects: [] }],
])("a changed body is found: %s", async (_name, fields) => {
  await change(2, { $set: fields });
  expect(await problems()).toEqual(["2 hash-differs"]);
});

test("a body whose hash was recomputed breaks the link after it", async () => {
  await raw().deleteOne({ incidentId, version: 2 });
  const commits = createMongoCommitStore(connection);
  await commits.append(aCommit({ incidentId, version: 2 }), null);
  expect(await problems()).toEqual(["3 link-broken"]);
});

test("a removed commit is found", async () => {
  await raw().deleteOne({ incidentId, version: 2 });
  expect(await problems()).toEqual(["3 version-missing"]);
});

test("a removed latest commit is found by the row of the read model", async () => {
  await connection.connection
    .collection<{ _id: string }>("incidents")
    .insertOne({ _id: incidentId, version: 3, code: "INC-1" } as never);
  await raw().deleteOne({ incidentId, version: 3 });
  expect(await problems()).toEqual(["3 latest-missing"]);
  expect((await verifyChain(connection, "all")).problems).toHaveLength(1);
});

test("an instant that goes back is found", async () => {
  await raw().deleteOne({ incidentId, version: 3 });
  const early = aCommit({ incidentId, version: 3, at: new Date(0) });
  await createMongoCommitStore(connection).append(early, null);
  expect(await problems()).toEqual(["3 time-goes-back"]);
});

describe("reading a record that this program cannot understand", () => {
  test("an event of a later program is refused as a fault that says so", async () => {
    await change(3, { $set: { "events.0.v": EVENT_VERSION + 1 } });
    const commits = createMongoCommitStore(connection);
    await expect(commits.load(incidentId)).rejects.toMatchObject({ name: "StoreFault", code: "event_newer_than_code" });
  });

  test("a record with a gap is refused", async () => {
    await raw().deleteOne({ incidentId, version: 2 });
    const commits = createMongoCommitStore(connection);
    await expect(commits.load(incidentId)).rejects.toMatchObject({ name: "StoreFault", code: "record_has_a_gap" });
  });
});
