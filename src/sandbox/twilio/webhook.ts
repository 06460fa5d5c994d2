// Twilio's way of posting to the bot: form fields, a signature over address and fields, and an idempotency token.
import { createHmac, randomUUID } from "node:crypto";
import { twilioWebhookDefaults } from "../../limits/twilio.js";
import { type Account, note } from "./account.js";
import type { CallbackAnswer, RetryRule } from "./callback-line.js";

/** Fields of a form. */
export type Fields = Readonly<Record<string, string>>;

/** The signature of a post: HMAC-SHA1 over the address and the sorted fields (twilio.com/docs/usage/webhooks/webhooks-security). */
function twilioSignature(authToken: string, url: string, fields: Fields): string {
  const sorted = Object.keys(fields).sort();
  const signed = sorted.reduce((text, name) => text + name + (fields[name] ?? ""), url);
  return createHmac("sha1", authToken).update(signed, "utf8").digest("base64");
}

/** Posts fields to the bot; the fragment of the address sets the retries and is not signed. */
export function postFields(account: Account, address: string, fields: Fields): Promise<CallbackAnswer> {
  const [url = address] = address.split("#");
  const forged = account.orders.takeForgery();
  const token = forged ? "not the auth token" : account.authToken;
  const headers = {
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    accept: "*/*",
    "user-agent": "TwilioProxy/1.1",
    "i-twilio-idempotency-token": randomUUID(),
    "x-home-region": "us1",
    "x-twilio-signature": twilioSignature(token, url, fields),
  };
  note(account, { kind: "callback", what: forged ? "forged" : "posted", ...subjectOf(fields) });
  const body = new URLSearchParams(fields).toString();
  return account.line.post({ url, headers, body }, retryRule(address));
}

/** Posts a status callback: not at all, once or twice, as was ordered. */
export async function postStatus(account: Account, address: string, fields: Fields): Promise<void> {
  const copies = account.orders.copies();
  if (copies === 0) note(account, { kind: "callback", what: "withheld", ...subjectOf(fields) });
  for (let copy = 0; copy < copies; copy += 1) await postFields(account, address, fields);
}

/** The retries that an address asks for: once after a failed connection, unless its fragment says otherwise. */
function retryRule(address: string): RetryRule {
  const { hash } = new URL(address);
  const asked = new URLSearchParams(hash.slice(1));
  const { retries, mostRetries, readMs } = twilioWebhookDefaults;
  const policy = new Set((asked.get("rp") ?? "ct").split(","));
  const all = policy.has("all");
  return {
    retries: Math.min(mostRetries, wholeNumber(asked.get("rc"), retries)),
    readMs: wholeNumber(asked.get("rt"), readMs),
    delayMs: 50,
    retryOn: ({ status }) =>
      (status === 0 && (all || policy.has("ct") || policy.has("rt"))) ||
      (status >= 500 && (all || policy.has("5xx"))) ||
      (status >= 400 && status < 500 && (all || policy.has("4xx"))),
  };
}

function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : otherwise;
}

function subjectOf(fields: Fields): { sid: string; text: string } {
  const text = fields["MessageStatus"] ?? fields["CallStatus"] ?? fields["Body"] ?? "";
  return { sid: fields["MessageSid"] ?? fields["CallSid"] ?? "", text };
}
