// Vendor errors end here: inside there are only our own codes, and nothing of what Slack was told or answered.
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from "@slack/web-api";
import { ChatFault } from "../ports/chat-rooms.js";

const AUTH = ["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required"];
const ROOM_GONE = ["channel_not_found", "is_archived", "not_in_channel", "thread_not_found"];
const PERSON = [
  "user_not_found",
  "users_not_found",
  "user_disabled",
  "cannot_dm_bot",
  "user_not_visible",
  "im_disabled",
];
const MESSAGE_GONE = ["message_not_found", "cant_update_message", "edit_window_closed", "cant_broadcast_message"];
const FORBIDDEN = ["missing_scope", "restricted_action", "no_permission", "access_denied", "not_allowed_token_type"];
const TROUBLED = ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"];

/** Slack's own error code, when it gave one. */
export function slackErrorCode(error: unknown): string | null {
  return error instanceof WebAPIPlatformError ? error.data.error : null;
}

/** Translates anything that a call to Slack threw. */
export function toChatFault(error: unknown): ChatFault {
  if (error instanceof ChatFault) return error;
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter * 1000);
  const code = slackErrorCode(error);
  if (code !== null) return platformFault(code);
  // Anything else is the network, a timeout or an answer that was no JSON: the call may have been carried out.
  const status = error instanceof WebAPIHTTPError ? error.statusCode : null;
  return fault(
    "slack_unreachable",
    status === null || status >= 500 || status === 408,
    status === null ? "network" : `http ${status}`,
  );
}

/** The fault of a call that Slack, or our own pacing, does not allow yet. */
export function rateLimited(retryAfterMs: number): ChatFault {
  return new ChatFault("slack_rate_limited", { retryable: true, retryAfterMs });
}

function platformFault(code: string): ChatFault {
  if (code === "ratelimited" || code === "rate_limited") return rateLimited(30_000);
  // An operator can mend a token, and what is owed shall go out then.
  if (AUTH.includes(code)) return fault("slack_auth", true, code);
  if (FORBIDDEN.includes(code)) return fault("slack_forbidden", false, code);
  if (ROOM_GONE.includes(code)) return fault("slack_room_gone", false, code);
  if (MESSAGE_GONE.includes(code)) return fault("slack_message_gone", false, code);
  if (PERSON.includes(code)) return fault("person_unreachable", false, code);
  if (TROUBLED.includes(code)) return fault("slack_unreachable", true, code);
  return fault("slack_refused", false, code);
}

/** The cause keeps only Slack's code: its errors carry texts and addresses. */
function fault(code: string, retryable: boolean, said: string): ChatFault {
  return new ChatFault(code, { retryable, cause: new Error(`Slack answered ${said}.`) });
}
