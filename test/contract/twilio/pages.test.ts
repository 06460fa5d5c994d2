// Pages by SMS over the real SDK: sent once, whatever the line does.
import { afterEach, expect, test } from "vitest";
import type { TwilioLine } from "../../../src/delivery/twilio/twilio-client.js";
import type { PersonId } from "../../../src/domain/incident/ids.js";
import type { Page } from "../../../src/ports/pager.js";
import { aRequest, from } from "../../unit/application/office.js";
import { BRUNO, openPhoneWorld, type PhoneWorld, STAFF, type WorldOptions } from "./phone-world.js";

let world: PhoneWorld;
afterEach(() => world.stop());
const open = async (options: WorldOptions = {}): Promise<PhoneWorld> => {
  world = await openPhoneWorld(options);
  return world;
};
const sentTo = (number: string): number => world.sandbox.accepted().filter(({ to }) => to === number).length;

test("a page is one ASCII segment with code, level, title and a short link", async () => {
  const { bruno, declare, sandbox } = await open();
  await declare({ title: "Checkout fora do ar: cartão não passa 💥" });
  const [text, ...others] = bruno.texts();
  expect(others).toEqual([]);
  expect(text?.body).toMatch(
    /^INC-1 N1: Checkout fora do ar: cartao nao passa\. Para assumir, abra https:\/\/cubo\.link\/t\/[\w-]{11}$/,
  );
  expect(text).toMatchObject({ segments: 1, messagingServiceSid: sandbox.services[0]?.sid });
  const [row] = await world.log.recent(["bruno" as never], new Date(0));
  expect(row).toMatchObject({ state: "accepted", status: "delivered", attempts: 1 });
});

test("a person reads a page in their own language", async () => {
  const { carla, declare } = await open({ primary: ["carla"] });
  await declare();
  expect(carla.texts()[0]?.body).toContain("To take it, open https://cubo.link/t/");
});

test("without a public address the SMS says where to go, and carries no dead link", async () => {
  const { bruno, declare } = await open({ settings: { publicUrl: null, shortUrl: null } });
  await declare();
  expect(bruno.texts()[0]?.body).toBe("INC-1 N1: Checkout fora do ar. Para assumir, abra o Slack.");
});

test("a page whose answer was lost is proved by its callback and not sent again", async () => {
  const { sandbox, declare, pass } = await open();
  sandbox.misbehave.dropAfterAccept(1);
  await declare();
  await pass(40_000);
  expect(sentTo(BRUNO)).toBe(1);
});

test("without callbacks the list of Twilio proves it, and nothing is sent again", async () => {
  const { sandbox, declare, pass, log } = await open();
  sandbox.misbehave.withholdCallbacks(true);
  sandbox.misbehave.dropAfterAccept(1);
  await declare();
  const [row] = await log.recent(["bruno" as never], new Date(0));
  expect(row?.state).toBe("unknown");
  await pass(40_000);
  expect(sentTo(BRUNO)).toBe(1);
  expect(await log.of(row?.key ?? "")).toMatchObject({ state: "accepted", attempts: 1 });
});

test.each([
  ["dropped", (w: PhoneWorld) => w.sandbox.misbehave.dropBeforeAccept(1)],
  ["answered 503", (w: PhoneWorld) => w.sandbox.misbehave.failNext(1)],
])("a request that was %s before it was taken is repeated after 20 s, not earlier", async (_, misbehave) => {
  const { declare, pass } = await open();
  misbehave(world);
  await declare();
  await pass(19_000);
  expect(sentTo(BRUNO)).toBe(0);
  await pass(4_000);
  expect(sentTo(BRUNO)).toBe(1);
});

