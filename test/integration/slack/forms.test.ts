import { afterEach, describe, expect, test } from "vitest";
import { startWorkspace, type TestWorkspace, type WorkspaceOptions } from "./workspace-fixture.js";

let at: TestWorkspace;
afterEach(() => at.stop());
const start = async (options: WorkspaceOptions = {}): Promise<void> => {
  at = await startWorkspace(options);
};
const ana = () => at.slack.person("ana");
const incident = async () => (await at.application.handler.look({ by: "code", code: "INC-1" }))?.snapshot.incident;

describe("the declaration form", () => {
  test("opens before anything else is asked of Slack or the store", async () => {
    await start();
    const before = at.slack.transcript.entries.length;
    await ana().types("/incident");
    expect(ana().openView()).toMatchObject({ callbackId: "declare", title: "Declarar incidente" });
    const calls = at.slack.transcript.since(before).filter((entry) => entry.kind === "call");
    expect(calls.map((entry) => entry.method)).toEqual(["views.open"]);
  });

  test("shows the level as answers are chosen, and keeps what was typed", async () => {
    await start();
    await ana().types("/incident");
    await ana().fills({ title: "Checkout fora do ar" });
    await ana().chooses("scope", "large");
    await ana().chooses("effect", "outage");
    await ana().waitsForView("N1");
    expect(ana().openView()?.values["title"]?.["field"]).toMatchObject({ value: "Checkout fora do ar" });
  });

  test("declares when it is sent, tells the person and opens the channel", async () => {
    await start();
    await ana().types("/incident");
    await ana().fills({ title: "Checkout fora do ar" });
    await ana().chooses("scope", "large");
    await ana().chooses("effect", "outage");
    expect(await ana().submits()).toMatchObject({ closed: true });
    expect(await ana().waitsToSee("geral", /INC-1 declarado/)).toMatchObject({ ephemeralTo: "ana" });
    await at.application.idle();
    expect((await incident())?.level).toBe(1);
    expect(at.slack.channel("inc-1-checkout-fora-do-ar")?.members).toContain("ana");
    expect(at.slack.transcript.refusals).toEqual([]);
  });

  test("the same submission twice declares once", async () => {
    await start();
    await ana().types("/incident");
    await ana().fills({ title: "Checkout" });
    await ana().submits();
    const [delivery] = at.slack.deliveries.slice(-1);
    if (delivery) await at.slack.redeliver(delivery);
    expect(await at.world.index.open(10)).toHaveLength(1);
  });

  test("what is missing is said at its field, in the person's language", async () => {
    await start();
    await ana().types("/incident");
    await ana().fills({ title: "   " });
    expect(await ana().submits()).toMatchObject({ closed: false, errors: { title: expect.any(String) } });
    expect(await at.world.index.open(10)).toEqual([]);
  });

  test("that Slack does not open is said in words", async () => {
    await start();
    at.slack.misbehave.failNext("views.open", "expired_trigger_id");
    await ana().types("/incident");
    expect(ana().sees("geral").at(-1)?.visible).toMatch(/O Slack não abriu o formulário/);
  });
});

