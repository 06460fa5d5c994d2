// What a person reads of the Markdown that messages and cards carry: formatting gone, dates and mentions resolved.
import type { CardReader } from "./reader.js";

const escapable = /\\([\\`*_{}[\]()#+\-.!~>|])/g;
// Escaped characters wait here, in a private range, while the formatting around them is taken away.
const parkingLot = 0xe000;

/** The plain text of Markdown; `<at>` tags count as mentions only when they are listed. */
export function markdownText(markdown: string, reader: CardReader, mentions: ReadonlySet<string>): string {
  const parked = markdown.replace(escapable, (_whole, char: string) =>
    String.fromCharCode(parkingLot + char.charCodeAt(0)),
  );
  const plain = parked
    .replace(/\{\{(DATE|TIME)\(([^(){},]+)(?:,\s*(COMPACT|SHORT|LONG))?\)\}\}/g, (whole, kind, instant, length) =>
      dateText(whole, kind, { instant, length: length ?? "COMPACT", reader }),
    )
    .replace(/<at>(.*?)<\/at>/g, (whole, name: string) => (mentions.has(unparked(whole)) ? `@${name}` : whole))
    .replace(/\[([^\]]*)\]\(([^()\s]*)\)/g, "$1")
    .replace(/\*\*(\S(?:.*?\S)?)\*\*/g, "$1")
    .replace(/(?<![\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])/g, "$1")
    .replace(/~~(.+?)~~/g, "$1")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replaceAll("\u200B", "");
  return unparked(plain);
}

function unparked(text: string): string {
  return text.replace(/[\uE000-\uE07F]/g, (char) => String.fromCharCode(char.charCodeAt(0) - parkingLot));
}

const dateLengths = {
  COMPACT: { day: "2-digit", month: "2-digit", year: "numeric" },
  SHORT: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  LONG: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
} as const;

function dateText(
  whole: string,
  kind: string,
  { instant, length, reader }: { instant: string; length: string; reader: CardReader },
): string {
  // Teams shows the expression itself when it is not an instant without fractions of a second.
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(instant.trim()) ? new Date(instant.trim()) : null;
  if (at === null || Number.isNaN(at.getTime())) return whole;
  const form = kind === "TIME" ? ({ hour: "2-digit", minute: "2-digit" } as const) : dateLengths[lengthOf(length)];
  return new Intl.DateTimeFormat(reader.language, { ...form, timeZone: reader.timezone }).format(at);
}

function lengthOf(text: string): keyof typeof dateLengths {
  return text === "SHORT" || text === "LONG" ? text : "COMPACT";
}
