import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { clientFor, refusalOf } from "./slack-client.js";

let sandbox: Sandbox;
let client: WebClient;
const idOf = (handle: string) => sandbox.slack.person(handle).id;
const channelId = (name: string) => sandbox.slack.channel(name)?.id ?? "";
const created = async (name: string) => (await client.conversations.create({ name })).channel?.id ?? "";

beforeEach(async () => {
  sandbox = await startSandbox({ rateLimits: "off" });
  client = clientFor(sandbox);
});
afterEach(() => sandbox.stop());

describe("creating", () => {
  it("a channel is created with the bot as its member", async () => {
    const { channel } = await client.conversations.create({ name: "inc-1-checkout" });
    expect(channel).toMatchObject({ name: "inc-1-checkout", is_member: true, is_private: false, num_members: 1 });
    expect(sandbox.slack.channel("#inc-1-checkout")).toMatchObject({ members: ["plantao"], archived: false });
  });

  it.each([
    ["geral", "name_taken"],
    ["Inc-1", "invalid_name_specials"],
    ["inc 1", "invalid_name_specials"],
    ["--", "invalid_name_punctuation"],
    ["", "invalid_name_required"],
    ["x".repeat(81), "invalid_name_maxlength"],
    ["x".repeat(80), "accepted"],
  ])("the name %j: %s", async (name, answer) => {
    expect(await refusalOf(client.conversations.create({ name }))).toBe(answer);
  });

  it("the name of an archived channel stays taken", async () => {
    await client.conversations.archive({ channel: await created("inc-1") });
    expect(await refusalOf(client.conversations.create({ name: "inc-1" }))).toBe("name_taken");
  });
});

describe("members", () => {
  it("people are invited, and a second invitation is refused", async () => {
    const channel = await created("inc-1");
    await client.conversations.invite({ channel, users: [idOf("ana"), idOf("bruno")].join(",") });
    expect((await client.conversations.members({ channel })).members).toHaveLength(3);
    expect(await refusalOf(client.conversations.invite({ channel, users: idOf("ana") }))).toBe("already_in_channel");
  });

  it("one bad id refuses the whole invitation, unless it is forced", async () => {
    const channel = await created("inc-1");
    const users = `${idOf("ana")},U0UNKNOWN`;
    expect(await refusalOf(client.conversations.invite({ channel, users }))).toBe("user_not_found");
    expect(sandbox.slack.channel("inc-1")?.members).toEqual(["plantao"]);
    const forced = await client.conversations.invite({ channel, users, force: true });
    expect(forced["errors"]).toEqual([{ user: "U0UNKNOWN", ok: false, error: "user_not_found" }]);
    expect(sandbox.slack.channel("inc-1")?.members).toEqual(["plantao", "ana"]);
  });

  it.each([
    ["itself", () => sandbox.slack.botUserId, "cant_invite_self"],
    ["nobody", () => ",", "no_user"],
    ["more than 100 people", () => Array.from({ length: 101 }, () => idOf("ana")).join(","), "invalid_arguments"],
  ])("the bot cannot invite %s", async (_who, users, error) => {
    const channel = await created("inc-1");
    expect(await refusalOf(client.conversations.invite({ channel, users: users() }))).toBe(error);
  });

  it("the bot must join before it may invite, set a topic or pin", async () => {
    const channel = channelId("incidentes");
    expect(await refusalOf(client.conversations.setTopic({ channel, topic: "x" }))).toBe("not_in_channel");
    expect(await refusalOf(client.conversations.invite({ channel, users: idOf("ana") }))).toBe("not_in_channel");
    await client.conversations.join({ channel });
    await client.conversations.setTopic({ channel, topic: "N1 · INC-1" });
    expect(sandbox.slack.channel("incidentes")?.topic).toBe("N1 · INC-1");
    expect((await client.conversations.join({ channel })).warning).toBe("already_in_channel");
  });
});