describe("a form about an incident", () => {
  const declared = async (options: WorkspaceOptions = {}): Promise<void> => {
    await start(options);
    await ana().types("/incident declare Checkout");
    await at.application.idle();
  };

  test("opened by its verb changes the incident of the channel", async () => {
    await declared();
    await ana().types("/incident mitigar", { in: "inc-1-checkout" });
    await ana().fills({ action: "tráfego movido" });
    expect(await ana().submits()).toMatchObject({ closed: true });
    await ana().waitsToSee("inc-1-checkout", /Feito\. INC-1/);
    expect((await incident())?.state).toBe("monitoring");
  });

  test("opened by a button of the card changes that incident", async () => {
    await declared();
    await ana().presses("Identificar", { in: "inc-1-checkout" });
    await ana().fills({ cause: "certificado vencido" });
    await ana().submits();
    expect((await incident())?.cause).toBe("certificado vencido");
  });

  test("that is refused stays open with the reason at a field", async () => {
    await declared();
    await ana().types("/incident classify INC-1 large outage intact");
    await ana().types("/incident resolver INC-1");
    await ana().chooses("data", "not-affected");
    const answer = await ana().submits();
    expect(answer).toMatchObject({ closed: false, errors: expect.any(Object) });
    expect(Object.values(answer.errors ?? {}).join()).toMatch(/observação/);
    expect((await incident())?.state).toBe("investigating");
  });

  test.each([
    ["/incident mitigar INC-99", "Não encontrei esse incidente. Os abertos: /incidente listar"],
    ["/incident mitigar", "Aqui não é o canal de um incidente"],
  ])("%s, about no incident, gives way to a sentence before anybody writes into it", async (typed, sentence) => {
    await start();
    await ana().types(typed);
    expect((await ana().waitsForView(sentence)).fields).toEqual([]);
  });

  test("stays as it is while the store cannot tell whether there is such an incident", async () => {
    let asked = 0;
    const look = (): Promise<never> => {
      asked += 1;
      return Promise.reject(new Error("away"));
    };
    await start({ handler: (inner) => ({ ...inner, look }) });
    await ana().types("/incident mitigar INC-99");
    expect(asked).toBe(1);
    expect(await ana().submits()).toMatchObject({ errors: { action: expect.any(String) } });
    await ana().fills({ action: "nada" });
    expect(await ana().submits()).toMatchObject({ errors: { action: expect.stringMatching(/Não encontrei/) } });
  });

  test("whose store does not answer stays open, and sending it again is safe", async () => {
    let silent = true;
    await declared({
      handler: (inner) => ({
        ...inner,
        change: async (...args) => {
          const outcome = await inner.change(...args);
          return silent ? { kind: "fault", saved: "unknown", code: "store_timeout" } : outcome;
        },
      }),
    });
    await ana().types("/incident nota INC-1");
    await ana().fills({ text: "fila drenada" });
    expect(await ana().submits()).toMatchObject({
      closed: false,
      errors: { text: expect.stringMatching(/store_timeout/) },
    });
    silent = false;
    expect(await ana().submits()).toMatchObject({ closed: true });
    expect((await incident())?.timeline.filter(({ text }) => text === "fila drenada")).toHaveLength(1);
  });

  test("whose store is slow says that it is not confirmed, and the outcome follows", async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    await declared({
      handler: (inner) => ({
        ...inner,
        change: async (...args) => {
          await gate;
          return inner.change(...args);
        },
      }),
    });
    await ana().types("/incident nota", { in: "inc-1-checkout" });
    await ana().fills({ text: "fila drenada" });
    await ana().submits();
    expect(ana().openView()?.visible).toMatch(/não está confirmado/);
    release();
    await ana().waitsToSee("inc-1-checkout", /Nota guardada/);
  });
});

describe("buttons", () => {
  const declared = async (): Promise<void> => {
    await start();
    await ana().types("/incident declare Checkout");
    await at.application.idle();
  };

  test("taking from the card tells the person and shows it on the card", async () => {
    await declared();
    await at.slack.person("bruno").joins("inc-1-checkout");
    await at.slack.person("bruno").presses("Assumir", { in: "inc-1-checkout" });
    await at.slack.person("bruno").waitsToSee("inc-1-checkout", /INC-1 está com você/);
    await at.application.idle();
    expect(at.slack.channel("inc-1-checkout")?.pins[0]?.visible).toContain("Bruno Lima");
  });

  test("pressed twice take once, and the second says that it was done", async () => {
    await declared();
    const card = at.slack.channel("inc-1-checkout")?.pins[0];
    await ana().presses("Assumir", { in: "inc-1-checkout", message: card?.ts ?? "" });
    const [delivery] = at.slack.deliveries.filter(({ kind }) => kind === "interaction").slice(-1);
    if (delivery) await at.slack.redeliver(delivery);
    await ana().waitsToSee("inc-1-checkout", /Já estava feito/);
    expect((await incident())?.timeline.filter(({ what }) => what === "taken")).toHaveLength(1);
  });

  test("show the deadlines and everything else that can be done", async () => {
    await declared();
    await ana().presses("Mais…", { in: "inc-1-checkout" });
    await ana().waitsToSee("inc-1-checkout", /o que mais dá para fazer/);
    await ana().presses("Prazos", { in: "inc-1-checkout" });
    await ana().waitsToSee("inc-1-checkout", /INC-1: prazos/);
  });

  test("with a value that no card of ours carries do nothing", async () => {
    await declared();
    const body = {
      type: "block_actions",
      user: { id: ana().id, name: "ana" },
      channel: { id: at.slack.channel("geral")?.id },
      actions: [{ type: "button", action_id: "take", value: '{"do":"take","incident":{"$gt":""}}', action_ts: "1.1" }],
    };
    const text = new URLSearchParams({ payload: JSON.stringify(body) }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded", ...at.slack.signed(text) };
    expect((await at.slack.request({ body: text, headers })).status).toBe(200);
    await ana().waitsToSee("@bot", /não é mais válido/);
    expect((await incident())?.taken).toBeNull();
  });
});
