import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Contact } from "../../../src/domain/customers/contact.js";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { importContacts } from "../../../src/storage/import-contacts.js";
import { createMongoContacts } from "../../../src/storage/mongo-contacts.js";
import { createTestReach } from "../../../src/storage/test-reach.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";

const bia: Contact = {
  id: "bia",
  customerId: "vida",
  name: "Bia",
  email: "Bia@Vida.example",
  phone: "+5592955550101",
  language: "es",
  zone: "America/Manaus",
  roles: ["incident_primary"],
  wishes: { sms: "always", upToLevel: 3, anyHour: true },
};
const caio: Contact = {
  id: "caio",
  customerId: "sol",
  name: "Caio",
  email: null,
  phone: "+5592955550101",
  roles: ["technical", "user"],
  wishes: {},
};
const duda: Contact = { ...bia, id: "duda", customerId: "lua", email: "duda@lua.example", phone: null };

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

const pagesOf = async (...customers: string[]) => {
  const pages: (readonly Contact[])[] = [];
  for await (const page of createMongoContacts(connection).of(customers)) pages.push(page);
  return pages;
};

describe("contacts", () => {
  test("come back as they were stored, those of the customers asked for, ordered by id", async () => {
    await importContacts(connection, [duda, caio, bia]);
    expect(await pagesOf("sol", "vida", "vida", "nobody")).toEqual([[bia, caio]]);
    expect(await pagesOf()).toEqual([]);
    expect(await pagesOf("nobody")).toEqual([]);
  });

  test("are found by their number", async () => {
    await importContacts(connection, [caio, bia, duda]);
    const contacts = createMongoContacts(connection);
    expect(await contacts.withPhone("+5592955550101")).toEqual([bia, caio]);
    expect(await contacts.withPhone("+5592955550199")).toEqual([]);
  });

  test("of more customers than one question names come in pages of a thousand, each once", async () => {
    const many = Array.from({ length: 2_345 }, (_, n): Contact => {
      const id = `c${String(n).padStart(5, "0")}`;
      return { ...caio, id, customerId: `k${n % 1_500}`, email: `${id}@x.example`, phone: null };
    });
    await importContacts(connection, [...many].reverse());
    const pages = await pagesOf(...Array.from({ length: 1_500 }, (_, n) => `k${n}`));
    expect(pages.map((page) => page.length)).toEqual([1_000, 1_000, 345]);
    expect(pages.flat()).toEqual(many);
  });

  test("that vanish while the pages are read leave a gap and no error", async () => {
    const many = Array.from({ length: 1_500 }, (_, n): Contact => ({ ...caio, id: `c${1_000 + n}` }));
    await importContacts(connection, many);
    const pages = createMongoContacts(connection).of(["sol"])[Symbol.asyncIterator]();
    expect((await pages.next()).value).toHaveLength(1_000);
    await connection.connection.collection<{ _id: string }>("contacts").deleteOne({ _id: "c2400" });
    expect((await pages.next()).value).toHaveLength(499);
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });
});

describe("importing contacts", () => {
  test("finds a contact without an id by its address, whatever its case", async () => {
    await importContacts(connection, [bia]);
    await importContacts(connection, [{ ...bia, id: null, email: "bia@vida.EXAMPLE", name: "Bia Melo" }]);
    expect(await pagesOf("vida")).toEqual([[{ ...bia, email: "bia@vida.EXAMPLE", name: "Bia Melo" }]]);
  });

  test("finds one without an address by its number", async () => {
    await importContacts(connection, [caio]);
    await importContacts(connection, [{ ...caio, id: null, name: "Caio Reis" }]);
    expect(await pagesOf("sol")).toEqual([[{ ...caio, name: "Caio Reis" }]]);
  });

  test("gives the others an id that stays and does not tell the address", async () => {
    await importContacts(connection, [{ ...bia, id: null }]);
    await importContacts(connection, [{ ...bia, id: null, name: "Bia Melo" }]);
    const [page] = await pagesOf("vida");
    expect(page?.map(({ id, name }) => [id, name])).toEqual([
      [expect.stringMatching(/^vida-[0-9a-f]{12}$/), "Bia Melo"],
    ]);
  });

  test("drops what a contact no longer says", async () => {
    await importContacts(connection, [bia]);
    const { language: _language, ...silent } = { ...bia, phone: null, wishes: {} };
    await importContacts(connection, [silent]);
    expect(await pagesOf("vida")).toEqual([[silent]]);
  });
});

describe("the reach of test mode", () => {
  const reachOf = async (...allow: string[]) => {
    const reach = createTestReach(connection, allow, { onFault: () => undefined, refreshEveryMs: 20 });
    await reach.refresh();
    return reach;
  };
  const reached = async (...allow: string[]) => {
    const reach = await reachOf(...allow);
    return ["vida", "sol", "lua"].filter((id) => reach.receives(id));
  };

  test.each([
    [["bia@vida.example"], ["vida"]],
    [[" BIA@VIDA.example "], ["vida"]],
    [
      ["@lua.example", "bia@vida.example"],
      ["vida", "lua"],
    ],
    [["+5592955550101"], ["vida", "sol"]],
    [["@example", "vida.example", "ia@vida.example", "@"], []],
    [[], []],
  ])("with %j is %j", async (allow, expected) => {
    await importContacts(connection, [bia, caio, duda]);
    expect(await reached(...allow)).toEqual(expected);
  });

  test("follows the store", async () => {
    const reach = await reachOf("@vida.example");
    await reach.start();
    expect(reach.receives("vida")).toBe(false);
    await importContacts(connection, [bia]);
    await expect.poll(() => reach.receives("vida"), { timeout: 5_000 }).toBe(true);
    reach.stop();
  });
});
