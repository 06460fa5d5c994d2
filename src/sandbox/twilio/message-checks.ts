// What Twilio checks before it accepts a message, in its own codes and words.
import { twilioMessageLimits } from "../../limits/twilio.js";
import { type Account, optOutKey, senderOf } from "./account.js";
import { field, readCallback, readTo, refuseFields, regionAllowed } from "./form.js";
import { kindOfNumber, tidyNumber } from "./phone-numbers.js";
import type { MessageRecord } from "./records.js";
import { TwilioRefusal } from "./refusal.js";

/** Who sends: a number, perhaps chosen from the pool of a service. */
export type Sender = Pick<MessageRecord, "from" | "messagingServiceSid">;

/** A message as asked for. */
export type AskedMessage = Sender & Pick<MessageRecord, "to" | "body" | "statusCallback">;

const unsupported = ["MediaUrl", "ContentSid", "SendAt", "ScheduleType", "ApplicationSid", "FallbackFrom"];

/** Reads the form of a new message, or throws the refusal. */
export function readMessage(account: Account, form: URLSearchParams): AskedMessage {
  refuseFields(form, unsupported);
  const to = readTo(account, form, () => new TwilioRefusal(21_604, "A 'To' phone number is required."));
  const sender = readSender(account, form);
  const body = readText(form);
  const statusCallback = readCallback(form, "StatusCallback");
  checkValidity(form);
  checkReach(account, to, sender);
  return { ...sender, to, body, statusCallback };
}

function readSender(account: Account, form: URLSearchParams): Sender {
  const messagingServiceSid = field(form, "MessagingServiceSid");
  const from = field(form, "From");
  if (!messagingServiceSid) return { from: readFrom(account, from), messagingServiceSid: undefined };
  const service = account.services.get(messagingServiceSid);
  if (!service) throw new TwilioRefusal(21_705, "The Messaging Service is invalid");
  const pool = from === undefined ? service.numbers : service.numbers.filter((number) => number === tidyNumber(from));
  const [first] = pool;
  if (first === undefined) throw new TwilioRefusal(21_704, "The Messaging Service contains no phone numbers");
  return { from: first, messagingServiceSid };
}

function readFrom(account: Account, from: string | undefined): string {
  if (from === undefined) throw new TwilioRefusal(21_603, "A 'From' phone number is required.");
  const number = tidyNumber(from);
  const owned = account.numbers.get(number);
  if (owned?.sms) return number;
  if (!owned && kindOfNumber(number) === "invalid")
    throw new TwilioRefusal(21_212, `The 'From' number ${from} is not a valid phone number, shortcode, or sender ID.`);
  throw new TwilioRefusal(
    21_606,
    `The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number for this destination/account`,
  );
}

function readText(form: URLSearchParams): string {
  const body = field(form, "Body");
  if (body === undefined) throw new TwilioRefusal(21_602, "Message body is required.");
  if (body.length > twilioMessageLimits.bodyCharacters)
    throw new TwilioRefusal(21_617, "The concatenated message body exceeds the 1600 character limit.");
  return body;
}

function checkValidity(form: URLSearchParams): void {
  const { least, most } = twilioMessageLimits.validitySeconds;
  const asked = field(form, "ValidityPeriod");
  if (asked !== undefined && !(/^\d+$/.test(asked) && Number(asked) >= least && Number(asked) <= most))
    throw new TwilioRefusal(21_624, `The ValidityPeriod ${asked} is invalid: it must be from ${least} to ${most}.`);
}

function checkReach(account: Account, to: string, sender: Sender): void {
  if (!regionAllowed(account, to))
    throw new TwilioRefusal(
      21_408,
      `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}`,
    );
  if (kindOfNumber(to) === "landline" || account.landlines.has(to))
    throw new TwilioRefusal(21_614, `'To' number is not a valid mobile number: ${to}`);
  const senders = [sender.messagingServiceSid ?? senderOf(account, sender.from), sender.from];
  if (senders.some((one) => account.optedOut.has(optOutKey(one, to))))
    throw new TwilioRefusal(21_610, "Attempt to send to unsubscribed recipient");
}
