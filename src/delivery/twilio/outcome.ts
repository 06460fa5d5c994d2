// Twilio's answers and failures as outcomes. Neither error keeps what was asked or answered: Twilio's texts hold
// phone numbers, and the HTTP client's own errors hold the credentials.
import type { SendOutcome } from "../outcome.js";

/** An answer of Twilio that is no success. */
export class TwilioAnswerError extends Error {
  readonly status: number;
  /** Twilio's own error code, when it gave one. */
  readonly errorCode: number | null;
  readonly retryAfterMs: number | null;
  constructor(answer: { readonly statusCode: number; readonly body?: unknown; readonly headers?: unknown }) {
    super(`Twilio answered ${answer.statusCode}.`);
    this.name = "TwilioAnswerError";
    this.status = answer.statusCode;
    this.errorCode = codeIn(answer.body);
    this.retryAfterMs = retryAfterIn(answer.headers);
  }
}

/** No answer: the network, or the time that we give it. */
export class TwilioNetworkError extends Error {
  /** Code of the system or of the HTTP client, such as ECONNRESET. */
  readonly networkCode: string;
  /** Nothing can have been sent, because there was no connection. */
  readonly beforeSending: boolean;
  constructor(cause: unknown) {
    const code = textOf(cause, "code");
    super(`Twilio could not be reached (${code ?? "no code"}).`);
    this.name = "TwilioNetworkError";
    this.networkCode = code ?? "none";
    this.beforeSending =
      textOf(cause, "syscall") === "connect" ||
      NOT_CONNECTED.has(this.networkCode) ||
      /CERT|TLS/.test(this.networkCode);
  }
}

const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

const TOO_MANY = 20_429;
/** The sender's queue at Twilio is full (twilio.com/docs/api/errors/21611). */
const QUEUE_FULL = 21_611;
const QUEUE_FULL_WAIT_MS = 60_000;
/** The number will never take an SMS: opted out, not a number, a landline (twilio.com/docs/api/errors). */
const SUPPRESSED = new Set([21_610, 21_211, 21_614, 21_635]);
/** Something in our own settings is wrong: credentials, senders, addresses of callbacks. */
const MISCONFIGURED = new Set([
  ...[20_003, 20_404, 20_005],
  ...[21_205, 21_210, 21_212, 21_213, 21_603, 21_609, 21_704, 21_705, 21_626],
]);

/** What a failed request to Twilio came to. A server error may follow acceptance, so it proves nothing. */
export function outcomeOf(error: unknown): SendOutcome {
  if (error instanceof TwilioAnswerError) return ofAnswer(error);
  if (!(error instanceof TwilioNetworkError)) return { kind: "unknown", code: "twilio_unreadable" };
  const code = `twilio_${error.networkCode.toLowerCase()}`;
  return error.beforeSending ? { kind: "later", code, retryAfterMs: null } : { kind: "unknown", code };
}

function ofAnswer({ status, errorCode, retryAfterMs }: TwilioAnswerError): SendOutcome {
  const code = errorCode === null ? `twilio_http_${status}` : `twilio_${errorCode}`;
  if (status === 429 || errorCode === TOO_MANY) return { kind: "later", code, retryAfterMs };
  if (errorCode === QUEUE_FULL) return { kind: "later", code, retryAfterMs: retryAfterMs ?? QUEUE_FULL_WAIT_MS };
  if (status >= 500 || status === 408) return { kind: "unknown", code };
  if (errorCode !== null && MISCONFIGURED.has(errorCode)) return { kind: "operator", code };
  // Without a code of its own the refusal is not about the recipient: a wrong address, a proxy, a closed account.
  if (status === 401 || status === 403 || status === 404 || status < 400) {
    return errorCode === null || status === 401 ? { kind: "operator", code } : refusedWith(errorCode, code);
  }
  return errorCode === null ? { kind: "refused", code, suppress: false } : refusedWith(errorCode, code);
}

function refusedWith(errorCode: number, code: string): SendOutcome {
  return { kind: "refused", code, suppress: SUPPRESSED.has(errorCode) };
}

function codeIn(body: unknown): number | null {
  const parsed = typeof body === "string" ? parsedOrNull(body) : body;
  const code = typeof parsed === "object" && parsed !== null && "code" in parsed ? parsed.code : null;
  return typeof code === "number" && Number.isInteger(code) ? code : null;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of a proxy in between is no answer of Twilio's.
    return null;
  }
}

function retryAfterIn(headers: unknown): number | null {
  const value = textOf(headers, "retry-after");
  if (value === null || !/^\d{1,6}$/.test(value)) return null;
  return Number(value) * 1000;
}

function textOf(source: unknown, name: string): string | null {
  if (typeof source !== "object" || source === null) return null;
  const value: unknown = Reflect.get(source, name);
  return typeof value === "string" || typeof value === "number" ? String(value) : null;
}
