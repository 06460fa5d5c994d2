import twilio from "twilio";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTwilioSandbox, type TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";
import { type CallbackReceiver, startCallbackReceiver } from "./callback-receiver.js";
import { thrownBy, twilioClient } from "./twilio-client.js";

const ana = "+5511987654321";
const pages = "+551140000001";
const events = ["initiated", "ringing", "answered", "completed"];

let sandbox: TwilioSandbox;
let bot: CallbackReceiver;

beforeEach(async () => {
  sandbox = await startTwilioSandbox({ secondMs: 10, stepMs: [1, 5] });
  bot = await startCallbackReceiver();
});

afterEach(async () => {
  await sandbox.stop();
  await bot.stop();
});

type CallOptions = Partial<Parameters<ReturnType<typeof twilioClient>["calls"]["create"]>[0]>;

const call = (more: CallOptions = {}) =>
  twilioClient(sandbox).calls.create({
    ...{ to: ana, from: pages, timeout: 600 },
    ...(more.twiml === undefined ? { url: `${bot.url}/voice?t=abc` } : {}),
    ...{ statusCallback: `${bot.url}/status`, statusCallbackEvent: events },
    ...more,
  });
const statuses = () => bot.at("/status").map(({ fields }) => fields["CallStatus"]);

function gatherPage(timeout = 8000): string {
  const response = new twilio.twiml.VoiceResponse();
  const gather = response.gather({ numDigits: 1, timeout, action: "/voice/key?t=abc", actionOnEmptyResult: true });
  gather.say({ language: "pt-BR", voice: "Polly.Camila-Neural" }, "Incidente 482 & outros. Tecle 1 para assumir.");
  return response.toString();
}

function sayAndHangUp(text: string): string {
  const response = new twilio.twiml.VoiceResponse();
  response.say(text);
  response.hangup();
  return response.toString();
}

