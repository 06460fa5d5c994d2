// People speak, press and fill in forms; what is decided is in the record once, and said where they acted.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FORM_NAMES } from "../../../src/chat/forms/form-registry.js";
import type { Incident } from "../../../src/domain/incident/incident.js";
import { GENERAL, startTenant, type TestTenant } from "./tenant-fixture.js";

let at: TestTenant;
beforeEach(async () => {
  at = await startTenant();
});
// Whoever acts where the bot is no member is looked up in vain, and known by the name that the activity gives.
const isMember = (refusal: { readonly method: string }): boolean => refusal.method === "member";
afterEach(async () => {
  await at.settle();
  expect(at.teams.transcript.refusals.filter((refusal) => !isMember(refusal))).toEqual([]);
  expect(at.reported.filter(({ kind }) => kind === "broke" || kind === "listener")).toEqual([]);
  await at.stop();
});

const person = (name: string) => at.teams.person(name);
const thread = () => at.teams.threads("incidentes")[0]?.conversationId ?? "";
const opened = () => at.application.handler.list(50);
const incident = async (code = "INC-1"): Promise<Incident> => {
  const found = await at.application.handler.look({ by: "code", code });
  if (found === null) throw new Error(`There is no ${code}.`);
  return found.snapshot.incident;
};
const says = async (name: string, text: string, where = "Geral") => {
  await person(name).mentions(text, { in: where });
  await at.settle();
};
const lastDelivery = (field: "name" | "type", value: string) =>
  at.teams.deliveries.filter(({ activity }) => activity[field] === value).at(-1);
const declareOne = () => says("ana", "declarar checkout fora do ar");

describe("typed commands", () => {
  test("declaring opens a thread that begins with the card, and calls nobody twice", async () => {
    await declareOne();
    const [root, ...replies] = at.teams.threads("incidentes")[0]?.messages ?? [];
    expect(root?.visible).toContain("INC-1 · N2 · checkout fora do ar");
    expect(root?.buttons.map(({ label }) => label)).toContain("Assumir");
    expect(replies.filter(({ visible }) => visible.startsWith("No incidente:"))).toHaveLength(1);
    expect(at.teams.threads("Geral").map(({ title }) => title)[0]).toBe("@Plantão declarar checkout fora do ar");
  });

  test("a message that is delivered three times declares once and is answered once", async () => {
    await declareOne();
    const delivery = at.teams.deliveries.find(({ activity }) => activity["type"] === "message");
    if (delivery === undefined) throw new Error("nothing was delivered");
    await Promise.all([at.teams.redeliver(delivery), at.teams.redeliver(delivery)]);
    await at.settle();
    expect(await opened()).toHaveLength(1);
    const answered = at.teams.threads("Geral")[0]?.messages.filter(({ fromBot }) => fromBot);
    expect(answered).toHaveLength(1);
  });

  test("the thread implies its incident, and another place does not", async () => {
    await declareOne();
    await says("bruno", "assumir", thread());
    expect((await incident()).taken).not.toBeNull();
    await says("bruno", "mitigar tráfego movido");
    const [, answer] = at.teams.threads("Geral").at(-1)?.messages ?? [];
    expect(answer?.visible).toContain("INC-");
    expect((await incident()).actionTaken).toBeNull();
  });

  test("a personal conversation needs no mention, and takes one that is typed as words", async () => {
    await person("ana").types("declarar fila parada", { in: "@bot" });
    await at.settle();
    await person("ana").types("@Plantão: assumir INC-1", { in: "@bot" });
    await at.settle();
    expect((await incident()).title).toBe("fila parada");
    expect((await incident()).taken).not.toBeNull();
    expect(at.teams.threads("incidentes")).toHaveLength(1);
  });

  test("people who are mentioned can be given a role, and the bot cannot", async () => {
    await declareOne();
    await says("ana", "papel comandante @carla", thread());
    const carla = at.world.directory.byChat("teams", person("carla").aadObjectId);
    expect((await incident()).roles["incident-commander"]).toBe(carla?.id);
  });

  test("text is kept as it was meant", async () => {
    await says("ana", "declarar a &lt; b &amp; c&nbsp;<b>d</b>");
    expect((await incident()).title).toBe("a < b & c <b>d</b>");
  });

  test("help, lists and mistakes are answered", async () => {
    await says("ana", "ajuda");
    await says("ana", "listar");
    await says("ana", "assumirr INC-1");
    const answers = at.teams.threads("Geral").map(({ messages }) => messages.at(-1)?.visible ?? "");
    expect(answers[0]).toContain("@Plantão");
    expect(answers[1]).not.toBe("");
    expect(answers[2]).toContain("assumir");
  });
});

