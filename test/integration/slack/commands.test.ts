import { afterEach, describe, expect, test } from "vitest";
import type { CommandHandler } from "../../../src/ports/command-handler.js";
import { startWorkspace, type TestWorkspace, type WorkspaceOptions } from "./workspace-fixture.js";

let at: TestWorkspace;
afterEach(() => at.stop());
const start = async (options: WorkspaceOptions = {}): Promise<void> => {
  at = await startWorkspace(options);
};
const ana = () => at.slack.person("ana");
const latest = (channel = "geral") => ana().sees(channel).at(-1);
const untouched: CommandHandler = {
  declare: () => Promise.reject(new Error("touched")),
  change: () => Promise.reject(new Error("touched")),
  previewNotice: () => Promise.reject(new Error("touched")),
  look: () => Promise.reject(new Error("touched")),
  list: () => Promise.reject(new Error("touched")),
};

describe("a command that needs no store", () => {
  test("help is answered at once, for the person alone, without store or Slack", async () => {
    await start({ handler: () => untouched });
    const before = at.slack.transcript.entries.length;
    await ana().types("/incidente ajuda");
    expect(latest()).toMatchObject({ ephemeralTo: "ana", visible: expect.stringContaining("assumir") });
    const calls = at.slack.transcript.since(before).filter((entry) => entry.kind === "call");
    expect([calls, at.reported.filter(({ kind }) => kind === "broke")]).toEqual([[], []]);
  });

  test("an unknown verb gets the nearest one", async () => {
    await start({ handler: () => untouched });
    await ana().types("/incident resovle");
    expect(latest()?.visible).toMatch(/resovle[\s\S]*resolver/);
  });
});