describe("a call made with Twilio's SDK", () => {
  it("rings, speaks the bot's TwiML, and takes a key press to the bot", async () => {
    bot.answer("/voice?t=abc", { status: 200, body: gatherPage() });
    bot.answer("/voice/key?t=abc", ({ fields }) => ({ status: 200, body: sayAndHangUp(`Tecla ${fields["Digits"]}.`) }));
    const made = await call();
    expect(made.sid).toMatch(/^CA[0-9a-f]{32}$/);
    expect(made).toMatchObject({ status: "queued", direction: "outbound-api", startTime: null });
    const phone = sandbox.phone(ana);
    await phone.waitsForCall();
    const heard = await phone.answer();
    expect(heard).toMatchObject({ status: "in-progress", heard: "Incidente 482 & outros. Tecle 1 para assumir." });
    expect(heard.said).toMatchObject([{ language: "pt-BR", voice: "Polly.Camila-Neural" }]);
    const after = await phone.press("1");
    expect(after).toMatchObject({ status: "completed", keys: "1" });
    expect(after.heard).toContain("Tecla 1.");
    await sandbox.settled();
    expect(statuses()).toEqual(["initiated", "ringing", "in-progress", "completed"]);
    expect(bot.at("/status").map(({ fields }) => fields["SequenceNumber"])).toEqual(["0", "1", "2", "3"]);
    for (const { url, headers, fields } of bot.arrivals)
      expect(validateRequest(sandbox.authToken, String(headers["x-twilio-signature"]), url, fields)).toBe(true);
    const fetched = await twilioClient(sandbox).calls(made.sid).fetch();
    expect(fetched).toMatchObject({ status: "completed", to: ana });
    expect(fetched.endTime).toBeInstanceOf(Date);
  });

  it("speaks inline TwiML and gathers several digits up to a finishing key", async () => {
    bot.answer("/code", { status: 200, body: "<Response/>" });
    await call({ twiml: `<Response><Gather action="${bot.url}/code" timeout="9000"/></Response>` });
    await sandbox.phone(ana).waitsForCall();
    await sandbox.phone(ana).answer();
    expect((await sandbox.phone(ana).press("48")).status).toBe("in-progress");
    expect((await sandbox.phone(ana).press("2#")).status).toBe("completed");
    expect(bot.at("/code")[0]?.fields["Digits"]).toBe("482");
  });

  it("asks the bot again when nobody presses a key, with no digits", async () => {
    bot.answer("/voice?t=abc", { status: 200, body: gatherPage(1) });
    bot.answer("/voice/key?t=abc", { status: 200, body: "<Response><Redirect>/bye</Redirect></Response>" });
    bot.answer("/bye", { status: 200, body: sayAndHangUp("Tchau.") });
    await call();
    await sandbox.phone(ana).waitsForCall();
    await sandbox.phone(ana).goesToVoicemail();
    await sandbox.phone(ana).waitsToHear("Tchau.");
    expect(bot.at("/voice/key?t=abc").map(({ fields }) => fields["Digits"])).toEqual([""]);
  });

  it("goes on to the next verb when a gather ends empty and asks for no action", async () => {
    await call({
      twiml: '<Response><Gather timeout="1"/><Say>Nada.</Say><Pause length="1"/><Say>Fim.</Say></Response>',
    });
    await sandbox.phone(ana).waitsForCall();
    await sandbox.phone(ana).answer();
    await sandbox.phone(ana).waitsToHear("Nada.\nFim.");
  });

  it.each([
    ["is declined", "busy", (sandboxed: TwilioSandbox) => sandboxed.phone(ana).decline()],
    ["rings to the end", "no-answer", (sandboxed: TwilioSandbox) => sandboxed.phone(ana).letsItRing()],
  ])("that %s ends %s without asking for TwiML", async (_name, status, act) => {
    await call();
    await sandbox.phone(ana).waitsForCall();
    act(sandbox);
    await sandbox.settled();
    expect(statuses()).toEqual(["initiated", "ringing", status]);
    expect(bot.at("/voice?t=abc")).toEqual([]);
  });

  it("ends by itself when it rings longer than its time", async () => {
    await call({ timeout: 2 });
    await bot.waitFor(() => statuses().includes("no-answer"));
    expect(sandbox.phone(ana).calls()).toMatchObject([{ status: "no-answer" }]);
  });

  it.each([
    ["human", "answers"],
    ["machine_start", "voicemail"],
  ] as const)("tells by asynchronous detection that %s answered", async (answeredBy, habit) => {
    sandbox.phone(ana).behaves({ calls: habit });
    bot.answer("/voice?t=abc", { status: 200, body: gatherPage() });
    await call({ machineDetection: "Enable", asyncAmd: "true", asyncAmdStatusCallback: `${bot.url}/amd` });
    await bot.waitFor((all) => all.some(({ path }) => path === "/amd"));
    expect(bot.at("/amd")[0]?.fields).toMatchObject({ AnsweredBy: answeredBy });
    expect(bot.at("/voice?t=abc")[0]?.fields["AnsweredBy"]).toBeUndefined();
  });

  it("can be hung up by the bot and by the person", async () => {
    bot.answer("/voice?t=abc", { status: 200, body: gatherPage() });
    const { sid } = await call();
    await sandbox.phone(ana).waitsForCall();
    expect((await twilioClient(sandbox).calls(sid).update({ status: "completed" })).status).toBe("canceled");
    const second = await call();
    await sandbox.phone(ana).waitsForCall();
    await sandbox.phone(ana).answer();
    expect(sandbox.phone(ana).hangUp().status).toBe("completed");
    const update = twilioClient(sandbox).calls(second.sid).update({ status: "completed" });
    expect(await thrownBy(update)).toMatchObject({ code: 21_220 });
  });

  it("can be given another document while it lasts", async () => {
    bot.answer("/voice?t=abc", { status: 200, body: gatherPage() });
    const { sid } = await call();
    await sandbox.phone(ana).waitsForCall();
    await sandbox.phone(ana).answer();
    await twilioClient(sandbox)
      .calls(sid)
      .update({ twiml: sayAndHangUp("Outro documento.") });
    expect((await sandbox.phone(ana).waitsToHear("Outro")).heard).toContain("Outro documento.");
    expect(bot.at("/voice/key?t=abc")).toEqual([]);
  });

  it("is listed by receiver and status", async () => {
    await call();
    await sandbox.phone(ana).waitsForCall();
    const { calls } = twilioClient(sandbox);
    expect(await calls.list({ to: ana, status: "ringing" })).toHaveLength(1);
    expect(await calls.list({ to: ana, status: "completed" })).toEqual([]);
  });

  it("starts no faster than the account may call", async () => {
    await sandbox.stop();
    sandbox = await startTwilioSandbox({ callsPerSecond: 10, stepMs: [0, 0], phones: { calls: "busy" } });
    const began = Date.now();
    for (let index = 0; index < 3; index += 1) await call();
    await bot.waitFor(() => statuses().filter((status) => status === "busy").length === 3);
    expect(Date.now() - began).toBeGreaterThan(180);
  });

  it("sends its callbacks newest first when told to reverse them", async () => {
    sandbox.misbehave.reorderCallbacks(true);
    sandbox.phone(ana).behaves({ calls: "busy" });
    await call();
    await bot.waitFor(() => statuses().length === 3);
    expect(statuses()).toEqual(["busy", "ringing", "initiated"]);
  });
});

