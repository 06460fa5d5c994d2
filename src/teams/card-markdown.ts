// Text for Adaptive Cards. They read Markdown, dates in double braces and <at> tags; user text can be none of these (I8).
import type { Line, Span } from "../chat/card.js";
import { clipText } from "../chat/clip-text.js";
import type { PersonId } from "../domain/incident/ids.js";
import type { MentionEntity } from "./adaptive-card.js";

/** What a line needs to know of the people and the channel. */
export type CardLookup = {
  /** The Teams identity of a person; null when Teams does not know the person. */
  readonly mention: (person: PersonId) => { readonly id: string; readonly name: string } | null;
  readonly personName: (person: PersonId) => string;
  /** The incident's own channel as a link, when it is known; otherwise only the words for it. */
  readonly room: { readonly url: string | null; readonly label: string };
};

const ZERO_WIDTH = "\u200B";

/** User text that shows exactly these characters: no formatting, no list, no link, no tag, no date. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (char) => (char === "\n" || char === "\t" ? char : ""))
    .replace(/[\\[\]()*_`~]/g, "\\$&")
    .replace(/\{(?=\{)/g, `{${ZERO_WIDTH}`)
    .replace(/<(?=[a-z/!])/gi, `<${ZERO_WIDTH}`)
    .replace(/&(?=[#a-z])/gi, `&${ZERO_WIDTH}`)
    .replace(/^([^\S\n]*)([-+>#])/gmu, "$1\\$2")
    .replace(/^([^\S\n]*\d+)([.)])/gmu, "$1\\$2");
}

/** Writes the lines of one card and collects the people whom they call. */
export class LineWriter {
  readonly #lookup: CardLookup;
  readonly #textMax: number;
  readonly #mentions = new Map<PersonId, MentionEntity>();

  constructor(lookup: CardLookup, textMax: number) {
    this.#lookup = lookup;
    this.#textMax = textMax;
  }

  /** The people called so far, for the message's list of mentions. */
  get mentions(): readonly MentionEntity[] {
    return [...this.#mentions.values()];
  }

  /** A line as Markdown; never empty, which a card would not accept. */
  line(line: Line): string {
    const written = line.map((span) => this.#span(span)).reduce(joined, "");
    return written.trim() === "" ? "–" : written;
  }

  /** Plain words as Markdown. */
  words(text: string): string {
    const written = escapeMarkdown(clipText(text, this.#textMax).replace(/\s*\n\s*/g, " "));
    return written.trim() === "" ? "–" : written;
  }

  /** Several paragraphs of a user's text. */
  paragraphs(text: string): readonly string[] {
    const paragraphs = clipText(text.trim(), this.#textMax)
      .split(/\r\n?|[\n\u2028\u2029]/u)
      .map(escapeMarkdown);
    return paragraphs.filter((paragraph) => paragraph.trim() !== "");
  }

  #span(span: Span): string {
    switch (span.kind) {
      case "text":
        return this.#text(span);
      case "person":
        return span.notify ? this.#mention(span.person) : this.words(this.#lookup.personName(span.person));
      case "instant":
        return instant(span.at, span.style);
      case "room":
        return link(this.#lookup.room.url, this.#lookup.room.label);
      case "link":
        return link(span.url, clipText(span.label, this.#textMax));
    }
  }

  #text({ text, strong, code }: Extract<Span, { readonly kind: "text" }>): string {
    const flat = clipText(text, this.#textMax).replace(/\s*[\n\u2028\u2029]\s*/gu, " ");
    const inner = flat.trim();
    // Adaptive Cards have no code format, so what is to be typed stands out like other strong words.
    if ((strong !== true && code !== true) || inner === "") return escapeMarkdown(flat);
    const start = flat.indexOf(inner);
    return `${flat.slice(0, start)}**${escapeMarkdown(inner)}**${flat.slice(start + inner.length)}`;
  }

  #mention(person: PersonId): string {
    const known = this.#mentions.get(person);
    if (known) return known.text;
    const found = this.#lookup.mention(person);
    if (found === null) return this.words(this.#lookup.personName(person));
    const name = found.name.replace(/[<>&\p{Cc}]/gu, "").trim();
    const label = this.#freeLabel(name === "" ? "?" : name);
    const entity = { type: "mention", text: `<at>${label}</at>`, mentioned: { id: found.id, name: label } } as const;
    this.#mentions.set(person, entity);
    return entity.text;
  }

  // Teams finds the person by the text, so two people of one name need two texts.
  #freeLabel(name: string): string {
    const texts = new Set(this.mentions.map(({ text }) => text));
    let label = name;
    for (let number = 2; texts.has(`<at>${label}</at>`); number += 1) label = `${name} (${number})`;
    return label;
  }
}

// Formatting marks that touch would be read as one.
function joined(before: string, next: string): string {
  return before.endsWith("*") && next.startsWith("*") ? `${before}${ZERO_WIDTH}${next}` : `${before}${next}`;
}

function link(url: string | null, label: string): string {
  const words = escapeMarkdown(label.replace(/\s+/gu, " "));
  const safe = url === null ? null : safeUrl(url);
  return safe === null ? words : `[${words}](${safe})`;
}

function safeUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return url.href.replace(/[()\\*_~`[\]<>]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

// Teams shows these in the reader's own zone; fractions of a second are not accepted.
function instant(at: Date, style: "time" | "date-time" | "relative"): string {
  if (Number.isNaN(at.getTime())) return "–";
  const seconds = at.toISOString().replace(/\.\d+Z$/u, "Z");
  const time = `{{TIME(${seconds})}}`;
  return style === "time" ? time : `{{DATE(${seconds}, SHORT)}} ${time}`;
}
