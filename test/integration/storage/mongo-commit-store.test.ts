// What a commit store remembers of its earlier readings never hides what is in the database now.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Commit } from "../../../src/domain/incident/commit.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import type { CommitStore } from "../../../src/ports/commit-store.js";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { createMongoCommitStore } from "../../../src/storage/mongo-commit-store.js";
import { aCommit, aNote, newCommandId, newIncidentId } from "../../contract/commit-builders.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";

let store: TestStore;
let connection: MongoConnection;
let here: CommitStore;
let elsewhere: CommitStore;
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
  here = createMongoCommitStore(connection);
  elsewhere = createMongoCommitStore(connection);
  incidentId = newIncidentId();
});

const commitOf = (version: number, text = `nota ${version}`): Commit =>
  aCommit({ incidentId, version, commandId: newCommandId(), events: [aNote(text)] });

const appended = async (to: CommitStore, ...commits: readonly Commit[]): Promise<readonly Commit[]> => {
  for (const commit of commits) await to.append(commit, null);
  return commits;
};

test("commits that another process stored are seen by the next reading", async () => {
  const first = await appended(here, commitOf(1), commitOf(2));
  expect(await here.load(incidentId)).toEqual(first);
  const later = await appended(elsewhere, commitOf(3), commitOf(4));
  expect(await here.load(incidentId)).toEqual([...first, ...later]);
});

test("a commit that was known is given again as the very same object", async () => {
  await appended(here, commitOf(1));
  const [known] = await here.load(incidentId);
  await appended(here, commitOf(2));
  expect((await here.load(incidentId))[0]).toBe(known);
});

test("a database that was restored to an earlier state is read from the beginning", async () => {
  const commits = await appended(here, commitOf(1), commitOf(2), commitOf(3));
  await here.load(incidentId);
  await connection.connection.collection("commits").deleteMany({ version: { $gt: 1 } });
  expect(await here.load(incidentId)).toEqual(commits.slice(0, 1));
  await connection.connection.collection("commits").deleteMany({});
  expect(await here.load(incidentId)).toEqual([]);
});

test("another record under the same incident is read from the beginning", async () => {
  await appended(here, commitOf(1), commitOf(2));
  await here.load(incidentId);
  await connection.connection.collection("commits").deleteMany({});
  const others = await appended(elsewhere, commitOf(1, "outra"), commitOf(2, "outra"), commitOf(3, "outra"));
  expect(await here.load(incidentId)).toEqual(others);
});

test("a gap after what is known is refused", async () => {
  await appended(here, commitOf(1), commitOf(2));
  await here.load(incidentId);
  await appended(elsewhere, commitOf(3), commitOf(4));
  await connection.connection.collection("commits").deleteMany({ version: 3 });
  await expect(here.load(incidentId)).rejects.toMatchObject({ name: "StoreFault", code: "record_has_a_gap" });
});
