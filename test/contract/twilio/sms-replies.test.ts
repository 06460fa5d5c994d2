// What people write back to a page.
import { afterEach, expect, test } from "vitest";
import {
  BRUNO,
  openPhoneWorld,
  type PhoneWorld,
  PUBLIC_URL,
  STAFF,
  takenBy,
  type WorldOptions,
} from "./phone-world.js";

let world: PhoneWorld;
afterEach(() => world.stop());
const paged = async (options: WorldOptions = {}) => {
  world = await openPhoneWorld(options);
  const id = await world.declare();
  return { ...world, id };
};
const answers = async (): Promise<readonly string[]> => {
  await world.sandbox.settled();
  const texts = [...world.bruno.texts()].map(({ body }) => body);
  return texts.filter((body) => !body.startsWith("INC-") || !body.includes("Para assumir, abra https"));
};

test.each(["1", "ok", " Assumir! ", "ASSUMO.", "1 1", "ack INC-1", "\u200F1\u200F", "assumir #0001"])(
  "%j takes the only open page",
  async (text) => {
    const { bruno, id } = await paged();
    await bruno.reply(text);
    expect(await takenBy(world, id)).toBe("bruno");
    expect(await answers()).toEqual(["Pronto: INC-1 esta com voce. Continue no Slack."]);
  },
);

test("the same SMS delivered twice takes once and is answered alike", async () => {
  const { bruno, sandbox, id } = await paged();
  await bruno.reply("1");
  const posted = sandbox.callbacks.find(({ url }) => url.endsWith("/sms"));
  if (posted === undefined) throw new Error("No SMS was posted.");
  const again = await sandbox.redeliver(posted);
  expect(again.body).toContain("INC-1 ja esta com voce");
  expect(await takenBy(world, id)).toBe("bruno");
});

test("with two pages open a bare 1 asks for the number, and the number decides", async () => {
  const { bruno, id, declare } = await paged();
  const second = await declare({ title: "Outro" });
  await bruno.reply("1");
  expect((await answers())[0]).toMatch(/^Qual incidente\? Responda 1 e o numero, por exemplo "1 \d". Abertos: /);
  expect([await takenBy(world, id), await takenBy(world, second)]).toEqual([null, null]);
  await bruno.reply("1 2");
  expect([await takenBy(world, id), await takenBy(world, second)]).toEqual([null, "bruno"]);
});

test("a bare 1 half an hour later takes nothing, the number still does", async () => {
  const { bruno, id, office } = await paged();
  await office.realTime.pass(30 * 60_000 + 1);
  await bruno.reply("1");
  expect((await answers()).at(-1)).toContain("Nenhum acionamento aberto");
  expect(await takenBy(world, id)).toBeNull();
  await bruno.reply("OK INC-1");
  expect(await takenBy(world, id)).toBe("bruno");
});

test("an incident about which this phone was not paged is not taken by number", async () => {
  const { bruno } = await paged();
  await bruno.reply("1 999");
  expect(await answers()).toEqual([
    "Nenhum acionamento de INC-999 para este numero. Confira o numero ou abra o Slack.",
  ]);
});

test("who answers second reads who has it", async () => {
  const { bruno, id, take } = await paged();
  await take(id, "ana");
  await bruno.reply("1");
  expect(await answers()).toEqual(["INC-1 ja esta com Ana Souza. Voce nao precisa fazer nada."]);
});

test.each(["12", "resolver 1", "encerrar INC-1", "1 e 2", "sim", "<Response/>", "Estou dirigindo"])(
  "%j is no order, and is explained once",
  async (text) => {
    const { bruno, id } = await paged();
    await bruno.reply(text);
    await bruno.reply(text);
    expect(await takenBy(world, id)).toBeNull();
    expect((await answers()).filter((body) => body.startsWith("Nao entendi"))).toHaveLength(1);
  },
);

test("a stranger's 1 takes nothing and gets no answer", async () => {
  const { sandbox, id } = await paged();
  const stranger = sandbox.phone("+5531987654321");
  await stranger.reply("1", sandbox.numbers[0]?.number);
  await sandbox.settled();
  expect(await takenBy(world, id)).toBeNull();
  expect(stranger.texts()).toEqual([]);
});

test("a carrier that leaves out the ninth digit is understood", async () => {
  const { sandbox, id } = await paged();
  const fields = { From: "+551187654321", To: "+551140000001", Body: "1", MessageSid: "SM1" };
  const { body } = await sandbox.post(`${PUBLIC_URL}/webhooks/twilio/sms`, fields);
  expect(body).toContain("INC-1 esta com voce");
  expect(await takenBy(world, id)).toBe("bruno");
});

test("a phone that two people share takes for the one who was paged", async () => {
  const staff = STAFF.map((one) => ({ ...one, phone: BRUNO }));
  const { bruno, id } = await paged({ staff });
  await bruno.reply("1");
  expect(await takenBy(world, id)).toBe("bruno");
});

test.each(["STOP", "pare", "Sair.", "cancelar"])("%s is handed on as an opt-out and takes nothing", async (word) => {
  const { bruno, optOuts, id } = await paged();
  await bruno.reply(word);
  expect(optOuts).toEqual([`stop ${BRUNO}`]);
  expect(await takenBy(world, id)).toBeNull();
});

test("START is handed on too", async () => {
  const { bruno, optOuts } = await paged();
  await bruno.reply("start");
  expect(optOuts).toEqual([`start ${BRUNO}`]);
});
