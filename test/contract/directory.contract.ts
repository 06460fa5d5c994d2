import { beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../../src/domain/oncall/person.js";
import type { OnCallRoster } from "../../src/domain/oncall/who-is-on.js";
import type { Directory } from "../../src/ports/directory.js";

const AT = new Date("2026-11-23T13:00:00.000Z");
const bruno: Person = {
  id: "bruno",
  name: "Bruno Lima",
  email: "Bruno@cubosuite.example",
  chat: { slack: "U0BRUNO" },
  language: "pt-BR",
};
const elisa: Person = { id: "elisa", name: "Elisa Prado", email: "elisa@cubosuite.example", chat: {} };
const roster: OnCallRoster = {
  default: { primary: [{ personId: "bruno" }] },
  services: { checkout: { primary: [{ personId: "elisa" }] } },
};
const stranger = { platform: "slack", userId: "U0NEW", name: "Nova Pessoa", email: null, admin: false } as const;

/** What every directory owes its callers; `directoryOf` gives one with exactly these people and duties. */
export function directoryContract(
  directoryOf: (people: readonly Person[], roster: OnCallRoster) => Promise<Directory>,
): void {
  let directory: Directory;
  beforeEach(async () => {
    directory = await directoryOf([bruno, elisa], roster);
  });

  test("people are found by id and by their account", () => {
    const card = directory.byChat("slack", "U0BRUNO");
    expect(card).toMatchObject({ id: "bruno", name: "Bruno Lima", language: "pt-BR", zone: null, admin: false });
    expect(card && directory.person(card.id)).toEqual(card);
    expect(directory.byChat("teams", "U0BRUNO")).toBeNull();
    expect(directory.all().map(({ id }) => id)).toEqual(["bruno", "elisa"]);
  });

  test("a service's own duty goes before the default one", () => {
    expect(directory.onDuty("checkout", AT).byRole["primary"]).toEqual(["elisa"]);
    expect(directory.onDuty(null, AT).byRole["primary"]).toEqual(["bruno"]);
    expect(directory.onDuty(null, AT).byRole["director"]).toEqual([]);
  });

  describe("acting", () => {
    test("whoever is known stays who they are", async () => {
      const card = await directory.whoActs({ ...stranger, userId: "U0BRUNO", name: "bruno.lima" });
      expect(card).toEqual(directory.byChat("slack", "U0BRUNO"));
      expect(directory.all()).toHaveLength(2);
    });

    test("a stranger enters the directory on the first act and is known from then on", async () => {
      const card = await directory.whoActs(stranger);
      expect(card).toMatchObject({ name: "Nova Pessoa", email: null, chat: { slack: "U0NEW" }, admin: false });
      expect(await directory.whoActs({ ...stranger, name: "Outro nome" })).toEqual(card);
      expect(directory.byChat("slack", "U0NEW")).toEqual(card);
      expect(directory.all()).toHaveLength(3);
    });

    test("a stranger who entered without a profile gets name and address once they are known", async () => {
      const { id } = await directory.whoActs({ ...stranger, name: "U0NEW" });
      const card = await directory.whoActs({ ...stranger, email: "Nova@cubosuite.example" });
      expect(card).toMatchObject({ id, name: "Nova Pessoa", email: "nova@cubosuite.example" });
      expect(directory.person(id)).toEqual(card);
    });

    test("a stranger who turns out to be a named person is that person from then on", async () => {
      await directory.whoActs({ ...stranger, name: "U0NEW" });
      const card = await directory.whoActs({ ...stranger, email: "Elisa@cubosuite.example" });
      expect(card).toMatchObject({ id: "elisa", name: "Elisa Prado", chat: { slack: "U0NEW" } });
      expect(directory.byChat("slack", "U0NEW")?.id).toBe("elisa");
    });

    test("first acts at once make one person", async () => {
      const cards = await Promise.all(Array.from({ length: 5 }, () => directory.whoActs(stranger)));
      expect(new Set(cards.map(({ id }) => id)).size).toBe(1);
      expect(directory.all()).toHaveLength(3);
    });

    test("an account joins the person who has its address", async () => {
      const card = await directory.whoActs({ ...stranger, email: "Elisa@CuboSuite.example" });
      expect(card).toMatchObject({ id: "elisa", chat: { slack: "U0NEW" } });
      expect(directory.all()).toHaveLength(2);
    });

    test("an address does not take over the account of somebody who has one", async () => {
      const card = await directory.whoActs({ ...stranger, email: "bruno@cubosuite.example" });
      expect(card.id).not.toBe("bruno");
      expect(directory.byChat("slack", "U0BRUNO")?.id).toBe("bruno");
    });
  });

  describe("administrators", () => {
    test("the platform's administrators count until the company names its own", async () => {
      const card = await directory.whoActs({ ...stranger, admin: true });
      expect(card.admin).toBe(true);
      expect(directory.onDuty(null, AT).fallback).toEqual([card.id]);
    });

    test("somebody known who is an administrator of the platform counts too", async () => {
      const card = await directory.whoActs({ ...stranger, userId: "U0BRUNO", admin: true });
      expect(card).toMatchObject({ id: "bruno", admin: true });
    });

    test("a named administrator ends that", async () => {
      const named = await directoryOf([bruno, { ...elisa, admin: true }], roster);
      const card = await named.whoActs({ ...stranger, admin: true });
      expect(card.admin).toBe(false);
      expect(named.onDuty(null, AT).fallback).toEqual(["elisa"]);
    });
  });
}
