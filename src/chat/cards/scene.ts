// What every card is made from, and the words that all cards share.

import type { PersonId } from "../../domain/incident/ids.js";
import type { Incident } from "../../domain/incident/incident.js";
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import { TITLE_MAX } from "../../domain/incident/text-limits.js";
import type { StaffText } from "../../domain/policy/policy.js";
import type { Card, Line, Span } from "../card.js";
import { clipText } from "../clip-text.js";
import { plainText } from "../plain-text.js";
import { moment, named, plain, strong } from "../spans.js";
import type { TextKey } from "../texts/pt-br.js";
import { type Slots, say, sayLine, type WordSlots } from "../texts/say.js";
import type { Voice } from "../voice.js";

/** Longest header; every platform shows this much. */
const HEADER_MAX = 150;
/** Longest title shown, which is also the longest that can be declared. */

/** A snapshot told in a voice. */
export class Scene {
  readonly snapshot: IncidentSnapshot;
  readonly voice: Voice;

  constructor(snapshot: IncidentSnapshot, voice: Voice) {
    this.snapshot = snapshot;
    this.voice = voice;
  }

  get incident(): Incident {
    return this.snapshot.incident;
  }

  /** A message as plain words. */
  say(key: TextKey, slots?: WordSlots): string {
    return say(this.voice.language, key, slots);
  }

  /** A message as a line. */
  line(key: TextKey, slots?: Slots): Line {
    return sayLine(this.voice.language, key, slots);
  }

  /** A text of the policy in the reader's language. */
  policyText(text: StaffText): string {
    return text[this.voice.language];
  }

  /** An instant as a span, with its date when it is not of the same day. */
  at(instant: Date): Span {
    return moment(instant, this.snapshot.at, this.voice.zone);
  }

  /** Who did something, the bot itself when nobody did. */
  who(person: PersonId | null): Span {
    return person === null ? plain(this.say("notice.nobody")) : named(person);
  }

  /** The title, never longer than a title can be. */
  get title(): string {
    return clipText(this.incident.title, TITLE_MAX);
  }

  /** The header of cards that are read away from the incident's channel. */
  header(): string {
    const { code, level, kind } = this.incident;
    const header = this.say("card.header", { code, level, title: this.title });
    return clipText(kind === "drill" ? `${this.say("card.drill-mark")} · ${header}` : header, HEADER_MAX);
  }

  /** Lines as one plain sentence that names the incident. */
  summary(...lines: readonly Line[]): string {
    const words = lines.map((line) => plainText(line, this.voice)).join(" ");
    const named = this.say("notice.prefix", { code: this.incident.code, words: clipText(words, 600) });
    return this.incident.kind === "drill" ? `${this.say("card.drill-mark")} · ${named}` : named;
  }

  /** Lines as one plain sentence that says all that is needed to get up at night: code, level and title first. */
  alarm(...lines: readonly Line[]): string {
    const words = lines.map((line) => plainText(line, this.voice)).join(" ");
    return `${this.header()}. ${clipText(words, 600)}`;
  }

  /** A card, marked when the incident is a drill. */
  card(card: Card): Card {
    if (this.incident.kind !== "drill") return card;
    const mark = strong(this.say("card.drill"));
    return { ...card, blocks: [{ kind: "lines", lines: [[mark]] }, ...card.blocks] };
  }
}