describe("buttons", () => {
  test("taking is decided in the answer, and the card follows", async () => {
    await declareOne();
    await person("bruno").presses("Assumir", { in: thread() });
    expect((await incident()).taken).not.toBeNull();
    await at.settle();
    const [root] = person("bruno").sees(thread());
    expect(root?.visible).toContain("Com quem está: Bruno Lima");
    expect(root?.buttons.map(({ label }) => label)).not.toContain("Assumir");
  });

  test("a client that knows no Action.Execute takes by its fallback", async () => {
    await declareOne();
    await person("bruno").presses("Assumir", { in: thread(), oldClient: true });
    await at.settle();
    expect((await incident()).taken).not.toBeNull();
    expect(
      person("bruno")
        .sees(thread())
        .some(({ visible }) => visible.startsWith("INC-1 ")),
    ).toBe(true);
  });

  test("what is only to be read opens for one person, and its own buttons work there", async () => {
    await declareOne();
    const before = person("bruno").sees(thread()).length;
    await person("bruno").presses("Mais…", { in: thread() });
    expect(
      person("bruno")
        .openView()
        ?.buttons.map(({ label }) => label),
    ).toContain("Mesclar");
    expect(person("bruno").sees(thread())).toHaveLength(before);
    await person("bruno").presses("Assumir", { in: "form" });
    expect((await incident()).taken).not.toBeNull();
  });

  test("a button that is not ours is refused, and one that names another person changes nothing about who acts", async () => {
    await declareOne();
    await person("bruno").presses("Assumir", { in: thread() });
    const pressed = lastDelivery("name", "adaptiveCard/action");
    if (pressed === undefined) throw new Error("no button was pressed");
    const send = (data: object) => {
      const value = { action: { type: "Action.Execute", verb: "take", data }, trigger: "manual" };
      const body = at.teams.forge.activity({ type: "invoke", name: "adaptiveCard/action", value });
      return at.teams.sendRaw({ token: at.teams.forge.token(), body });
    };
    for (const data of [{}, { do: "take" }, { do: "take", incident: "i", more: "x" }, { do: "drop", incident: "i" }])
      expect((await send(data)).status).toBe(400);
    expect((await incident()).taken?.by).toBe(at.world.directory.byChat("teams", person("bruno").aadObjectId)?.id);
  });
});

describe("forms", () => {
  test("every form opens as a dialog that Teams takes", async () => {
    await declareOne();
    const { id } = await incident();
    for (const form of FORM_NAMES) {
      const activity = at.teams.forge.activity({
        type: "invoke",
        name: "task/fetch",
        value: { data: { do: "open-form", incident: id, form } },
      });
      const answer = await at.teams.sendRaw({ token: at.teams.forge.token(), body: activity });
      const { task } = JSON.parse(answer.body) as { task: { type: string; value: { card: { content: object } } } };
      expect([form, answer.status, task.type]).toEqual([form, 200, "continue"]);
      expect(task.value.card.content).toMatchObject({ type: "AdaptiveCard", version: "1.5" });
    }
  });

  test("a declaration by form asks only what it must, and is sent once however often it is delivered", async () => {
    await says("ana", "declarar");
    await person("ana").presses("Abrir formulário", { in: "Geral" });
    const view = person("ana").openView();
    expect(view?.fields.map(({ id }) => id)).toContain("field-title");
    await person("ana").submits();
    expect(Object.keys(person("ana").openView()?.errors ?? {})).toEqual(["field-title"]);
    await person("ana").fills({ "field-title": "checkout fora do ar" });
    await person("ana").submits();
    const sent = lastDelivery("name", "task/submit");
    if (sent === undefined) throw new Error("nothing was submitted");
    await Promise.all([at.teams.redeliver(sent), at.teams.redeliver(sent)]);
    expect(await opened()).toHaveLength(1);
  });

  test("an answer that brings a question is not taken before the question was seen", async () => {
    await says("ana", "declarar");
    await person("ana").presses("Abrir formulário", { in: "Geral" });
    const exposure = person("ana")
      .openView()
      ?.fields.find(({ id }) => id === "field-data");
    expect(exposure).toBeDefined();
    await person("ana").fills({ "field-title": "vazamento", "field-data": "exposure" });
    await person("ana").submits();
    expect(await opened()).toHaveLength(0);
    const again = person("ana").openView();
    expect(again?.visible).toContain("Há mais perguntas");
    expect(again?.values["field-title"]).toBe("vazamento");
    await person("ana").fills({ "field-exposure": "confirmed" });
    await person("ana").submits();
    expect((await incident()).classification.answers.exposure).toBe("confirmed");
  });

  test("drawing again shows the level that the answers give and keeps what was typed", async () => {
    await says("ana", "declarar");
    await person("ana").presses("Abrir formulário", { in: "Geral" });
    await person("ana").fills({
      "field-title": "lento",
      "field-scope": "large",
      "field-effect": "outage",
      "field-data": "none",
    });
    await person("ana").submits("Atualizar formulário");
    expect(person("ana").openView()?.visible).toContain("N1");
    expect(person("ana").openView()?.values["field-title"]).toBe("lento");
    expect(await opened()).toHaveLength(0);
  });

  test("a refusal stays in the form, beside its field, and the corrected form is accepted", async () => {
    await declareOne();
    await says("ana", "mesclar", thread());
    await person("ana").presses("Abrir formulário", { in: thread() });
    await person("ana").fills({ "field-child": "INC-99" });
    await person("ana").submits();
    expect(person("ana").openView()?.visible).toContain("Não encontrei esse incidente");
    expect(person("ana").openView()?.values["field-child"]).toBe("INC-99");
    await says("ana", "declarar a mesma falha de novo");
    await person("ana").fills({ "field-child": "INC-2" });
    await person("ana").submits();
    await at.settle();
    expect((await incident("INC-2")).mergedInto?.code).toBe("INC-1");
  });

  test("date and time are read in the person's zone", async () => {
    await declareOne();
    await says("ana", "nota", thread());
    await person("ana").presses("Abrir formulário", { in: thread() });
    await person("ana").fills({
      "field-text": "reiniciado",
      "field-happened-at-date": "2026-01-05",
      "field-happened-at-time": "10:30",
    });
    await person("ana").submits();
    await at.settle();
    const found = await at.application.handler.look({ by: "code", code: "INC-1" });
    expect(JSON.stringify(found?.snapshot.incident)).toContain("2026-01-05T13:30:00.000Z");
  });

  test("half a moment is refused", async () => {
    await declareOne();
    await says("ana", "nota", thread());
    await person("ana").presses("Abrir formulário", { in: thread() });
    await person("ana").fills({ "field-text": "reiniciado", "field-happened-at-date": "2026-01-05" });
    await person("ana").submits();
    expect(person("ana").openView()?.visible).toContain("Preencha a data e a hora");
  });
});

