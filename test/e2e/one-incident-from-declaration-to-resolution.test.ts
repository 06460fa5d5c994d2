// The story of the README and of the demonstration, word for word where it matters.
import { afterEach, expect, test } from "vitest";
import { openStory, type Story } from "../support/story.js";

let story: Story;
afterEach(() => story.close());

const ROOM = "#inc-1-checkout-fora-do-ar";

const declareN1 = async (): Promise<void> => {
  const ana = story.person("ana");
  await ana.types("/incident declare");
  await ana.waitsForView("Declarar incidente");
  await ana.fills({
    title: "Checkout fora do ar",
    service: "checkout",
    scope: "large",
    effect: "outage",
    data: "none",
  });
  expect(ana.openView()?.visible).toContain("Nível: N1");
  await ana.chooses("more", ["more"]);
  await ana.fills({ customers: ["padaria-aurora", "hospital-vida"] });
  expect((await ana.submits()).closed).toBe(true);
  await story.settle();
};

test("an N1 for two customers climbs the ladder until somebody takes it, then silence, then it is mitigated and resolved", async () => {
  story = await openStory();
  await declareN1();
  expect(story.news()).toEqual([
    `${ROOM}: Escalação inicial: N1.`,
    `${ROOM}: INC-1 · N1 · Checkout fora do ar`,
    "#incidentes: INC-1 · N1 · Checkout fora do ar",
    "(só @ana): INC-1 declarado, N1: Checkout fora do ar.",
    ...["bruno", "diego", "elisa", "fabio", "helena", "igor"].map(
      (handle) => `@${handle}: INC-1 · N1 · Checkout fora do ar`,
    ),
  ]);
  const room = story.sandbox.slack.channel(story.room());
  expect(room?.topic).toContain("ninguém assumiu · resposta até");
  expect(room?.purpose).toContain("Declarado por Ana Souza");
  expect([...(room?.members ?? [])].sort()).toEqual([
    "ana",
    "bruno",
    "diego",
    "elisa",
    "fabio",
    "helena",
    "igor",
    "plantao",
  ]);
  expect(room?.pins).toHaveLength(1);
  expect(room?.pins[0]?.visible).toMatch(
    /Hospital Vida.*: resposta até 10:10 \(governa\)[\s\S]*Padaria Aurora.*: resposta até 10:15/,
  );

  await story.advance({ minutes: 5 });
  expect(story.news()).toEqual([
    `${ROOM}: Ninguém assumiu ainda. Acionando de novo: @bruno.`,
    `${ROOM}: Pré-aviso: 50 % do SLA de resposta de Hospital Vida consumidos. Prazo: 10:10.`,
    "@bruno: INC-1 · N1 · Checkout fora do ar",
    "@carla: INC-1 · N1 · Checkout fora do ar",
    "@diego: INC-1 · N1 · Checkout fora do ar",
  ]);
  await story.advance({ minutes: 2, seconds: 30 });
  expect(story.news()).toEqual([
    `${ROOM}: Pré-aviso: 75 % do SLA de resposta de Hospital Vida consumidos. Prazo: 10:10.`,
    "@elisa: INC-1 · N1 · Checkout fora do ar",
  ]);
  await story.advance({ minutes: 1, seconds: 30 });
  expect(story.news()).toEqual([
    `${ROOM}: Pré-aviso: 90 % do SLA de resposta de Hospital Vida consumidos. Prazo: 10:10.`,
    "@fabio: INC-1 · N1 · Checkout fora do ar",
  ]);

  const carla = story.person("carla");
  await carla.presses("Assumir", { in: story.room() });
  await story.settle();
  expect(story.news()).toEqual([
    `${ROOM}: Carla Dias assumiu o incidente. Os acionamentos param.`,
    "(só @carla): INC-1 está com você.",
  ]);
  await story.advance({ minutes: 50 });
  expect(story.news()).toEqual([]);

  await carla.types("/incidente mitigar rollback da versão 42", { in: story.room() });
  await story.settle();
  expect(story.news()).toEqual([
    `${ROOM}: Carla Dias registrou a mitigação:`,
    "(só @carla): Feito. INC-1: Mitigado (em observação), N1.",
  ]);
  await story.advance({ minutes: 60 });
  await carla.presses("Resolver", { in: story.room() });
  await carla.waitsForView("Resolver");
  await carla.fills({ data: "not-affected" });
  expect((await carla.submits()).closed).toBe(true);
  await story.settle();
  expect(story.news()).toEqual([
    `${ROOM}: Carla Dias resolveu o incidente. Dados não afetados.`,
    "(só @carla): Feito. INC-1: Resolvido, N1.",
  ]);
  const resolved = carla
    .sees(story.room())
    .filter((message) => message.visible.includes("resolveu"))
    .at(-1);
  expect(resolved?.visible).toMatch(/Padaria Aurora, resolução: cumprida[\s\S]*Hospital Vida, resolução: cumprida/);

  await carla.types("/incidente linha-do-tempo", { in: story.room() });
  await story.settle();
  expect(story.news()).toEqual(["(só @carla): INC-1: linha do tempo"]);
});

