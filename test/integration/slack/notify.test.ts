import { afterEach, describe, expect, test } from "vitest";
import type { CommandHandler } from "../../../src/ports/command-handler.js";
import { StoreFault } from "../../../src/ports/commit-store.js";
import { declaredFor, type TellingWorld, tellingWorld } from "./customers-fixture.js";
import { startWorkspace, type TestWorkspace } from "./workspace-fixture.js";

const ROOM = "inc-1-checkout";
const WHAT = "whatChanged.pt-BR";

let at: TestWorkspace;
let telling: TellingWorld;
afterEach(() => at.stop());
const start = async (customers: number, handler?: (inner: CommandHandler) => CommandHandler): Promise<void> => {
  telling = tellingWorld(customers);
  at = await startWorkspace({ world: telling.world, unpaced: true, ...(handler === undefined ? {} : { handler }) });
  await declaredFor(at, customers);
};
const ana = () => at.slack.person("ana");
const bruno = () => at.slack.person("bruno");
const notices = async () =>
  (await at.application.handler.look({ by: "code", code: "INC-1" }))?.snapshot.incident.notices;
const sendFirst = async (customers: number): Promise<void> => {
  await ana().presses(`Avisar ${customers} clientes`, { in: ROOM });
  await ana().waitsForView("Sai assim que você enviar");
  await ana().submits();
  await at.application.idle();
};
const openUpdate = async (text: string): Promise<void> => {
  await ana().types(`/incidente atualizar ${text}`, { in: ROOM });
  await ana().waitsForView("Situação agora");
};

describe("the first notice", () => {
  test("opens from memory, then shows exactly what each language gets, and goes with one press", async () => {
    await start(3);
    const before = at.slack.transcript.entries.length;
    await ana().presses("Avisar 3 clientes", { in: ROOM });
    const view = await ana().waitsForView("Sai assim que você enviar");
    const calls = at.slack.transcript.since(before).filter((entry) => entry.kind === "call");
    expect(calls.map((entry) => entry.method)).toEqual(["views.open", "views.update"]);
    expect(view.submitLabel).toBe("Avisar 3 clientes");
    expect(view.visible).toContain(
      "3 clientes, 3 contatos: 3 e-mails, 3 SMS\nMODO DE TESTE: 0 de 3 clientes receberão",
    );
    expect(view.visible).toContain("E-mail em português. Assunto: [INC-1] Checkout: estamos investigando um problema");
    expect(view.visible).toContain("Hello (nome do contato),");
    expect(await ana().submits()).toMatchObject({ closed: true });
    await ana().waitsToSee(ROOM, /INC-1: mensagem \(primeiro aviso\) a caminho de 3 clientes/);
    await at.application.idle();
    expect(telling.begun).toMatchObject([{ number: 1, template: "first_notice", customers: ["c1", "c2", "c3"] }]);
    await ana().waitsToSee(ROOM, /Ana Souza avisou 3 clientes \(primeiro aviso\)\. O envio começou/, 5000);
    await at.application.idle();
    expect(at.slack.channel(ROOM)?.pins[0]?.visible).toContain("Clientes avisados: 3 de 3");
    expect(at.slack.transcript.refusals).toEqual([]);
  });

  test("delivered twice tells the customers once", async () => {
    await start(2);
    await sendFirst(2);
    const delivery = at.slack.deliveries.filter(({ kind }) => kind === "interaction").at(-1);
    if (delivery) await at.slack.redeliver(delivery);
    await at.application.idle();
    expect(telling.begun).toHaveLength(1);
  });

  test("to many customers waits for their number, which is asked for at its field", async () => {
    await start(60);
    await ana().presses("Avisar 60 clientes", { in: ROOM });
    await ana().waitsForView("Sai assim que você enviar");
    await ana().fills({ confirm: "6" });
    expect(await ana().submits()).toMatchObject({
      closed: false,
      errors: { confirm: expect.stringMatching(/60 clientes/) },
    });
    expect(telling.begun).toEqual([]);
    await ana().fills({ confirm: "60" });
    expect(await ana().submits()).toMatchObject({ closed: true });
    await at.application.idle();
    expect(telling.begun).toHaveLength(1);
  });

  test("whose audience changed after the preview goes nowhere: the form shows the new one and why", async () => {
    await start(3);
    await ana().presses("Avisar 3 clientes", { in: ROOM });
    await ana().waitsForView("Sai assim que você enviar");
    await bruno().types("/incidente afetados remover Cliente 3: não usa o serviço", { in: ROOM });
    expect(await ana().submits()).toMatchObject({ closed: false });
    const view = ana().openView();
    expect(view?.visible).toMatch(/Mudou enquanto você olhava, e nada foi enviado: agora são 2 clientes/);
    expect(view?.submitLabel).toBe("Avisar 2 clientes");
    expect(telling.begun).toEqual([]);
    expect(await ana().submits()).toMatchObject({ closed: true });
    await at.application.idle();
    expect(telling.begun).toMatchObject([{ customers: ["c1", "c2"] }]);
  });
});

