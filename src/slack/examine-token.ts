import { WebClient } from "@slack/web-api";
import { clientOptions } from "./slack-clients.js";
import { slackErrorCode, toChatFault } from "./slack-fault.js";
import { botScopes } from "./slack-manifest.js";

/** What Slack says of a token: whose it is and which scopes it lacks, or why it is not accepted. */
export type TokenFinding =
  | { readonly ok: true; readonly botUserId: string; readonly missingScopes: readonly string[] }
  | { readonly ok: false; readonly code: string };

/** Asks Slack about a bot token, once. */
export async function examineSlackToken(asked: {
  readonly token: string;
  readonly apiUrl: string;
}): Promise<TokenFinding> {
  const client = new WebClient(asked.token, clientOptions(asked));
  try {
    const answer = await client.auth.test();
    const { bot_id: botId, user_id: botUserId } = answer;
    if (!botId || !botUserId) return { ok: false, code: "not_a_bot_token" };
    const granted = answer.response_metadata?.scopes;
    // Without the header that lists them nothing is known of the scopes, and nothing is claimed.
    const missingScopes = granted === undefined ? [] : botScopes().filter((scope) => !granted.includes(scope));
    return { ok: true, botUserId, missingScopes };
  } catch (error) {
    return { ok: false, code: slackErrorCode(error) ?? toChatFault(error).code };
  }
}
