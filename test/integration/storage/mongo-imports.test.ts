import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contract, Customer, Service } from "../../../src/domain/customers/customer.js";
import type { PersonId } from "../../../src/domain/incident/ids.js";
import type { Person } from "../../../src/domain/oncall/person.js";
import type { ImportContent, ImportedContact } from "../../../src/ports/imports.js";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { EMPTY_ROSTER } from "../../../src/storage/directory-view.js";
import { createMongoCatalogue } from "../../../src/storage/mongo-catalogue.js";
import { createMongoDirectory } from "../../../src/storage/mongo-directory.js";
import { createMongoImports } from "../../../src/storage/mongo-imports.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";

const services: Service[] = [{ id: "checkout", name: "Checkout" }];
const customers: Customer[] = [{ id: "vida", name: "Hospital Vida", zone: "America/Manaus", services: ["checkout"] }];
const contract: Contract = {
  id: "c-1",
  customerId: "vida",
  version: 1,
  tier: "enterprise",
  validFrom: new Date("2026-01-01T04:00:00.000Z"),
  validTo: null,
  pauseOnThirdParty: true,
};
const bia: ImportedContact = {
  id: null,
  customerId: "vida",
  name: "Bia",
  email: "bia@vida.example",
  phone: "+5592955550101",
  roles: ["incident_primary"],
  wishes: { sms: "always" },
};
const ana: Person = {
  id: "ana",
  name: "Ana",
  email: "Ana@cubosuite.example",
  chat: {},
  phone: "+5511955550101",
  admin: true,
  roles: ["primary"],
};
const roster = { default: { primary: [{ personId: "ana" }] }, services: {} };
const content: ImportContent = {
  people: { people: [ana], roster },
  catalogue: { services, customers, contracts: [contract] },
  contacts: [bia],
};
const only = (part: Partial<ImportContent>): ImportContent => ({
  people: null,
  catalogue: null,
  contacts: null,
  ...part,
});

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
const imports = () => createMongoImports(connection);

describe("an import", () => {
  test("into an empty store adds everything; comparing writes nothing", async () => {
    const { kinds } = await imports().compare(content);
    expect(Object.values(kinds).map(({ added, changed }) => added.length + changed.length)).toEqual(Array(6).fill(1));
    expect(await imports().compare(content)).toMatchObject({ kinds });
    expect(await imports().known()).toEqual({ services: [], customers: new Map() });
  });

  test("repeated changes nothing", async () => {
    await imports().write(content);
    const once = await imports().compare(content);
    expect(Object.values(once.kinds)).toEqual(Array(6).fill({ added: [], changed: [], unchanged: 1, onlyStored: [] }));
    expect([once.clashes, once.withoutPrimary]).toEqual([[], []]);
    await imports().write(content);
    expect(await imports().compare(content)).toEqual(once);
  });

  test("says field by field what changes", async () => {
    await imports().write(content);
    const { kinds } = await imports().compare({
      people: { people: [{ ...ana, phone: "+5511955550102" }], roster: EMPTY_ROSTER },
      catalogue: { services, customers: [{ ...customers[0], services: [] } as Customer], contracts: [contract] },
      contacts: [{ ...bia, wishes: {}, zone: "America/Manaus" }],
    });
    const fields = Object.values(kinds).flatMap(({ changed }) => changed.flatMap((row) => row.fields));
    expect(fields.map(({ field, before, after }) => [field, before, after])).toEqual([
      ["phone", "+5511955550101", "+5511955550102"],
      ["default.primary", ["ana"], undefined],
      ["services", ["checkout"], []],
      ["sms", "always", undefined],
      ["zone", undefined, "America/Manaus"],
    ]);
  });

  test("deletes nothing, and names what is only in the store", async () => {
    await imports().write(content);
    const next = only({
      people: { people: [{ ...ana, id: "eva", email: "eva@cubosuite.example" }], roster },
      catalogue: { services: [], customers: [], contracts: [] },
      contacts: [{ ...bia, email: "caio@vida.example" }],
    });
    const { kinds } = await imports().compare(next);
    const kept = Object.entries(kinds).map(([kind, { onlyStored }]) => [kind, onlyStored.map(({ name }) => name)]);
    expect(Object.fromEntries(kept)).toEqual({
      people: ["Ana"],
      roster: [],
      services: ["Checkout"],
      customers: ["Hospital Vida"],
      contracts: ["vida"],
      contacts: ["Bia"],
    });
    await imports().write(next);
    expect((await imports().compare(content)).kinds.contacts?.unchanged).toBe(1);
  });

  test("of other terms under a stored version is a clash, with the number that is free", async () => {
    await imports().write(content);
    const second = { ...contract, version: 2, tier: "premium" };
    const { clashes } = await imports().compare(
      only({ catalogue: { services, customers, contracts: [{ ...contract, tier: "basico" }, second] } }),
    );
    expect(clashes).toEqual([{ contractId: "c-1", version: 1, fields: ["tier"], next: 3 }]);
  });

  test("knows customers of whom nobody is told of every incident", async () => {
    const sol = { id: "sol", name: "Sol", services: [] };
    const both = { services, customers: [...customers, sol], contracts: [] };
    const before = await imports().compare(only({ catalogue: both, contacts: [bia] }));
    expect(before.withoutPrimary).toEqual([{ id: "sol", name: "Sol" }]);
    await imports().write(only({ catalogue: both, contacts: [bia] }));
    expect((await imports().known()).customers).toEqual(
      new Map([
        ["sol", { hasPrimary: false }],
        ["vida", { hasPrimary: true }],
      ]),
    );
    const after = await imports().compare(only({ contacts: [{ ...bia, roles: ["user"] }] }));
    expect(after.withoutPrimary).toEqual([{ id: "vida", name: "Hospital Vida" }]);
  });
});