describe("an update", () => {
  test("typed in one line opens its preview, waits for a second person and is sent once approved", async () => {
    await start(2);
    await sendFirst(2);
    await bruno().types("/incidente nota acompanhando", { in: ROOM });
    await bruno().types("/incidente assumir", { in: ROOM });
    await openUpdate("a falha foi isolada em um provedor");
    const view = ana().openView();
    expect(view?.visible).toContain("O que mudou: a falha foi isolada em um provedor");
    expect(view?.submitLabel).toBe("Pedir aprovação");
    expect(await ana().submits()).toMatchObject({ closed: true });
    await ana().waitsToSee(ROOM, /Falta outra pessoa aprovar no canal; você pode seguir sozinho às/);
    await ana().waitsToSee(ROOM, /escreveu uma mensagem para 2 clientes/, 5000);
    expect(telling.begun).toHaveLength(1);
    await ana().presses("Aprovar e enviar", { in: ROOM });
    await ana().waitsToSee(ROOM, /Outra pessoa aprova primeiro/);
    await bruno().presses("Aprovar e enviar", { in: ROOM });
    await bruno().waitsToSee(ROOM, /INC-1: mensagem \(atualização\) a caminho de 2 clientes/);
    await at.application.idle();
    expect(telling.begun).toMatchObject([{ number: 1 }, { number: 2, template: "update" }]);
    await bruno().presses("Aprovar e enviar", { in: ROOM });
    await bruno().waitsToSee(ROOM, /já liberou essa mensagem/);
    await at.application.idle();
    expect(telling.begun).toHaveLength(2);
    // Bruno is in the channel already when taking invites him.
    expect(at.slack.transcript.refusals.filter(({ method }) => method !== "conversations.invite")).toEqual([]);
  });

  test("that is discarded is sent to nobody", async () => {
    await start(2);
    await sendFirst(2);
    await bruno().types("/incidente assumir", { in: ROOM });
    await openUpdate("a falha foi isolada");
    await ana().submits();
    await ana().waitsToSee(ROOM, /escreveu uma mensagem para 2 clientes/, 5000);
    await ana().presses("Descartar", { in: ROOM });
    await ana().waitsToSee(ROOM, /mensagem \(atualização\) descartada\. Nada foi enviado/);
    await at.application.idle();
    expect(telling.begun).toHaveLength(1);
    expect((await notices())?.[1]?.discardedAt).not.toBeNull();
  });

  test("is drawn again with every answer, and keeps what was typed when another message is chosen", async () => {
    await start(2);
    await sendFirst(2);
    await openUpdate("");
    await ana().fills({ [WHAT]: "tráfego movido para a réplica" });
    await ana().waitsForView("O que mudou: tráfego movido para a réplica");
    await ana().chooses("template", "no_change");
    const view = await ana().waitsForView("continua, sem mudança");
    expect(view.submitLabel).toBe("Avisar 2 clientes");
    expect(view.values[WHAT]?.["field"]).toMatchObject({ value: "tráfego movido para a réplica" });
    expect(await ana().submits()).toMatchObject({ closed: true });
    await at.application.idle();
    expect(telling.begun[1]).toMatchObject({ template: "no_change", facts: { texts: {} } });
  });

  test("whose preview Slack did not draw is shown before it can be sent", async () => {
    await start(2);
    await sendFirst(2);
    await openUpdate("");
    at.slack.misbehave.failNext("views.update", "hash_conflict");
    await ana().fills({ [WHAT]: "tráfego movido" });
    expect(await ana().submits()).toMatchObject({ closed: false });
    expect(ana().openView()?.visible).toMatch(
      /mudou depois da prévia, e nada foi enviado[\s\S]*O que mudou: tráfego movido/,
    );
    expect(await ana().submits()).toMatchObject({ closed: true });
    expect(await notices()).toHaveLength(2);
  });

  test("without a word of what changed is asked for at its field", async () => {
    await start(2);
    await sendFirst(2);
    await openUpdate("");
    expect(await ana().submits()).toMatchObject({ closed: false, errors: { [WHAT]: expect.any(String) } });
    expect(await notices()).toHaveLength(1);
  });
});

