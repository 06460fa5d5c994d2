// Filling the slots of a message in one pass: what is put in is never looked at again, so that a slot typed by a
// person stays the letters that it is.
import { LINE_SLOTS, MESSAGE_SLOTS, type MessageSlot } from "../../domain/notices/message-slots.js";

/** A value of a slot: the words of a person, a phrase of the catalogue that may begin a sentence, or nothing. */
export type SlotValue = string | { readonly phrase: string } | null;

/** A value for every slot. */
export type SlotValues = Readonly<Record<MessageSlot, SlotValue>>;

const SECTION = /\{\{#(\w+)\}\}([\s\S]*?)\{\{\/\1\}\}/g;
const SLOT = /\{\{(\w+)\}\}/g;
const SENTENCE_START = /(?:^|\n|[.!?\]] )$/;

/** The template with its values; a line that needs a link or a contact that does not exist is left out. */
export function fillTemplate(template: string, values: SlotValues): string {
  const present = template.replace(SECTION, (_, slot: string, inner: string) =>
    values[known(slot)] === null ? "" : inner,
  );
  const lines = present.split("\n").filter((line) => !needsWhatIsMissing(line, values));
  const shape = lines
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  if (/\{\{|\}\}/.test(shape.replace(SLOT, ""))) throw new Error("The template has braces that are not a slot.");
  return shape.replace(SLOT, (_, slot: string, offset: number) => {
    const value = values[known(slot)];
    if (value === null) throw new Error(`The slot ${slot} has no value.`);
    if (typeof value === "string") return value;
    return SENTENCE_START.test(shape.slice(Math.max(0, offset - 2), offset)) ? capitalised(value.phrase) : value.phrase;
  });
}

function needsWhatIsMissing(line: string, values: SlotValues): boolean {
  return [...line.matchAll(SLOT)].some(([, slot]) => LINE_SLOTS.some((name) => name === slot && values[name] === null));
}

function known(slot: string): MessageSlot {
  const found = MESSAGE_SLOTS.find((name) => name === slot);
  if (found === undefined) throw new Error(`The slot ${slot} is not known.`);
  return found;
}

function capitalised(phrase: string): string {
  const first = String.fromCodePoint(phrase.codePointAt(0) ?? 32);
  return first.toUpperCase() + phrase.slice(first.length);
}