describe("the message extension", () => {
  test("opens the declaration anywhere, and declares where the bot may be no member", async () => {
    const send = async (name: string, value: object) => {
      const conversation = { id: "19:elsewhere@thread.v2", conversationType: "groupChat", tenantId: at.teams.tenantId };
      const body = at.teams.forge.activity({ type: "invoke", name, value, conversation });
      const answer = await at.teams.sendRaw({ token: at.teams.forge.token(), body });
      return JSON.parse(answer.body) as {
        task: { type: string; value: { card: { content: { actions: readonly { data: object }[] } } } };
      };
    };
    const dialog = await send("composeExtension/fetchTask", { commandId: "declare" });
    const data = { ...dialog.task.value.card.content.actions[0]?.data, "field-title": "fila parada" };
    expect((await send("composeExtension/submitAction", { commandId: "declare", data })).task.type).toBe("message");
    await at.settle();
    expect((await incident()).title).toBe("fila parada");
    expect(at.teams.threads("incidentes")).toHaveLength(1);
  });
});

describe("people", () => {
  test("whoever acts enters the directory with name and address", async () => {
    await declareOne();
    const ana = at.world.directory.byChat("teams", person("ana").aadObjectId);
    expect(ana).toMatchObject({ name: "Ana Souza", email: "ana.souza@cubo.example" });
  });

  test("from outside the company are told no, and nothing is stored", async () => {
    await at.teams.addPerson({ name: "Otto Fora", tenantId: "88888888-8888-4888-8888-888888888888" });
    await says("ana", "ajuda");
    const heard = lastDelivery("type", "message")?.activity;
    const { id, aadObjectId } = person("otto");
    const strangers = [
      { id, name: "Otto Fora", aadObjectId },
      { id, name: "Otto Fora" },
      { id, name: "Otto Fora", aadObjectId, tenantId: "88888888-8888-4888-8888-888888888888" },
    ];
    for (const [number, from] of strangers.entries()) {
      const body = { ...heard, id: `m${number}`, from, text: "<at>Plantão</at> declarar x" };
      expect((await at.teams.sendRaw({ token: at.teams.forge.token(), body })).status).toBe(200);
    }
    await at.settle();
    const said = at.teams.threads("Geral")[0]?.messages.filter(({ visible }) => visible.startsWith("Só pessoas"));
    expect(said).toHaveLength(3);
    expect(await opened()).toHaveLength(0);
    expect(at.world.directory.byChat("teams", aadObjectId)).toBeNull();
  });

  test("are welcomed once, however often Teams tells of the installation", async () => {
    await person("ana").installs();
    await person("ana").installs("add-upgrade");
    await person("ana").installs();
    await at.settle();
    expect(
      person("ana")
        .directMessages()
        .filter(({ visible }) => visible.startsWith("Olá!")),
    ).toHaveLength(1);
  });

  test("whoever brings the bot into a team administers it until somebody is named", async () => {
    await at.teams.installs();
    await at.settle();
    expect(
      at.world.directory
        .all()
        .filter(({ admin }) => admin)
        .map(({ name }) => name),
    ).toEqual(["Ana Souza"]);
  });
});

describe("a slow store", () => {
  test("is told about in time, and the outcome follows", async () => {
    await at.stop();
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    at = await startTenant({
      handler: (inner) => ({
        ...inner,
        declare: async (...asked) => {
          await gate;
          return inner.declare(...asked);
        },
      }),
    });
    const began = Date.now();
    await person("ana").mentions("declarar checkout fora do ar", { in: GENERAL });
    expect(Date.now() - began).toBeLessThan(2_900);
    await at.teams.transcript.waitFor((entry) => entry.text?.includes("Ainda não está confirmado") === true);
    release();
    await at.teams.transcript.waitFor((entry) => entry.text?.includes("INC-1 declarado") === true);
  });
});
