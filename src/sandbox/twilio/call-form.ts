// The form that asks for a call, read as Twilio reads it.
import { twilioVoiceLimits } from "../../limits/twilio.js";
import type { Account } from "./account.js";
import { field, readCallback, readTo, refuseFields, regionAllowed } from "./form.js";
import { tidyNumber } from "./phone-numbers.js";
import { type CallRecord, newSid } from "./records.js";
import { notOffered, TwilioRefusal } from "./refusal.js";

const unsupported = ["ApplicationSid", "SendDigits", "Record", "SipAuthUsername", "Trim", "CallToken", "Byoc"];
const events = ["initiated", "ringing", "answered", "completed"];
const methods = ["Method", "StatusCallbackMethod", "FallbackMethod", "AsyncAmdStatusCallbackMethod"];

/** Reads the form of a new call, or throws the refusal. */
export function readCall(account: Account, form: URLSearchParams): CallRecord {
  refuseFields(form, unsupported);
  for (const name of methods) if ((field(form, name) ?? "POST") !== "POST") throw notOffered(`${name} other than POST`);
  const to = readTo(account, form, () => new TwilioRefusal(21_201, "No 'To' number is specified"));
  const from = readCaller(account, form);
  if (!regionAllowed(account, to))
    throw new TwilioRefusal(
      21_215,
      `Account not authorized to call ${to}. Perhaps you need to enable some permissions.`,
    );
  const createdAt = account.now();
  return {
    ...readConversation(form),
    sid: newSid("CA"),
    to,
    from,
    statusCallback: readCallback(form, "StatusCallback"),
    statusEvents: readEvents(form),
    detection: readDetection(form),
    ringSeconds: readRing(form),
    createdAt,
    updatedAt: createdAt,
    startedAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    status: "queued",
    said: [],
    answeredBy: undefined,
    keys: "",
    errorCode: undefined,
  };
}

function readCaller(account: Account, form: URLSearchParams): string {
  const from = field(form, "From");
  if (from === undefined) throw new TwilioRefusal(21_213, "No 'From' number is specified");
  const owned = account.numbers.get(tidyNumber(from));
  if (owned?.voice) return owned.number;
  const why = "The source phone number provided is not yet verified for your account.";
  throw new TwilioRefusal(21_210, `'From' phone number not verified: ${why}`);
}

function readConversation(form: URLSearchParams): Pick<CallRecord, "url" | "twiml" | "fallbackUrl"> {
  const twiml = field(form, "Twiml");
  const url = readCallback(form, "Url", 21_205);
  if (twiml === undefined && url === undefined) throw new TwilioRefusal(21_205, "Url parameter is required.");
  if ((twiml?.length ?? 0) > twilioVoiceLimits.inlineTwimlCharacters)
    throw new TwilioRefusal(21_265, "The Twiml parameter is too long: at most 4000 characters.");
  return { url: twiml === undefined ? url : undefined, twiml, fallbackUrl: readCallback(form, "FallbackUrl", 21_205) };
}

function readEvents(form: URLSearchParams): ReadonlySet<string> {
  const asked = form.getAll("StatusCallbackEvent").flatMap((value) => value.split(/[ ,]+/));
  const unknown = asked.find((event) => !events.includes(event));
  if (unknown !== undefined) throw new TwilioRefusal(21_626, `Invalid StatusCallbackEvent: ${unknown}`);
  return new Set(asked.length > 0 ? asked : ["completed"]);
}

function readDetection(form: URLSearchParams): CallRecord["detection"] {
  const wanted = field(form, "MachineDetection");
  if (wanted === undefined || wanted === "false") return undefined;
  if (wanted !== "Enable") throw notOffered(`MachineDetection=${wanted}`);
  return { async: field(form, "AsyncAmd") === "true", callback: readCallback(form, "AsyncAmdStatusCallback") };
}

function readRing(form: URLSearchParams): number {
  const { usual, most } = twilioVoiceLimits.ringSeconds;
  const asked = Number(field(form, "Timeout") ?? usual);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, most) : usual;
}
