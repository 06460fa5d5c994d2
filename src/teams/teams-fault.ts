// Vendor errors end here: inside there are only our own codes, and nothing of what Teams was told or answered.
import { ChatFault } from "../ports/chat-rooms.js";
import { record, textOr } from "./read-field.js";

/** The connector refuses for good to deliver there: the app was removed, or the person has blocked it. */
const BLOCKED = ["MessageWritesBlocked", "BotNotInConversationRoster"];
// 408 and 5xx: the call may have been carried out. 412: somebody else changed the conversation at that moment.
const WORTH_REPEATING = [408, 412, 500, 502, 503, 504];

/** What the connector answered, as far as it concerns us. */
type Answer = { readonly status: number; readonly code: string | null; readonly retryAfterMs: number | null };

/** Translates anything that a call to Teams threw. */
export function toChatFault(error: unknown): ChatFault {
  if (error instanceof ChatFault) return error;
  const answer = answerOf(error);
  if (answer !== null) return answered(answer);
  // MSAL gives its errors names of their own; an operator can mend a secret, and what is owed shall go out then.
  if (error instanceof Error && /^(?:Server|Client(?:Auth|Configuration)|InteractionRequired)/.test(error.name)) {
    return fault("teams_auth", true, "no token");
  }
  return fault("teams_unreachable", true, "nothing");
}

/** The fault of a call that Teams, or our own pacing, does not allow yet. */
export function rateLimited(retryAfterMs: number | null): ChatFault {
  return new ChatFault("teams_rate_limited", { retryable: true, retryAfterMs });
}

function answered({ status, code, retryAfterMs }: Answer): ChatFault {
  const said = code === null ? `${status}` : `${status} ${code}`;
  if (status === 429) return rateLimited(retryAfterMs);
  if (status === 401) return fault("teams_auth", true, said);
  if (status === 403) return fault(BLOCKED.includes(code ?? "") ? "teams_blocked" : "teams_forbidden", false, said);
  if (status === 404) return fault("teams_room_gone", false, said);
  if (WORTH_REPEATING.includes(status)) {
    return new ChatFault("teams_unreachable", { retryable: true, retryAfterMs, cause: saying(said) });
  }
  return fault("teams_refused", false, said);
}

function answerOf(error: unknown): Answer | null {
  const { statusCode, response, details, body } = record(error);
  if (typeof statusCode !== "number") return null;
  const parsed = record(record(details)["error"])["code"] ?? record(record(body)["error"])["code"];
  return { status: statusCode, code: plainCode(textOr(parsed)), retryAfterMs: retryAfter(record(response)["headers"]) };
}

/** Codes are words; anything else could carry somebody's text into a log. */
const plainCode = (code: string | null): string | null => (code !== null && /^\w{1,60}$/.test(code) ? code : null);

function retryAfter(headers: unknown): number | null {
  const { get } = record(headers instanceof Object ? headers : null) as { get?: unknown };
  const value: unknown = typeof get === "function" ? get.call(headers, "retry-after") : null;
  const seconds = typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isNaN(seconds) ? null : seconds * 1000;
}

const fault = (code: string, retryable: boolean, said: string): ChatFault =>
  new ChatFault(code, { retryable, cause: saying(said) });

/** The cause keeps only status and code: the SDK's errors carry texts, addresses and tokens. */
const saying = (said: string): Error => new Error(`Teams answered ${said}.`);
