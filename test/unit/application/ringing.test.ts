// Phones ring at once, once, and only while nobody has the incident.
import { expect, test } from "vitest";
import { ChatFault } from "../../../src/ports/chat-rooms.js";
import { DeliveryFault } from "../../../src/ports/customer-delivery.js";
import type { Page, Pager } from "../../../src/ports/pager.js";
import { answersFor } from "../../support/incident-builders.js";
import { createMemoryDirectory } from "../../support/memory/memory-directory.js";
import { aRequest, ask, from, type Office, openOffice, turns } from "./office.js";

const STAFF = [
  { id: "ana", name: "Ana", email: "ana@x.example", chat: {}, phone: "+5511955550101" },
  { id: "bia", name: "Bia", email: "bia@x.example", chat: {} },
];
const directory = createMemoryDirectory(STAFF, {
  default: { primary: [{ personId: "ana" }], "incident-commander": [{ personId: "bia" }] },
  services: {},
});

const phones = (onPage: (page: Page) => Promise<void> = async () => undefined): Pager & { rung: string[] } => {
  const rung: string[] = [];
  return {
    rung,
    async page(page) {
      await onPage(page);
      if (!(await page.stillWanted())) return { kind: "left-out", reason: "not_wanted" };
      rung.push(`${page.by} ${page.person}`);
      return { kind: "sent" };
    },
  };
};

const declare = (office: Office, pager: Pager) => {
  const process = office.process("a", { pager, directory });
  return process.handler.declare(aRequest({ answers: answersFor[1] }), from("zeca"), null).then(() => process);
};

test("a phone rings while the chat platform is still silent", async () => {
  const office = openOffice();
  let open: () => void = () => undefined;
  office.wall.onPost = () => new Promise<void>((resolve) => (open = resolve));
  const pager = phones();
  const process = await declare(office, pager);
  await turns();
  expect(office.wall.posts).toEqual([]);
  expect(pager.rung).toEqual(["sms ana"]);
  office.wall.onPost = async () => undefined;
  open();
  await process.idle();
});

test("a page that fails is tried again within seconds, also while the chat platform is away", async () => {
  const office = openOffice();
  office.wall.onPost = async () => {
    throw new ChatFault("slack_unreachable", { retryable: true });
  };
  let failures = 2;
  const pager = phones(async () => {
    failures -= 1;
    if (failures >= 0) throw new DeliveryFault("twilio_unreachable", { retryable: true });
  });
  const process = await declare(office, pager);
  await process.idle();
  expect(pager.rung).toEqual([]);
  for (let second = 0; second < 20 && pager.rung.length === 0; second += 2) {
    await office.realTime.pass(2_000);
    await process.sweep();
    await process.idle();
  }
  expect(pager.rung).toEqual(["sms ana"]);
});

test("no page begins once somebody has taken the incident", async () => {
  const office = openOffice();
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const pager = phones(() => held);
  const process = await declare(office, pager);
  const row = (await process.handler.list(1))[0];
  if (row === undefined) throw new Error("There is no incident.");
  await ask(process, row.id, { type: "take" });
  go();
  await process.idle();
  expect(pager.rung).toEqual([]);
  expect(office.facts.filter(({ what, fact }) => what === "effectDropped" && fact["kind"] === "ring")).toHaveLength(1);
});

test("a process that died before ringing is followed by one that rings, with the same key", async () => {
  const office = openOffice();
  const keys: string[] = [];
  const stuck = phones(async ({ key }) => {
    keys.push(key);
    await new Promise(() => undefined);
  });
  // Whoever is dead renews nothing.
  const commits = { ...office.world.commits, keepPending: async () => false };
  const first = office.process("a", { pager: stuck, directory, commits });
  await first.handler.declare(aRequest(), from("zeca"), null);
  await turns();
  await office.realTime.pass(60_000);
  const pager = phones(async ({ key }) => void keys.push(key));
  const second = office.process("b", { pager, directory });
  await second.sweep();
  await second.idle();
  expect(pager.rung).toEqual(["sms ana"]);
  expect(new Set(keys).size).toBe(1);
});