test("nobody takes it: the breach is announced once and the director is paged, then at every repeat the executive too", async () => {
  story = await openStory();
  await declareN1();
  await story.advance({ minutes: 9, seconds: 59 });
  story.ignoreNews();
  await story.advance({ seconds: 1 });
  expect(story.news()).toEqual([
    expect.stringMatching(new RegExp(`^${ROOM}: .*Hospital Vida`)),
    expect.stringMatching(new RegExp(`^${ROOM}: .*Hospital Vida`)),
    "@fabio: INC-1 · N1 · Checkout fora do ar",
    "@gabriela: INC-1 · N1 · Checkout fora do ar",
  ]);
  await story.advance({ minutes: 15 });
  const repeat = story.news();
  expect(repeat).toContain("@fabio: INC-1 · N1 · Checkout fora do ar");
  expect(repeat).toContain("@gabriela: INC-1 · N1 · Checkout fora do ar");
  expect(repeat).toContain("@bruno: INC-1 · N1 · Checkout fora do ar");
});

test("mitigated by somebody who never pressed Assumir: the response is met, and no breach happens in silence", async () => {
  story = await openStory();
  await declareN1();
  story.ignoreNews();
  await story.advance({ minutes: 3 });
  await story.person("bruno").types("/incidente mitigar rollback", { in: story.room() });
  await story.settle();
  expect(story.news()).toEqual([
    `${ROOM}: Bruno Lima assumiu o incidente. Os acionamentos param.`,
    `${ROOM}: Bruno Lima registrou a mitigação:`,
    "(só @bruno): Feito. INC-1: Mitigado (em observação), N1.",
  ]);
  await story.advance({ minutes: 61 });
  expect(story.news()).toEqual([]);
  await story.person("bruno").types("/incidente resolver nao-afetados", { in: story.room() });
  await story.settle();
  story.ignoreNews();
  const results = story.person("bruno").sees(story.room()).at(-1)?.visible ?? "";
  expect(results).toContain("Hospital Vida, resposta: cumprida (3 min de 10 min, 24x7)");
  expect(results).not.toContain("violado");
});

test("two people press Assumir at once: one has it, the other learns who, and it is said once", async () => {
  story = await openStory();
  await declareN1();
  story.ignoreNews();
  const room = story.room();
  await Promise.all([
    story.person("bruno").presses("Assumir", { in: room }),
    story.person("helena").presses("Assumir", { in: room }),
  ]);
  await story.settle();
  const told = story.news();
  expect(told.filter((line) => line.includes("assumiu o incidente"))).toHaveLength(1);
  expect(told).toHaveLength(3);
  expect(told.filter((line) => line.startsWith("(só @"))).toEqual(
    [expect.stringContaining("está com você"), expect.stringMatching(/já/)].sort(),
  );
});
