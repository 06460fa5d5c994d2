// The words of a page to somebody of the staff: one SMS, and the sentences that a call speaks. Everything is plain
// data in and plain text out; whoever sends it escapes it for its own markup.
import type { IncidentKind } from "../../domain/incident/incident.js";
import type { Level } from "../../domain/policy/policy.js";
import type { Language } from "../voice.js";
import { foldToSms } from "./fold-to-sms.js";
import { pageTexts } from "./page-texts.js";
import { spokenText } from "./spoken-text.js";

/** What a page says of the incident. */
export type PageFacts = {
  readonly code: string;
  readonly level: Level;
  readonly title: string;
  readonly kind: IncidentKind;
  readonly language: Language;
};

/** How somebody who was paged can answer: by a link, else in the chat platform of this name ("Slack", "Teams"). */
export type PageAnswer = { readonly link: string | null; readonly platform: string };

/** Why a call ends, or what became of a key. */
export type CallEnd =
  | { readonly kind: "taken" }
  | { readonly kind: "already-taken"; readonly by: string }
  | { readonly kind: "no-key" }
  | { readonly kind: "no-longer-needed" }
  | { readonly kind: "not-confirmed" };

const SMS_MAX = 160;
const SPOKEN_MAX = 300;
const TITLE_SPOKEN_MAX = 180;
const LEAST_TITLE = 20;

/** The SMS of a page: ASCII, one segment, with the title clipped to what the code, the level and the link leave. */
export function pageSms(page: PageFacts, answer: PageAnswer): string {
  const words = pageTexts[page.language];
  const head = foldToSms(`${page.kind === "drill" ? `${words.drillMark} ` : ""}${page.code} N${page.level}: `);
  const inChat = foldToSms(words.openPlatform(answer.platform));
  const byLink = answer.link === null || answer.link !== foldToSms(answer.link) ? null : words.openLink(answer.link);
  const fits = byLink !== null && head.length + LEAST_TITLE + byLink.length + 3 <= SMS_MAX;
  const tail = fits ? byLink : inChat;
  const room = SMS_MAX - head.length - tail.length - 3;
  const title = foldToSms(page.title) || foldToSms(words.untitled);
  return `${head} ${clipAscii(title, room)}${endsSentence(title, room) ? " " : ". "}${tail}`;
}

/** What a call says, in order: the incident and the keys, twice; without keys it says where to answer instead. */
export function callSentences(
  page: PageFacts,
  answer: { readonly keys: boolean; readonly platform: string },
): readonly string[] {
  const words = pageTexts[page.language];
  const title = spokenText(page.title, TITLE_SPOKEN_MAX).replace(/[\s.:;,]+$/u, "") || words.untitled;
  const mark = page.kind === "drill" ? `${words.spokenDrill} ` : "";
  const code = spelled(page.code);
  const incident = spokenText(`${mark}${words.spokenIncident(page.level, code, title)}`, SPOKEN_MAX);
  const how = answer.keys ? words.keys : words.spokenOpenPlatform(answer.platform);
  return [incident, how, incident, how];
}

/** The last words of a call, or the answer to a key. */
export function callEnding(
  end: CallEnd,
  { language, platform }: { readonly language: Language; readonly platform: string },
): string {
  const words = pageTexts[language];
  switch (end.kind) {
    case "taken":
      return words.taken;
    case "already-taken":
      return words.alreadyTaken(spokenText(end.by, 60) || words.somebody);
    case "no-key":
      return words.noKey(platform);
    case "no-longer-needed":
      return words.noLongerNeeded;
    case "not-confirmed":
      return words.notConfirmed(platform);
  }
}

/** What a call says when the incident cannot be read; it never names what it does not know. */
export function callFallback({
  language,
  platform,
}: {
  readonly language: Language;
  readonly platform: string;
}): string {
  return pageTexts[language].fallback(platform);
}

function clipAscii(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, Math.max(0, max - 3)).trimEnd()}...`;
}

function endsSentence(title: string, room: number): boolean {
  return title.length > room || /[.!?]$/.test(title);
}

// A voice reads "INC-1042" as a sum or a word; letter by letter it is understood on a bad line.
function spelled(code: string): string {
  return [...code].filter((character) => /[\p{L}\p{N}]/u.test(character)).join(" ");
}
