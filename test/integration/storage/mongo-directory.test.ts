import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PersonId } from "../../../src/domain/incident/ids.js";
import type { Person } from "../../../src/domain/oncall/person.js";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { EMPTY_ROSTER } from "../../../src/storage/directory-view.js";
import { importPeople } from "../../../src/storage/import-people.js";
import { createMongoDirectory } from "../../../src/storage/mongo-directory.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";

let store: TestStore;
let connection: MongoConnection;
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
});

const bruno = {
  id: "bruno" as PersonId,
  name: "Bruno Alves",
  email: "Bruno.Alves@cubosuite.example",
  chat: {},
} satisfies Person;
const brunoInSlack = {
  platform: "slack",
  userId: "U1BRUNO",
  name: "bruno",
  email: "bruno.alves@cubosuite.example",
  admin: false,
} as const;

test("whoever acted before the company's file named them by address is reached under the name of the file", async () => {
  const directory = createMongoDirectory(connection, { onFault: () => undefined });
  await directory.whoActs(brunoInSlack);
  await importPeople(connection, { people: [bruno], roster: EMPTY_ROSTER });
  await directory.refresh();
  expect(directory.person(bruno.id)?.chat.slack).toBe("U1BRUNO");
  expect(directory.byChat("slack", "U1BRUNO")?.id).toBe("bruno");
  expect((await directory.whoActs(brunoInSlack)).id).toBe("bruno");
});

test("importing again keeps the accounts that people linked since", async () => {
  const directory = createMongoDirectory(connection, { onFault: () => undefined });
  await importPeople(connection, { people: [bruno], roster: EMPTY_ROSTER });
  await directory.refresh();
  await directory.whoActs(brunoInSlack);
  await importPeople(connection, { people: [bruno], roster: EMPTY_ROSTER });
  await directory.refresh();
  expect(directory.person(bruno.id)?.chat.slack).toBe("U1BRUNO");
});
