// Replies that come outside the answer to a request. They are for one person and are never the record of anything.
import type { Asked, DoorDeps } from "./door-deps.js";
import type { SlackMessage } from "./render-block-kit.js";
import { slackErrorCode, toChatFault } from "./slack-fault.js";

const TIMEOUT_MS = 5000;
const CANNOT_SEE = [
  "not_in_channel",
  "channel_not_found",
  "user_not_in_channel",
  "is_archived",
  "messages_tab_disabled",
];

/** Says something to one person: through the request's own address, else beside where they acted, else in person. */
export async function sendReply(
  deps: DoorDeps,
  asked: Asked,
  message: SlackMessage,
  responseUrl: string | null,
): Promise<void> {
  if (responseUrl !== null && (await respond(deps, responseUrl, message))) return;
  if (asked.channel !== null && (await whisper(deps, asked, asked.channel, message))) return;
  try {
    await deps.client.chat.postMessage({ channel: asked.userId, ...message, unfurl_links: false, unfurl_media: false });
  } catch (error) {
    deps.reporter.callFailed({ what: "reply", code: toChatFault(error).code });
  }
}

async function respond(deps: DoorDeps, url: string, message: SlackMessage): Promise<boolean> {
  try {
    const answer = await deps.fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ response_type: "ephemeral", replace_original: false, ...message }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answer.ok;
  } catch {
    // The address may have expired or the network failed; there are two other ways.
    return false;
  }
}

async function whisper(deps: DoorDeps, asked: Asked, channel: string, message: SlackMessage): Promise<boolean> {
  const thread = asked.thread === null ? {} : { thread_ts: asked.thread };
  try {
    await deps.client.chat.postEphemeral({ channel, user: asked.userId, ...message, ...thread });
    return true;
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === null || !CANNOT_SEE.includes(code))
      deps.reporter.callFailed({ what: "reply", code: toChatFault(error).code });
    return false;
  }
}
