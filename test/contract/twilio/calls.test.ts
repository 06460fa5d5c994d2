// Calls with key presses over the real SDK: the stand-in asks for the words, says them and presses the keys.
import { afterEach, expect, test } from "vitest";
import type { TwilioLine } from "../../../src/delivery/twilio/twilio-client.js";
import type { PersonId } from "../../../src/domain/incident/ids.js";
import { StoreFault } from "../../../src/ports/commit-store.js";
import type { Page } from "../../../src/ports/pager.js";
import { BRUNO, openPhoneWorld, type PhoneWorld, PUBLIC_URL, takenBy, type WorldOptions } from "./phone-world.js";

let world: PhoneWorld;
afterEach(() => world.stop());
const open = async (options: WorldOptions = {}): Promise<PhoneWorld> => {
  world = await openPhoneWorld(options);
  return world;
};
/** A second of telephony in which a busy machine still finds the time to answer. */
const UNHURRIED_MS = 100;
const SILENCE_MS = 5_000;

/** An incident that nobody took for two minutes, whose call is ringing. */
const ringing = async (options: WorldOptions = {}) => {
  const opened = await open({ sandbox: { secondMs: UNHURRIED_MS }, ...options });
  const id = await opened.declare();
  await opened.later(2);
  await opened[options.primary?.[0] === "carla" ? "carla" : "bruno"].waitsForCall();
  return { ...opened, id };
};
const callOf = async ({ log }: PhoneWorld) =>
  (await log.recent(["bruno" as PersonId], new Date(0))).find(({ by }) => by === "call");

test("two minutes after the SMS the phone rings and reads the incident and the keys, twice", async () => {
  const { bruno, sandbox } = await ringing();
  const { said } = await bruno.answer();
  expect(said.map(({ text }) => text)).toEqual([
    "Plantão. Incidente de nível 1, código I N C 1: Checkout fora do ar.",
    "Tecle 1 para assumir. Tecle 9 para ouvir de novo.",
    "Plantão. Incidente de nível 1, código I N C 1: Checkout fora do ar.",
    "Tecle 1 para assumir. Tecle 9 para ouvir de novo.",
  ]);
  expect(said[0]).toMatchObject({ language: "pt-BR", voice: "Polly.Camila-Neural" });
  const [call] = sandbox.acceptedCalls();
  expect(call).toMatchObject({ ringSeconds: 25, to: BRUNO, twiml: undefined });
  expect(call?.url).toMatch(/^https:\/\/plantao\.cubo\.example\/webhooks\/twilio\/voice\?t=[\w-]{11}$/);
});

test("key 1 takes the incident, and nothing rings any more", async () => {
  const { bruno, id, later, sandbox } = await ringing();
  await bruno.answer();
  const call = await bruno.press("1");
  expect(call.said.at(-1)?.text).toBe("Pronto: o incidente está com você. Obrigado.");
  expect(await takenBy(world, id)).toBe("bruno");
  await sandbox.settled();
  expect(await callOf(world)).toMatchObject({ state: "answered", status: "completed" });
  await later(30);
  expect(sandbox.acceptedCalls()).toHaveLength(1);
});

test("in English for those who read English", async () => {
  const { carla } = await ringing({ primary: ["carla"] });
  const { heard } = await carla.answer();
  expect(heard).toContain("Press 1 to take it. Press 9 to hear it again.");
  expect((await carla.press("1")).said.at(-1)?.text).toBe("Done: the incident is yours. Thank you.");
});

test("key 9 reads it again, as often as wanted; other keys take nothing", async () => {
  const { bruno, id } = await ringing();
  await bruno.answer();
  for (let times = 2; times < 5; times += 1) {
    const { heard } = await bruno.press("9");
    expect(heard.split("Plantão. Incidente").length - 1).toBe(2 * times);
  }
  await bruno.press("7");
  const { heard } = await bruno.press("*");
  expect(heard).toContain("Nenhuma tecla recebida");
  expect(await takenBy(world, id)).toBeNull();
});

