// Form -> the Adaptive Card of a dialog. Fields do not answer while somebody fills them in, so a form whose questions
// depend on answers has a second button that draws it again.
import { clipText } from "../chat/clip-text.js";
import type { Field, FieldErrors, Form, FormPart, Option } from "../chat/form.js";
import type { Language } from "../chat/voice.js";
import { adaptiveCardLimits } from "../limits/adaptive-cards.js";
import type { AdaptiveCard, CardElement, InputElement, SubmitAction, TextBlock } from "./adaptive-card.js";
import { escapeMarkdown } from "./card-markdown.js";
import { type TeamsWord, teamsWords } from "./teams-words.js";
import { toZoned } from "./zoned-moment.js";

/** What a dialog carries from its opening to its submission. */
export type FormMemory = {
  /** Tells one filling-in from another, so that sending it again changes nothing. */
  readonly nonce: string;
};

/** Who fills it in, and what is said about it. */
export type FormSight = {
  readonly language: Language;
  readonly zone: string;
  /** People who can be chosen, when they are few enough to choose from. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly errors?: FieldErrors;
  /** A sentence above the form. */
  readonly remark?: TeamsWord;
};

/** Most people of a list; in a larger company a name is typed. */
const PEOPLE_MAX = 60;
const LABEL_MAX = 200;
const HINT_MAX = 500;

/** Prefix that tells fields from what the form itself carries. */
export const FIELD_PREFIX = "field-";

/** Renders a form. */
export function renderForm(form: Form, memory: FormMemory, sight: FormSight): AdaptiveCard {
  const words = (key: TeamsWord, slots = {}): string => teamsWords(key, sight.language, slots);
  const isLive = form.inert === true || form.parts.some((part) => part.kind === "field" && part.field.live === true);
  const shown = fieldIds(form);
  const errors = sight.errors ?? {};
  const unplaced = Object.entries(errors).filter(([id]) => !shown.includes(id));
  const remark = sight.remark ?? (Object.keys(errors).length > 0 ? "mend" : null);
  const body: CardElement[] = [
    ...(remark === null ? [] : [warning(words(remark))]),
    ...unplaced.map(([, error]) => warning(error)),
    ...form.parts.flatMap((part) => partElements(part, sight)),
    ...(isLive ? [note(words("redrawHint"))] : []),
  ];
  const data = { form: form.name, nonce: memory.nonce, shown: shown.join(" "), context: { ...form.context } };
  const actions: SubmitAction[] = [
    ...(form.inert === true
      ? []
      : [{ type: "Action.Submit" as const, title: form.submit, data: { do: "submit-form", ...data } }]),
    ...(isLive
      ? [{ type: "Action.Submit" as const, title: words("redraw"), data: { do: "redraw-form", ...data } }]
      : []),
  ];
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: adaptiveCardLimits.version,
    fallbackText: form.title,
    body: body.length === 0 ? [note(form.title)] : body,
    actions,
    msteams: { width: "Full" },
  };
}

/** Ids of the fields of a form, in order. */
export function fieldIds(form: Form): readonly string[] {
  return form.parts.flatMap((part) => (part.kind === "field" ? [part.field.id] : []));
}

/** Values of choices travel in one string with commas between them. */
export const encodeChoice = (value: string): string =>
  value.replace(/[%,]/gu, (char) => (char === "%" ? "%25" : "%2C"));

function partElements(part: FormPart, sight: FormSight): readonly CardElement[] {
  if (part.kind === "words") return wordsElements(part);
  const { field } = part;
  const error = sight.errors?.[field.id];
  return [
    ...inputs(field, sight),
    ...(field.hint === undefined ? [] : [note(field.hint)]),
    ...(error === undefined ? [] : [warning(error)]),
  ];
}

function wordsElements({ text, quote }: Extract<FormPart, { readonly kind: "words" }>): readonly CardElement[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return [];
  if (quote !== true) return lines.map(note);
  const items = lines.map((line): TextBlock => ({ type: "TextBlock", text: escapeMarkdown(line), wrap: true }));
  return [{ type: "Container", style: "emphasis", items }];
}

