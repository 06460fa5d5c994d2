import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTwilioSandbox, type TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";
import { type CallbackReceiver, startCallbackReceiver } from "./callback-receiver.js";
import { thrownBy, twilioClient } from "./twilio-client.js";

const ana = "+5511987654321";
const pages = "+551140000001";
const customers = "MG00000000000000000000000000000002";

let sandbox: TwilioSandbox;
let bot: CallbackReceiver;

beforeEach(async () => {
  sandbox = await startTwilioSandbox({ landlines: ["+12125550123"] });
  bot = await startCallbackReceiver();
});

afterEach(async () => {
  await sandbox.stop();
  await bot.stop();
});

const statuses = (): (string | undefined)[] => bot.arrivals.map(({ fields }) => fields["MessageStatus"]);

describe("a message sent with Twilio's SDK", () => {
  it("is answered as Twilio answers, and arrives on the phone", async () => {
    const sent = await twilioClient(sandbox).messages.create({ to: ana, from: pages, body: "INC-7 N1 checkout" });
    expect(sent.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(sent).toMatchObject({ status: "queued", direction: "outbound-api", numSegments: "1", errorCode: null });
    expect(sent.dateCreated).toBeInstanceOf(Date);
    expect(sent.dateSent).toBeNull();
    expect(await sandbox.phone(ana).waitsForText("INC-7")).toMatchObject({ sid: sent.sid, from: pages });
    await sandbox.settled();
    const later = await twilioClient(sandbox).messages(sent.sid).fetch();
    expect(later.status).toBe("delivered");
    expect(later.dateSent).toBeInstanceOf(Date);
    expect(sandbox.accepted()).toHaveLength(1);
    expect(sandbox.phones().map(({ number }) => number)).toEqual([ana]);
    expect(sandbox.log.entries.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      ...["request accepted", "text queued", "text sent", "text delivered"],
    ]);
  });

  it("shows what happens to whoever listens, such as the page", async () => {
    const seen: string[] = [];
    const stop = sandbox.log.subscribe(({ what }) => seen.push(what));
    await twilioClient(sandbox).messages.create({ to: ana, from: pages, body: "a" });
    await sandbox.log.waitFor(({ what }) => what === "delivered");
    stop();
    await twilioClient(sandbox).messages.create({ to: ana, from: pages, body: "b" });
    expect(seen).toEqual(["accepted", "queued", "sent", "delivered"]);
  });

  it("is accepted without a number yet when a Messaging Service sends it, which the record tells apart", async () => {
    const asked = { to: ana, messagingServiceSid: customers, body: "aviso", validityPeriod: 600 };
    const sent = await twilioClient(sandbox).messages.create(asked);
    expect(sent).toMatchObject({ status: "accepted", from: null, messagingServiceSid: customers });
    expect(sandbox.accepted()).toMatchObject([{ messagingServiceSid: customers, from: "+551140000002" }]);
  });

  it("shows each step to the status callback, signed so that the SDK's own check passes", async () => {
    const statusCallback = `${bot.url}/webhooks/twilio/status?d=tok'en&x=1#rc=2&rp=all`;
    const sent = await twilioClient(sandbox).messages.create({ to: ana, from: pages, body: "ção", statusCallback });
    await bot.waitFor((all) => all.length === 3);
    expect(statuses()).toEqual(["queued", "sent", "delivered"]);
    for (const { url, path, headers, fields } of bot.arrivals) {
      expect(path).toBe("/webhooks/twilio/status?d=tok'en&x=1");
      expect(fields).toMatchObject({ MessageSid: sent.sid, To: ana, From: pages, AccountSid: sandbox.accountSid });
      expect(headers["i-twilio-idempotency-token"]).toMatch(/^[0-9a-f-]{36}$/);
      const signature = String(headers["x-twilio-signature"]);
      expect(validateRequest(sandbox.authToken, signature, url, fields)).toBe(true);
      expect(validateRequest(sandbox.authToken, signature, url, { ...fields, MessageStatus: "read" })).toBe(false);
    }
  });

  it.each([
    ["undelivered", { undelivered: 30003 }, ["queued", "sent", "undelivered"], "30003"],
    ["failed", { failed: 30006 }, ["queued", "failed"], "30006"],
  ])("that ends %s says so with the error code, and nothing is on the phone", async (_name, sms, steps, code) => {
    sandbox.phone(ana).behaves({ sms });
    const asked = { to: ana, from: pages, body: "a", statusCallback: `${bot.url}/s` };
    const { sid } = await twilioClient(sandbox).messages.create(asked);
    await bot.waitFor((all) => all.length === steps.length);
    expect(statuses()).toEqual(steps);
    expect(bot.arrivals.at(-1)?.fields["ErrorCode"]).toBe(code);
    expect((await twilioClient(sandbox).messages(sid).fetch()).errorCode).toBe(Number(code));
    expect(sandbox.phone(ana).texts()).toEqual([]);
  });

  it("arrives without a delivery report from a carrier that gives none", async () => {
    sandbox.phone(ana).behaves({ sms: "sent" });
    await twilioClient(sandbox).messages.create({ to: ana, from: pages, body: "a", statusCallback: `${bot.url}/s` });
    await sandbox.settled();
    expect(statuses()).toEqual(["queued", "sent"]);
    expect(sandbox.phone(ana).texts()).toHaveLength(1);
  });
});

