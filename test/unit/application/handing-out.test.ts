// Effects are done once, by one process, and only while they make sense.
import { expect, test } from "vitest";
import { ChatFault, type Post } from "../../../src/ports/chat-rooms.js";
import { aRequest, ask, declareWith, from, type Office, openOffice, turns } from "./office.js";

const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
};

/** The first post that fits waits until the gate opens. */
const holdFirst = (office: Office, fits: (post: Post) => boolean) => {
  const held = gate();
  let first = true;
  office.wall.onPost = async (post) => {
    if (!first || !fits(post)) return;
    first = false;
    await held.opened;
  };
  return held.open;
};

const passSlowly = async (office: Office, seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second += 1) await office.realTime.pass(1_000);
};

const saidTwice = (office: Office): string[] => {
  const keys = office.wall.posts.map(({ key }) => key);
  return keys.filter((key, at) => keys.indexOf(key) !== at);
};

test("a post that takes longer than the lease is not repeated by another process", async () => {
  const office = openOffice();
  const [a, b] = [office.process("a"), office.process("b")];
  const open = holdFirst(office, () => true);
  await a.handler.declare(aRequest(), from("ana"), null);
  await turns();
  await passSlowly(office, 40);
  expect(await b.sweep()).toBe(0);
  open();
  await a.idle();
  expect(saidTwice(office)).toEqual([]);
  expect(office.wall.posts.length).toBeGreaterThan(2);
});

test("effects that waited in a queue beyond their lease are left to the process that took them over", async () => {
  const office = openOffice();
  const [a, b] = [office.process("a"), office.process("b")];
  const id = await declareWith(a);
  const open = holdFirst(office, ({ notice }) => notice.kind === "note-added");
  await ask(a, id, { type: "add-note", text: "um", happenedAt: null });
  await ask(a, id, { type: "add-note", text: "dois", happenedAt: null });
  await passSlowly(office, 20);
  expect(await b.sweep()).toBe(1);
  await b.idle();
  open();
  await a.idle();
  const notes = office.wall.posts.filter(({ notice }) => notice.kind === "note-added");
  expect(notes).toHaveLength(2);
  expect(saidTwice(office)).toEqual([]);
});

test("an owed effect that waited in a queue beyond its lease is not done by two processes", async () => {
  const office = openOffice();
  const [a, b] = [office.process("a"), office.process("b")];
  const id = await declareWith(a);
  office.wall.onPost = async () => {
    throw new ChatFault("slack_unreachable", { retryable: true });
  };
  for (const text of ["um", "dois"]) await ask(a, id, { type: "add-note", text, happenedAt: null });
  await a.idle();
  const open = holdFirst(office, () => true);
  await office.realTime.pass(5_000);
  expect(await a.sweep()).toBe(2);
  await turns();
  await passSlowly(office, 20);
  expect(await b.sweep()).toBe(1);
  await b.idle();
  open();
  await a.idle();
  expect(office.facts.filter(({ what, fact }) => what === "effectDone" && fact["attempts"] === 2)).toHaveLength(2);
  expect(await office.world.ledger.counts()).toEqual({ owed: 0, givenUp: 0 });
});

test("no page begins after the commit that took, however long it was prepared (I2)", async () => {
  const office = openOffice();
  const app = office.process("a");
  const isPage = ({ to, notice }: Post) => to.kind === "person" && notice.kind === "escalated";
  const open = holdFirst(office, isPage);
  const outcome = await app.handler.declare(aRequest(), from("ana"), null);
  if (outcome.kind !== "done") throw new Error("The declaration was not accepted.");
  await turns();
  await ask(app, outcome.snapshot.incident.id, { type: "take" });
  open();
  await app.idle();
  expect(office.wall.posts.filter(isPage)).toEqual([]);
  const dropped = office.facts.filter(({ what }) => what === "effectDropped").map(({ fact }) => fact["reason"]);
  expect(dropped).toEqual(["taken"]);
});

test("being told to wait uses up no try, so a crowd of incidents loses nothing by queueing", async () => {
  const office = openOffice();
  const app = office.process("a");
  const id = await declareWith(app);
  office.wall.onPost = async () => {
    throw new ChatFault("slack_rate_limited", { retryable: true, retryAfterMs: 60_000 });
  };
  await ask(app, id, { type: "add-note", text: "um", happenedAt: null });
  await app.idle();
  for (let minute = 0; minute < 40; minute += 1) {
    await office.realTime.pass(61_000);
    await app.sweep();
    await app.idle();
  }
  expect(await office.world.ledger.counts()).toEqual({ owed: 1, givenUp: 0 });
});
