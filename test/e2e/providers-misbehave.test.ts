// SendGrid and Twilio as they can be: callbacks that come forged, twice, late or in another order, lost answers, limits.
import { afterEach, expect, test } from "vitest";
import type { Paces } from "../../src/delivery/broadcast/send-deps.js";
import { openStory, type Story } from "../support/story.js";
import { CONTACTS, outsideOf, STAFF_PHONES } from "../support/story-outside.js";
import { stageOn } from "../support/story-platforms.js";

let story: Story;
afterEach(async () => {
  story.ignoreNews();
  await story.close();
});

const BOTH = ["padaria-aurora", "hospital-vida"] as const;
const FIRST = { marina: "1 + 1", tom: "1 + 0", plantao: "1 + 1", lucia: "1 + 1", rafael: "0 + 0", bia: "0 + 0" };
/** Proof may be looked for after a moment; events come sooner. */
const HASTE: Paces = {
  mailLeaseMs: 4_000,
  textLeaseMs: 4_000,
  beginWithinShare: 0.5,
  mailGraceMs: 1_500,
  textGraceMs: 1_500,
  waitAtGateMs: 200,
};

const declared = async (deliveryPaces?: Paces) => {
  story = await openStory({ reach: "live", ...(deliveryPaces === undefined ? {} : { overrides: { deliveryPaces } }) });
  const stage = stageOn("slack", story);
  await stage.declares("ana", BOTH);
  return { stage, outside: outsideOf(story), card: () => stage.person("ana").sees()[0] ?? "" };
};

/** How often it was said that somebody took. */
const takings = (texts: readonly string[]): number =>
  texts.filter((text) => text.includes("assumiu o incidente")).length;

test("what Twilio did not sign is refused, and a key press that comes again changes nothing", async () => {
  const { stage, outside, card } = await declared();
  const { twilio, phone } = outside;
  twilio.misbehave.duplicateCallbacks(true);
  twilio.misbehave.reorderCallbacks(true);
  await story.advance({ minutes: 2 });
  await phone("bruno").answer();

  const [asked] = twilio.callbacks.filter(({ url }) => url.includes("/webhooks/twilio/voice"));
  if (asked === undefined) throw new Error("No call asked for its words.");
  const at = (path: string): string => new URL(path, asked.url).href;
  const text = { From: STAFF_PHONES.bruno, To: "+551140000001", Body: "1", MessageSid: `SM${"a".repeat(32)}` };
  const press = { CallSid: `CA${"a".repeat(32)}`, CallStatus: "in-progress", Digits: "1" };
  for (const [url, fields] of [
    [at("/webhooks/twilio/sms"), text],
    [`${asked.url}&k=1&n=1`, press],
  ] as const) {
    twilio.misbehave.forgeNext(1);
    expect((await twilio.post(url, fields)).status).toBe(403);
    // Signed well, but for other words or another address.
    expect((await twilio.redeliver({ ...asked, url })).status).toBe(403);
    expect((await twilio.redeliver({ ...asked, body: `${asked.body}&Digits=1` })).status).toBe(403);
  }
  await story.settle();
  expect(card()).toContain("[Assumir]");

  await phone("bruno").press("1");
  await story.settle();
  expect(card()).toContain("Com quem está\nBruno Lima");
  for (const callback of [...twilio.callbacks].reverse())
    if (callback.answer.status < 400) expect((await twilio.redeliver(callback)).status).toBeLessThan(300);
  await story.settle();
  expect(takings(stage.person("ana").sees())).toBe(1);
  expect(outside.pages()).toHaveLength(3);
  expect(twilio.acceptedCalls()).toHaveLength(3);
});

test("an address that bounced is left alone from then on, and a bounce that SendGrid did not sign is not believed", async () => {
  const { stage, outside } = await declared();
  const { sendgrid, twilio, counts } = outside;
  await stage.person("bruno").presses("Assumir");
  for (const { misbehave } of [sendgrid, twilio]) {
    misbehave.duplicateCallbacks(true);
    misbehave.reorderCallbacks(true);
  }
  sendgrid.outcome(CONTACTS.marina.email, { bounces: "550 5.1.1 no such user" });
  const igor = stage.person("igor");
  await igor.sends("Avisar 2 clientes", "Sai assim que você enviar");
  expect(counts()).toEqual(FIRST);
  const [told] = sendgrid.callbacks;
  if (told === undefined) throw new Error("No event reached the bot.");
  const forged = told.body.replaceAll('"event":"processed"', '"event":"bounce","type":"bounce","status":"5.1.1"');
  expect(forged).not.toBe(told.body);
  sendgrid.misbehave.forgeNext(1);
  expect((await sendgrid.post(told.url, forged)).status).toBe(403);
  expect((await sendgrid.post(told.url, forged, Math.floor(Date.now() / 1000) - 86_400)).status).toBe(403);
  expect((await sendgrid.redeliver({ ...told, body: forged })).status).toBe(403);
  expect((await sendgrid.redeliver({ ...told, headers: { "content-type": "application/json" } })).status).toBe(403);
  const said = igor.sees();
  for (const callback of [...sendgrid.callbacks].reverse())
    if (callback.answer.status < 400) expect((await sendgrid.redeliver(callback)).status).toBe(204);
  await story.settle();
  expect(igor.sees()).toEqual(said);

  await stage.person("bruno").says("mitigar rollback");
  await igor.sends("Avisar observação", "Outra pessoa aprova");
  await stage.person("bruno").presses("Aprovar e enviar");
  const left = "Aviso de observação enviado: 3 e-mails, 3 SMS\n1 não saiu: aviso mais novo ou contato que não quer.";
  expect(igor.sees().at(-1)).toBe(left);
  const second = { tom: "2 + 0", plantao: "2 + 2", lucia: "2 + 2" };
  expect(counts()).toEqual({ ...FIRST, ...second, marina: "1 + 2" });
});

test("answers that get lost before or after acceptance, and limits: everybody is told once", async () => {
  const { stage, outside } = await declared(HASTE);
  const { sendgrid, twilio, counts } = outside;
  await stage.person("bruno").presses("Assumir");
  for (const { misbehave } of [sendgrid, twilio]) {
    misbehave.dropBeforeAccept(1);
    misbehave.dropAfterAccept(1);
    misbehave.rateLimitNext(1, 1);
  }
  await stage.person("igor").sends("Avisar 2 clientes", "Sai assim que você enviar");
  const tally = "Primeiro aviso enviado: 4 e-mails, 3 SMS";
  await story.eventually(() => stage.person("igor").sees().at(-1) === tally);
  expect(counts()).toEqual(FIRST);
  expect(sendgrid.duplicates()).toEqual([]);
  // Time enough for anything that would still be sent.
  await story.advance({ minutes: 5 });
  expect(counts()).toEqual(FIRST);
});
