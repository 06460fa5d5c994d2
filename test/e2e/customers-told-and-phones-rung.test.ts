// The whole story beyond chat: phones ring until somebody takes the incident, and the customers concerned are told.
import { afterEach, describe, expect, test } from "vitest";
import { openStory, type Story } from "../support/story.js";
import { type Outside, outsideOf } from "../support/story-outside.js";
import { type StoryStage, stageOn } from "../support/story-platforms.js";

let story: Story;
afterEach(async () => {
  story.ignoreNews();
  await story.close();
});

const NOBODY = { rafael: "0 + 0", bia: "0 + 0" } as const;
const FIRST = { marina: "1 + 1", tom: "1 + 0", plantao: "1 + 1", lucia: "1 + 1", ...NOBODY };
const UPDATED = { marina: "2 + 1", tom: "2 + 0", plantao: "2 + 1", lucia: "2 + 1", ...NOBODY };
const OBSERVED = { marina: "3 + 2", tom: "3 + 0", plantao: "3 + 2", lucia: "3 + 2", ...NOBODY };
const RESOLVED = { marina: "4 + 3", tom: "4 + 0", plantao: "4 + 3", lucia: "4 + 3", ...NOBODY };

/** Bruno is rung after two minutes and takes by a key; the others learn it from their own call. */
const bruno = async ({ twilio, phone, pages }: Outside): Promise<void> => {
  expect(pages()).toEqual([
    expect.stringMatching(
      /^\+5511955550102: INC-1 N1: Checkout fora do ar\. Para assumir, abra https:\/\/pl\.ex\/t\/[\w-]{11}$/,
    ),
    expect.stringContaining("+5511955550108: INC-1 N1"),
    expect.stringContaining("+5511955550109: INC-1 N1"),
  ]);
  expect(twilio.acceptedCalls()).toEqual([]);
  await story.advance({ minutes: 2 });
  expect(twilio.acceptedCalls().map(({ to }) => to)).toEqual(["+5511955550102", "+5511955550108", "+5511955550109"]);
  const call = await phone("bruno").answer();
  expect(call.heard).toContain("Incidente de nível 1, código I N C 1: Checkout fora do ar.\nTecle 1 para assumir.");
  expect((await phone("bruno").press("1")).heard).toContain("Pronto: o incidente está com você.");
  await story.settle();
  expect((await phone("helena").answer()).heard).toContain("Bruno Lima");
  await story.settle();
};

/** Igor tells the customers without typing a word. */
const firstNotice = async (stage: StoryStage, { counts, mails, texts }: Outside): Promise<void> => {
  const shown = await stage.person("igor").sends("Avisar 2 clientes", "Sai assim que você enviar");
  expect(shown.visible).toContain("2 clientes, 4 contatos: 4 e-mails, 3 SMS");
  expect(counts()).toEqual(FIRST);
  const [marina, tom, lucia] = [mails("marina")[0], mails("tom")[0], mails("lucia")[0]];
  expect(marina?.subject).toBe("[INC-1] Checkout: estamos investigando um problema");
  expect(marina?.text).toMatch(/^Olá, Marina Alves\.[\s\S]*desde 23\/11\/2026, 10:00 \(horário de Brasília\)/);
  expect(tom?.text).toMatch(/^Hello Tom Baker,[\s\S]*since 23 Nov 2026, 13:00 \(Western European time, GMT\)/);
  expect(lucia?.text).toMatch(
    /^Hola, Lucía Fernández:[\s\S]*desde el 23\/11\/2026, 09:00 \(hora del Amazonas, GMT-4\)/,
  );
  // What was previewed is what arrives, but for the reader's own name and zone.
  expect(shown.visible).toContain(marina?.text.split("\n").find((line) => line.startsWith("O que você pode notar")));
  expect(texts("marina")[0]).toMatch(/^Cubo Suite: problema em Checkout desde 23\/11 10:00\./);
  expect(texts("lucia")[0]).toMatch(/^Cubo Suite: problema en Checkout desde 23\/11 09:00\./);
  expect(texts("plantao")[0]).toMatch(/^Cubo Suite: problema em Checkout desde 23\/11 09:00\./);
};

