// Who is not told: in test mode, in a drill, at night, and when it was a false alarm.
import { afterEach, describe, expect, test } from "vitest";
import { markOf } from "../../src/chat/forms/notify-values.js";
import { openStory, type Story } from "../support/story.js";
import { CONTACTS, outsideOf } from "../support/story-outside.js";
import { stageOn } from "../support/story-platforms.js";

let story: Story;
afterEach(async () => {
  story.ignoreNews();
  await story.close();
});

const BOTH = ["padaria-aurora", "hospital-vida"] as const;
const UNTOLD = { marina: "0 + 0", tom: "0 + 0", plantao: "0 + 0", lucia: "0 + 0", rafael: "0 + 0", bia: "0 + 0" };

/** An N1 that Bruno has, before any phone rings. */
const taken = async (customers: readonly string[]) => {
  const stage = stageOn("slack", story);
  await stage.declares("ana", customers);
  await stage.person("bruno").presses("Assumir");
  return { stage, outside: outsideOf(story) };
};

/** Sends again what the workspace sent last of a kind, with other contents and a good signature. */
const forges = async (type: string, change: (payload: Record<string, unknown>) => Record<string, unknown>) => {
  const { slack } = story.sandbox;
  const found = slack.deliveries.filter(({ payload }) => payload["type"] === type).at(-1);
  if (found === undefined) throw new Error(`There was no ${type}.`);
  const answer = await slack.redeliver({ ...found, payload: change(found.payload) });
  await story.settle();
  return answer;
};