test("the catalogue tells language and zone of customers, for whoever writes to them", async () => {
  await imports().write(content);
  const live = createMongoCatalogue(connection, { onFault: () => undefined });
  await live.refresh();
  expect(live.customers()).toEqual([{ id: "vida", name: "Hospital Vida", zone: "America/Manaus" }]);
});

describe("an import of people", () => {
  const directory = async () => {
    const live = createMongoDirectory(connection, { onFault: () => undefined });
    await live.refresh();
    return live;
  };

  test("gives them phones that may ring", async () => {
    await imports().write(content);
    const live = await directory();
    expect(live.person("ana" as PersonId)?.phone).toBe("+5511955550101");
    expect(live.onDuty(null, new Date("2026-11-23T13:00:00Z")).byPhone).toEqual(["ana"]);
  });

  test("takes phone, administration and roles away once the file no longer gives them", async () => {
    await imports().write(content);
    const { phone: _phone, admin: _admin, roles: _roles, ...plain } = ana;
    const next = only({ people: { people: [{ ...plain, language: "en" }], roster } });
    const [row] = (await imports().compare(next)).kinds.people?.changed ?? [];
    expect(row?.fields.map(({ field }) => field)).toEqual(["admin", "language", "phone", "roles"]);
    await imports().write(next);
    expect((await directory()).person(ana.id as PersonId)).toMatchObject({ phone: null, admin: false, language: "en" });
    expect((await imports().compare(next)).kinds.people?.unchanged).toBe(1);
  });

  test("keeps language, zone and accounts that people chose themselves", async () => {
    await imports().write(only({ people: { people: [{ ...ana, language: "en", chat: { slack: "U1" } }], roster } }));
    expect((await imports().compare(only({ people: content.people }))).kinds.people?.unchanged).toBe(1);
    await imports().write(only({ people: content.people }));
    expect((await directory()).byChat("slack", "U1")).toMatchObject({ id: "ana", language: "en" });
  });

  test("does not name twice whoever acted before the file did", async () => {
    const live = await directory();
    await live.whoActs({ platform: "slack", userId: "U1", name: "ana", email: "ana@cubosuite.example", admin: false });
    const named = await imports().compare(content);
    expect(named.kinds.people).toMatchObject({ added: [{ id: "ana", name: "Ana" }], onlyStored: [] });
    await imports().write(content);
    const { people } = (await imports().compare(content)).kinds;
    expect(people).toEqual({ added: [], changed: [], unchanged: 1, onlyStored: [] });
  });
});
