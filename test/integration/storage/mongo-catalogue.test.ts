import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Contract, Customer, Service } from "../../../src/domain/customers/customer.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { importCatalogue } from "../../../src/storage/import-catalogue.js";
import { createMongoCatalogue } from "../../../src/storage/mongo-catalogue.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";

const AT = new Date("2026-11-23T13:00:00.000Z");
const services: Service[] = [{ id: "relatorios", name: "Relatórios", aliases: ["reports"] }];
const customers: Customer[] = [{ id: "hospital-vida", name: "Hospital Vida", services: ["relatorios"] }];
const contract: Contract = {
  id: "c-1",
  customerId: "hospital-vida",
  version: 1,
  tier: "enterprise",
  targets: { 1: { response: { minutes: 7 } } },
  validFrom: new Date("2026-01-01T00:00:00.000Z"),
  validTo: null,
  pauseOnThirdParty: true,
};
const content = { services, customers, contracts: [contract] };

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

async function catalogue() {
  const live = createMongoCatalogue(connection, { onFault: () => undefined });
  await live.refresh();
  return live;
}

test("an installation without customers answers every question", async () => {
  const empty = await catalogue();
  expect(empty.services()).toEqual([]);
  expect(empty.service(" Checkout ")).toEqual({ id: null, name: "Checkout" });
  expect(empty.customersOf("checkout")).toEqual([]);
  expect(empty.customerName("x")).toBe("x");
  expect(empty.terms("x", cuboSuitePolicyV1, AT)).toBeNull();
});

test("what was imported is answered from memory", async () => {
  await importCatalogue(connection, content);
  const full = await catalogue();
  expect(full.services()).toEqual([{ id: "relatorios", name: "Relatórios" }]);
  expect(full.customersOf("relatorios")).toEqual(["hospital-vida"]);
  expect(full.customerName("hospital-vida")).toBe("Hospital Vida");
  expect(full.terms("hospital-vida", cuboSuitePolicyV1, AT)).toMatchObject({
    id: "hospital-vida",
    contract: { id: "c-1", version: 1 },
    pauseOnThirdParty: true,
    targets: { 1: { response: { minutes: 7 } } },
  });
});

test("terms hold nothing but terms, because they are stored with the incident", async () => {
  await importCatalogue(connection, content);
  const terms = (await catalogue()).terms("hospital-vida", cuboSuitePolicyV1, AT);
  expect(Object.keys(terms ?? {}).sort()).toEqual(
    ["affectedFrom", "calendar", "calendarName", "contract", "id", "pauseOnThirdParty", "targets"].sort(),
  );
});

test.each(["relatorios", "RELATÓRIOS", "Relatorios", " reports "])("%s is the service meant", async (text) => {
  await importCatalogue(connection, content);
  expect((await catalogue()).service(text)).toEqual({ id: "relatorios", name: "Relatórios" });
});

test("importing again changes nothing; a version with other terms is refused and the stored one stays", async () => {
  expect(await importCatalogue(connection, content)).toEqual([]);
  expect(await importCatalogue(connection, content)).toEqual([]);
  const changed = { ...contract, tier: "basico" };
  expect(await importCatalogue(connection, { ...content, contracts: [changed] })).toEqual([
    { contractId: "c-1", version: 1 },
  ]);
  expect(await importCatalogue(connection, { ...content, contracts: [{ ...changed, version: 2 }] })).toEqual([]);
  expect((await catalogue()).terms("hospital-vida", cuboSuitePolicyV1, AT)?.contract).toEqual({
    id: "c-1",
    version: 2,
  });
});

test("a change in the store reaches a catalogue that is already running", async () => {
  const live = createMongoCatalogue(connection, { onFault: () => undefined, refreshEveryMs: 20 });
  await live.start();
  await importCatalogue(connection, content);
  await expect.poll(() => live.services().length, { timeout: 5_000 }).toBe(1);
  live.stop();
});
