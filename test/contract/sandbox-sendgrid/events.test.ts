import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MailEvent } from "../../../src/sandbox/sendgrid/event-webhook.js";
import type { MailOutcome } from "../../../src/sandbox/sendgrid/mail-events.js";
import { type SendGridSandbox, startSendGridSandbox } from "../../../src/sandbox/sendgrid/sendgrid-sandbox.js";
import { type Arrival, type CallbackReceiver, startCallbackReceiver } from "../sandbox-twilio/callback-receiver.js";
import { aMail, copyFor } from "./mails.js";
import { sendRaw } from "./sendgrid-client.js";

let sandbox: SendGridSandbox;
let bot: CallbackReceiver;

beforeEach(async () => {
  bot = await startCallbackReceiver();
  sandbox = await startSendGridSandbox({ webhookUrl: `${bot.url}/events`, webhookRetryMs: 20 });
});

afterEach(async () => {
  await sandbox.stop();
  await bot.stop();
});

const events = (): MailEvent[] => bot.arrivals.flatMap(({ raw }) => JSON.parse(raw) as MailEvent[]);
const kinds = (email = "rita@cliente.example") =>
  events()
    .filter((one) => one.email === email)
    .map(({ event }) => event);

function isGenuine({ headers, raw }: Arrival, publicKey = sandbox.webhookPublicKey): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  const timestamp = String(headers["x-twilio-email-event-webhook-timestamp"]);
  const signature = Buffer.from(String(headers["x-twilio-email-event-webhook-signature"]), "base64");
  return verify("sha256", Buffer.from(timestamp + raw), key, signature);
}

describe("the event webhook", () => {
  it("tells processed and delivered in signed batches, with the custom arguments beside the fields", async () => {
    const personalizations = [copyFor("rita@cliente.example", { custom_args: { d: "d-1" } }), copyFor("b@c.example")];
    const mail = aMail({ personalizations, custom_args: { b: "b-1" }, categories: ["aviso"] });
    const { messageId } = await sendRaw(sandbox, mail);
    await bot.waitFor(() => events().length === 4);
    expect(bot.arrivals.length).toBeLessThan(3);
    expect(bot.arrivals.every((arrival) => isGenuine(arrival))).toBe(true);
    expect(kinds()).toEqual(["processed", "delivered"]);
    const [first] = events();
    expect(first).toMatchObject({ b: "b-1", d: "d-1", category: "aviso", email: "rita@cliente.example" });
    expect(first?.sg_message_id.startsWith(`${messageId}.`)).toBe(true);
    expect(new Set(events().map((one) => one.sg_event_id)).size).toBe(4);
  });

  it("is signed with the key that was given, over the bytes and no others", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    await sandbox.stop();
    sandbox = await startSendGridSandbox({ webhookUrl: `${bot.url}/events`, webhookKey: privateKey });
    await sendRaw(sandbox, aMail());
    await bot.waitFor(() => events().length === 2);
    const given = publicKey.export({ type: "spki", format: "der" }).toString("base64");
    expect(sandbox.webhookPublicKey).toBe(given);
    const [arrival] = bot.arrivals;
    expect(arrival && isGenuine(arrival)).toBe(true);
    expect(arrival && isGenuine({ ...arrival, raw: `${arrival.raw} ` })).toBe(false);
  });

  const outcomes: [string, MailOutcome, string[], number, Record<string, unknown>][] = [
    [
      "bounces",
      { bounces: "550 no such user" },
      ["processed", "bounce"],
      0,
      { type: "bounce", reason: "550 no such user" },
    ],
    ["is blocked", { blocked: "421 later" }, ["processed", "bounce"], 0, { type: "blocked", reason: "421 later" }],
    ["is dropped", { dropped: "Unsubscribed Address" }, ["dropped"], 0, { reason: "Unsubscribed Address" }],
    ["is deferred", { deferred: "451 busy" }, ["processed", "deferred", "delivered"], 1, { response: "250 OK" }],
    ["is reported as spam", "complains", ["processed", "delivered", "spamreport"], 1, {}],
    ["is not told of", "silent", [], 1, {}],
  ];

  it.each(outcomes)("of a mail that %s says so", async (_name, outcome, told, arrived, last) => {
    sandbox.outcome("Rita@cliente.example", outcome);
    await sendRaw(sandbox, aMail());
    await sandbox.settled();
    expect(kinds()).toEqual(told);
    if (told.length > 0) expect(events().at(-1)).toMatchObject(last);
    expect(sandbox.mailbox("rita@cliente.example").messages()).toHaveLength(arrived);
    expect(sandbox.copiesFor("rita@cliente.example")).toBe(1);
  });

  it("tells that mail after a bounce is dropped, unless the list is bypassed", async () => {
    sandbox.outcome("rita@cliente.example", { bounces: "550" });
    await sendRaw(sandbox, aMail());
    await sandbox.settled();
    await sendRaw(sandbox, aMail());
    await sandbox.settled();
    expect(kinds()).toEqual(["processed", "bounce", "dropped"]);
    await sendRaw(sandbox, aMail({ mail_settings: { bypass_list_management: { enable: true } } }));
    await sandbox.settled();
    expect(sandbox.mailbox("rita@cliente.example").messages()).toHaveLength(1);
  });

  it("repeats a batch, with the same identifiers, until the bot takes it", async () => {
    let refusals = 3;
    bot.answer("/events", () => {
      refusals -= 1;
      return { status: refusals >= 0 ? 503 : 204 };
    });
    sandbox.outcome("rita@cliente.example", { dropped: "Unsubscribed Address" });
    await sendRaw(sandbox, aMail());
    await sandbox.settled();
    expect(bot.arrivals).toHaveLength(4);
    expect(new Set(bot.arrivals.map(({ raw }) => raw)).size).toBe(1);
    expect(sandbox.callbacks).toMatchObject([{ tries: 4, answer: { status: 204 } }]);
  });

  it("can be withheld, doubled, reversed and forged", async () => {
    sandbox.misbehave.withholdCallbacks(true);
    await sendRaw(sandbox, aMail());
    await sandbox.settled();
    expect(bot.arrivals).toEqual([]);
    sandbox.misbehave.withholdCallbacks(false);
    sandbox.misbehave.duplicateCallbacks(true);
    sandbox.misbehave.reorderCallbacks(true);
    await sendRaw(sandbox, aMail());
    await sandbox.settled();
    expect(kinds()).toEqual(["delivered", "processed", "delivered", "processed"]);
    expect(new Set(events().map((one) => one.sg_event_id)).size).toBe(2);
    sandbox.misbehave.duplicateCallbacks(false);
    sandbox.misbehave.forgeNext(1);
    await sendRaw(sandbox, aMail());
    await sandbox.settled();
    const last = bot.arrivals.at(-1);
    expect(last && isGenuine(last)).toBe(false);
  });

  it("posts any body signed, and any post again byte for byte", async () => {
    await sandbox.post(`${bot.url}/events`, '[{"event":"delivered"}]', 1_000_000_000);
    const [sent] = sandbox.callbacks;
    if (sent) await sandbox.redeliver(sent);
    expect(bot.arrivals).toHaveLength(2);
    expect(bot.arrivals.every((arrival) => isGenuine(arrival))).toBe(true);
    expect(bot.arrivals[1]?.headers["x-twilio-email-event-webhook-timestamp"]).toBe("1000000000");
  });
});
