// The fields of the form that tells customers: which message, what people write in it, and the repeated number.
import type { CustomerLanguage } from "../../domain/customers/customer.js";
import { WRITTEN_SLOTS, type WrittenSlot } from "../../domain/notices/customer-notice.js";
import type { Field, FormPart, FormValues } from "../form.js";
import type { PreviewedNotice } from "../notice-preview.js";
import { CUSTOMER_LANGUAGES } from "../notice-words.js";
import { say } from "../texts/say.js";
import type { CustomerWords, Language } from "../voice.js";
import { choiceField, lineField } from "./fields.js";
import type { FormInput } from "./form-input.js";
import { isNeeded, maxOf, type SlotMax, slotsOf, typedTexts, writtenIn } from "./notify-values.js";
import { writtenField } from "./written-field.js";

type Drawn = { readonly preview: PreviewedNotice; readonly voice: { readonly outreach: CustomerWords } };
type Asked = { readonly slot: WrittenSlot; readonly language: CustomerLanguage };

/** The fields that the shown message needs, and those in which something stands that it does not use. */
export function notifyFields({ preview, voice }: Drawn, input: FormInput): readonly FormPart[] {
  const { notice, snapshot, count } = preview;
  const { slotMax, rules } = voice.outreach.catalogue(notice.catalogue);
  const { dataStatement, classification } = snapshot.incident;
  const lostData = dataStatement === "lost" || (dataStatement === null && classification.answers.data === "lost");
  const languages = CUSTOMER_LANGUAGES.filter((language) => count.languages.includes(language));
  const asked = slotsOf(notice.template, lostData).flatMap((slot) =>
    languages.map((language): Asked => ({ slot, language })),
  );
  const many = notice.customers.length > rules.confirmAboveCustomers;
  return [
    ...templatePart(preview, input),
    ...asked.map((one) => writtenPart(one, languages, slotMax, input)),
    ...unusedParts(asked, slotMax, input),
    ...tooLong(slotMax, input),
    ...(many ? [confirmPart(rules.confirmAboveCustomers, input)] : []),
  ];
}

/** Everything that was written, in words, where there is no field to keep it. */
export function typedParts(values: FormValues, language: Language): readonly FormPart[] {
  return typedWords(typedTexts(values), language);
}

function typedWords(texts: readonly string[], language: Language): readonly FormPart[] {
  if (texts.length === 0) return [];
  return [
    { kind: "words", id: "typed", text: say(language, "form.notify.typed") },
    { kind: "words", id: "typed-text", text: texts.join("\n"), quote: true },
  ];
}

function templatePart({ proposals, notice }: PreviewedNotice, input: FormInput): readonly FormPart[] {
  const { language } = input;
  const options = proposals.map(({ template, customers }) => {
    const what = say(language, `template.${template}`);
    const label = say(language, "form.notify.option", { what: capital(what, language), n: customers.length });
    return { value: template, label };
  });
  const values = { ...input.values, template: notice.template };
  return [
    choiceField(
      { id: "template", label: "field.template", live: true },
      { language, values },
      { options, expanded: true },
    ),
  ];
}

function writtenPart(
  { slot, language: written }: Asked,
  languages: readonly CustomerLanguage[],
  slotMax: SlotMax,
  { language, values }: FormInput,
): FormPart {
  const needed = isNeeded(slot) && (slot === "dataLossDetail" || written === languages[0]);
  const named = say(language, `language.${written}`);
  const hint = { hint: say(language, "field.written.default", { language: named }) };
  const field = baseField({ slot, language: written }, slotMax, language, values);
  return { kind: "field", field: { ...field, live: true, ...(needed ? {} : { optional: true, ...hint }) } };
}

// What was written for another message stays in sight: it is neither lost nor sent.
function unusedParts(asked: readonly Asked[], slotMax: SlotMax, { language, values }: FormInput): readonly FormPart[] {
  const used = new Set(asked.map(({ slot, language: written }) => writtenField(slot, written)));
  const hint = say(language, "field.written.unused");
  return WRITTEN_SLOTS.flatMap((slot) => CUSTOMER_LANGUAGES.map((written): Asked => ({ slot, language: written })))
    .filter(
      ({ slot, language: written }) =>
        writtenIn(values, slot, written) !== "" && !used.has(writtenField(slot, written)),
    )
    .map((one): FormPart => {
      return { kind: "field", field: { ...baseField(one, slotMax, language, values), optional: true, hint } };
    });
}

// A text typed in one line can be longer than its field, which would show only its beginning.
function tooLong(slotMax: SlotMax, { language, values }: FormInput): readonly FormPart[] {
  const texts = WRITTEN_SLOTS.flatMap((slot) =>
    CUSTOMER_LANGUAGES.map((one) => writtenIn(values, slot, one)).filter((text) => text.length > maxOf(slot, slotMax)),
  );
  return typedWords(texts, language);
}

function baseField(
  { slot, language: written }: Asked,
  slotMax: SlotMax,
  language: Language,
  values: FormValues,
): Field {
  const words = { slot: say(language, `slot.${slot}`), language: say(language, `language.${written}`) };
  const value = writtenIn(values, slot, written);
  return {
    id: writtenField(slot, written),
    label: say(language, "field.written", words),
    kind: "line",
    max: maxOf(slot, slotMax),
    ...(value === "" ? {} : { value }),
  };
}

function confirmPart(max: number, input: FormInput): FormPart {
  const part = lineField({ id: "confirm", label: "field.confirm-customers" }, input, { max: 20 });
  if (part.kind !== "field") return part;
  return { ...part, field: { ...part.field, hint: say(input.language, "field.confirm-customers.hint", { max }) } };
}

function capital(text: string, language: Language): string {
  return `${text.charAt(0).toLocaleUpperCase(language)}${text.slice(1)}`;
}