describe("declaring", () => {
  test("in one line answers with the code, opens the channel and pins the card", async () => {
    await start();
    await ana().types("/incident declare Checkout fora do ar");
    expect(latest()).toMatchObject({ ephemeralTo: "ana", visible: expect.stringMatching(/INC-1 declarado/) });
    await at.application.idle();
    const room = at.slack.channels().find(({ name }) => name.startsWith("inc-1"));
    expect(room).toMatchObject({ name: "inc-1-checkout-fora-do-ar", pins: [{ fromBot: true }] });
    expect(room?.members).toContain("ana");
    expect(room?.topic).toContain("Checkout fora do ar");
  });

  test("the same delivery twice declares once", async () => {
    await start();
    await ana().types("/incident declare Checkout fora do ar");
    const [delivery] = at.slack.deliveries.slice(-1);
    if (!delivery) throw new Error("nothing was delivered");
    await at.slack.redeliver(delivery);
    expect(await at.world.index.open(10)).toHaveLength(1);
  });

  test("what people type shows as typed, and calls nobody", async () => {
    await start();
    await ana().types("/incident declare <!channel> *fora* & <https://evil.example|aqui>");
    await at.application.idle();
    const [row] = await at.world.index.open(1);
    expect(row?.title).toBe("<!channel> *fora* & <https://evil.example|aqui>");
    const said = at.slack.channels().flatMap((channel) => channel.messages);
    const markup = JSON.stringify(said.map((one) => one.blocks)).match(/"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(markup.length).toBeGreaterThan(10);
    for (const text of [...markup, ...said.map((one) => one.text)])
      expect(text).not.toMatch(/<!channel|<https|\*fora\*/);
    expect(at.slack.transcript.refusals).toEqual([]);
  });

  test("when channels may not be created the incident lives in a thread", async () => {
    await start({ announcements: "incidentes" });
    at.slack.misbehave.failNext("conversations.create", "restricted_action", 5);
    await ana().types("/incident declare Checkout fora do ar");
    await at.application.idle();
    const place = await at.world.places.of((await at.world.index.open(1))[0]?.id ?? ("" as never));
    expect(place?.room).toMatchObject({ roomId: at.slack.channel("incidentes")?.id, thread: expect.any(String) });
    expect(at.slack.channels().some(({ name }) => name.startsWith("inc-"))).toBe(false);
  });
});

describe("whoever acts", () => {
  test("enters the directory as Slack knows them", async () => {
    await start();
    await ana().types("/incident declare Checkout");
    expect(at.world.directory.byChat("slack", ana().id)).toMatchObject({
      name: "Ana Souza",
      email: "ana@cubo.example",
      admin: true,
    });
  });

  test("enters by the name of the request while Slack does not answer, and is completed later", async () => {
    await start();
    const newcomer = at.slack.addPerson({ handle: "zoe", name: "Zoé Alves", email: "zoe@cubo.example", admin: true });
    at.slack.misbehave.failNext("users.info", "internal_error");
    await newcomer.types("/incident declare Checkout");
    expect(at.world.directory.byChat("slack", newcomer.id)).toMatchObject({ name: "zoe", admin: false });
    await newcomer.types("/incident take INC-1");
    await at.slack.transcript.waitFor((entry) => entry.method === "users.info" && entry.ok === true);
    await expect.poll(() => at.world.directory.byChat("slack", newcomer.id)?.admin).toBe(true);
  });
});

describe("an incident's own channel", () => {
  test("is what a command without a code means", async () => {
    await start();
    await ana().types("/incident declare Checkout");
    await at.application.idle();
    await ana().types("/incident take", { in: "inc-1-checkout" });
    expect(latest("inc-1-checkout")?.visible).toContain("INC-1");
    expect((await at.world.index.byCode("INC-1"))?.takenBy).toBe(at.world.directory.byChat("slack", ana().id)?.id);
    await ana().types("/incident note fila drenada", { in: "inc-1-checkout" });
    await ana().types("/incident linha-do-tempo", { in: "inc-1-checkout" });
    expect(latest("inc-1-checkout")?.visible).toContain("fila drenada");
  });

  test("elsewhere the same command says what to do", async () => {
    await start();
    await ana().types("/incident take");
    expect(latest()?.visible).toMatch(/canal de um incidente/);
  });

  test("a role goes to the person who is mentioned", async () => {
    await start();
    await ana().types("/incident declare Checkout");
    await ana().types("/incident role INC-1 commander @bruno");
    const bruno = at.world.directory.byChat("slack", at.slack.person("bruno").id);
    expect(bruno?.name).toBe("Bruno Lima");
    const [row] = await at.world.index.open(1);
    const found = await at.application.handler.look({ by: "code", code: row?.code ?? "" });
    expect(found?.snapshot.incident.roles["incident-commander"]).toBe(bruno?.id);
  });

  test("an app can hold no role", async () => {
    await start();
    await ana().types("/incident declare Checkout");
    await ana().types("/incident role INC-1 commander @plantao");
    expect(latest()?.visible).toMatch(/Só uma pessoa pode ter um papel/);
    expect(at.world.directory.byChat("slack", at.slack.botUserId)).toBeNull();
  });

  test("the list shows what is open", async () => {
    await start();
    await ana().types("/incident declare Checkout fora");
    await ana().types("/incidente listar");
    expect(latest()?.visible).toMatch(/INC-1[\s\S]*Checkout fora/);
  });
});

describe("when the record is slow or silent", () => {
  test("the answer says that it is not confirmed, and the outcome follows", async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    await start({
      handler: (inner) => ({
        ...inner,
        declare: async (...args) => {
          await gate;
          return inner.declare(...args);
        },
      }),
    });
    await ana().types("/incident declare Checkout");
    expect(latest()?.visible).toMatch(/não está confirmado/);
    release();
    await ana().waitsToSee("geral", /INC-1 declarado/);
    expect(at.reported).toContainEqual({ kind: "answerLate", fact: { what: "declare", afterMs: 1200 } });
  });

  test("a store that does not answer is a sentence, not silence", async () => {
    await start({
      handler: (inner) => ({
        ...inner,
        declare: async () => ({ kind: "fault", saved: "unknown", code: "store_timeout" }),
      }),
    });
    await ana().types("/incident declare Checkout");
    expect(latest()?.visible).toMatch(/Não consegui confirmar[\s\S]*store_timeout/);
  });

  test("a mistake of ours gets a reference that finds the report", async () => {
    await start({ handler: () => untouched });
    await ana().types("/incident declare Checkout");
    const reference = /Referência: (\w{8})/.exec(latest()?.visible ?? "")?.[1];
    expect(at.reported).toContainEqual({
      kind: "broke",
      fact: expect.objectContaining({ what: "declare", reference }),
    });
  });
});

describe("mentions", () => {
  test("work in threads, where commands cannot", async () => {
    await start({ channels: [{ name: "geral", general: true, bot: true }] });
    await ana().types("/incident declare Checkout");
    const { ts } = await ana().types("vejam isto");
    await ana().types("@plantao sla INC-1", { thread: ts ?? "" });
    const reply = await ana().waitsToSee("geral", /INC-1: prazos/);
    expect(reply).toMatchObject({ ephemeralTo: "ana", threadTs: ts });
  });

  test("a form waits behind a button", async () => {
    await start({ channels: [{ name: "geral", general: true, bot: true }] });
    await ana().types("/incident declare Checkout");
    await ana().types("@plantao mitigar INC-1");
    await ana().waitsToSee("geral", /Aperte o botão/);
    await ana().presses("Abrir formulário", { in: "geral" });
    expect(ana().openView()).toMatchObject({ callbackId: "mitigate" });
  });
});
