// What happens when a person writes back: stop words, the webhook of the bot, and the texts that its answer asks for.
import { smsStartWords, smsStopWords } from "../../limits/twilio.js";
import { type Account, alert, optOutKey, senderOf } from "./account.js";
import type { CallbackAnswer } from "./callback-line.js";
import { apiVersion, type MessageRecord } from "./records.js";
import { parseTwiml } from "./twiml.js";
import type { Fields } from "./webhook.js";

/** What a word did to the subscription of a person. */
export type OptOut = "STOP" | "START" | undefined;

/** Applies a stop or start word, and answers what it did. */
export function applyOptOut(account: Account, person: string, number: string, body: string): OptOut {
  const word = body.trim().toUpperCase();
  const key = optOutKey(senderOf(account, number), person);
  if ([...smsStopWords, ...account.stopWords].some((stop) => stop.toUpperCase() === word)) {
    account.optedOut.add(key);
    return "STOP";
  }
  if (!smsStartWords.some((start) => start === word)) return undefined;
  account.optedOut.delete(key);
  return "START";
}

/** The fields that the bot gets about a text. */
export function inboundFields(account: Account, message: MessageRecord, optOut: OptOut): Fields {
  const advanced = account.stopWords.length > 0 && optOut !== undefined;
  return {
    AccountSid: account.sid,
    ApiVersion: apiVersion,
    Body: message.body,
    From: message.from,
    MessageSid: message.sid,
    NumMedia: "0",
    NumSegments: String(message.segments),
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: "received",
    To: message.to,
    ...(message.messagingServiceSid ? { MessagingServiceSid: message.messagingServiceSid } : {}),
    ...(advanced ? { OptOutType: optOut } : {}),
  };
}

/** The texts that the bot's answer to a text asks to send back. */
export function repliesIn(account: Account, message: MessageRecord, answer: CallbackAnswer): string[] {
  if (answer.status < 200 || answer.status > 299) {
    alert(account, 11_200, message.sid, `HTTP retrieval failure: the webhook answered ${answer.status}`);
    return [];
  }
  if (answer.body.trim() === "") return [];
  const parsed = parseTwiml(answer.body);
  if (parsed.ok) return parsed.verbs.filter(({ name }) => name === "Message").map(({ text }) => text.trim());
  alert(account, 12_100, message.sid, `Document parse failure: ${parsed.problem}`);
  return [];
}
