import { afterAll, beforeAll, describe } from "vitest";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { importPeople } from "../../../src/storage/import-people.js";
import { createMongoClaims } from "../../../src/storage/mongo-claims.js";
import { createMongoCommitStore } from "../../../src/storage/mongo-commit-store.js";
import { createMongoDirectory } from "../../../src/storage/mongo-directory.js";
import { createMongoEffectLedger } from "../../../src/storage/mongo-effect-ledger.js";
import { createMongoIncidentIndex } from "../../../src/storage/mongo-incident-index.js";
import { createMongoPlaces } from "../../../src/storage/mongo-places.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";
import { claimsContract } from "../claims.contract.js";
import { commitStoreContract } from "../commit-store.contract.js";
import { directoryContract } from "../directory.contract.js";
import { effectLedgerContract } from "../effect-ledger.contract.js";
import { incidentIndexContract, NOW } from "../incident-index.contract.js";
import { placesContract } from "../places.contract.js";

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

describe("commits in MongoDB", () =>
  commitStoreContract(async () => createMongoCommitStore(await emptied(connection))));
describe("incidents in MongoDB", () =>
  incidentIndexContract(async () => createMongoIncidentIndex(await emptied(connection), { now: () => NOW })));
describe("effects in MongoDB", () =>
  effectLedgerContract(async () => createMongoEffectLedger(await emptied(connection))));
describe("places in MongoDB", () => placesContract(async () => createMongoPlaces(await emptied(connection))));
describe("claims in MongoDB", () => claimsContract(async () => createMongoClaims(await emptied(connection))));
describe("people in MongoDB", () =>
  directoryContract(async (people, roster) => {
    await importPeople(await emptied(connection), { people, roster });
    const directory = createMongoDirectory(connection, {
      onFault: (err) => {
        throw err;
      },
    });
    await directory.refresh();
    return directory;
  }));
