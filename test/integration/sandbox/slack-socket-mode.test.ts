import { request as httpRequest } from "node:http";
import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { clientFor, refusalOf } from "./slack-client.js";

let sandbox: Sandbox;
let app: App;
const heard: string[] = [];

beforeEach(async () => {
  heard.length = 0;
  sandbox = await startSandbox({ channels: [{ name: "geral", general: true, bot: true }] });
  const { slack } = sandbox;
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 2 } };
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions },
  });
  const ids = { botId: slack.botId, botUserId: slack.botUserId };
  app = new App({
    receiver,
    ...ids,
    token: slack.botToken,
    tokenVerificationEnabled: false,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions,
  });
  app.command("/eco", async ({ ack, command }) => ack({ text: `eco ${command.text}` }));
  app.command("/calado", async () => {});
  app.event("app_mention", async ({ event }) => void heard.push(event.text));
  await app.start();
});
afterEach(async () => {
  await app.stop();
  await sandbox.stop();
});

it("commands, their answers and events travel over the socket of the real Bolt", async () => {
  const ana = sandbox.slack.person("ana");
  expect(sandbox.slack.sockets.connections()).toBe(1);
  expect(await ana.types(`/eco ${"ç".repeat(500)}`)).toMatchObject({ acknowledged: true });
  expect(ana.sees("geral")).toMatchObject([{ visible: `eco ${"ç".repeat(500)}`, ephemeralTo: "ana" }]);
  await ana.types("@plantao oi");
  await sandbox.slack.settled();
  expect(heard).toEqual([`<@${sandbox.slack.botUserId}> oi`]);
});

it("an envelope that is not acknowledged times out", async () => {
  expect(await sandbox.slack.person("ana").types("/calado")).toMatchObject({ error: "operation_timeout" });
});

it("an app that went away leaves nobody to deliver to", async () => {
  await app.stop();
  await vi.waitFor(() => expect(sandbox.slack.sockets.connections()).toBe(0));
  const gone = await sandbox.slack.person("ana").types("/eco x");
  expect(gone).toMatchObject({ acknowledged: false, error: "dispatch_failed" });
});

it("connecting needs the app-level token, and a ticket works once", async () => {
  expect(await refusalOf(clientFor(sandbox).apps.connections.open({}))).toBe("invalid_auth");
  const { url = "" } = await clientFor(sandbox, sandbox.slack.appToken).apps.connections.open({});
  const opens = () =>
    new Promise<boolean>((resolve) => {
      const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
      const headers = { ...upgrade, "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" };
      const asked = httpRequest(url.replace(/^ws/, "http"), { headers });
      asked.on("upgrade", (answer, socket) => {
        socket.destroy();
        // The key and its answer are the example of RFC 6455.
        resolve(answer.headers["sec-websocket-accept"] === "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      });
      asked.on("response", () => resolve(false));
      asked.end();
    });
  expect(await opens()).toBe(true);
  expect(await opens()).toBe(false);
});