test("a page that may have arrived is not sent again within 20 s, however often it is asked for", async () => {
  const { sandbox, app, declare, ports, office } = await open({ primary: [] });
  const seen = await app.handler.look({ by: "id", id: await declare() });
  if (seen === null) throw new Error("The incident is missing.");
  const page: Page = {
    ...{ key: "k1", person: "bruno" as PersonId, by: "sms", notice: { kind: "incident-card" }, first: true },
    snapshot: seen.snapshot,
    stillWanted: async () => true,
  };
  sandbox.misbehave.dropBeforeAccept(1);
  for (const retryAfterMs of [20_000, 15_000, 10_000, 5_000]) {
    const fault = { code: "page_unconfirmed", retryable: true, retryAfterMs };
    await expect(ports.pager.page(page)).rejects.toMatchObject(fault);
    await office.realTime.pass(5_000);
  }
  expect(sentTo(BRUNO)).toBe(0);
  expect(await ports.pager.page(page)).toEqual({ kind: "sent" });
  expect(sentTo(BRUNO)).toBe(1);
});

test("a message that Twilio's list does not show yet is sent twice rather than not at all", async () => {
  const { sandbox, declare, pass } = await open();
  sandbox.misbehave.withholdCallbacks(true);
  sandbox.misbehave.listLag(3_600_000);
  sandbox.misbehave.dropAfterAccept(1);
  await declare();
  await pass(30_000);
  expect(sentTo(BRUNO)).toBe(2);
});

test("a list that cannot be read delays a page by seconds only", async () => {
  const refuses: Partial<TwilioLine> = {
    listMessages: async () => ({ ok: false, outcome: { kind: "unknown", code: "twilio_http_503" } }),
  };
  const { sandbox, declare, pass } = await open({ line: (line) => ({ ...line, ...refuses }) });
  sandbox.misbehave.dropBeforeAccept(1);
  await declare();
  await pass(28_000);
  expect(sentTo(BRUNO)).toBe(0);
  await pass(8_000);
  expect(sentTo(BRUNO)).toBe(1);
});

test("a page that never gets a clear answer is given up after five requests", async () => {
  const { sandbox, declare, pass, reasons } = await open();
  sandbox.misbehave.dropBeforeAccept(50);
  await declare();
  await pass(200_000);
  const [row] = await world.log.recent(["bruno" as never], new Date(0));
  expect(row?.attempts).toBe(5);
  const failed = world.office.facts.filter(({ fact }) => fact["givenUp"] === true && fact["kind"] === "ring");
  expect(failed).toHaveLength(1);
  expect(new Set(reasons())).toEqual(new Set(["page_unconfirmed"]));
});

test("told to wait, it asks again when Twilio said", async () => {
  const { sandbox, declare, pass } = await open();
  sandbox.misbehave.rateLimitNext(1, 7);
  await declare();
  await pass(6_000);
  expect(sentTo(BRUNO)).toBe(0);
  await pass(3_000);
  expect(sentTo(BRUNO)).toBe(1);
});

test("a process that died in the middle of a request is followed by one that asks Twilio first", async () => {
  let dead = true;
  const dies = (line: TwilioLine): TwilioLine => ({
    ...line,
    // The request arrives, but the process hears nothing of it any more.
    async sendSms(request) {
      const outcome = await line.sendSms(request);
      return dead ? new Promise(() => undefined) : outcome;
    },
  });
  const { sandbox, app, pass, office, log } = await open({ line: dies });
  sandbox.misbehave.withholdCallbacks(true);
  // Whoever is dead renews nothing.
  const commits = { ...office.world.commits, keepPending: async () => false };
  const mortal = office.process("mortal", { ...world.ports, commits });
  await mortal.handler.declare(aRequest(), from("ana"), null);
  await expect.poll(() => sentTo(BRUNO)).toBe(1);
  dead = false;
  await pass(90_000);
  await app.idle();
  expect(sentTo(BRUNO)).toBe(1);
  const [row] = await log.recent(["bruno" as never], new Date(0));
  expect(row).toMatchObject({ state: "accepted", attempts: 1 });
});

