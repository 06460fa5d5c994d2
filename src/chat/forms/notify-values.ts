// What a person wrote for customers: which slots a message asks for, and what came back in them.
import type { CustomerLanguage } from "../../domain/customers/customer.js";
import { TEXT_MAX } from "../../domain/incident/text-limits.js";
import { WRITTEN_SLOTS, type WrittenSlot } from "../../domain/notices/customer-notice.js";
import type { TemplateName } from "../../domain/notices/message-catalogue.js";
import type { NoticeAsk } from "../asks.js";
import { clipText } from "../clip-text.js";
import type { FormValues } from "../form.js";
import { CUSTOMER_LANGUAGES } from "../notice-words.js";
import { writtenField } from "./written-field.js";

/** Longest text of each slot. */
export type SlotMax = Readonly<Record<string, number>>;

/** Slots that people write in each message; the first notice and "no change" are sent without typing. */
const SLOTS: Readonly<Record<TemplateName, readonly WrittenSlot[]>> = {
  first_notice: [],
  update: ["whatChanged", "workaround", "action"],
  no_change: [],
  monitoring: ["residualImpact"],
  resolved: ["causeSummary", "dataLossDetail", "customerAction"],
  reopened: ["workaround", "action"],
  false_alarm: ["reasonShort"],
};

const TEMPLATES = Object.keys(SLOTS) as readonly TemplateName[];

/** The message that a text names; null when it names none. */
export function templateNamed(text: unknown): TemplateName | null {
  return TEMPLATES.find((name) => name === text) ?? null;
}

/** Slots that a message asks for; what was lost is asked only where data was lost. */
export function slotsOf(template: TemplateName, lostData: boolean): readonly WrittenSlot[] {
  return SLOTS[template].filter((slot) => slot !== "dataLossDetail" || lostData);
}

/** Whether a message cannot go without a slot. */
export function isNeeded(slot: WrittenSlot): boolean {
  return slot === "whatChanged" || slot === "dataLossDetail";
}

/** The longest text of a slot. */
export function maxOf(slot: WrittenSlot, slotMax: SlotMax): number {
  return slotMax[slot] ?? TEXT_MAX;
}

/** What was written in a field; empty when nothing was. */
export function writtenIn(values: FormValues, slot: WrittenSlot, language: CustomerLanguage): string {
  const value = values[writtenField(slot, language)];
  return typeof value === "string" ? value.trim() : "";
}

/** Everything that was written for customers, in the order in which a form asks for it. */
export function typedTexts(values: FormValues): readonly string[] {
  const texts = WRITTEN_SLOTS.flatMap((slot) =>
    CUSTOMER_LANGUAGES.map((language) => writtenIn(values, slot, language)),
  );
  return texts.filter((text) => text !== "");
}

/** Every text that was written, by slot and language; those of one message when it is named. */
export function writtenTexts(values: FormValues, template: TemplateName | null, slotMax: SlotMax): NoticeAsk["texts"] {
  const slots = template === null ? WRITTEN_SLOTS : slotsOf(template, true);
  const entries = slots.flatMap((slot) => {
    const texts = CUSTOMER_LANGUAGES.flatMap((language) => {
      const text = clipText(writtenIn(values, slot, language), maxOf(slot, slotMax));
      return text === "" ? [] : [[language, text] as const];
    });
    return texts.length === 0 ? [] : [[slot, Object.fromEntries(texts)] as const];
  });
  return Object.fromEntries(entries);
}

/** A short mark of a message and its texts, to tell whether what is sent is what was shown. */
export function markOf(template: TemplateName, texts: NoticeAsk["texts"]): string {
  // FNV-1a: it finds an oversight, it does not guard against forgery.
  let hash = 0x811c9dc5;
  for (const unit of JSON.stringify([template, texts])) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36);
}