describe("the life of a channel", () => {
  it("topic and purpose hold 250 characters", async () => {
    const channel = await created("inc-1");
    expect(await refusalOf(client.conversations.setTopic({ channel, topic: "x".repeat(250) }))).toBe("accepted");
    expect(await refusalOf(client.conversations.setTopic({ channel, topic: "x".repeat(251) }))).toBe("too_long");
    expect(await refusalOf(client.conversations.setPurpose({ channel, purpose: "x".repeat(251) }))).toBe("too_long");
  });

  it("an archived channel takes no messages until it is opened again", async () => {
    const channel = await created("inc-1");
    await client.conversations.archive({ channel });
    expect(await refusalOf(client.conversations.archive({ channel }))).toBe("already_archived");
    expect(await refusalOf(client.chat.postMessage({ channel, text: "x" }))).toBe("is_archived");
    expect(await refusalOf(client.conversations.setTopic({ channel, topic: "x" }))).toBe("is_archived");
    await client.conversations.unarchive({ channel });
    expect(await refusalOf(client.chat.postMessage({ channel, text: "x" }))).toBe("accepted");
    expect(await refusalOf(client.conversations.unarchive({ channel }))).toBe("not_archived");
  });

  it("the general channel is never archived", async () => {
    const channel = channelId("geral");
    expect(await refusalOf(client.conversations.archive({ channel }))).toBe("cant_archive_general");
  });

  it("a channel is renamed by the bot that made it", async () => {
    const channel = await created("inc-1");
    await client.conversations.rename({ channel, name: "inc-1-resolvido" });
    expect(sandbox.slack.channel("inc-1-resolvido")?.id).toBe(channel);
    const other = channelId("incidentes");
    await client.conversations.join({ channel: other });
    expect(await refusalOf(client.conversations.rename({ channel: other, name: "x" }))).toBe("not_authorized");
  });
});

describe("reading", () => {
  it("lists come in pages", async () => {
    const names: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const answer = await client.conversations.list({ limit: 1, ...(cursor ? { cursor } : {}) });
      names.push(...(answer.channels ?? []).map(({ name }) => name));
      cursor = answer.response_metadata?.next_cursor;
    } while (cursor);
    expect(names).toEqual(["geral", "incidentes"]);
    expect(await refusalOf(client.conversations.list({ cursor: "nonsense" }))).toBe("invalid_cursor");
  });

  it("history is newest first, threads apart, metadata on request", async () => {
    const channel = await created("inc-1");
    const metadata = { event_type: "notice", event_payload: { id: "n1" } };
    const first = await client.chat.postMessage({ channel, text: "um", metadata });
    await client.chat.postMessage({ channel, text: "dois" });
    await client.chat.postMessage({ channel, text: "resposta", thread_ts: first.ts ?? "" });
    const { messages = [] } = await client.conversations.history({ channel });
    expect(messages.map(({ text }) => text)).toEqual(["dois", "um"]);
    expect(messages[1]?.metadata).toBeUndefined();
    const full = await client.conversations.history({ channel, include_all_metadata: true });
    expect(full.messages?.[1]?.metadata).toEqual(metadata);
    const replies = await client.conversations.replies({ channel, ts: first.ts ?? "" });
    expect(replies.messages?.map(({ text }) => text)).toEqual(["um", "resposta"]);
    expect(await refusalOf(client.conversations.replies({ channel, ts: "1.1" }))).toBe("thread_not_found");
  });

  it("a private channel without the bot does not exist for it", async () => {
    await sandbox.stop();
    sandbox = await startSandbox({
      channels: [
        { name: "geral", general: true },
        { name: "sigilo", private: true },
      ],
    });
    client = clientFor(sandbox);
    const channel = channelId("sigilo");
    expect(await refusalOf(client.conversations.info({ channel }))).toBe("channel_not_found");
    expect(await refusalOf(client.chat.postMessage({ channel, text: "x" }))).toBe("channel_not_found");
    const { channels } = await client.conversations.list({ types: "public_channel,private_channel" });
    expect(channels?.map(({ name }) => name)).toEqual(["geral"]);
  });

  it("the conversations of the bot and of a person are told apart", async () => {
    await created("inc-1");
    const mine = await client.users.conversations({});
    expect(mine.channels?.map(({ name }) => name)).toEqual(["inc-1"]);
    const hers = await client.users.conversations({ user: idOf("ana") });
    expect(hers.channels?.map(({ name }) => name)).toEqual(["geral", "incidentes"]);
  });
});