test("who presses nothing is asked twice and told what to do", async () => {
  const { bruno, id } = await ringing();
  await bruno.answer();
  const { heard } = await bruno.waitsToHear("Nenhuma tecla recebida", SILENCE_MS);
  expect(heard.split("Tecle 1 para assumir").length - 1).toBe(4);
  expect(heard).toContain("Para assumir, abra o Slack.");
  expect(await takenBy(world, id)).toBeNull();
});

test("voicemail takes nothing", async () => {
  const { bruno, id } = await ringing();
  await bruno.goesToVoicemail();
  await bruno.waitsToHear("Nenhuma tecla recebida", SILENCE_MS);
  expect(await takenBy(world, id)).toBeNull();
});

test("a key that is said to come from a machine takes nothing", async () => {
  const { id, sandbox } = await ringing();
  const [call] = sandbox.acceptedCalls();
  const fields = { CallSid: call?.sid ?? "", Digits: "1", AnsweredBy: "machine_end_beep", CallStatus: "in-progress" };
  const { status } = await sandbox.post(`${call?.url}&k=1&n=1`, fields);
  expect(status).toBe(200);
  expect(await takenBy(world, id)).toBeNull();
});

test("who answers after somebody else took it hears who has it", async () => {
  const { bruno, id, take } = await ringing();
  await take(id, "ana");
  const { heard } = await bruno.answer();
  expect(heard).toBe("O incidente já está com Ana Souza. Você pode desligar. Obrigado.");
});

test("who presses 1 a moment too late hears who was faster", async () => {
  const { bruno, id, take } = await ringing();
  await bruno.answer();
  await take(id, "ana");
  const call = await bruno.press("1");
  expect(call.said.at(-1)?.text).toBe("O incidente já está com Ana Souza. Você pode desligar. Obrigado.");
  expect(await takenBy(world, id)).toBe("ana");
});

test("the same key delivered twice takes once and says the same", async () => {
  const { bruno, sandbox, app, id } = await ringing();
  await bruno.answer();
  await bruno.press("1");
  const pressed = sandbox.callbacks.find(({ body }) => body.includes("Digits=1"));
  if (pressed === undefined) throw new Error("No key was posted.");
  const before = (await app.handler.look({ by: "id", id }))?.snapshot.incident.version;
  const again = await sandbox.redeliver(pressed);
  expect(again.body).toContain("Pronto: o incidente está com você.");
  expect((await app.handler.look({ by: "id", id }))?.snapshot.incident.version).toBe(before);
});

test("while the store is away nothing is promised", async () => {
  const { bruno, id, office } = await ringing();
  await bruno.answer();
  const append = office.world.commits.append;
  office.world.commits.append = async () => {
    throw new StoreFault("store_unreachable", "not-saved");
  };
  const call = await bruno.press("1");
  office.world.commits.append = append;
  expect(call.said.at(-1)?.text).toContain("Ainda não há confirmação");
  expect(await takenBy(world, id)).toBeNull();
});

test("without a public address a call only reads, and says where to answer", async () => {
  const { bruno, sandbox } = await ringing({ settings: { publicUrl: null, shortUrl: null } });
  const { heard } = await bruno.answer();
  expect(heard).toContain("Para assumir, abra o Slack.");
  expect(heard).not.toContain("Tecle");
  expect(sandbox.acceptedCalls()[0]).toMatchObject({ url: undefined, statusCallback: undefined });
});

test("a hostile title is read as far as a voice can", async () => {
  const opened = await open();
  await opened.declare({ title: 'Fim</Say></Response>\u0000<Hangup/> "&" \u202E🔥' });
  await opened.later(2);
  await opened.bruno.waitsForCall();
  const { heard, errorCode } = await opened.bruno.answer();
  expect(heard).toContain("Tecle 1 para assumir");
  expect(heard).toContain("</Say>");
  expect([errorCode, opened.sandbox.alerts]).toEqual([undefined, []]);
});

test("a token that nobody has is answered with words and takes nothing", async () => {
  const { id, sandbox } = await ringing();
  const { status, body } = await sandbox.post(`${PUBLIC_URL}/webhooks/twilio/voice?t=AAAAAAAAAAA&k=1&n=1`, {
    ...{ CallSid: "CA1", Digits: "1" },
  });
  expect([status, body]).toEqual([200, expect.stringContaining("Abra o Slack")]);
  expect(await takenBy(world, id)).toBeNull();
});

