// What the form that tells customers shows: whom it reaches, who must approve, and every message as it is sent.
import type { FormPart } from "../form.js";
import type { PreviewedNotice } from "../notice-preview.js";
import {
  audienceWords,
  CUSTOMER_LANGUAGES,
  firstTold,
  modeWords,
  type ReaderText,
  readerTexts,
} from "../notice-words.js";
import { say } from "../texts/say.js";
import { instantWords } from "../time-words.js";
import type { CustomerWords, Language, Voice } from "../voice.js";

type Drawn = { readonly preview: PreviewedNotice; readonly voice: Voice & { readonly outreach: CustomerWords } };

/** Whom the message reaches, what keeps it from them, and who must approve. */
export function audienceParts({ preview, voice }: Drawn): readonly FormPart[] {
  const { count, mode, notice, snapshot } = preview;
  const { language } = voice;
  const reached = { receiving: count.receiving, customers: notice.customers.length };
  const first =
    notice.template === "first_notice" || notice.template === "false_alarm"
      ? 0
      : firstTold(snapshot.incident, notice).length;
  const lines = [
    audienceWords(count, voice),
    modeWords(mode, reached, language),
    first > 0 && first < notice.customers.length ? say(language, "form.notify.some-first", { n: first }) : null,
    secondPersonWords(preview, voice),
  ];
  const text = lines.filter((line) => line !== null).join("\n");
  return [{ kind: "words", id: "audience", text }];
}

/** Every message as its readers get it, language by language. */
export function messageParts({ preview, voice }: Drawn): readonly FormPart[] {
  const { notice, count, snapshot } = preview;
  const languages = CUSTOMER_LANGUAGES.filter((language) => count.languages.includes(language));
  const texts = readerTexts(snapshot.incident, notice, languages, voice);
  if (texts.length === 0) return [];
  const heading: FormPart = { kind: "words", id: "preview", text: say(voice.language, "form.notify.preview") };
  return [heading, ...texts.flatMap((text) => readerParts(text, count.texts > 0, voice.language))];
}

function readerParts(
  { language: written, subject, text, sms }: ReaderText,
  bySms: boolean,
  language: Language,
): readonly FormPart[] {
  const named = say(language, `language.${written}`);
  const head = say(language, "form.notify.email", { language: named, subject });
  const email: readonly FormPart[] = [
    { kind: "words", id: `email.${written}`, text: head },
    { kind: "words", id: `email-text.${written}`, text, quote: true },
  ];
  if (sms === null || !bySms) return email;
  const smsHead = say(language, "form.notify.sms", { language: named, n: sms.length });
  return [
    ...email,
    { kind: "words", id: `sms.${written}`, text: smsHead },
    { kind: "words", id: `sms-text.${written}`, text: sms, quote: true },
  ];
}

function secondPersonWords({ secondPerson, notice }: PreviewedNotice, voice: Voice): string {
  const { language } = voice;
  if (secondPerson === null) return say(language, "form.notify.goes-now");
  const { aloneAt } = secondPerson;
  if (aloneAt === null) return say(language, "form.notify.second-required");
  if (aloneAt.getTime() <= notice.draftedAt.getTime()) return say(language, "form.notify.second-nobody");
  return say(language, "form.notify.second-at", { at: instantWords(aloneAt, "time", voice) });
}
