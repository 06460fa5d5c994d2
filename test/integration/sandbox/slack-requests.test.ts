// What the sandbox sends to the bot: accepted by the real Bolt when genuine, refused when forged, given up after three seconds.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BoltBot, startBoltBot } from "./bolt-bot.js";

const plain = (text: string) => ({ type: "plain_text" as const, text });
let bot: BoltBot;
let heard: string[];
let retries: (number | undefined)[];

beforeEach(async () => {
  heard = [];
  retries = [];
  bot = await startBoltBot(
    (app) => {
      app.command("/eco", async ({ ack, command }) => ack(command.text));
      app.command("/todos", async ({ ack }) => ack({ response_type: "in_channel", text: "para todos" }));
      app.command("/calado", async () => {});
      app.command("/quebra", async () => {
        throw new Error("boom");
      });
      app.command("/depois", async ({ ack, respond }) => {
        await ack();
        for (let use = 1; use <= 6; use++)
          await respond(`resposta ${use}`).catch((error: Error) => heard.push(error.name));
      });
      app.shortcut("abrir", async ({ ack, shortcut }) => {
        heard.push(shortcut.type);
        await ack();
      });
      app.event("app_mention", async ({ event, context }) => {
        heard.push(event.text);
        retries.push(context.retryNum);
      });
      app.event("reaction_added", async ({ event }) => void heard.push(event.reaction));
      app.message("alô", async ({ message, say }) => {
        await say({ text: `ouvi em ${message.channel_type}` });
      });
      app.error(async () => {});
    },
    { channels: [{ name: "geral", general: true, bot: true }, { name: "fora" }] },
  );
});
afterEach(async () => {
  vi.useRealTimers();
  await bot.stop();
});
const slack = () => bot.sandbox.slack;
const ana = () => slack().person("ana");

describe("slash commands", () => {
  it("mentions are escaped and the acknowledgement is shown to the person only", async () => {
    await ana().types("/eco @bruno veja #geral & <isto>");
    const bruno = slack().person("bruno");
    const seen = ana().sees("geral");
    expect(seen).toMatchObject([{ visible: "@bruno veja #geral & <isto>", ephemeralTo: "ana" }]);
    expect(seen[0]?.text).toContain(`<@${bruno.id}|bruno> veja <#`);
    expect(bruno.sees("geral")).toEqual([]);
  });

  it("an acknowledgement can be for the whole channel", async () => {
    await ana().types("/todos");
    expect(slack().person("bruno").sees("geral")).toMatchObject([{ visible: "para todos" }]);
  });

  it("a bot that does not answer in three seconds times out, and the person is told", async () => {
    expect(await ana().types("/calado")).toMatchObject({ acknowledged: false, error: "operation_timeout" });
    expect(ana().sees("geral").at(-1)?.visible).toContain("operation_timeout");
    const failure = slack().transcript.entries.find(({ kind }) => kind === "failure");
    expect(failure).toMatchObject({ error: "operation_timeout", person: "ana" });
  });

  it("a bot that is gone cannot be dispatched to", async () => {
    await bot.app.stop();
    expect(await ana().types("/eco x")).toMatchObject({ error: "dispatch_failed" });
    await bot.app.start({ port: 0, host: "127.0.0.1" });
  });

  it("cannot be used in threads", async () => {
    const { ts = "" } = await ana().types("assunto");
    await expect(ana().types("/eco x", { thread: ts })).rejects.toThrow("threads");
  });

  it("a response_url takes five answers", async () => {
    await ana().types("/depois");
    await slack().transcript.waitFor((entry) => entry.what === "response_url" && entry.ok === false);
    expect(
      ana()
        .sees("geral")
        .map(({ visible }) => visible),
    ).toEqual([1, 2, 3, 4, 5].map((use) => `resposta ${use}`));
    expect(slack().transcript.refusals).toEqual([{ method: "response_url", error: "used_url", messages: [] }]);
  });

  it("a response_url lives half an hour", async () => {
    await ana().types("/eco x");
    const url = String(slack().deliveries[0]?.payload["response_url"]);
    const post = () =>
      fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: '{"text":"tarde"}' });
    expect((await post()).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 30 * 60_000 + 1000 });
    expect((await post()).status).toBe(404);
  });
});

