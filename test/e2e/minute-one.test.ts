// An empty installation: Slack and nothing else.
import { afterEach, expect, test } from "vitest";
import { openStory, type Story } from "../support/story.js";

let story: Story;
afterEach(() => story.close());

test("a title is enough: channel, card, announcement where it was typed, and the owners are called because nobody is on duty", async () => {
  story = await openStory({ empty: true });
  const ana = story.person("ana");
  await ana.types("/incidente declarar checkout não abre");
  await story.settle();
  const room = `#${story.room()}`;
  expect(room).toBe("#inc-1-checkout-nao-abre");
  expect(story.news()).toEqual([
    "#geral: INC-1 · N2 · checkout não abre",
    `${room}: Escalação inicial: N2.`,
    `${room}: INC-1 · N2 · checkout não abre`,
    expect.stringContaining("(só @ana): INC-1 declarado, N2 provisório"),
    "@ana: INC-1 · N2 · checkout não abre",
    "@elisa: INC-1 · N2 · checkout não abre",
  ]);
  const card = story.sandbox.slack.channel(story.room())?.pins[0]?.visible ?? "";
  expect(card).toContain("Meta interna");
  expect(card).not.toMatch(/SLA|violação/);
  await ana.presses("Assumir", { in: story.room() });
  await story.settle();
  expect(story.news()).toEqual([
    `${room}: Ana Souza assumiu o incidente. Os acionamentos param.`,
    "(só @ana): INC-1 está com você.",
  ]);
});

test("without the right to create channels the incident lives in a thread where it was declared", async () => {
  story = await openStory({ empty: true, sandbox: { channels: [{ name: "geral", general: true, bot: true }] } });
  story.sandbox.slack.misbehave.failNext("conversations.create", "restricted_action", 20);
  const ana = story.person("ana");
  await ana.types("/incidente declarar login lento");
  await story.settle();
  const inGeneral = ana.sees("geral");
  const card = inGeneral.find(
    (message) =>
      message.visible.includes("INC-1") && message.threadTs === undefined && message.ephemeralTo === undefined,
  );
  expect(card?.visible).toContain("login lento");
  expect(
    inGeneral.filter((message) => message.threadTs === card?.ts).map((message) => message.visible.split("\n")[0]),
  ).toEqual(["Escalação inicial: N2."]);
  story.ignoreNews();
  await ana.presses("Assumir", { in: "geral", message: card?.ts ?? "" });
  await story.settle();
  expect(story.news()).toEqual([
    "#geral: Ana Souza assumiu o incidente. Os acionamentos param.",
    "(só @ana): INC-1 está com você.",
  ]);
  // Commands cannot be typed in threads, but the bot can be spoken to there, and the thread names the incident.
  await ana.types("@plantao nota fila drenada", { in: "geral", thread: card?.ts ?? "" });
  await story.settle();
  expect(story.news()[0]).toBe("#geral: Nota de Ana Souza:");
});

test("without channels, declared to the bot itself: said once to the declarer, and others get no dead link", async () => {
  story = await openStory({ empty: true });
  story.sandbox.slack.misbehave.failNext("conversations.create", "restricted_action", 20);
  await story.person("ana").types("/incidente declarar login lento", { in: "@bot" });
  await story.settle();
  expect(story.news()).toEqual([
    expect.stringContaining("(só @ana): INC-1 declarado"),
    "@ana: Escalação inicial: N2.",
    "@ana: INC-1 · N2 · login lento",
    "@ana: INC-1 · N2 · login lento",
    "@elisa: INC-1 · N2 · login lento",
  ]);
  const page = story.person("elisa").directMessages().at(-1)?.visible ?? "";
  expect(page).toContain("Onde acompanhar: o canal do incidente.");
});

test("help and every verb answer before anything exists, and a wrong place says what to do", async () => {
  story = await openStory({ empty: true });
  const ana = story.person("ana");
  for (const typed of [
    "/incidente ajuda",
    "/incident help resolve",
    "/incidente assumir",
    "/incidente asumir",
    "/incidente INC-99 assumir",
    "/incidente listar",
  ]) {
    const answer = await ana.types(typed);
    expect(answer.status).toBe(200);
  }
  await story.settle();
  const told = story.news();
  expect(told).toHaveLength(6);
  for (const line of told) expect(line).toMatch(/^\(só @ana\): ./);
});
