import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { createMongoPageLog } from "../../../src/storage/mongo-page-log.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";
import { pageLogContract } from "./page-log.contract.js";

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

describe("pages in MongoDB", () => {
  pageLogContract(async () => createMongoPageLog(await emptied(connection)));

  test("a token is not kept", async () => {
    const log = createMongoPageLog(await emptied(connection));
    const now = new Date();
    const token = "s3cr3t-t0k3";
    const page = { incidentId: "i1" as never, person: "p1" as never, by: "sms", asks: true } as const;
    await log.begin({ key: "k1", token, ...page, begunAt: now, alertAt: now, expiresAt: now }, 0);
    const stored = await connection.connection.collection("pages").find().toArray();
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(token);
  });
});