test("a number that Twilio refuses is given up at once and named nowhere", async () => {
  const { declare, office, reasons } = await open({ sandbox: { landlines: [BRUNO] } });
  await declare();
  expect(reasons()).toEqual(["twilio_21614"]);
  expect(JSON.stringify(office.facts)).not.toContain(BRUNO.slice(3));
});

test.each([
  ["that is none", "+55119", "bad_phone"],
  ["of a landline", "+551133334444", "bad_phone"],
  ["with more than digits", "whatsapp:+5511987654321", "bad_phone"],
  ["with a second line", "+5511987654321\r\nX: y", "bad_phone"],
])("a number %s is left out without asking Twilio", async (_, phone, reason) => {
  const staff = STAFF.map((one) => (one.id === "bruno" ? { ...one, phone } : one));
  const { declare, reasons, sandbox, office } = await open({ staff });
  await declare();
  expect(reasons()).toEqual([reason]);
  expect(sandbox.accepted()).toEqual([]);
  expect(JSON.stringify(office.facts)).not.toContain(phone.slice(0, 6));
});

test("a drill rings no phone, even when the pager is asked to", async () => {
  const { app, declare, sandbox, ports, log } = await open();
  const id = await declare({ kind: "drill" });
  const seen = await app.handler.look({ by: "id", id });
  if (seen === null) throw new Error("The drill is missing.");
  const page: Page = {
    ...{ key: "k1", person: "bruno" as PersonId, by: "sms", notice: { kind: "incident-card" }, first: true },
    snapshot: seen.snapshot,
    stillWanted: async () => true,
  };
  expect(await ports.pager.page(page)).toEqual({ kind: "left-out", reason: "drill" });
  expect(await log.of("k1")).toBeNull();
  expect(sandbox.accepted()).toEqual([]);
});

test("no request begins once somebody has taken the incident while the page waited (I2)", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holds = (line: TwilioLine): TwilioLine => ({
    ...line,
    sendSms: (request) => held.then(() => line.sendSms(request)),
  });
  const { app, declare, sandbox, reasons } = await open({ atOnce: 1, line: holds });
  // The first page holds the only turn; the second waits behind it.
  const first = declare();
  const second = declare({ title: "Outro" });
  await expect.poll(async () => (await app.handler.list(5)).length).toBe(2);
  const waiting = (await app.handler.list(5)).find(({ code }) => code === "INC-2");
  if (waiting === undefined) throw new Error("The second incident is missing.");
  await app.handler.change({ by: "id", id: waiting.id }, { type: "take" }, from("ana"));
  release();
  await Promise.all([first, second]);
  expect(sandbox.accepted().map(({ body }) => body.slice(0, 5))).toEqual(["INC-1"]);
  expect(reasons()).toEqual(["not_wanted"]);
});

test("a person's phone rings six times an hour at most, but an incident's first page always", async () => {
  const { declare, reasons, later } = await open();
  for (let count = 0; count < 7; count += 1) await declare({ title: `Queda ${count}` });
  expect(sentTo(BRUNO)).toBe(7);
  await later(2);
  expect(world.sandbox.acceptedCalls()).toEqual([]);
  expect(reasons().filter((reason) => reason === "limit")).toHaveLength(7);
});

test("an account that Twilio refuses loses no page: it goes out once the account works", async () => {
  let works = false;
  const account = (line: TwilioLine): TwilioLine => ({
    ...line,
    sendSms: async (sms) => (works ? line.sendSms(sms) : { kind: "operator", code: "twilio_20003" }),
  });
  const { declare, reasons, pass } = await open({ line: account });
  await declare();
  expect(reasons()).toEqual(["twilio_20003"]);
  works = true;
  await pass(20_000);
  expect(sentTo(BRUNO)).toBe(1);
});

test("ways that are not configured are left out", async () => {
  const { declare, reasons, later } = await open({ settings: { messagingServiceSid: null, voiceFrom: null } });
  await declare();
  await later(2);
  expect(reasons()).toEqual(["sms_off", "voice_off"]);
});