test("a mention cannot open the form, so its button comes with what was typed, which is not lost", async () => {
  await start(2);
  await ana().types("@plantao atualizar a falha foi <!channel> isolada", { in: ROOM });
  const reply = await ana().waitsToSee(ROOM, /para não se perder/);
  expect(reply.visible).toContain("isolada");
  await ana().presses("Abrir formulário", { in: ROOM });
  await ana().waitsForView("Sai assim que você enviar");
});

describe("a message that cannot be prepared", () => {
  test("says why in place of the preview, and has nothing to send", async () => {
    await start(0);
    await ana().types("/incidente avisar", { in: ROOM });
    const view = await ana().waitsForView("Não há cliente a avisar agora");
    expect([view.submitLabel, view.fields]).toEqual(["", []]);
  });

  test("about no incident says so", async () => {
    await start(1);
    await ana().types("/incidente avisar INC-99");
    expect((await ana().waitsForView("Não encontrei esse incidente")).fields).toEqual([]);
  });

  test.each([
    ["a store that is away", new StoreFault("store_timeout", "not-saved"), /código store_timeout/],
    ["a mistake of ours", new Error("oops"), /código [0-9a-f]{8}/],
  ])("because of %s says that nothing was sent, and repeats what was typed", async (_, error, words) => {
    await start(1, (inner) => ({ ...inner, previewNotice: () => Promise.reject(error) }));
    await ana().types("/incidente atualizar a falha foi isolada", { in: ROOM });
    const view = await ana().waitsForView(words);
    expect(view.visible).toContain("a falha foi isolada");
    expect(view.visible).not.toContain("oops");
  });

  test("in time after a change shows patience first, and loses nothing of what was typed", async () => {
    let release = (): void => {};
    let slow = false;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    await start(2, (inner) => ({
      ...inner,
      previewNotice: async (...args) => {
        if (slow) await gate;
        return inner.previewNotice(...args);
      },
    }));
    await sendFirst(2);
    await openUpdate("a falha foi isolada");
    await bruno().types("/incidente afetados remover Cliente 2: não usa o serviço", { in: ROOM });
    slow = true;
    expect(await ana().submits()).toMatchObject({ closed: false });
    expect(ana().openView()?.visible).toMatch(/Mudou enquanto você olhava[\s\S]*Preparando a prévia/);
    release();
    const view = await ana().waitsForView("O que mudou: a falha foi isolada");
    expect(view.values[WHAT]?.["field"]).toMatchObject({ value: "a falha foi isolada" });
  });
});

test("a pressed button whose number was forged does nothing", async () => {
  await start(1);
  const incident = (await at.world.index.open(1))[0]?.id;
  const body = {
    type: "block_actions",
    user: { id: ana().id, name: "ana" },
    channel: { id: at.slack.channel(ROOM)?.id },
    actions: [
      {
        ...{ type: "button", action_id: "approve-notice", action_ts: "1.1" },
        value: JSON.stringify({ do: "approve-notice", incident, number: "1" }),
      },
    ],
  };
  const text = new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", ...at.slack.signed(text) };
  expect((await at.slack.request({ body: text, headers })).status).toBe(200);
  await ana().waitsToSee(ROOM, /não é mais válido/);
  expect(await notices()).toEqual([]);
});