describe("a message that Twilio would refuse", () => {
  const good = { To: ana, From: pages, Body: "a" };
  const cases: [number, string, Record<string, string>][] = [
    [21_604, "no receiver", { From: pages, Body: "a" }],
    [21_211, "a short number", { ...good, To: "+55119" }],
    [21_211, "an area code with a zero", { ...good, To: "+550098765432" }],
    [21_211, "a line break in the number", { ...good, To: `${ana}\r\nX: y` }],
    [21_614, "a landline by its digits", { ...good, To: "+551132654321" }],
    [21_614, "a landline on the list", { ...good, To: "+12125550123" }],
    [21_408, "a region that is off", { ...good, To: "+79161234567" }],
    [21_602, "no text", { To: ana, From: pages }],
    [21_617, "a text too long", { ...good, Body: "x".repeat(1601) }],
    [21_603, "no sender", { To: ana, Body: "a" }],
    [21_606, "a sender of somebody else", { ...good, From: "+5511999999999" }],
    [21_212, "a word as sender", { ...good, From: "cubo" }],
    [21_266, "itself as receiver", { ...good, To: pages }],
    [21_705, "an unknown service", { To: ana, Body: "a", MessagingServiceSid: "MG1" }],
    [21_609, "a callback without an address", { ...good, StatusCallback: "not a url" }],
    [21_624, "a validity too long", { ...good, ValidityPeriod: "36001" }],
    [21_624, "no validity", { ...good, ValidityPeriod: "0" }],
    [20_001, "pictures", { ...good, MediaUrl: "http://127.0.0.1/a.png" }],
  ];

  it.each(cases)("gets %i for %s, and nothing is accepted", async (code, _name, fields) => {
    const { accountSid, authToken, url } = sandbox;
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
    const address = `${url}/2010-04-01/Accounts/${accountSid}/Messages.json`;
    const answer = await fetch(address, {
      method: "POST",
      headers: { authorization },
      body: new URLSearchParams(fields),
    });
    const body = (await answer.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ code, status: 400, more_info: `https://www.twilio.com/docs/errors/${code}` });
    expect(answer.status).toBe(400);
    expect(sandbox.accepted()).toEqual([]);
  });

  it("shows itself in the SDK as an error with status, code and address", async () => {
    const thrown = await thrownBy(twilioClient(sandbox).messages.create({ to: "+5511", from: pages, body: "a" }));
    expect(thrown).toMatchObject({ status: 400, code: 21_211, moreInfo: "https://www.twilio.com/docs/errors/21211" });
    expect(thrown.message).toBe("Invalid 'To' Phone Number: +XXXX");
  });

  it("may be 1,600 characters long and valid for ten hours", async () => {
    const asked = { to: ana, from: pages, body: "x".repeat(1600), validityPeriod: 36_000 };
    expect((await twilioClient(sandbox).messages.create(asked)).numSegments).toBe("11");
  });

  it("is refused for wrong credentials and for an unknown identifier", async () => {
    const create = twilioClient(sandbox, "wrong").messages.create({ to: ana, from: pages, body: "a" });
    expect(await thrownBy(create)).toMatchObject({ status: 401, code: 20_003 });
    const fetched = twilioClient(sandbox).messages("SM00000000000000000000000000000000").fetch();
    expect(await thrownBy(fetched)).toMatchObject({ status: 404, code: 20_404 });
  });
});

describe("the list of messages", () => {
  it("filters by receiver, sender and date, and pages with relative addresses that the SDK follows", async () => {
    const client = twilioClient(sandbox);
    for (let index = 0; index < 5; index += 1)
      await client.messages.create({ to: ana, from: pages, body: `n${index}` });
    await client.messages.create({ to: "+5511987654322", from: pages, body: "other" });
    const mine = await client.messages.list({ to: ana, pageSize: 2 });
    expect(mine.map(({ body }) => body)).toEqual(["n4", "n3", "n2", "n1", "n0"]);
    expect((await client.messages.list({ to: ana, limit: 3, pageSize: 2 })).map(({ body }) => body)).toEqual([
      "n4",
      "n3",
      "n2",
    ]);
    expect(await client.messages.list({ from: "+551140000002" })).toEqual([]);
  });

  it("shows a message that waits only without a date filter, as queued messages have no date of sending", async () => {
    await sandbox.stop();
    sandbox = await startTwilioSandbox({ stepMs: [60_000, 60_000] });
    const client = twilioClient(sandbox);
    await client.messages.create({ to: ana, from: pages, body: "ref-1" });
    expect(await client.messages.list({ to: ana })).toHaveLength(1);
    expect(await client.messages.list({ to: ana, dateSentAfter: new Date(0) })).toEqual([]);
  });

  it("can lag behind what was accepted", async () => {
    const client = twilioClient(sandbox);
    sandbox.misbehave.listLag(60_000);
    await client.messages.create({ to: ana, from: pages, body: "ref-1" });
    expect(await client.messages.list({ to: ana })).toEqual([]);
    sandbox.misbehave.listLag(0);
    expect(await client.messages.list({ to: ana })).toHaveLength(1);
  });
});
