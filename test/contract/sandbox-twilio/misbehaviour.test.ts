import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTwilioSandbox, type TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";
import { type CallbackReceiver, startCallbackReceiver } from "./callback-receiver.js";
import { thrownBy, twilioClient } from "./twilio-client.js";

const ana = "+5511987654321";
const pages = "+551140000001";

let sandbox: TwilioSandbox;
let bot: CallbackReceiver;

beforeEach(async () => {
  sandbox = await startTwilioSandbox();
  bot = await startCallbackReceiver();
});

afterEach(async () => {
  await sandbox.stop();
  await bot.stop();
});

const send = (body = "a", statusCallback = `${bot.url}/s`) =>
  twilioClient(sandbox).messages.create({ to: ana, from: pages, body, statusCallback });
const statuses = () => bot.arrivals.map(({ fields }) => fields["MessageStatus"]);

describe("a request that goes wrong", () => {
  it("is not carried out when the connection is dropped before", async () => {
    sandbox.misbehave.dropBeforeAccept(1);
    expect(await thrownBy(send())).toMatchObject({ code: "ECONNRESET" });
    expect(sandbox.accepted()).toEqual([]);
    await send();
    expect(sandbox.accepted()).toHaveLength(1);
  });

  it("is carried out when the connection is dropped after: callback and list prove it", async () => {
    sandbox.misbehave.dropAfterAccept(1);
    expect(await thrownBy(send("ref-9"))).toMatchObject({ code: "ECONNRESET" });
    await bot.waitFor((all) => all.length === 3);
    const [found] = await twilioClient(sandbox).messages.list({ to: ana });
    expect(found?.body).toBe("ref-9");
    expect(bot.arrivals[0]?.fields["MessageSid"]).toBe(found?.sid);
  });

  it("meets the limit of requests as 429 with code 20429", async () => {
    sandbox.misbehave.rateLimitNext(1, 3);
    expect(await thrownBy(send())).toMatchObject({ status: 429, code: 20_429 });
    expect(sandbox.accepted()).toEqual([]);
  });

  it("meets a limit of requests a second when there is one", async () => {
    await sandbox.stop();
    sandbox = await startTwilioSandbox({ requestsPerSecond: 2 });
    const ends = await Promise.allSettled(Array.from({ length: 8 }, () => send()));
    const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason as { code: number }] : []));
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set([20_429]));
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("can fail with 503 %s it is carried out, without a code", async (when, accepted) => {
    sandbox.misbehave.failNext(1, 503, when);
    const thrown = await thrownBy(send());
    expect(thrown).toMatchObject({ status: 503 });
    expect(thrown.code).toBeUndefined();
    expect(sandbox.accepted()).toHaveLength(accepted);
  });

  it("leaves orders for the next message alone when something is only looked up", async () => {
    sandbox.misbehave.failNext(1);
    await twilioClient(sandbox).messages.list({ to: ana });
    expect(await thrownBy(send())).toMatchObject({ status: 503 });
  });

  it("goes wrong by chance in the same way for the same seed", async () => {
    const plan = { seed: 7, dropBefore: 0.2, dropAfter: 0.2, tooMany: 0.2, serverError: 0.2 };
    const run = async (): Promise<string[]> => {
      sandbox.misbehave.plan(plan);
      const ends: string[] = [];
      for (let index = 0; index < 20; index += 1)
        ends.push(
          await send().then(
            () => "ok",
            (error: { code?: unknown; status?: unknown }) => `${error.code} ${error.status}`,
          ),
        );
      return ends;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set(["ok", "ECONNRESET undefined", "20429 429", "undefined 503"]));
    expect(await run()).toEqual(first);
  });
});

describe("callbacks that go wrong", () => {
  it("can be withheld, doubled, reversed and forged", async () => {
    sandbox.misbehave.withholdCallbacks(true);
    await send();
    await sandbox.settled();
    expect(statuses()).toEqual([]);
    sandbox.misbehave.withholdCallbacks(false);
    sandbox.misbehave.duplicateCallbacks(true);
    sandbox.misbehave.reorderCallbacks(true);
    await send();
    await sandbox.settled();
    expect(statuses()).toEqual(["delivered", "delivered", "sent", "sent", "queued", "queued"]);
    sandbox.misbehave.duplicateCallbacks(false);
    sandbox.misbehave.reorderCallbacks(false);
    sandbox.misbehave.forgeNext(1);
    await send();
    await sandbox.settled();
    const valid = bot.arrivals
      .slice(6)
      .map(({ headers, url, fields }) =>
        validateRequest(sandbox.authToken, String(headers["x-twilio-signature"]), url, fields),
      );
    expect(valid).toEqual([false, true, true]);
  });

  it("are not repeated after an error of the bot, unless the address asks for it", async () => {
    bot.answer("/s", { status: 500 });
    bot.answer("/r", { status: 500 });
    sandbox.phone(ana).behaves({ sms: { failed: 30_006 } });
    await send("a", `${bot.url}/s`);
    await send("a", `${bot.url}/r#rc=2&rp=all`);
    await sandbox.settled();
    expect(bot.at("/s")).toHaveLength(2);
    expect(bot.at("/r")).toHaveLength(6);
  });

  it("are tried once more when the bot cannot be reached", async () => {
    sandbox.phone(ana).behaves({ sms: "sent" });
    const closed = await startCallbackReceiver();
    await closed.stop();
    await send("a", `${closed.url}/s`);
    await sandbox.settled();
    expect(sandbox.callbacks.map(({ tries, answer }) => [tries, answer.status])).toEqual([
      [2, 0],
      [2, 0],
    ]);
  });

  it("never leave this machine, and a public address can stand for a local one", async () => {
    await send("a", "https://notify.cubo.example/s");
    await sandbox.settled();
    expect(sandbox.callbacks.map(({ answer }) => answer.status)).toEqual([0, 0, 0]);
    await sandbox.stop();
    sandbox = await startTwilioSandbox({ publicUrls: { "https://notify.cubo.example": bot.url } });
    await send("a", "https://notify.cubo.example/s?t=1");
    await bot.waitFor((all) => all.length === 3);
    const [arrival] = bot.at("/s?t=1");
    const signature = String(arrival?.headers["x-twilio-signature"]);
    const url = "https://notify.cubo.example/s?t=1";
    expect(validateRequest(sandbox.authToken, signature, url, arrival?.fields ?? {})).toBe(true);
  });

  it("queue behind one another when the sender has a rate", async () => {
    await sandbox.stop();
    sandbox = await startTwilioSandbox({ segmentsPerSecond: 10, stepMs: [0, 0] });
    const began = Date.now();
    for (let index = 0; index < 4; index += 1) await send(`n${index}`);
    await sandbox.phone(ana).waitsForText("n3");
    expect(Date.now() - began).toBeGreaterThan(280);
  });

  it("meet the end of the sender's queue after ten hours of traffic", async () => {
    await sandbox.stop();
    sandbox = await startTwilioSandbox({ segmentsPerSecond: 0.0001 });
    for (let index = 0; index < 4; index += 1) await send(`n${index}`);
    expect(await thrownBy(send("n4"))).toMatchObject({ code: 21_611 });
  });
});
