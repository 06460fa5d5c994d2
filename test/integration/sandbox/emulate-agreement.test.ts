// The same calls to this workspace and to an emulator written by others: where both judge, they must agree.
// An empty channel name is left out: the emulator answers invalid_name_specials, Slack documents invalid_name_required.
import type { WebClient } from "@slack/web-api";
import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { clientFor, refusalOf, silentClient } from "./slack-client.js";

let emulator: Emulator;
let sandbox: Sandbox;
let theirs: WebClient;
let ours: WebClient;

beforeAll(async () => {
  const scopes = ["channels:manage", "channels:read", "channels:history", "channels:join", "chat:write", "pins:write"];
  const token = {
    token: "xoxb-emulate",
    user: "U000000001",
    scopes: [...scopes, "reactions:write", "bookmarks:write"],
  };
  const seed = { slack: { team: { name: "Sandbox", domain: "sandbox" }, strict_scopes: true, tokens: [token] } };
  emulator = await createEmulator({ service: "slack", port: 0, seed });
  sandbox = await startSandbox({ rateLimits: "off", scopes: token.scopes });
  theirs = silentClient(token.token, `${emulator.url}/api/`);
  ours = clientFor(sandbox);
});
afterAll(async () => {
  await emulator.close();
  await sandbox.stop();
});

type Step = (client: WebClient, channel: string, ts: string) => Promise<unknown>;
const steps: [string, Step][] = [
  ["a name that is taken", (client) => client.conversations.create({ name: "inc-1" })],
  ["a long name", (client) => client.conversations.create({ name: "x".repeat(81) })],
  ["special characters in a name", (client) => client.conversations.create({ name: "inc #1" })],
  [
    "a topic of 250 characters",
    (client, channel) => client.conversations.setTopic({ channel, topic: "x".repeat(250) }),
  ],
  [
    "a topic of 251 characters",
    (client, channel) => client.conversations.setTopic({ channel, topic: "x".repeat(251) }),
  ],
  ["nothing to say", (client, channel) => client.apiCall("chat.postMessage", { channel })],
  ["an unknown channel", (client) => client.chat.postMessage({ channel: "C0NONE", text: "x" })],
  ["changing an unknown message", (client, channel) => client.chat.update({ channel, ts: "1.000001", text: "x" })],
  ["pinning", (client, channel, timestamp) => client.pins.add({ channel, timestamp })],
  ["pinning again", (client, channel, timestamp) => client.pins.add({ channel, timestamp })],
  ["reacting", (client, channel, timestamp) => client.reactions.add({ channel, timestamp, name: "eyes" })],
  ["reacting again", (client, channel, timestamp) => client.reactions.add({ channel, timestamp, name: "eyes" })],
  ["a method without its scope", (client) => client.users.list({})],
  [
    "an invalid trigger",
    (client) => client.views.open({ trigger_id: "1.2.x", view: { type: "modal", title, blocks: [] } }),
  ],
  ["an unknown invitee", (client, channel) => client.conversations.invite({ channel, users: "U0NONE" })],
  ["archiving", (client, channel) => client.conversations.archive({ channel })],
  ["archiving again", (client, channel) => client.conversations.archive({ channel })],
  ["posting into the archive", (client, channel) => client.chat.postMessage({ channel, text: "x" })],
];
const title = { type: "plain_text" as const, text: "t" };

async function judge(client: WebClient): Promise<Record<string, string>> {
  const channel = (await client.conversations.create({ name: "inc-1" })).channel?.id ?? "";
  const ts = (await client.chat.postMessage({ channel, text: "x" })).ts ?? "";
  const verdicts: Record<string, string> = {};
  for (const [name, step] of steps) verdicts[name] = await refusalOf(step(client, channel, ts));
  return verdicts;
}

it("both give the same verdicts", async () => {
  expect(await judge(ours)).toEqual(await judge(theirs));
});
