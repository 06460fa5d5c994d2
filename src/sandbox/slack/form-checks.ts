// What Slack's own client checks before it sends a form: required fields, lengths, numbers.
import type { FieldSight } from "./sights.js";

const messages = {
  "pt-BR": {
    required: "Preencha este campo.",
    short: (min: number) => `Escreva pelo menos ${min} caracteres.`,
    long: (max: number) => `Escreva no máximo ${max} caracteres.`,
    number: "Escreva um número.",
    range: "O número está fora do intervalo permitido.",
    email: "Escreva um endereço de e-mail.",
    url: "Escreva um endereço que comece com http:// ou https://.",
  },
  en: {
    required: "Please complete this required field.",
    short: (min: number) => `Enter at least ${min} characters.`,
    long: (max: number) => `Enter at most ${max} characters.`,
    number: "Enter a number.",
    range: "The number is out of range.",
    email: "Enter an e-mail address.",
    url: "Enter an address that starts with http:// or https://.",
  },
} as const;

/** Messages by block id for fields that the client would not let pass. */
export function formProblems(fields: readonly FieldSight[], language: "pt-BR" | "en"): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const field of fields) {
    if (field.block.type !== "input") continue;
    const problem = fieldProblem(field, language);
    if (problem) problems.set(field.blockId, problem);
  }
  return problems;
}

function fieldProblem(field: FieldSight, language: "pt-BR" | "en"): string | undefined {
  const words = messages[language];
  const { type: _type, ...values } = field.value;
  const [value] = Object.values(values);
  const empty = value === null || value === "" || value === undefined || (Array.isArray(value) && value.length === 0);
  if (empty) return field.optional ? undefined : words.required;
  if (typeof value !== "string") return undefined;
  const { min_length: min = 0, max_length: max = 3000 } = field.element;
  switch (field.type) {
    case "plain_text_input":
      if (value.length < min) return words.short(min);
      return value.length > max ? words.long(max) : undefined;
    case "number_input":
      return numberProblem(field, value, words);
    case "email_text_input":
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? undefined : words.email;
    case "url_text_input":
      return /^https?:\/\//.test(value) && URL.canParse(value) ? undefined : words.url;
    default:
      return undefined;
  }
}

function numberProblem(field: FieldSight, value: string, words: (typeof messages)["pt-BR" | "en"]): string | undefined {
  const form = field.element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!form.test(value)) return words.number;
  const { min_value: min, max_value: max } = field.element;
  const low = min !== undefined && Number(value) < Number(min);
  const high = max !== undefined && Number(value) > Number(max);
  return low || high ? words.range : undefined;
}
