// Text for Slack's markup. User text can never become a mention, a link, a date or formatting (invariant I8).
import type { Line, Span } from "../chat/card.js";
import { instantWords } from "../chat/time-words.js";
import type { PersonId } from "../domain/incident/ids.js";

/** What a line needs to know of the workspace. */
export type SpanLookup = {
  /** Slack id, when the person has one, and the name to show otherwise. */
  readonly person: (id: PersonId) => { readonly userId: string | null; readonly name: string };
  /** The incident's own channel, when it is known; a conversation between two cannot be linked for others. */
  readonly channelId: string | null;
  /** Words for the channel when it is not known. */
  readonly channelWords: string;
  readonly language: "pt-BR" | "en";
  readonly zone: string;
};

// Slack has no escape for its formatting characters; look-alikes are the only text that no client can read as markup.
const LOOKALIKE: Readonly<Record<string, string>> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ˋ" };
const ESCAPED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}]/u.test(char);
const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/.test(char);

/** Text without lone surrogates, control characters and direction overrides; line breaks and tabs stay. */
export function cleanText(text: string): string {
  return text
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (char) => (char === "\n" || char === "\t" ? char : ""));
}

/** User text as markup that shows exactly this text. */
export function escapeMrkdwn(text: string): string {
  const neutral = cleanText(text).replace(/[*_~`]/g, (char, offset: number, all: string) => {
    const [before, after] = [all[offset - 1], all[offset + 1]];
    const inert = char !== "`" && ((isWord(before) && isWord(after)) || (isSpace(before) && isSpace(after)));
    return inert ? char : (LOOKALIKE[char] ?? char);
  });
  return neutral.replace(/[&<>]/g, (char) => ESCAPED[char] ?? char);
}

/** Text as people typed it: Slack escapes three characters in what it sends. */
export function unescapeMrkdwn(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** Cuts to at most `max` UTF-16 units with an ellipsis, never inside a surrogate pair. */
export function ellipsize(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Cuts user text so that its escaped form fits. */
export function escapeWithin(text: string, max: number): string {
  let [low, high] = [0, text.length];
  if (escapeMrkdwn(text).length <= max) return escapeMrkdwn(text);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (escapeMrkdwn(ellipsize(text, middle)).length <= max) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : escapeMrkdwn(ellipsize(text, low));
}

/** One line as markup, in pieces that may be put into different blocks but never cut; each is at most `max` long. */
export function linePieces(line: Line, lookup: SpanLookup, max: number): readonly string[] {
  return line.flatMap((span) => spanPieces(span, lookup, max));
}

/** One line as markup of at most `max` characters, ended by an ellipsis when it is longer. */
export function fitLine(line: Line, lookup: SpanLookup, max: number): string {
  // Small pieces, so that a cut loses little.
  const pieces = linePieces(line, lookup, Math.min(max, 60));
  const whole = joinPieces(pieces);
  if (whole.length <= max) return whole;
  let kept = "";
  for (const piece of pieces) {
    const next = joinPieces([kept, piece]);
    if (next.length > max - 1) break;
    kept = next;
  }
  return `${kept}…`;
}

/** Puts pieces together; formatting needs a boundary beside it, which an invisible space gives. */
export function joinPieces(pieces: readonly string[]): string {
  let joined = "";
  for (const piece of pieces) {
    if (piece === "") continue;
    const touches = joined !== "" && !isSpace(joined.at(-1)) && !isSpace(piece[0]);
    const formatted = isFormatting(joined.at(-1)) || isFormatting(piece[0]);
    joined += touches && formatted ? `\u200B${piece}` : piece;
  }
  // An escaped ">" that opens a line would be a quotation.
  return joined.startsWith("&gt;") ? `\u200B${joined}` : joined;
}

const isFormatting = (char: string | undefined): boolean => char === "*" || char === "`";

function spanPieces(span: Span, lookup: SpanLookup, max: number): readonly string[] {
  switch (span.kind) {
    case "text":
      return textPieces(span, max);
    case "person": {
      const person = lookup.person(span.person);
      if (span.notify && person.userId !== null && /^[A-Z0-9]+$/.test(person.userId)) return [`<@${person.userId}>`];
      return textPieces({ text: person.name }, max);
    }
    case "instant":
      return [instant(span.at, span.style, lookup)];
    case "room":
      return lookup.channelId !== null && /^[CG][A-Z0-9]+$/.test(lookup.channelId)
        ? [`<#${lookup.channelId}>`]
        : textPieces({ text: lookup.channelWords }, max);
    case "link":
      return linkPieces(span, max);
  }
}

function textPieces(span: { readonly text: string; readonly strong?: boolean; readonly code?: boolean }, max: number) {
  const mark = span.code ? "`" : span.strong ? "*" : "";
  const text = cleanText(span.text).replace(/\s*\n\s*/g, " ");
  const room = max - 2 * mark.length;
  // Inside formatting even an inert character of the same kind could end it.
  const escaped = mark === "" ? escapeMrkdwn(text) : escapeMrkdwn(text).replaceAll(mark, LOOKALIKE[mark] ?? "");
  return inChunks(escaped, room).map((chunk) => (mark === "" ? chunk : marked(chunk, mark)));
}

/** Formatting does not work against inner spaces, so these go outside. */
function marked(text: string, mark: string): string {
  const inner = text.trim();
  if (inner === "") return text;
  const start = text.indexOf(inner);
  return `${text.slice(0, start)}${mark}${inner}${mark}${text.slice(start + inner.length)}`;
}

/** Escaped text in chunks that cut neither an entity nor a surrogate pair, at spaces where there are some. */
function inChunks(escaped: string, max: number): string[] {
  const atoms = escaped.match(/&(?:amp|lt|gt);|\s+|(?:(?!&(?:amp|lt|gt);)\S){1,16}/gu) ?? [];
  const chunks: string[] = [];
  let chunk = "";
  for (const atom of atoms.flatMap((one) => (one.length <= max ? [one] : [...one]))) {
    if (chunk.length + atom.length > max) {
      chunks.push(chunk);
      chunk = "";
    }
    chunk += atom;
  }
  if (chunk !== "") chunks.push(chunk);
  return chunks;
}

function linkPieces(span: { readonly url: string; readonly label: string }, max: number): readonly string[] {
  const url = safeUrl(span.url);
  if (url === null || url.length + 20 > max) return textPieces({ text: span.label }, max);
  const label = escapeWithin(span.label.replace(/[|\n]/g, " "), max - url.length - 3);
  return [label === "" ? `<${url}>` : `<${url}|${label}>`];
}

function safeUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  return url.href.replace(/[<>|]/g, encodeURIComponent).replaceAll("&", "&amp;");
}

function instant(at: Date, style: "time" | "date-time" | "relative", lookup: SpanLookup): string {
  if (Number.isNaN(at.getTime())) return "–";
  const words = instantWords(at, style === "time" ? "time" : "date-time", lookup);
  const seconds = Math.floor(at.getTime() / 1000);
  if (seconds < 0) return words;
  const format = style === "time" ? "{time}" : "{date_short_pretty} {time}";
  return `<!date^${seconds}^${format}|${words}>`;
}
