// SendGrid's answers and failures as outcomes. Only a status, a few headers and places in the request are read: the
// HTTP client's own errors hold the key and everybody's address.
import type { MailReply } from "../broadcast/lines.js";
import type { SendOutcome } from "../outcome.js";

/** What an accepted request says about the requests after it. */
export function replyOfAnswer(status: number, headers: unknown, now: Date): MailReply {
  // Sandbox mode answers 200, and nothing is sent.
  const outcome: SendOutcome =
    status === 202 ? { kind: "accepted", providerId: textOf(headers, "x-message-id") } : refused(`sendgrid_${status}`);
  return { outcome, badRecipients: [], holdMs: spentFor(headers, now) };
}

/** What a failed request came to. A server error may follow acceptance, so it proves nothing. */
export function replyOfFailure(error: unknown, now: Date): MailReply {
  const response = fieldOf(error, "response");
  const status = numberOf(error, "code") ?? numberOf(response, "status");
  if (status === null) return { outcome: ofNetwork(error), badRecipients: [], holdMs: null };
  const headers = fieldOf(response, "headers");
  const named = status === 400 ? namedRecipients(fieldOf(response, "body")) : [];
  return { outcome: ofStatus(status, headers, now), badRecipients: named, holdMs: null };
}

const refused = (code: string): SendOutcome => ({ kind: "refused", code, suppress: false });

function ofStatus(status: number, headers: unknown, now: Date): SendOutcome {
  const code = `sendgrid_${status}`;
  if (status === 429) return { kind: "later", code, retryAfterMs: waitFor(headers, now) };
  // A redirect would carry the key elsewhere, so it is an address that somebody has to correct.
  if (status === 401 || status === 403 || status < 400) return { kind: "operator", code };
  return status >= 500 || status === 408 ? { kind: "unknown", code } : refused(code);
}

const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

function ofNetwork(error: unknown): SendOutcome {
  const name = textOf(error, "code") ?? "none";
  const code = `sendgrid_${name.toLowerCase()}`;
  const cause = fieldOf(error, "cause");
  const isBefore =
    NOT_CONNECTED.has(name) ||
    /CERT|TLS/.test(name) ||
    textOf(error, "syscall") === "connect" ||
    textOf(cause, "syscall") === "connect";
  return isBefore ? { kind: "later", code, retryAfterMs: null } : { kind: "unknown", code };
}

/** A window that has run out is waited for, so that the next request is not refused. */
function spentFor(headers: unknown, now: Date): number | null {
  return textOf(headers, "x-ratelimit-remaining") === "0" ? waitFor(headers, now) : null;
}

const LEAST_WAIT_MS = 1_000;
const MOST_WAIT_MS = 3_600_000;

/** The reset is an instant in seconds; a clock that differs must neither hammer nor wait for ever. */
function waitFor(headers: unknown, now: Date): number {
  const reset = textOf(headers, "x-ratelimit-reset");
  const after = textOf(headers, "retry-after");
  const ms =
    reset !== null && /^\d{9,11}$/.test(reset)
      ? Number(reset) * 1000 - now.getTime()
      : after !== null && /^\d{1,5}$/.test(after)
        ? Number(after) * 1000
        : LEAST_WAIT_MS;
  return Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, ms));
}

/** Places that the answer names, as in `personalizations.12.to.0.email`. */
function namedRecipients(body: unknown): number[] {
  const errors = fieldOf(body, "errors");
  if (!Array.isArray(errors)) return [];
  const places = errors.map(
    (error: unknown) => /^personalizations\.(\d{1,4})\./.exec(textOf(error, "field") ?? "")?.[1],
  );
  return [...new Set(places.flatMap((place) => (place === undefined ? [] : [Number(place)])))];
}

function fieldOf(source: unknown, name: string): unknown {
  return typeof source === "object" && source !== null ? Reflect.get(source, name) : undefined;
}

function textOf(source: unknown, name: string): string | null {
  const value = fieldOf(source, name);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}

function numberOf(source: unknown, name: string): number | null {
  const value = fieldOf(source, name);
  return typeof value === "number" ? value : null;
}
