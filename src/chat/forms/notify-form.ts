// The form that tells customers. It opens empty, because nothing may be looked up before; then it shows exactly what
// would leave and to whom, and only what was shown can be sent.
import type { IncidentState } from "../../domain/incident/incident.js";
import type { NoticeAsk } from "../asks.js";
import { refusalLine } from "../cards/refusal-words.js";
import type { FormPart, FormValues } from "../form.js";
import type { PreviewedNotice } from "../notice-preview.js";
import { CUSTOMER_LANGUAGES } from "../notice-words.js";
import { plainText } from "../plain-text.js";
import { say } from "../texts/say.js";
import type { CustomerWords, Voice } from "../voice.js";
import { FieldReader } from "./field-values.js";
import type { FormInput, ReadInput, Reading } from "./form-input.js";
import { notifyFields, typedParts } from "./notify-fields.js";
import { audienceParts, messageParts } from "./notify-preview.js";
import { isNeeded, markOf, maxOf, slotsOf, templateNamed, writtenTexts } from "./notify-values.js";
import { writtenField } from "./written-field.js";

/** A preview and the voice to show it in; null while there is nothing to send. */
type Drawn = { readonly preview: PreviewedNotice; readonly voice: Voice & { readonly outreach: CustomerWords } };

const COUNT_MAX = 20;

/** Parts of the form: a word of patience, why nothing can be sent, or the preview with its fields. */
export function notifyParts(input: FormInput): readonly FormPart[] {
  const { preview, voice, language, values, problem } = input;
  const words = (id: string, text: string): FormPart => ({ kind: "words", id, text });
  const wrong = problem === undefined ? [] : [words("problem", problem)];
  if (preview === undefined) return [...wrong, words("preparing", say(language, "form.notify.preparing"))];
  if (preview.kind === "fault") {
    const fault = say(language, "form.notify.fault", { code: preview.code });
    return [words("fault", fault), ...typedParts(values, language)];
  }
  const drawn = drawnOf(input);
  if (drawn === null || voice === undefined || preview.kind === "refused") {
    const refusal = preview.kind === "refused" ? preview.refusal : ({ reason: "delivery-off" } as const);
    const at = preview.snapshot?.at ?? new Date(0);
    const line = voice === undefined ? null : refusalLine(refusal, voice, at, preview.snapshot);
    const sentence = line === null || voice === undefined ? say(language, "mode.off") : plainText(line, voice);
    return [words("refused", sentence), ...typedParts(values, language)];
  }
  return [...wrong, ...notifyFields(drawn, input), ...audienceParts(drawn), ...messageParts(drawn)];
}

/** What the submit button says: to send at once, or to ask another person; null while there is nothing to send. */
export function notifySubmit(input: FormInput): string | null {
  const drawn = drawnOf(input);
  if (drawn === null) return null;
  const { notice, secondPerson } = drawn.preview;
  const goes =
    secondPerson === null ||
    (secondPerson.aloneAt !== null && secondPerson.aloneAt.getTime() <= notice.draftedAt.getTime());
  return goes
    ? say(input.language, "form.notify.send", { n: notice.customers.length })
    : say(input.language, "form.notify.ask");
}

/** What travels with the form, so that a submission tells what was shown. */
export function notifyContext(input: FormInput): Readonly<Record<string, string>> {
  const drawn = drawnOf(input);
  if (drawn === null) return {};
  const { notice, count } = drawn.preview;
  const { level, state } = notice.draftedIn;
  const slotMax = drawn.voice.outreach.catalogue(notice.catalogue).slotMax;
  return {
    template: notice.template,
    seen: `${notice.customers.length}:${level}:${state}`,
    mark: markOf(notice.template, writtenTexts(input.values, notice.template, slotMax)),
    languages: CUSTOMER_LANGUAGES.filter((language) => count.languages.includes(language)).join(","),
  };
}

/** Reads what is to be sent; an error at "template" means that the form must be drawn again with a new preview. */
export function readNotify(values: FormValues, input: ReadInput): Reading<NoticeAsk> {
  const { context, outreach } = input;
  const reader = new FieldReader(values, input);
  const shown = templateNamed(context["template"]);
  const template = templateNamed(values["template"]) ?? shown;
  if (template === null || shown === null) reader.wrong("template", "form.notify.not-ready");
  const slotMax = outreach?.catalogue(null).slotMax ?? {};
  const slots = template === null ? [] : slotsOf(template, true);
  const first = context["languages"]?.split(",")[0] ?? "";
  for (const slot of slots) {
    for (const language of CUSTOMER_LANGUAGES) {
      const id = writtenField(slot, language);
      const asked = isNeeded(slot) && (slot === "dataLossDetail" || language === first) && Object.hasOwn(values, id);
      if (asked) reader.required(id, maxOf(slot, slotMax));
      else reader.text(id, maxOf(slot, slotMax));
    }
  }
  const texts = writtenTexts(values, template, slotMax);
  const confirmedCustomers = readCount(reader);
  const chosen = template ?? "first_notice";
  if (!reader.isWrong && context["mark"] !== markOf(chosen, texts)) reader.wrong("template", "form.notify.look-again");
  return reader.result<NoticeAsk>({
    type: "compose-notice",
    template: chosen,
    customers: null,
    texts,
    seen: readSeen(context["seen"]),
    confirmedCustomers,
  });
}

function drawnOf({ preview, voice }: FormInput): Drawn | null {
  if (preview?.kind !== "preview" || voice?.outreach === undefined) return null;
  return { preview, voice: { ...voice, outreach: voice.outreach } };
}

function readCount(reader: FieldReader): number | null {
  const digits = reader.text("confirm", COUNT_MAX).replace(/[\s.,]/gu, "");
  if (digits === "") return null;
  if (!/^\d{1,9}$/u.test(digits)) reader.wrong("confirm", "error.not-a-count");
  return Number(digits);
}

function readSeen(text: string | undefined): NoticeAsk["seen"] {
  const [customers, level, state] = (text ?? "").split(":");
  if (!customers || !level || !state) return null;
  return { customers: Number(customers), level: Number(level), state: state as IncidentState };
}
