// The real WebClient against a sandbox, and refusals as values.
import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import type { Sandbox } from "../../../src/sandbox/start-sandbox.js";

/** Refusals are what the tests look at, so the client need not print them as well. */
const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

/** The official client for a token at some address, without retries of its own. */
export function silentClient(token: string, slackApiUrl: string): WebClient {
  return new WebClient(token, {
    logger: silent,
    slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
}

/** The official client for a token of the sandbox. */
export function clientFor(sandbox: Sandbox, token = sandbox.slack.botToken): WebClient {
  return silentClient(token, sandbox.slack.apiUrl);
}

/** The error code with which Slack refused, or "accepted". */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "accepted";
  } catch (error) {
    const { data, code } = error as { data?: { error?: string }; code?: string };
    return data?.error ?? code ?? String(error);
  }
}