describe("a drill", () => {
  test("rings no phone and tells no customer, and a forged press or submission is refused", async () => {
    story = await openStory({ reach: "live" });
    const stage = stageOn("slack", story);
    const { counts, twilio, sendgrid } = outsideOf(story);
    await stage.declares("ana", BOTH, { kind: "drill" });
    expect(stage.person("bruno").direct()[0]).toContain("SIMULADO");
    await story.advance({ minutes: 12 });
    await stage.person("bruno").presses("Assumir");
    expect(stage.person("bruno").sees()[0]).toContain("SIMULADO. Nada disto chega a clientes.");
    expect(stage.person("bruno").sees().join("\n")).not.toMatch(/\[Avisar|\[Atualizar clientes/);

    const pressed = story.sandbox.slack.deliveries.filter(({ payload }) => payload["type"] === "block_actions").at(-1);
    const [button] = (pressed?.payload["actions"] ?? []) as readonly { readonly value: string }[];
    const { incident } = JSON.parse(button?.value ?? "{}") as { readonly incident?: string };
    expect(incident).toMatch(/./);
    await forges("block_actions", (payload) => {
      const value = JSON.stringify({ do: "approve-notice", incident, number: 1 });
      return { ...payload, actions: [{ type: "button", action_id: "approve-notice", action_ts: "99.1", value }] };
    });
    expect(stage.person("bruno").sees().at(-1)).toBe("É um simulado: nada chega a clientes, e nada foi enviado.");
    const context = { target: `id:${incident}`, template: "first_notice", seen: "2:1:investigating" };
    const form = { ...context, mark: markOf("first_notice", {}), languages: "pt-BR" };
    const answer = await forges("view_submission", (payload) => {
      const view = payload["view"] as Record<string, unknown>;
      const forged = { ...view, id: "VFORGED", callback_id: "notify", private_metadata: JSON.stringify({ form }) };
      return { ...payload, view: { ...forged, state: { values: {} } } };
    });
    expect(answer.body).toContain("É um simulado: nada chega a clientes, e nada foi enviado.");
    expect([twilio.accepted(), twilio.acceptedCalls(), sendgrid.accepted()]).toEqual([[], [], []]);
    expect(counts()).toEqual(UNTOLD);
  });
});

describe("customers who come and go", () => {
  test("one who is added later gets a first notice of its own, and a false alarm is told to those who were told", async () => {
    story = await openStory({ reach: "live" });
    const { stage, outside } = await taken(["padaria-aurora"]);
    const igor = stage.person("igor");
    await igor.sends("Avisar 1 cliente", "Sai assim que você enviar");
    const told = { ...UNTOLD, marina: "1 + 1", tom: "1 + 0" };
    expect(outside.counts()).toEqual(told);

    await stage.person("bruno").says("afetados adicionar Hospital Vida");
    const shown = await igor.sends("Avisar 1 cliente", "Sai assim que você enviar");
    expect(shown.visible).toContain("1 cliente, 2 contatos: 2 e-mails, 2 SMS");
    expect(outside.counts()).toEqual({ ...told, plantao: "1 + 1", lucia: "1 + 1" });
    expect(outside.mails("plantao")[0]?.subject).toBe("[INC-1] Checkout: estamos investigando um problema");

    await stage.person("bruno").says("cancelar falso-alarme era a carga programada");
    await igor.sends("Avisar falso alarme", "Outra pessoa aprova");
    await stage.person("bruno").presses("Aprovar e enviar");
    const withdrawn = { marina: "2 + 2", tom: "2 + 0", plantao: "2 + 2", lucia: "2 + 2" };
    expect(outside.counts()).toEqual({ ...UNTOLD, ...withdrawn });
    expect(outside.mails("tom")[1]?.subject).toBe("[INC-1] Checkout: earlier notice withdrawn");
    expect(outside.texts("lucia")[1]).toMatch(/^Cubo Suite: aviso cancelado\. Checkout funcionaba con normalidad/);
  });
});

describe("in test mode", () => {
  test("only the allow-list receives, and card and preview say so before anything leaves", async () => {
    const env = { CUSTOMER_TEST_RECIPIENTS: `${CONTACTS.lucia.phone},@cubosuite.example` };
    story = await openStory({ reach: "test", env });
    const { stage, outside } = await taken(BOTH);
    expect(stage.person("igor").sees()[0]).toContain("MODO DE TESTE: 1 de 2 clientes receberão");
    const shown = await stage.person("igor").sends("Avisar 2 clientes", "Sai assim que você enviar");
    expect(shown.visible).toContain("MODO DE TESTE: 1 de 2 clientes receberão");
    expect(outside.counts()).toEqual({ ...UNTOLD, lucia: "0 + 1" });
    expect(stage.person("igor").sees().at(-1)).toMatch(
      /^Primeiro aviso enviado: 0 e-mail, 1 SMS\nMODO DE TESTE: nada saiu além da lista permitida\. 6 retidos/,
    );
  });

  test("without an allow-list nobody receives", async () => {
    story = await openStory({ reach: "test" });
    const { stage, outside } = await taken(BOTH);
    expect(stage.person("igor").sees()[0]).toContain("MODO DE TESTE: 0 de 2 clientes receberão");
    const shown = await stage.person("igor").sends("Avisar 2 clientes", "Sai assim que você enviar");
    expect(shown.visible).toContain("MODO DE TESTE: 0 de 2 clientes receberão");
    expect(outside.counts()).toEqual(UNTOLD);
    expect(outside.pages()).toHaveLength(3);
  });
});

describe("an N1 at night", () => {
  // Tuesday, 07:30 in São Paulo and 06:30 in Manaus.
  const NIGHT = new Date("2026-11-24T10:30:00.000Z");
  const told = { marina: "1 + 0", tom: "1 + 0", plantao: "1 + 1", lucia: "1 + 0", rafael: "0 + 0", bia: "0 + 0" };

  test("wakes by SMS only the contact who wants it, and the others at eight of their own morning", async () => {
    story = await openStory({ reach: "live", at: NIGHT });
    const { stage, outside } = await taken(BOTH);
    await stage.person("igor").sends("Avisar 2 clientes", "Sai assim que você enviar");
    expect(outside.counts()).toEqual(told);
    await story.advance({ minutes: 29 });
    expect(outside.counts()).toEqual(told);
    await story.advance({ minutes: 1 });
    expect(outside.counts()).toEqual({ ...told, marina: "1 + 1" });
    await story.advance({ hours: 1 });
    expect(outside.counts()).toEqual({ ...told, marina: "1 + 1", lucia: "1 + 1" });
  });

  test("leaves the others asleep when it is resolved before their morning", async () => {
    story = await openStory({ reach: "live", at: NIGHT });
    const { stage, outside } = await taken(BOTH);
    await stage.person("igor").sends("Avisar 2 clientes", "Sai assim que você enviar");
    await stage.person("bruno").says("mitigar rollback");
    await stage.person("bruno").says("resolver nao-afetados o rollback foi confirmado em todas as regiões");
    expect(stage.person("bruno").sees()[0]).toContain("Resolvido");
    await story.advance({ hours: 2 });
    expect(outside.counts()).toEqual(told);
  });
});