/** What somebody writes leaves only when somebody else has approved it. */
const update = async (stage: StoryStage, { counts, mails }: Outside): Promise<void> => {
  await story.advance({ minutes: 20 });
  await stage.person("bruno").says("nota os erros caíram pela metade");
  const what = { "whatChanged.pt-BR": "A falha foi isolada em um provedor." };
  const shown = await stage.person("igor").sends("Atualizar clientes", "Outra pessoa aprova", what);
  expect(shown.visible).toContain("2 clientes, 4 contatos: 4 e-mails, 0 SMS");
  expect(counts()).toEqual(FIRST);
  await stage.person("bruno").presses("Aprovar e enviar");
  expect(counts()).toEqual(UPDATED);
  expect(mails("marina")[1]?.text).toContain("A falha foi isolada em um provedor.");
  expect(mails("tom")[1]?.text).not.toContain("A falha foi isolada");
};

const approvedByBruno = async (stage: StoryStage, button: string): Promise<void> => {
  await stage.person("igor").sends(button, "Outra pessoa aprova");
  await stage.person("bruno").presses("Aprovar e enviar");
};

describe.each(["slack", "teams"] as const)("an N1 for two customers, on %s", (platform) => {
  test("rings phones until a key takes it, and tells exactly the customers concerned until it is resolved", async () => {
    story = await openStory({ reach: "live", teams: platform === "teams" });
    const stage = stageOn(platform, story);
    const outside = outsideOf(story);
    const { counts, mails } = outside;
    await stage.declares("ana", ["padaria-aurora", "hospital-vida"]);
    await bruno(outside);
    const silence = () => [outside.pages().length, outside.twilio.acceptedCalls().length];
    expect(silence()).toEqual([3, 3]);
    await firstNotice(stage, outside);
    await update(stage, outside);

    await stage.person("bruno").says("mitigar rollback da versão 42");
    await approvedByBruno(stage, "Avisar observação");
    expect(counts()).toEqual(OBSERVED);
    await story.advance({ minutes: 61 });
    await stage.person("bruno").says("resolver nao-afetados");
    await approvedByBruno(stage, "Avisar resolução");
    expect(counts()).toEqual(RESOLVED);
    expect(mails("marina").map(({ subject }) => subject)).toEqual([
      "[INC-1] Checkout: estamos investigando um problema",
      "[INC-1] Checkout: atualização (Investigando)",
      "[INC-1] Checkout: correção aplicada, em observação",
      "[INC-1] Checkout: problema resolvido",
    ]);
    expect(outside.texts("lucia").at(-1)).toMatch(/^Cubo Suite: Checkout normalizado el 23\/11 09:22\./);
    const said = stage.person("igor").sees();
    expect(said[0]).toContain("Clientes avisados: 2 de 2");
    expect(said.filter((text) => / enviad[ao]: /.test(text))).toEqual([
      "Primeiro aviso enviado: 4 e-mails, 3 SMS",
      "Atualização enviada: 4 e-mails, 0 SMS",
      "Aviso de observação enviado: 4 e-mails, 3 SMS",
      "Aviso de resolução enviado: 4 e-mails, 3 SMS",
    ]);
    // Whoever was paged by chat and phone was paged once by each, and nobody after somebody took it.
    expect(stage.person("bruno").direct()).toEqual([
      expect.stringContaining("Acionamento para você, como plantonista"),
    ]);
    expect(silence()).toEqual([3, 3]);
  });

  test("declared in one line pages by a personal message, whose button takes before any phone rings", async () => {
    story = await openStory({ reach: "live", teams: platform === "teams" });
    const stage = stageOn(platform, story);
    const { twilio, pages } = outsideOf(story);
    await stage.declaresInOneLine("ana", "declarar checkout fora do ar");
    expect(stage.person("bruno").direct()).toEqual([
      expect.stringContaining("Acionamento para você, como plantonista"),
    ]);
    await stage.person("bruno").takesByMessage();
    expect(stage.person("ana").sees()[0]).toMatch(/Com quem está:?\s+Bruno Lima/);
    const before = pages().length;
    await story.advance({ minutes: 10 });
    expect([twilio.acceptedCalls(), pages().length]).toEqual([[], before]);
  });
});
