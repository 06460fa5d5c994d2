// Documents that tell Twilio what a call says and waits for. They are only ever made from finished sentences.
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import type { StaffLanguage } from "../../ports/directory.js";

const VOICES = {
  "pt-BR": { language: "pt-BR", voice: "Polly.Camila-Neural" },
  en: { language: "en-US", voice: "Polly.Joanna-Neural" },
} as const satisfies Readonly<Record<StaffLanguage, object>>;

const KEY_WAIT_SECONDS = 8;

/** Says sentences and hangs up. */
export function speak(sentences: readonly string[], language: StaffLanguage): string {
  const document = new VoiceResponse();
  for (const sentence of sentences) document.say(VOICES[language], spoken(sentence));
  document.hangup();
  return document.toString();
}

/** Says sentences and asks for one key, also when none is pressed. */
export function askForKey(
  { sentences, action }: { readonly sentences: readonly string[]; readonly action: string },
  language: StaffLanguage,
): string {
  const document = new VoiceResponse();
  const waiting = { numDigits: 1, timeout: KEY_WAIT_SECONDS, action, method: "POST", actionOnEmptyResult: true };
  const gather = document.gather({ ...waiting, input: ["dtmf"] });
  for (const sentence of sentences) gather.say(VOICES[language], spoken(sentence));
  return document.toString();
}

/** The builder throws on what XML cannot hold, and a hostile title must not silence a call. */
function spoken(sentence: string): string {
  return sentence.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, " ");
}
