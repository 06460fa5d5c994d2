// The stand-in against the real botbuilder: what people do reaches the bot, and what the bot does reaches people.
import { MessageFactory, TeamsInfo, TurnContext } from "botbuilder";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunningTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";
import { type RealBot, startRealBot } from "./real-bot.js";
import { aCard, carrying, ids, startTenant } from "./tenant-fixture.js";

let sandbox: RunningTeamsSandbox;
let bot: RealBot;

beforeEach(async () => {
  sandbox = await startTenant();
  bot = await startRealBot(sandbox);
});

afterEach(async () => {
  await bot.stop();
  await sandbox.stop();
});

const take = {
  type: "Action.Execute",
  title: "Assumir",
  verb: "take",
  data: { incidentId: "INC-1" },
  fallback: { type: "Action.Submit", title: "Assumir", data: { incidentId: "INC-1" } },
};
const declare = {
  type: "Action.Submit",
  title: "Declarar",
  data: { form: "declare", msteams: { type: "task/fetch" } },
};
const form = aCard("Preencha", {
  body: [
    { type: "Input.Text", id: "title", label: "Título", isRequired: true, errorMessage: "Diga o título." },
    {
      type: "Input.ChoiceSet",
      id: "service",
      label: "Serviço",
      choices: [
        { title: "Checkout", value: "checkout" },
        { title: "Entrega", value: "delivery" },
      ],
    },
    {
      type: "Input.ChoiceSet",
      id: "who",
      label: "Quem",
      choices: [],
      "choices.data": { type: "Data.Query", dataset: "graph.microsoft.com/users" },
    },
  ],
  actions: [{ type: "Action.Submit", title: "Enviar", data: { form: "declare" } }],
});
const dialog = (title: string, content: unknown) => ({
  task: {
    type: "continue",
    value: {
      title,
      width: "medium",
      height: "large",
      card: { contentType: "application/vnd.microsoft.card.adaptive", content },
    },
  },
});

test("a mention in a channel reaches the bot without the mention, and its answer stands in the same thread", async () => {
  const heard: unknown[] = [];
  bot.handle(async (context) => {
    heard.push(TurnContext.removeRecipientMention(context.activity)?.trim());
    await context.sendActivity("entendido");
    return undefined;
  });
  const ana = sandbox.person("ana");
  const typed = await ana.types("@plantão declarar checkout fora do ar", { in: "Incidentes" });
  expect(typed).toMatchObject({ acknowledged: true, sent: true, status: 200 });
  expect(heard).toEqual(["declarar checkout fora do ar"]);
  const thread = sandbox.threads("Incidentes")[0];
  expect(thread?.conversationId).toBe(`${ids.incidents};messageid=${typed.id}`);
  expect(thread?.messages.map(({ author, visible }) => `${author}: ${visible}`)).toEqual([
    "ana: @Plantão declarar checkout fora do ar",
    "Plantão: entendido",
  ]);
  expect(ana.sees(typed.conversationId)).toHaveLength(2);
  expect(sandbox.transcript.unknownMethods).toEqual([]);
});

test("what does not mention the bot stays among people, except in the personal chat", async () => {
  const heard: unknown[] = [];
  bot.handle(async ({ activity }) => {
    heard.push([activity.conversation.conversationType, activity.text]);
    return undefined;
  });
  const bruno = sandbox.person("Bruno Lima");
  expect((await bruno.types("@ana viu isso?", { in: "Incidentes" })).sent).toBe(false);
  expect((await bruno.types("ajuda", { in: "@bot" })).sent).toBe(true);
  expect(heard).toEqual([["personal", "ajuda"]]);
});

test("the bot opens a thread, answers in it, changes its first message and looks its people up, outside of any turn", async () => {
  let thread = "";
  const parameters = {
    isGroup: true,
    tenantId: ids.tenant,
    bot: { id: sandbox.botId, name: "Plantão" },
    channelData: { channel: { id: ids.incidents }, tenant: { id: ids.tenant } },
    activity: { ...carrying(aCard("INC-1 · N1", { actions: [take] })), summary: "INC-1" },
  };
  const opened = async (context: TurnContext): Promise<void> => {
    thread = context.activity.conversation.id;
  };
  await bot.adapter.createConversationAsync(
    sandbox.appId,
    "msteams",
    sandbox.serviceUrl,
    "",
    parameters as never,
    opened,
  );
  const [root] = sandbox.channel("Incidentes")?.messages ?? [];
  expect(root).toMatchObject({ visible: "INC-1 · N1\n[Assumir]", summary: "INC-1", conversationId: thread });
  await bot.proactively(async (context) => {
    await context.sendActivity("alguém?");
    await context.updateActivity({ ...carrying(aCard("INC-1 · N2")), id: root?.id ?? "" } as never);
    const { members } = await TeamsInfo.getPagedTeamMembers(context, ids.general);
    expect(members.map(({ name, email }) => `${name} ${email}`)).toEqual([
      "Ana Souza ana.souza@cubo.example",
      "Bruno Lima bruno.lima@cubo.example",
    ]);
    expect((await TeamsInfo.getTeamMember(context, ids.general, ids.ana)).id).toBe(sandbox.person("ana").id);
    expect((await TeamsInfo.getTeamDetails(context, ids.general)).name).toBe("Operações");
    const channels = await TeamsInfo.getTeamChannels(context, ids.general);
    expect(channels.map(({ id, name }) => [id, name])).toEqual([
      [ids.general, null],
      [ids.incidents, "Incidentes"],
    ]);
  }, thread);
  const seen = sandbox.person("bruno").sees({ in: "Incidentes", thread: "INC-1" });
  expect(seen.map(({ visible, edited }) => [visible, edited])).toEqual([
    ["INC-1 · N2", true],
    ["alguém?", false],
  ]);
});

