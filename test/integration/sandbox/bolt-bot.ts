// A tiny bot on the real Bolt, so that the sandbox is tried by the software that Slack's own users run.
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/start-sandbox.js";

/** A running Bolt app connected to a running sandbox. */
export interface BoltBot {
  readonly app: App;
  readonly sandbox: Sandbox;
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a sandbox and a Bolt app, registers listeners and connects the two. */
export async function startBoltBot(register: (app: App) => void, options: SandboxOptions = {}): Promise<BoltBot> {
  const sandbox = await startSandbox(options);
  const { slack } = sandbox;
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    receiver,
    token: slack.botToken,
    botId: slack.botId,
    botUserId: slack.botUserId,
    tokenVerificationEnabled: false,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  register(app);
  const server = await app.start({ port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  slack.deliverTo(url);
  return {
    app,
    sandbox,
    url,
    async stop() {
      await app.stop();
      await sandbox.stop();
    },
  };
}
