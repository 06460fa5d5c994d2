// What becomes of a copy of a mail, told as events.
import { randomBytes } from "node:crypto";
import type { MailEvent } from "./event-webhook.js";
import type { MailRequest, Personalization } from "./mail-request.js";

/** What becomes of mail to an address. */
export type MailOutcome =
  | "delivered"
  /** Arrives, and its receiver reports it as spam; later mail is dropped. */
  | "complains"
  /** Arrives, and no event tells so. */
  | "silent"
  /** Does not exist; later mail is dropped. */
  | { readonly bounces: string }
  /** Refused this time only. */
  | { readonly blocked: string }
  /** Delivered at the second try. */
  | { readonly deferred: string }
  /** On a suppression list, with SendGrid's reason such as "Bounced Address" or "Unsubscribed Address". */
  | { readonly dropped: string };

/** A copy whose outcome is to be told. */
export interface ToldMail {
  readonly email: string;
  readonly messageId: string;
  readonly mail: MailRequest;
  readonly personalization: Personalization;
  readonly timestamp: number;
}

type EventName = MailEvent["event"];

/** The event that tells that SendGrid took the copy, or that it will not send it. */
export function firstEvents(told: ToldMail, outcome: MailOutcome): readonly MailEvent[] {
  if (outcome === "silent") return [];
  if (typeof outcome === "object" && "dropped" in outcome)
    return [mailEvent(told, "dropped", { reason: outcome.dropped })];
  return [mailEvent(told, "processed", { send_at: 0 })];
}

/** The events that tell how it ended. */
export function lastEvents(told: ToldMail, outcome: MailOutcome): readonly MailEvent[] {
  const delivered = (): MailEvent => mailEvent(told, "delivered", { response: "250 OK" });
  if (outcome === "silent") return [];
  if (outcome === "delivered") return [delivered()];
  if (outcome === "complains") return [delivered(), mailEvent(told, "spamreport", {})];
  if ("dropped" in outcome) return [];
  if ("deferred" in outcome)
    return [mailEvent(told, "deferred", { response: outcome.deferred, attempt: "1" }), delivered()];
  const [type, reason] = "bounces" in outcome ? ["bounce", outcome.bounces] : ["blocked", outcome.blocked];
  return [mailEvent(told, "bounce", { type, reason, status: type === "bounce" ? "5.1.1" : "4.0.0" })];
}

/** Says whether the copy reaches the mailbox. */
export function arrives(outcome: MailOutcome): boolean {
  return typeof outcome === "string" || "deferred" in outcome;
}

/** The reason for which later mail is dropped, if there is one. */
export function suppressionAfter(outcome: MailOutcome): string | undefined {
  if (outcome === "complains") return "Spam Reporting Address";
  return typeof outcome === "object" && "bounces" in outcome ? "Bounced Address" : undefined;
}

function mailEvent(told: ToldMail, event: EventName, more: Readonly<Record<string, unknown>>): MailEvent {
  const { email, messageId, mail, personalization, timestamp } = told;
  const [only, ...others] = mail.categories ?? [];
  const category = only === undefined ? {} : { category: others.length === 0 ? only : mail.categories };
  return {
    ...mail.custom_args,
    ...personalization.custom_args,
    ...category,
    ...more,
    email,
    timestamp,
    event,
    "smtp-id": `<${messageId}@geopod-ismtpd-0>`,
    sg_event_id: randomBytes(16).toString("base64url"),
    sg_message_id: `${messageId}.recvd-sandbox-1-${timestamp.toString(16).toUpperCase()}-1.0`,
  };
}
