import { afterAll, beforeAll, describe } from "vitest";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { createMongoConversations } from "../../../src/storage/mongo-conversations.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";
import { conversationsContract } from "./conversations.contract.js";

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

describe("conversations in MongoDB", () =>
  conversationsContract(async () => createMongoConversations(await emptied(connection))));
