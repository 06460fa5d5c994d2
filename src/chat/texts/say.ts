// The one way to the bot's words: ICU messages by key, compiled once, with values that can be spans.
import { IntlMessageFormat } from "intl-messageformat";
import type { Line, Span } from "../card.js";
import type { Language } from "../voice.js";
import { en } from "./en.js";
import type { TextKey } from "./pt-br.js";
import { ptBr } from "./pt-br.js";

/** Values of a message's slots that are only words or numbers. */
export type WordSlots = Readonly<Record<string, string | number>>;

/** Values of a message's slots that may also be people, instants or whole lines. */
export type Slots = Readonly<Record<string, string | number | Span | Line>>;

const catalogues: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { "pt-BR": ptBr, en };
const compiled = new Map<string, IntlMessageFormat>();

/** Says a message as a plain string. */
export function say(language: Language, key: TextKey, slots: WordSlots = {}): string {
  return String(messageFor(language, key).format(slots));
}

/** Says a message as a line whose slots keep their meaning; words and users' texts become text spans. */
export function sayLine(language: Language, key: TextKey, slots: Slots = {}): Line {
  const parts = messageFor(language, key).formatToParts<Span | Line>({ ...slots });
  return parts.flatMap((part): Line => {
    if (typeof part.value === "string") return part.value === "" ? [] : [{ kind: "text", text: part.value }];
    return isLine(part.value) ? part.value : [part.value];
  });
}

function messageFor(language: Language, key: TextKey): IntlMessageFormat {
  const id = `${language} ${key}`;
  const known = compiled.get(id);
  if (known) return known;
  const made = new IntlMessageFormat(catalogues[language][key], language, undefined, { ignoreTag: true });
  compiled.set(id, made);
  return made;
}

function isLine(value: Span | Line): value is Line {
  return Array.isArray(value);
}
