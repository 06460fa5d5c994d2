import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTwilioSandbox, type TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";
import { type CallbackReceiver, startCallbackReceiver } from "./callback-receiver.js";
import { thrownBy, twilioClient } from "./twilio-client.js";

const ana = "+5511987654321";
const pages = "+551140000001";
const pageService = "MG00000000000000000000000000000001";
const customerService = "MG00000000000000000000000000000002";

let sandbox: TwilioSandbox;
let bot: CallbackReceiver;

beforeEach(async () => {
  bot = await startCallbackReceiver();
  sandbox = await startTwilioSandbox({ inboundUrl: `${bot.url}/sms`, stopWords: ["SAIR"] });
});

afterEach(async () => {
  await sandbox.stop();
  await bot.stop();
});

async function paged(): Promise<void> {
  await twilioClient(sandbox).messages.create({ to: ana, messagingServiceSid: pageService, body: "page" });
  await sandbox.phone(ana).waitsForText("page");
}

describe("a reply from a phone", () => {
  it("is posted to the bot, signed, addressed to the number that wrote", async () => {
    await paged();
    await sandbox.phone(ana).reply("1");
    const [arrival] = bot.at("/sms");
    expect(arrival?.fields).toMatchObject({ Body: "1", From: ana, To: pages, MessagingServiceSid: pageService });
    const signature = String(arrival?.headers["x-twilio-signature"]);
    expect(validateRequest(sandbox.authToken, signature, `${bot.url}/sms`, arrival?.fields ?? {})).toBe(true);
  });

  it("gets back the texts that the bot's answer asks for", async () => {
    await paged();
    bot.answer("/sms", { status: 200, body: "<Response><Message>Assumido: INC-7 &amp; cia</Message></Response>" });
    await sandbox.phone(ana).reply("1");
    expect((await sandbox.phone(ana).waitsForText("Assumido")).body).toBe("Assumido: INC-7 & cia");
    expect(sandbox.accepted()).toHaveLength(1);
  });

  it("leaves an alert when the bot answers with an error", async () => {
    await paged();
    bot.answer("/sms", { status: 500 });
    await sandbox.phone(ana).reply("1");
    expect(sandbox.alerts).toMatchObject([{ code: 11_200 }]);
  });

  it("can be forged, and then fails the SDK's check", async () => {
    await paged();
    sandbox.misbehave.forgeNext(1);
    await sandbox.phone(ana).reply("1");
    const [arrival] = bot.at("/sms");
    const signature = String(arrival?.headers["x-twilio-signature"]);
    expect(validateRequest(sandbox.authToken, signature, `${bot.url}/sms`, arrival?.fields ?? {})).toBe(false);
  });

  it("can be sent again byte for byte", async () => {
    await paged();
    await sandbox.phone(ana).reply("1");
    const [sent] = sandbox.callbacks;
    if (sent) await sandbox.redeliver(sent);
    const [first, second] = bot.at("/sms");
    expect(second?.raw).toBe(first?.raw);
    expect(second?.headers["i-twilio-idempotency-token"]).toBe(first?.headers["i-twilio-idempotency-token"]);
  });
});

describe("a stop word", () => {
  it.each(["STOP", "stop", " Cancel "])(
    "%j ends what this sender may send, and START begins it again",
    async (word) => {
      await paged();
      const create = () =>
        twilioClient(sandbox).messages.create({ to: ana, messagingServiceSid: pageService, body: "again" });
      await sandbox.phone(ana).reply(word);
      expect(await thrownBy(create())).toMatchObject({ status: 400, code: 21_610 });
      expect(await thrownBy(twilioClient(sandbox).messages.create({ to: ana, from: pages, body: "a" }))).toMatchObject({
        code: 21_610,
      });
      await sandbox.phone(ana).reply("START");
      expect((await create()).status).toBe("accepted");
    },
  );

  it("counts for that sender only", async () => {
    await paged();
    await sandbox.phone(ana).reply("STOP");
    const other = { to: ana, messagingServiceSid: customerService, body: "aviso" };
    expect((await twilioClient(sandbox).messages.create(other)).status).toBe("accepted");
    expect(sandbox.phone(ana).hasOptedOutOf(pageService)).toBe(true);
    expect(sandbox.phone(ana).hasOptedOutOf(customerService)).toBe(false);
  });

  it("of the account itself counts too and is told to the bot", async () => {
    await paged();
    await sandbox.phone(ana).reply("sair");
    expect(bot.at("/sms")[0]?.fields["OptOutType"]).toBe("STOP");
    expect(sandbox.phone(ana).hasOptedOutOf(pageService)).toBe(true);
  });

  it("inside a sentence stops nothing", async () => {
    await paged();
    await sandbox.phone(ana).reply("please stop it");
    expect(sandbox.phone(ana).hasOptedOutOf(pageService)).toBe(false);
  });
});
