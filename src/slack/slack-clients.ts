import { WebClient } from "@slack/web-api";
import { quietLogger } from "./quiet-logger.js";
import type { SlackSettings } from "./slack-settings.js";

/** Two queues to Slack: what a person waits for never stands behind work in the background. */
export type SlackClients = { readonly interactive: WebClient; readonly background: WebClient };

/** Options of every client. Repeating is ours (an unknown outcome is looked up first), and no call hangs. */
export const clientOptions = (settings: Pick<SlackSettings, "apiUrl">) => ({
  slackApiUrl: settings.apiUrl,
  retryConfig: { retries: 0 },
  timeout: 5000,
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
  logger: quietLogger,
});

/** Creates both clients. */
export function createSlackClients(settings: SlackSettings): SlackClients {
  // Each gets options of its own: the SDK writes into the object that it is given.
  const client = () => new WebClient(settings.botToken.reveal(), clientOptions(settings));
  return { interactive: client(), background: client() };
}