function inputs(field: Field, sight: FormSight): readonly InputElement[] {
  const base = labelled(field, sight.language);
  switch (field.kind) {
    case "line":
    case "text":
      return [
        {
          ...base,
          type: "Input.Text",
          maxLength: field.max,
          ...(field.kind === "text" ? { isMultiline: true } : {}),
          ...(field.placeholder ? { placeholder: field.placeholder } : {}),
          ...(field.value ? { value: field.value } : {}),
        },
      ];
    case "choice":
      return choiceSet(field, field.options, field.value === undefined ? [] : [field.value], sight);
    case "choices":
      return choiceSet(field, field.options, field.values ?? [], sight);
    case "person":
      return personInput(field, sight);
    case "moment":
      return momentInputs(field, sight);
  }
}

/** Nothing to choose from is nothing to show. */
function choiceSet(
  field: Field & { readonly expanded?: boolean },
  options: readonly Option[],
  chosen: readonly string[],
  sight: FormSight,
): readonly InputElement[] {
  if (options.length === 0) return [];
  const several = field.kind === "choices";
  const value = chosen.map(encodeChoice).join(",");
  return [
    {
      ...labelled(field, sight.language),
      type: "Input.ChoiceSet",
      style: field.expanded === true || several ? "expanded" : "compact",
      ...(several ? { isMultiSelect: true } : {}),
      choices: options.map((option) => ({ title: titleOf(option), value: encodeChoice(option.value) })),
      ...(value === "" ? {} : { value }),
      wrap: true,
    },
  ];
}

function titleOf({ label, description }: Option): string {
  return clipText(description ? `${label} – ${description}` : label, LABEL_MAX) || "–";
}

function personInput(field: Field & { readonly kind: "person" }, sight: FormSight): readonly InputElement[] {
  const { people, language } = sight;
  if (people.length > 0 && people.length <= PEOPLE_MAX) {
    const options = people.map(({ id, name }) => ({ value: id, label: name }));
    return choiceSet({ ...field, expanded: false }, options, field.value === undefined ? [] : [field.value], sight);
  }
  const placeholder = teamsWords("personName", language);
  const value = people.find(({ id }) => id === field.value)?.name ?? field.value;
  const typed = { type: "Input.Text", maxLength: LABEL_MAX, placeholder, ...(value ? { value } : {}) } as const;
  return [{ ...labelled(field, language), ...typed }];
}

function momentInputs(
  field: Field & { readonly kind: "moment" },
  { language, zone }: FormSight,
): readonly InputElement[] {
  const { id, label, ...rest } = labelled(field, language);
  const preset = field.value === undefined ? null : toZoned(field.value, zone);
  return [
    {
      ...rest,
      type: "Input.Date",
      id: `${id}-date`,
      label: `${label} – ${teamsWords("date", language)}`,
      ...(preset === null ? {} : { value: preset.date }),
    },
    {
      ...rest,
      type: "Input.Time",
      id: `${id}-time`,
      label: `${label} – ${teamsWords("time", language, { zone })}`,
      ...(preset === null ? {} : { value: preset.time }),
    },
  ];
}

function labelled(field: Field, language: Language) {
  return {
    id: `${FIELD_PREFIX}${field.id}`,
    label: clipText(field.label, LABEL_MAX),
    ...(field.optional === true ? {} : { isRequired: true as const, errorMessage: teamsWords("required", language) }),
  };
}

function note(text: string): TextBlock {
  return {
    type: "TextBlock",
    text: escapeMarkdown(clipText(text, HINT_MAX)),
    wrap: true,
    size: "Small",
    isSubtle: true,
  };
}

function warning(text: string): TextBlock {
  return { type: "TextBlock", text: escapeMarkdown(clipText(text, HINT_MAX)), wrap: true, color: "Attention" };
}