describe("events", () => {
  it("the handshake is answered by the real receiver", async () => {
    expect(await slack().verifyUrl()).toBe(true);
  });

  it("a mention reaches the bot, also in a thread, and a repeated delivery says so", async () => {
    const { ts = "" } = await ana().types("@plantao ajuda");
    await slack().settled();
    await ana().types("@plantao aqui", { thread: ts });
    await slack().settled();
    const mention = slack().deliveries.find(
      ({ payload }) => (payload["event"] as { type: string }).type === "app_mention",
    );
    if (!mention) throw new Error("no mention was sent");
    await slack().redeliver(mention, { num: 1, reason: "http_timeout" });
    await vi.waitFor(() => expect(retries).toEqual([undefined, undefined, 1]));
    expect(heard[0]).toBe(`<@${slack().botUserId}> ajuda`);
  });

  it("direct messages and channel messages are told apart", async () => {
    await ana().types("alô", { in: "@bot" });
    expect(await ana().waitsToSee("@bot", "ouvi em")).toMatchObject({ visible: "ouvi em im" });
    await ana().types("alô", { in: "geral" });
    expect(await ana().waitsToSee("geral", "ouvi em")).toMatchObject({ visible: "ouvi em channel" });
  });

  it("the bot hears nothing from channels that it is not in", async () => {
    await ana().types("@plantao alô", { in: "fora" });
    await slack().settled();
    expect(slack().deliveries).toEqual([]);
  });

  it("a reaction reaches the bot", async () => {
    const { ts = "" } = await ana().types("veja");
    ana().reacts("eyes", { in: "geral", message: ts });
    await vi.waitFor(() => expect(heard).toEqual(["eyes"]));
  });

  it("an event that fails is sent again at once, with the reason", async () => {
    await bot.app.stop();
    await ana().types("primeira");
    await slack().transcript.waitFor((entry) => entry.what === "event message" && entry.error === "dispatch_failed");
    const count = () => slack().deliveries.length;
    await vi.waitFor(() => expect(count()).toBe(2));
    expect(slack().deliveries[1]?.payload).toEqual(slack().deliveries[0]?.payload);
    await bot.app.start({ port: 0, host: "127.0.0.1" });
  });
});

it("shortcuts, global and on a message, reach the bot", async () => {
  const { ts = "" } = await ana().types("veja");
  expect(await ana().usesShortcut("abrir")).toMatchObject({ acknowledged: true });
  expect(await ana().usesShortcut("abrir", { in: "geral", message: ts })).toMatchObject({ acknowledged: true });
  expect(heard).toEqual(["shortcut", "message_action"]);
});

describe("hostile requests", () => {
  const body = "command=%2Feco&text=x";
  const form = { "content-type": "application/x-www-form-urlencoded" };

  it("a genuine signature is accepted by the real Bolt, a forged one is not", async () => {
    const send = async (headers: Record<string, string>, sent = body) =>
      (await slack().request({ body: sent, headers: { ...form, ...headers } })).status;
    const now = Math.floor(Date.now() / 1000);
    expect(await send(slack().signed(body))).toBe(200);
    expect(await send({})).toBe(401);
    expect(await send(slack().signed(body, { secret: "other" }))).toBe(401);
    expect(await send(slack().signed(body, { timestamp: now - 301 }))).toBe(401);
    expect(await send(slack().signed(body), `${body}y`)).toBe(401);
  });

  it("the sandbox delivers to this machine only", () => {
    expect(() => slack().deliverTo("http://bot.example")).toThrow("this machine");
    expect(() => slack().deliverTo("https://127.0.0.1")).toThrow("http");
  });
});

describe("elements of messages", () => {
  it("a confirmation can be declined, menus choose, and the person must see what is pressed", async () => {
    const confirm = { title: plain("Certeza?"), text: plain("?"), confirm: plain("Sim"), deny: plain("Não") };
    const options = ["N1", "N2"].map((level) => ({ text: plain(level), value: level.toLowerCase() }));
    bot.app.action("nivel", async ({ ack, action }) => {
      heard.push(action.type === "static_select" ? String(action.selected_option.value) : action.type);
      await ack();
    });
    bot.app.action("fim", async ({ ack, body }) => {
      heard.push(body.type === "block_actions" ? String(body.container["is_ephemeral"]) : "");
      await ack();
    });
    const elements = [
      { type: "button" as const, action_id: "fim", text: plain("Encerrar"), confirm },
      { type: "static_select" as const, action_id: "nivel", placeholder: plain("Nível"), options },
    ];
    const blocks = [{ type: "actions" as const, elements }];
    const channel = slack().channel("geral")?.id ?? "";
    await bot.app.client.chat.postEphemeral({ channel, user: ana().id, text: "x", blocks });

    expect(await ana().presses("Encerrar", { in: "geral", confirm: false })).toMatchObject({ sent: false });
    expect(await ana().presses("Encerrar", { in: "geral" })).toMatchObject({ sent: true, acknowledged: true });
    expect(await ana().presses("Nível", { in: "geral", option: "N2" })).toMatchObject({ acknowledged: true });
    expect(heard).toEqual(["true", "n2"]);
    await expect(ana().presses("Nível", { in: "geral", option: "N9" })).rejects.toThrow('No option "N9"');
    await expect(slack().person("bruno").presses("Encerrar", { in: "geral" })).rejects.toThrow("sees no");
  });
});
