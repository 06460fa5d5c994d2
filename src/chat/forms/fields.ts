// Constructors of form fields in the person's language, with the value that was already said.
import { TEXT_MAX } from "../../domain/incident/text-limits.js";
import type { Field, FormPart, FormValues, Option } from "../form.js";
import type { TextKey } from "../texts/pt-br.js";
import { say } from "../texts/say.js";
import type { Language } from "../voice.js";
import { OPTIONS_MAX } from "./form-input.js";

/** What every field says of itself. */
export type FieldWords = {
  readonly id: string;
  readonly label: TextKey;
  readonly hint?: TextKey;
  readonly optional?: boolean;
  readonly live?: boolean;
};

type Context = { readonly language: Language; readonly values: FormValues };

/** A field for a short line. */
export function lineField(
  words: FieldWords,
  { language, values }: Context,
  more: { readonly max: number; readonly placeholder?: string },
): FormPart {
  const value = values[words.id];
  return part({ ...base(words, language), kind: "line", ...more, ...(typeof value === "string" ? { value } : {}) });
}

/** A field for a free text. */
export function textField(words: FieldWords, { language, values }: Context, max = TEXT_MAX): FormPart {
  const value = values[words.id];
  return part({ ...base(words, language), kind: "text", max, ...(typeof value === "string" ? { value } : {}) });
}

/** A field to choose one option; `preset` is chosen when nothing was said. */
export function choiceField(
  words: FieldWords,
  { language, values }: Context,
  more: { readonly options: readonly Option[]; readonly preset?: string; readonly expanded?: boolean },
): FormPart {
  const said = values[words.id];
  const wanted = typeof said === "string" ? said : more.preset;
  const value = more.options.some((option) => option.value === wanted) ? wanted : undefined;
  return part({
    ...base(words, language),
    kind: "choice",
    options: more.options,
    ...(more.expanded === true ? { expanded: true } : {}),
    ...(value === undefined ? {} : { value }),
  });
}

/** A field to choose several options. */
export function choicesField(
  words: FieldWords,
  { language, values }: Context,
  more: { readonly options: readonly Option[]; readonly preset?: readonly string[]; readonly expanded?: boolean },
): FormPart {
  const said = values[words.id];
  const wanted = Array.isArray(said) ? said : (more.preset ?? []);
  const chosen = more.options.map((option) => option.value).filter((value) => wanted.includes(value));
  return part({
    ...base(words, language),
    kind: "choices",
    options: more.options,
    ...(more.expanded === true ? { expanded: true } : {}),
    ...(chosen.length === 0 ? {} : { values: chosen }),
  });
}

/** A field for a person of the chat. */
export function personField(words: FieldWords, { language, values }: Context): FormPart {
  const value = values[words.id];
  return part({ ...base(words, language), kind: "person", ...(typeof value === "string" ? { value } : {}) });
}

/** A field for an instant. */
export function momentField(words: FieldWords, { language, values }: Context): FormPart {
  const value = values[words.id];
  return part({ ...base(words, language), kind: "moment", ...(value instanceof Date ? { value } : {}) });
}

/** Options whose labels are texts named by their values. */
export function optionsOf<T extends string, P extends string>(
  values: readonly T[],
  prefix: P,
  language: Language,
): readonly Option[] {
  return values.map((value) => ({ value, label: say(language, `${prefix}.${value}` as TextKey) }));
}

/** Options from a catalogue, or null when it is empty or too long to choose from. */
export function optionsFrom(
  listed: readonly { readonly id: string; readonly name: string }[],
  room = OPTIONS_MAX,
): readonly Option[] | null {
  if (listed.length === 0 || listed.length > room) return null;
  return listed.map(({ id, name }) => ({ value: id, label: name }));
}

function base(
  { id, label, hint, optional, live }: FieldWords,
  language: Language,
): Omit<Field, "kind"> & { id: string } {
  return {
    id,
    label: say(language, label),
    ...(hint === undefined ? {} : { hint: say(language, hint) }),
    ...(optional === true ? { optional: true } : {}),
    ...(live === true ? { live: true } : {}),
  };
}

function part(field: Field): FormPart {
  return { kind: "field", field };
}
