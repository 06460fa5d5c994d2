// Messages and calls as the stand-in for Twilio keeps them, and as Twilio writes them.
import { randomUUID } from "node:crypto";

/** Statuses of a message. */
export type MessageStatus = "accepted" | "queued" | "sent" | "delivered" | "undelivered" | "failed" | "received";

/** A message, sent or received. */
export interface MessageRecord {
  readonly sid: string;
  readonly direction: "outbound-api" | "outbound-reply" | "inbound";
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly segments: number;
  readonly messagingServiceSid: string | undefined;
  readonly statusCallback: string | undefined;
  readonly createdAt: Date;
  updatedAt: Date;
  sentAt: Date | undefined;
  status: MessageStatus;
  errorCode: number | undefined;
}

/** Statuses of a call; the last five are final. */
export type CallStatus =
  | "queued"
  | "initiated"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "no-answer"
  | "failed"
  | "canceled";

/** What answering machine detection can say. */
export type AnsweredBy = "human" | "machine_start" | "fax" | "unknown";

/** Something that was said in a call. */
export interface Said {
  readonly text: string;
  readonly language: string | undefined;
  readonly voice: string | undefined;
}

/** A call. */
export interface CallRecord {
  readonly sid: string;
  readonly to: string;
  readonly from: string;
  readonly url: string | undefined;
  readonly twiml: string | undefined;
  readonly fallbackUrl: string | undefined;
  readonly statusCallback: string | undefined;
  readonly statusEvents: ReadonlySet<string>;
  readonly detection: { readonly async: boolean; readonly callback: string | undefined } | undefined;
  readonly ringSeconds: number;
  readonly createdAt: Date;
  readonly said: Said[];
  updatedAt: Date;
  /** When it began to ring. */
  startedAt: Date | undefined;
  answeredAt: Date | undefined;
  endedAt: Date | undefined;
  status: CallStatus;
  answeredBy: AnsweredBy | undefined;
  /** Keys pressed so far. */
  keys: string;
  /** Code of the error that ended the conversation, as the Twilio debugger shows it. */
  errorCode: number | undefined;
}

/** Makes an identifier in Twilio's form: two letters and 32 hexadecimal digits. */
export function newSid(prefix: "SM" | "CA" | "RQ"): string {
  return prefix + randomUUID().replaceAll("-", "");
}

function rfc2822(date: Date): string {
  return date.toUTCString().replace("GMT", "+0000");
}

/** The version in every path and answer. */
export const apiVersion = "2010-04-01";

/** A message as Twilio writes it. */
export function messageJson(accountSid: string, message: MessageRecord): Readonly<Record<string, unknown>> {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Messages/${message.sid}`;
  const waitsForSender = message.status === "accepted";
  return {
    sid: message.sid,
    account_sid: accountSid,
    api_version: apiVersion,
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt ? rfc2822(message.sentAt) : null,
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: null,
    from: waitsForSender ? null : message.from,
    messaging_service_sid: message.messagingServiceSid ?? null,
    num_media: "0",
    num_segments: String(message.segments),
    price: null,
    price_unit: "USD",
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** A call as Twilio writes it; `seconds` is how long the parties talked. */
export function callJson(accountSid: string, call: CallRecord, seconds: number): Readonly<Record<string, unknown>> {
  const uri = `/${apiVersion}/Accounts/${accountSid}/Calls/${call.sid}`;
  return {
    sid: call.sid,
    account_sid: accountSid,
    answered_by: call.answeredBy ?? null,
    api_version: apiVersion,
    caller_name: null,
    date_created: rfc2822(call.createdAt),
    date_updated: rfc2822(call.updatedAt),
    direction: "outbound-api",
    duration: call.endedAt ? String(seconds) : null,
    end_time: call.endedAt ? rfc2822(call.endedAt) : null,
    forwarded_from: null,
    from: call.from,
    from_formatted: call.from,
    group_sid: null,
    parent_call_sid: null,
    phone_number_sid: null,
    price: null,
    price_unit: "USD",
    queue_time: "0",
    start_time: call.startedAt ? rfc2822(call.startedAt) : null,
    status: call.status,
    subresource_uris: { recordings: `${uri}/Recordings.json`, notifications: `${uri}/Notifications.json` },
    to: call.to,
    to_formatted: call.to,
    trunk_sid: null,
    uri: `${uri}.json`,
  };
}
