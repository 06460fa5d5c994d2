import { afterEach, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { examineSlackToken } from "../../../src/slack/examine-token.js";
import { botScopes } from "../../../src/slack/slack-manifest.js";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({ scopes: botScopes().filter((scope) => scope !== "pins:write") });
});
afterEach(() => sandbox.stop());

test("a token that lacks a scope is accepted, and the scope is named", async () => {
  const { apiUrl, botToken, botUserId } = sandbox.slack;
  const found = await examineSlackToken({ token: botToken, apiUrl });
  expect(found).toEqual({ ok: true, botUserId, missingScopes: ["pins:write"] });
});

test("a token that Slack does not know is refused with Slack's own code", async () => {
  const found = await examineSlackToken({ token: "xoxb-unknown", apiUrl: sandbox.slack.apiUrl });
  expect(found).toEqual({ ok: false, code: "invalid_auth" });
});

test("a Slack that does not answer is no verdict about the token", async () => {
  const found = await examineSlackToken({ token: "xoxb-1", apiUrl: "http://127.0.0.1:9/api/" });
  expect(found).toEqual({ ok: false, code: "slack_unreachable" });
});
