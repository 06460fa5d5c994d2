import type { WebClient } from "@slack/web-api";
import { toChatFault } from "./slack-fault.js";
import type { SlackReporter } from "./slack-settings.js";

/** Who the bot is in the workspace. */
export type SlackIdentity = { readonly botId: string; readonly botUserId: string; readonly teamId: string };

/** The identity as it becomes known. */
export type IdentityFinder = {
  /** Null until Slack has answered. */
  readonly current: () => SlackIdentity | null;
  /** "ok", or the code of the latest failure. */
  readonly check: () => string;
  /** Asks until Slack answers; resolves then, or when stopped. */
  start(): Promise<void>;
  stop(): void;
};

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** Asks Slack who the bot is, without keeping the process from starting while Slack is away. */
export function createIdentityFinder(client: WebClient, reporter: SlackReporter): IdentityFinder {
  let identity: SlackIdentity | null = null;
  let problem = "slack_not_asked_yet";
  let stopped = false;
  let wake: () => void = () => {};

  /** One report for each reason, however often it is asked again. */
  function away(code: string): void {
    if (code !== problem) reporter.connection({ state: "lost", code });
    problem = code;
  }

  async function ask(): Promise<void> {
    try {
      const { bot_id: botId, user_id: botUserId, team_id: teamId } = await client.auth.test();
      if (botId && botUserId && teamId) identity = { botId, botUserId, teamId };
      else away("slack_not_a_bot_token");
    } catch (error) {
      away(toChatFault(error).code);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    current: () => identity,
    check: () => (identity === null ? problem : "ok"),
    async start() {
      for (let delay = FIRST_RETRY_MS; identity === null && !stopped; delay = Math.min(delay * 2, LONGEST_RETRY_MS)) {
        await ask();
        if (identity === null && !stopped) await pause(delay);
      }
      if (identity !== null) reporter.connection({ state: "ready", code: null });
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
