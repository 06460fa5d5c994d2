import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { clientFor, refusalOf } from "./slack-client.js";

let sandbox: Sandbox;
let client: WebClient;
let channel: string;
const idOf = (handle: string) => sandbox.slack.person(handle).id;
const geral = () => sandbox.slack.channel("geral")?.messages ?? [];

beforeEach(async () => {
  const channels = [
    { name: "geral", general: true, bot: true },
    { name: "outro" },
    { name: "poucos", members: ["ana"], bot: true },
  ];
  sandbox = await startSandbox({ rateLimits: "off", channels });
  client = clientFor(sandbox);
  channel = sandbox.slack.channel("geral")?.id ?? "";
});
afterEach(() => sandbox.stop());

describe("posting", () => {
  it("a message is kept with its blocks, metadata and generated ids", async () => {
    const metadata = { event_type: "notice", event_payload: { id: "n1" } };
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: `<@${idOf("ana")}> *assumiu*` } }];
    const { ts, message } = await client.chat.postMessage({ channel, text: "t", blocks, metadata });
    expect(message).toMatchObject({ bot_id: sandbox.slack.botId, metadata });
    const [kept] = geral();
    expect(kept).toMatchObject({ ts, visible: "@ana assumiu", fromBot: true, metadata });
    expect(kept?.blocks[0]?.block_id).toMatch(/./);
  });

  it("refused blocks come with a list of what is wrong, and nothing is posted", async () => {
    const blocks = [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }];
    const refused = client.chat.postMessage({ channel, text: "t", blocks });
    await expect(refused).rejects.toMatchObject({
      data: {
        error: "invalid_blocks",
        response_metadata: {
          messages: ["[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"],
        },
      },
    });
    expect(geral()).toEqual([]);
    expect(sandbox.slack.transcript.refusals).toMatchObject([{ method: "chat.postMessage", error: "invalid_blocks" }]);
  });

  it.each([
    ["nothing to say", { text: "" }, "no_text"],
    ["an unknown channel", { channel: "C0NONE", text: "x" }, "channel_not_found"],
    ["metadata without a type", { text: "x", metadata: { event_payload: {} } }, "invalid_metadata_format"],
    ["a thread that does not exist", { text: "x", thread_ts: "1.000001" }, "cannot_reply_to_message"],
    ["blocks that are not a list", { text: "x", blocks: "nonsense" }, "invalid_blocks_format"],
    [
      "101 attachments",
      { text: "x", attachments: Array.from({ length: 101 }, () => ({ text: "a" })) },
      "too_many_attachments",
    ],
  ])("%s is refused", async (_what, fields, error) => {
    expect(await refusalOf(client.apiCall("chat.postMessage", { channel, ...fields }))).toBe(error);
  });

  it("very long text is cut and the answer warns", async () => {
    const answer = await client.chat.postMessage({ channel, text: "x".repeat(40_001) });
    expect(answer["warning"]).toBe("message_truncated");
    expect(geral()[0]?.text).toHaveLength(40_000);
  });

  it("a channel can be named, and a person's id means a direct message", async () => {
    await client.chat.postMessage({ channel: "#geral", text: "por nome" });
    expect(geral()[0]?.visible).toBe("por nome");
    await client.chat.postMessage({ channel: idOf("bruno"), text: "só para você" });
    expect(
      sandbox.slack
        .person("bruno")
        .directMessages()
        .map(({ visible }) => visible),
    ).toEqual(["só para você"]);
    expect(sandbox.slack.person("ana").directMessages()).toEqual([]);
  });

  it("posting where the bot is not a member needs chat:write.public", async () => {
    const other = sandbox.slack.channel("outro")?.id ?? "";
    expect(await refusalOf(client.chat.postMessage({ channel: other, text: "x" }))).toBe("accepted");
    const narrow = clientFor(sandbox, sandbox.slack.issueToken(["chat:write"]));
    expect(await refusalOf(narrow.chat.postMessage({ channel: other, text: "x" }))).toBe("not_in_channel");
  });

  it("JSON bodies are understood as well as forms", async () => {
    const response = await fetch(`${sandbox.slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${sandbox.slack.botToken}` },
      body: JSON.stringify({ channel, text: "json", blocks: [{ type: "divider" }] }),
    });
    expect(await response.json()).toMatchObject({ ok: true, channel });
  });
});