test("the bot writes to one person, whom it names by the Entra id", async () => {
  const parameters = {
    isGroup: false,
    tenantId: ids.tenant,
    bot: { id: sandbox.botId, name: "Plantão" },
    members: [{ id: ids.ana, name: "" }],
    channelData: { tenant: { id: ids.tenant } },
  };
  const say = async (context: TurnContext): Promise<void> => {
    await context.sendActivity(MessageFactory.text("Você está sendo **acionada**."));
  };
  await bot.adapter.createConversationAsync(sandbox.appId, "msteams", sandbox.serviceUrl, "", parameters as never, say);
  expect(
    sandbox
      .person("ana")
      .directMessages()
      .map(({ visible }) => visible),
  ).toEqual(["Você está sendo acionada."]);
  expect(sandbox.person("bruno").directMessages()).toEqual([]);
  expect(sandbox.transcript.entries.at(-2)).toMatchObject({
    kind: "message",
    what: "posted",
    direct: true,
    person: "ana",
  });
});

test("Action.Execute: a card for the one who acted, words, or an error, and an old client submits instead", async () => {
  const asked: unknown[] = [];
  let answer: unknown = {
    statusCode: 200,
    type: "application/vnd.microsoft.card.adaptive",
    value: aCard("INC-1 é de Ana"),
  };
  bot.handle(async ({ activity }) => {
    asked.push([activity.type, activity.name, activity.value, activity.replyToId]);
    return answer as never;
  });
  await bot.proactively(async (context) => {
    await context.sendActivity(carrying(aCard("INC-1", { actions: [take] })) as never);
  }, ids.incidents);
  const [ana, bruno] = [sandbox.person("ana"), sandbox.person("bruno")];
  const id = ana.sees("Incidentes")[0]?.id;
  expect(await bruno.presses("Assumir", { in: "Incidentes", oldClient: true })).toMatchObject({ acknowledged: true });
  expect(await ana.presses("Assumir", { in: "Incidentes" })).toMatchObject({ acknowledged: true, sent: true });
  const action = { type: "Action.Execute", title: "Assumir", verb: "take", data: { incidentId: "INC-1" } };
  expect(asked).toEqual([
    ["message", undefined, { incidentId: "INC-1" }, id],
    ["invoke", "adaptiveCard/action", { action, trigger: "manual" }, id],
  ]);
  expect(ana.sees("Incidentes")[0]?.visible).toBe("INC-1 é de Ana");
  expect(bruno.sees("Incidentes")[0]?.visible).toBe("INC-1\n[Assumir]");

  answer = { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: "Já é de Ana." };
  await bruno.presses("Assumir", { in: "Incidentes" });
  expect(bruno.sees("Incidentes")[0]?.visible).toBe("INC-1\n[Assumir]\nJá é de Ana.");
  expect(sandbox.transcript.entries.at(-1)).toMatchObject({ ephemeral: true, person: "bruno", text: "Já é de Ana." });

  answer = {
    statusCode: 400,
    type: "application/vnd.microsoft.error",
    value: { code: "Refused", message: "Já resolvido." },
  };
  expect(await bruno.presses("Assumir", { in: "Incidentes" })).toEqual({
    status: 400,
    acknowledged: false,
    sent: true,
    error: "Já resolvido.",
  });
  expect(sandbox.transcript.entries.at(-1)).toMatchObject({ kind: "failure", error: "Refused", person: "bruno" });
});