test("a call about an incident that somebody has but neglects reads it, and asks for no key", async () => {
  const { declare, take, app, ports, bruno, sandbox } = await open();
  const id = await declare();
  await take(id, "ana");
  const seen = await app.handler.look({ by: "id", id });
  if (seen === null) throw new Error("The incident is missing.");
  const page: Page = {
    ...{ key: "k1", person: "bruno" as PersonId, by: "call", notice: { kind: "incident-card" }, first: false },
    snapshot: seen.snapshot,
    stillWanted: async () => true,
  };
  expect(await ports.pager.page(page)).toEqual({ kind: "sent" });
  expect(await ports.pager.page(page)).toEqual({ kind: "sent" });
  await bruno.waitsForCall();
  const { heard } = await bruno.answer();
  expect(heard).toContain("Checkout fora do ar");
  expect(heard).not.toMatch(/Tecle|desligar/);
  expect(sandbox.acceptedCalls()).toHaveLength(1);
});

test("a call that was placed while somebody took the incident is called off before it rings", async () => {
  let taking: () => Promise<void> = async () => undefined;
  const slow = (line: TwilioLine): TwilioLine => ({
    ...line,
    async placeCall(request) {
      const outcome = await line.placeCall(request);
      await taking();
      return outcome;
    },
  });
  const { declare, later, app, sandbox } = await open({ line: slow, sandbox: { stepMs: [200, 250] } });
  const id = await declare();
  taking = async () => {
    const mark = { personId: "ana" as never, commandId: "k1" as never, door: "test" };
    await app.handler.change({ by: "id", id }, { type: "take" }, mark);
  };
  await later(2);
  expect(sandbox.acceptedCalls().map(({ status }) => status)).toEqual(["canceled"]);
});

test("a call whose answer was lost is found in Twilio's list and not placed again", async () => {
  const { declare, later, pass, sandbox } = await open();
  await declare();
  sandbox.misbehave.withholdCallbacks(true);
  sandbox.misbehave.dropAfterAccept(1);
  await later(2);
  await pass(40_000);
  expect(sandbox.acceptedCalls()).toHaveLength(1);
  expect(await callOf(world)).toMatchObject({ state: "accepted", attempts: 1 });
});

test("an earlier call to the same phone is not taken for one that got lost", async () => {
  const { declare, later, pass, sandbox } = await open();
  sandbox.misbehave.withholdCallbacks(true);
  await declare({ title: "Um" });
  await later(2);
  expect(sandbox.acceptedCalls()).toHaveLength(1);
  await declare({ title: "Dois" });
  sandbox.misbehave.dropBeforeAccept(1);
  await later(2);
  await pass(24_000);
  expect(sandbox.acceptedCalls()).toHaveLength(2);
});

test("an old call that another program placed is not taken for one that got lost", async () => {
  let ownLine: TwilioLine | undefined;
  const keep = (line: TwilioLine): TwilioLine => {
    ownLine = line;
    return line;
  };
  const { declare, later, pass, sandbox } = await open({ line: keep });
  sandbox.misbehave.withholdCallbacks(true);
  const script = { twiml: "<Response><Say>Oi</Say></Response>" };
  const from = sandbox.numbers[0]?.number ?? "";
  await ownLine?.placeCall({ to: BRUNO, from, script, statusCallback: null, ringSeconds: 25 });
  await pass(60_000);
  await declare();
  sandbox.misbehave.dropBeforeAccept(1);
  await later(2);
  await pass(24_000);
  expect(sandbox.acceptedCalls()).toHaveLength(2);
});

test("calls begin a second apart, so that those who wait can still be spared", async () => {
  const { declare, sandbox, app, office } = await open({ callSpacingMs: 1_000, primary: ["bruno", "carla"] });
  await declare();
  office.clock.moveTo(new Date(office.clock.now().getTime() + 2 * 60_000));
  await app.tick();
  await expect.poll(() => sandbox.acceptedCalls().length).toBe(1);
  await office.realTime.pass(1_000);
  await app.idle();
  expect(sandbox.acceptedCalls().map(({ to }) => to)).toEqual([BRUNO, "+5521987654321"]);
});