describe("ephemeral messages", () => {
  it("only the person addressed sees it", async () => {
    await client.chat.postEphemeral({ channel, user: idOf("ana"), text: "segredo" });
    expect(sandbox.slack.person("ana").sees("geral")).toMatchObject([{ visible: "segredo", ephemeralTo: "ana" }]);
    expect(sandbox.slack.person("bruno").sees("geral")).toEqual([]);
    expect((await client.conversations.history({ channel })).messages).toEqual([]);
  });

  it("the person must be in the channel", async () => {
    const few = sandbox.slack.channel("poucos")?.id ?? "";
    const refused = client.chat.postEphemeral({ channel: few, user: idOf("bruno"), text: "x" });
    expect(await refusalOf(refused)).toBe("user_not_in_channel");
  });

  it("it cannot be changed through the API", async () => {
    const { message_ts: ts = "" } = await client.chat.postEphemeral({ channel, user: idOf("ana"), text: "x" });
    expect(await refusalOf(client.chat.update({ channel, ts, text: "y" }))).toBe("message_not_found");
  });
});

describe("changing and deleting", () => {
  it("a message is changed in place, and old blocks stay when only text is named", async () => {
    const blocks = [{ type: "header", text: { type: "plain_text", text: "INC-1" } }];
    const { ts = "" } = await client.chat.postMessage({ channel, text: "a", blocks });
    await client.chat.update({ channel, ts, text: "b" });
    expect(geral()).toMatchObject([{ ts, text: "b", visible: "INC-1", edited: true }]);
    await client.chat.update({ channel, ts, text: "c", blocks: [] });
    expect(geral()[0]?.visible).toBe("c");
    expect(await refusalOf(client.chat.update({ channel, ts, text: "x".repeat(4001) }))).toBe("msg_too_long");
  });

  it("the bot changes and deletes only what it wrote", async () => {
    const { ts = "" } = await sandbox.slack.person("ana").types("oi", { in: "geral" });
    expect(await refusalOf(client.chat.update({ channel, ts, text: "y" }))).toBe("cant_update_message");
    expect(await refusalOf(client.chat.delete({ channel, ts }))).toBe("cant_delete_message");
    const own = await client.chat.postMessage({ channel, text: "z" });
    await client.chat.delete({ channel, ts: own.ts ?? "" });
    expect(await refusalOf(client.chat.delete({ channel, ts: own.ts ?? "" }))).toBe("message_not_found");
    expect(geral().map(({ text }) => text)).toEqual(["oi"]);
  });

  it("a permalink leads to the page", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel, text: "x" });
    const { permalink = "" } = await client.chat.getPermalink({ channel, message_ts: ts });
    expect(permalink).toBe(`${sandbox.url}/archives/${channel}/p${ts.replace(".", "")}`);
    expect((await fetch(permalink)).status).toBe(200);
  });
});

describe("pins, bookmarks and reactions", () => {
  it("a message is pinned once", async () => {
    const { ts: timestamp = "" } = await client.chat.postMessage({ channel, text: "cartão" });
    await client.pins.add({ channel, timestamp });
    expect(await refusalOf(client.pins.add({ channel, timestamp }))).toBe("already_pinned");
    expect(sandbox.slack.channel("geral")?.pins).toMatchObject([{ visible: "cartão" }]);
    expect((await client.pins.list({ channel })).items).toHaveLength(1);
    await client.pins.remove({ channel, timestamp });
    expect(await refusalOf(client.pins.remove({ channel, timestamp }))).toBe("no_pin");
    expect(await refusalOf(client.pins.add({ channel, timestamp: "1.000001" }))).toBe("message_not_found");
  });

  it("bookmarks are kept, edited and removed, and must be web links", async () => {
    const add = (link: string) =>
      client.bookmarks.add({ channel_id: channel, title: "Painel", type: "link", link, emoji: ":link:" });
    expect(await refusalOf(add("javascript:alert(1)"))).toBe("invalid_link");
    const { bookmark } = await add("https://painel.example");
    const bookmark_id = String(bookmark?.id);
    await client.bookmarks.edit({ channel_id: channel, bookmark_id, title: "Novo" });
    expect((await client.bookmarks.list({ channel_id: channel })).bookmarks).toMatchObject([{ title: "Novo" }]);
    await client.bookmarks.remove({ channel_id: channel, bookmark_id });
    const again = client.bookmarks.remove({ channel_id: channel, bookmark_id });
    expect(await refusalOf(again)).toBe("not_found");
  });

  it("a channel holds 100 bookmarks", async () => {
    const add = (number: number) =>
      client.bookmarks.add({ channel_id: channel, title: `${number}`, type: "link", link: "https://a.example" });
    for (let number = 1; number <= 100; number++) await add(number);
    expect(await refusalOf(add(101))).toBe("too_many_bookmarks");
  });

  it("a reaction is added once", async () => {
    const { ts: timestamp = "" } = await client.chat.postMessage({ channel, text: "x" });
    await client.reactions.add({ channel, timestamp, name: "eyes" });
    expect(await refusalOf(client.reactions.add({ channel, timestamp, name: "eyes" }))).toBe("already_reacted");
    expect(geral()[0]?.reactions).toEqual([{ name: "eyes", by: ["plantao"] }]);
  });
});