test("a dialog is opened, checked by the client, shown again by the bot and closed by an empty answer", async () => {
  const submitted: unknown[] = [];
  bot.handle(async ({ activity }) => {
    if (activity.name === "task/fetch") return dialog("Declarar incidente", form) as never;
    if (activity.name !== "task/submit") return undefined;
    submitted.push((activity.value as { data: unknown }).data);
    return submitted.length === 1
      ? (dialog("Declarar incidente", aCard("Falta o serviço", { body: form.body.slice(1) })) as never)
      : undefined;
  });
  await bot.proactively(async (context) => {
    await context.sendActivity(carrying(aCard("Comece aqui", { actions: [declare] })) as never);
  }, ids.incidents);
  const ana = sandbox.person("ana");
  await ana.presses("Declarar", { in: "Incidentes" });
  const view = await ana.waitsForView("Declarar incidente");
  expect(view.fields.map(({ id, label, optional }) => [id, label, optional])).toEqual([
    ["title", "Título", false],
    ["service", "Serviço", true],
    ["who", "Quem", true],
  ]);
  expect(await ana.submits()).toMatchObject({ sent: false, closed: false, errors: { title: "Diga o título." } });
  await ana.fills({ Título: "Checkout fora do ar", service: "Checkout", who: "@bruno" });
  expect(await ana.submits()).toMatchObject({
    sent: true,
    closed: true,
    view: { visible: expect.stringContaining("Falta o serviço") },
  });
  await ana.fills({ title: "Outra vez", service: "delivery" });
  expect(await ana.submits("Enviar")).toMatchObject({ acknowledged: true, closed: true, view: undefined });
  expect(submitted).toEqual([
    { form: "declare", title: "Checkout fora do ar", service: "checkout", who: sandbox.person("bruno").aadObjectId },
    { form: "declare", title: "Outra vez", service: "delivery" },
  ]);
  expect(ana.openView()).toBeUndefined();
});

test("installing for a person and for the team is told in two activities, upgrading in one, removing closes the door", async () => {
  const heard: string[] = [];
  bot.handle(async ({ activity }) => {
    heard.push(
      `${activity.conversation.conversationType} ${activity.type} ${activity.action ?? activity.membersAdded?.[0]?.id ?? ""}`.trim(),
    );
    return undefined;
  });
  await sandbox.installs();
  await sandbox.person("carla").installs();
  expect(heard.splice(0).sort()).toEqual([
    `channel conversationUpdate ${sandbox.botId}`,
    "channel installationUpdate add",
    `personal conversationUpdate ${sandbox.botId}`,
    "personal installationUpdate add",
  ]);
  await sandbox.person("carla").installs("add-upgrade");
  expect(heard.splice(0)).toEqual(["personal installationUpdate add-upgrade"]);
  await sandbox.installs("remove");
  expect(heard.sort()).toEqual(["channel conversationUpdate", "channel installationUpdate remove"]);
  const said = bot.proactively(async (context) => void (await context.sendActivity("alô")), ids.incidents);
  await expect(said).rejects.toMatchObject({ statusCode: 403 });
});

test("a card that asks for it refreshes itself for the people whom it names", async () => {
  const triggers: unknown[] = [];
  bot.handle(async ({ activity }) => {
    triggers.push([activity.from.name, (activity.value as { trigger: string }).trigger]);
    return { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: aCard("fresco") } as never;
  });
  const refresh = {
    action: { type: "Action.Execute", verb: "refresh", data: {} },
    userIds: [sandbox.person("ana").id],
  };
  await bot.proactively(async (context) => {
    await context.sendActivity(carrying({ ...aCard("velho"), refresh }) as never);
  }, ids.incidents);
  for (const name of ["ana", "bruno"]) await sandbox.person(name).opens("Incidentes");
  expect(triggers).toEqual([["Ana Souza", "automatic"]]);
  expect(["ana", "bruno"].map((name) => sandbox.person(name).sees("Incidentes")[0]?.visible)).toEqual([
    "fresco",
    "velho",
  ]);
});

test("the same activity can be delivered again with the same ids", async () => {
  const heard: unknown[] = [];
  bot.handle(async ({ activity }) => {
    heard.push(activity.id);
    return undefined;
  });
  await sandbox.person("ana").types("ajuda", { in: "@bot" });
  const [delivery] = sandbox.deliveries;
  if (!delivery) throw new Error("Nothing was delivered");
  expect((await sandbox.redeliver(delivery)).status).toBe(200);
  expect(heard).toEqual([delivery.activity["id"], delivery.activity["id"]]);
});

test("an answer to an invoke that comes too late is ignored, and the person is told that it failed", async () => {
  await bot.stop();
  await sandbox.stop();
  sandbox = await startTenant({ deadlines: { invokeMs: 60 } });
  bot = await startRealBot(sandbox);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  bot.handle(async () => {
    await held;
    return dialog("Tarde demais", form) as never;
  });
  await bot.proactively(async (context) => {
    await context.sendActivity(carrying(aCard("Comece aqui", { actions: [declare] })) as never);
  }, ids.incidents);
  const ana = sandbox.person("ana");
  expect(await ana.presses("Declarar", { in: "Incidentes" })).toMatchObject({
    acknowledged: false,
    error: "operation_timeout",
  });
  release();
  await sandbox.settled();
  expect(ana.openView()).toBeUndefined();
  expect(
    sandbox.transcript.entries.some(({ kind, error }) => kind === "failure" && error === "operation_timeout"),
  ).toBe(true);
});