describe("a document that Twilio would not read", () => {
  it.each([
    [12_100, "<Response><Say>a & b</Say></Response>"],
    [12_100, "<Response><Say>a</Response>"],
    [12_100, "<Response><Say>a\u0007</Say></Response>"],
    [12_100, "<Response><Say>a</Say><Say>&#x7;</Say></Response>"],
    [12_100, "<html></html>"],
    [12_200, "<Response><Dial>+5511987654322</Dial></Response>"],
    [13_314, '<Response><Gather numDigits="0"/></Response>'],
  ])("ends the call with %i: %s", async (code, body) => {
    bot.answer("/voice?t=abc", { status: 200, body });
    await call();
    await sandbox.phone(ana).waitsForCall();
    expect(await sandbox.phone(ana).answer()).toMatchObject({ errorCode: code, status: "completed" });
    expect(sandbox.alerts).toMatchObject([{ code }]);
  });

  it("is one that could not be fetched, and then the fallback address is asked", async () => {
    bot.answer("/voice?t=abc", { status: 500 });
    bot.answer("/fallback", { status: 200, body: sayAndHangUp("Abra o chat.") });
    await call({ fallbackUrl: `${bot.url}/fallback` });
    await sandbox.phone(ana).waitsForCall();
    expect(await sandbox.phone(ana).answer()).toMatchObject({ heard: "Abra o chat.", errorCode: undefined });
    expect(bot.at("/fallback")[0]?.fields["ErrorCode"]).toBe("11200");
  });

  it("is JSON under a type that is not XML", async () => {
    bot.answer("/voice?t=abc", { status: 200, type: "application/json", body: "{}" });
    await call();
    await sandbox.phone(ana).waitsForCall();
    expect(await sandbox.phone(ana).answer()).toMatchObject({ errorCode: 12_300 });
  });
});

describe("a call that Twilio would refuse", () => {
  it.each([
    [21_201, { to: "" }],
    [21_211, { to: "+55119" }],
    [21_215, { to: "+79161234567" }],
    [21_210, { from: "+551140000002" }],
    [21_205, { url: "not a url" }],
    [21_609, { statusCallback: "not a url" }],
    [20_001, { record: true }],
  ])("gets %i for %o", async (code, more) => {
    expect(await thrownBy(call(more))).toMatchObject({ status: 400, code });
    expect(sandbox.acceptedCalls()).toEqual([]);
  });
});
