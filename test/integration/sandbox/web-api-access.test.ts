import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { clientFor, refusalOf } from "./slack-client.js";

let sandbox: Sandbox;
let client: WebClient;
const idOf = (handle: string) => sandbox.slack.person(handle).id;

beforeEach(async () => {
  sandbox = await startSandbox({ channels: [{ name: "geral", general: true, bot: true }] });
  client = clientFor(sandbox);
});
afterEach(() => sandbox.stop());

describe("tokens", () => {
  it("the bot's token tells who it is", async () => {
    const { slack } = sandbox;
    const expected = { user_id: slack.botUserId, bot_id: slack.botId, team_id: slack.teamId, user: "plantao" };
    expect(await client.auth.test()).toMatchObject(expected);
  });

  it("no token, a wrong one and a revoked one are told apart", async () => {
    const bare = await fetch(`${sandbox.slack.apiUrl}auth.test`, { method: "POST" });
    expect(await bare.json()).toMatchObject({ ok: false, error: "not_authed" });
    expect(await refusalOf(clientFor(sandbox, "xoxb-wrong").auth.test())).toBe("invalid_auth");
    expect(await refusalOf(clientFor(sandbox, sandbox.slack.appToken).auth.test())).toBe("invalid_auth");
    sandbox.slack.revokeToken(sandbox.slack.botToken);
    expect(await refusalOf(client.auth.test())).toBe("token_revoked");
  });

  it("a method is refused without its scope, naming what is needed and provided", async () => {
    const narrow = clientFor(sandbox, sandbox.slack.issueToken(["chat:write", "channels:read"]));
    await expect(narrow.conversations.create({ name: "x" })).rejects.toMatchObject({
      data: { error: "missing_scope", needed: "channels:manage", provided: "channels:read,chat:write" },
    });
    expect(await refusalOf(narrow.conversations.list({}))).toBe("accepted");
    expect(await refusalOf(narrow.conversations.list({ types: "public_channel,private_channel" }))).toBe(
      "missing_scope",
    );
  });

  it("a private channel needs the scope for private channels", async () => {
    const narrow = clientFor(sandbox, sandbox.slack.issueToken(["channels:manage"]));
    expect(await refusalOf(narrow.conversations.create({ name: "a" }))).toBe("accepted");
    expect(await refusalOf(narrow.conversations.create({ name: "b", is_private: true }))).toBe("missing_scope");
  });

  it("the sandbox can be started with few scopes", async () => {
    const small = await startSandbox({ scopes: ["chat:write"] });
    expect(await refusalOf(clientFor(small).users.list({}))).toBe("missing_scope");
    await small.stop();
  });
});

describe("people", () => {
  it("roles, zones and addresses are told, addresses only with their scope", async () => {
    const { user } = await client.users.info({ user: idOf("ana"), include_locale: true });
    const expected = { name: "ana", is_owner: true, tz: "America/Sao_Paulo", tz_offset: -10_800, locale: "pt-BR" };
    expect(user).toMatchObject({ ...expected, profile: { email: "ana@cubo.example" } });
    const narrow = clientFor(sandbox, sandbox.slack.issueToken(["users:read"]));
    expect((await narrow.users.info({ user: idOf("ana") })).user?.profile?.email).toBeUndefined();
    expect(await refusalOf(narrow.users.lookupByEmail({ email: "ana@cubo.example" }))).toBe("missing_scope");
  });

  it("a person is found by address in any case, and only then", async () => {
    const { user } = await client.users.lookupByEmail({ email: "ANA@cubo.example" });
    expect(user?.id).toBe(idOf("ana"));
    expect(await refusalOf(client.users.lookupByEmail({ email: "x@y.example" }))).toBe("users_not_found");
    expect(await refusalOf(client.users.info({ user: "U0NONE" }))).toBe("user_not_found");
  });

  it("a direct conversation is opened once", async () => {
    const first = await client.conversations.open({ users: idOf("ana") });
    const second = await client.conversations.open({ users: idOf("ana") });
    expect(second.channel?.id).toBe(first.channel?.id);
    expect(second.already_open).toBe(true);
    const group = await client.conversations.open({ users: `${idOf("ana")},${idOf("bruno")}` });
    expect(group.channel?.id).not.toBe(first.channel?.id);
    expect(await refusalOf(client.conversations.open({ users: "U0NONE" }))).toBe("user_not_found");
  });

  it("the workspace tells its name", async () => {
    expect((await client.team.info()).team).toMatchObject({ id: sandbox.slack.teamId, name: "Sandbox" });
  });
});

describe("limits and trouble", () => {
  it("the documented tier is enforced with 429 and Retry-After", async () => {
    for (let call = 0; call < 20; call++) await client.conversations.create({ name: `inc-${call}` });
    await expect(client.conversations.create({ name: "inc-20" })).rejects.toMatchObject({
      code: "slack_webapi_rate_limited_error",
      retryAfter: 60,
    });
    expect(sandbox.slack.channel("inc-20")).toBeUndefined();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    expect(await refusalOf(client.conversations.create({ name: "inc-20" }))).toBe("accepted");
    vi.useRealTimers();
  });

  it("a method that nobody knows is answered in Slack's shape and recorded", async () => {
    expect(await refusalOf(client.apiCall("chat.scheduleMessage", {}))).toBe("unknown_method");
    expect(await refusalOf(client.apiCall("toString", {}))).toBe("unknown_method");
    expect(sandbox.slack.transcript.unknownMethods).toEqual(["chat.scheduleMessage", "toString"]);
  });

  it("the next call can be rate limited, refused or failed on request", async () => {
    const { misbehave } = sandbox.slack;
    const post = () => client.chat.postMessage({ channel: "#geral", text: "x" });
    misbehave.rateLimitNext("chat.postMessage", 7);
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    misbehave.failNext("chat.postMessage", "fatal_error");
    expect(await refusalOf(post())).toBe("fatal_error");
    misbehave.failNext("chat.postMessage", 503);
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(sandbox.slack.channel("geral")?.messages).toEqual([]);
    expect(await refusalOf(post())).toBe("accepted");
  });

  it("a connection dropped before the call did nothing, one dropped after it did", async () => {
    const { misbehave } = sandbox.slack;
    const post = (text: string) => refusalOf(client.chat.postMessage({ channel: "#geral", text }));
    misbehave.dropConnection("chat.postMessage", "before");
    expect(await post("antes")).toBe("slack_webapi_request_error");
    misbehave.dropConnection("chat.postMessage", "after");
    expect(await post("depois")).toBe("slack_webapi_request_error");
    expect(sandbox.slack.channel("geral")?.messages.map(({ text }) => text)).toEqual(["depois"]);
  });

  it("a call can be made slow without holding up the others", async () => {
    const order: string[] = [];
    sandbox.slack.misbehave.slow("auth.test", 150);
    const slow = client.auth.test().then(() => order.push("slow"));
    const quick = client.team.info().then(() => order.push("quick"));
    await Promise.all([slow, quick]);
    expect(order).toEqual(["quick", "slow"]);
  });
});
