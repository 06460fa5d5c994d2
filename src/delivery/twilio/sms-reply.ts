// What an SMS that comes back asks for. Whole messages only: a word inside a sentence is no order.
import { smsStartWords, smsStopWords } from "../../limits/twilio.js";

/** An SMS as an order: to be left alone, to be told again, to take (an incident by number, or the only one), or none. */
export type SmsReply =
  | { readonly kind: "stop" | "start" | "other" }
  | { readonly kind: "take"; readonly number: string | null };

/** Words besides the vendor's own, as people in Brazil write them. */
const STOP_WORDS: ReadonlySet<string> = new Set([...smsStopWords, "PARE", "PARAR", "SAIR", "CANCELAR"]);
const START_WORDS: ReadonlySet<string> = new Set(smsStartWords);

// A separator before the number is required: "12" must not be read as taking incident 2.
const TAKE = /^(?:1|ACK|OK|ASSUMIR|ASSUMO|ACEPTO|TAKE)(?:[\s#:-]+(?:INC-?)?(\d{1,9}))?[.!]*$/;

/** Reads an SMS, whatever a phone made of it. */
export function readSmsReply(body: string): SmsReply {
  const text = body
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Cs}]/gu, "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/\s+/g, " ")
    .trim();
  const word = text.replace(/[.!]+$/, "");
  if (STOP_WORDS.has(word)) return { kind: "stop" };
  if (START_WORDS.has(word)) return { kind: "start" };
  const take = TAKE.exec(text);
  return take === null ? { kind: "other" } : { kind: "take", number: take[1]?.replace(/^0+(?=\d)/, "") ?? null };
}
