// Small constructors of spans and lines, so that cards read like sentences.
import type { PersonId } from "../domain/incident/ids.js";
import type { Line, Span } from "./card.js";

/** Plain words or a user's text; renderers never take it for markup. */
export const plain = (text: string): Span => ({ kind: "text", text });

/** Words that stand out. */
export const strong = (text: string): Span => ({ kind: "text", text, strong: true });

/** Something to be typed as it stands. */
export const code = (text: string): Span => ({ kind: "text", text, code: true });

/** A person who is called by this message. */
export const mention = (person: PersonId): Span => ({ kind: "person", person, notify: true });

/** A person who is only named. */
export const named = (person: PersonId): Span => ({ kind: "person", person, notify: false });

/** An instant: only the time when it falls on the reader's same day as `reference`, else with its date. */
export function moment(at: Date, reference: Date, zone: string): Span {
  return { kind: "instant", at, style: sameDay(at, reference, zone) ? "time" : "date-time" };
}

/** Several lines or spans as one line with a separator between them. */
export function joinLines(lines: readonly Line[], separator: string): Line {
  return lines.flatMap((line, index) => (index === 0 ? line : [plain(separator), ...line]));
}

function sameDay(one: Date, other: Date, zone: string): boolean {
  if (Math.abs(one.getTime() - other.getTime()) >= 86_400_000) return false;
  return dayIn(one, zone) === dayIn(other, zone);
}

const days = new Map<string, Intl.DateTimeFormat>();

function dayIn(at: Date, zone: string): string {
  let format = days.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
    days.set(zone, format);
  }
  return format.format(at);
}
