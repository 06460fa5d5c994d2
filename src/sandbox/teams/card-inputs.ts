// The inputs of a card: what they hold at first, how a person's words become their values, what the client checks.
import type { Entered } from "../slack/element-values.js";
import { isJson, type Json } from "../slack/wire.js";
import { objectsIn, textIn } from "./card-text.js";
import { memberNamed } from "./directory.js";
import type { Tenant } from "./tenant.js";

/** One thing to fill in or choose. */
export interface FieldSight {
  readonly id: string;
  readonly label: string;
  readonly type: string;
  readonly optional: boolean;
  /** Labels of the choices. */
  readonly options: readonly string[];
  /** The value as it is submitted, or undefined when nothing would be. */
  readonly value: string | undefined;
  readonly element: Json;
}

/** The inputs of a card in reading order. */
function inputsOf(card: Json): readonly Json[] {
  const inElements = (elements: unknown): readonly Json[] =>
    objectsIn(elements).flatMap((element) => [
      ...(textIn(element["type"]).startsWith("Input.") ? [element] : []),
      ...inElements(element["items"]),
      ...objectsIn(element["columns"]).flatMap((column) => inElements(column["items"])),
    ]);
  return inElements(card["body"]);
}

/** The values that the inputs of a card begin with. */
export function initialValues(card: Json): Map<string, string> {
  const values = new Map<string, string>();
  for (const input of inputsOf(card)) {
    const initial = initialValue(input);
    if (initial !== undefined) values.set(textIn(input["id"]), initial);
  }
  return values;
}

function initialValue(input: Json): string | undefined {
  const { type, value } = input;
  if (type === "Input.Toggle") return value === undefined ? toggleValue(input, false) : String(value);
  if (value !== undefined && value !== "") return String(value);
  return type === "Input.Text" ? "" : undefined;
}

function toggleValue(input: Json, on: boolean): string {
  return on ? String(input["valueOn"] ?? "true") : String(input["valueOff"] ?? "false");
}

/** The inputs with their present values. */
export function fieldsOf(card: Json, values: ReadonlyMap<string, string>): readonly FieldSight[] {
  return inputsOf(card).map((element) => {
    const id = textIn(element["id"]);
    return {
      id,
      label: textIn(element["label"]),
      type: textIn(element["type"]),
      optional: element["isRequired"] !== true,
      options: objectsIn(element["choices"]).map(({ title }) => textIn(title)),
      value: values.get(id),
      element,
    };
  });
}

/** The field with this id, end of an id after a hyphen, or label; throws when there is none. */
export function fieldNamed(fields: readonly FieldSight[], key: string): FieldSight {
  const wanted = key.trim().toLowerCase();
  const ending = fields.filter(({ id }) => id.endsWith(`-${key}`));
  const found =
    fields.find(({ id }) => id === key) ??
    (ending.length === 1 ? ending[0] : undefined) ??
    fields.find(({ label }) => label.trim().toLowerCase() === wanted);
  if (found) return found;
  const known = fields.map(({ id, label }) => `"${label}" (${id})`).join(", ");
  throw new Error(`There is no field "${key}"; there is ${known || "none"}`);
}

/** The value that a person's entry stands for; undefined empties the field. */
export function enteredText(tenant: Tenant, field: FieldSight, entered: Entered): string | undefined {
  const { element, type } = field;
  if (entered === null) return type === "Input.Text" ? "" : undefined;
  if (type === "Input.Toggle") return toggleValue(element, entered === true || entered === "true");
  if (type === "Input.ChoiceSet") return chosen(tenant, field, entered);
  if (entered instanceof Date) return dateEntry(type, entered);
  if (typeof entered === "object") throw new Error(`"${field.label}" takes one value`);
  return String(entered);
}

function dateEntry(type: string, at: Date): string {
  const local = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: "America/Sao_Paulo",
  });
  const [date = "", time = ""] = local.format(at).split(" ");
  if (type === "Input.Date") return date;
  if (type === "Input.Time") return time;
  return `${date} ${time}`;
}

function chosen(tenant: Tenant, field: FieldSight, entered: Entered): string {
  const several = Array.isArray(entered) ? entered.map(String) : [String(entered)];
  if (field.element["isMultiSelect"] !== true && several.length > 1)
    throw new Error(`"${field.label}" takes one choice`);
  return several.map((one) => choiceValue(tenant, field, one)).join(",");
}

function choiceValue(tenant: Tenant, { element, label, options }: FieldSight, wanted: string): string {
  const member = memberNamed(tenant, wanted);
  const choices = objectsIn(element["choices"]);
  const found =
    choices.find(({ value }) => value === wanted) ??
    choices.find(({ title }) => title === wanted) ??
    choices.find(({ title }) => member !== undefined && title === member.name);
  if (found) return textIn(found["value"]);
  const query = element["choices.data"];
  const picksPeople = isJson(query) && textIn(query["dataset"]).startsWith("graph.microsoft.com/users");
  if (member && picksPeople) return member.aadObjectId;
  throw new Error(`"${label}" has no choice "${wanted}"; it has ${options.map((option) => `"${option}"`).join(", ")}`);
}

const words = {
  "pt-BR": {
    long: (max: number) => `Escreva no máximo ${max} caracteres.`,
    form: "O valor não está no formato esperado.",
  },
  en: { long: (max: number) => `Enter at most ${max} characters.`, form: "The value does not have the expected form." },
} as const;

/** Messages by input id for values that the client would not send. */
export function inputProblems(fields: readonly FieldSight[], language: "pt-BR" | "en"): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const { id, value = "", optional, element, type } of fields) {
    const { errorMessage, maxLength, regex } = element;
    const said = textIn(errorMessage) || words[language].form;
    if (value === "" || (type === "Input.Toggle" && !optional && value !== toggleValue(element, true))) {
      if (!optional) problems.set(id, said);
    } else if (typeof maxLength === "number" && value.length > maxLength)
      problems.set(id, words[language].long(maxLength));
    else if (typeof regex === "string" && !new RegExp(regex, "u").test(value)) problems.set(id, said);
    else if (!wellFormed(type, value, element)) problems.set(id, said);
  }
  return problems;
}

function wellFormed(type: string, value: string, { min, max }: Json): boolean {
  if (type === "Input.Date") return /^\d{4}-\d\d-\d\d$/.test(value) && inRange(value, min, max);
  if (type === "Input.Time") return /^\d\d:\d\d$/.test(value) && inRange(value, min, max);
  if (type !== "Input.Number") return true;
  const number = Number(value);
  const low = typeof min === "number" && number < min;
  const high = typeof max === "number" && number > max;
  return !Number.isNaN(number) && !low && !high;
}

/** Dates and times of one form compare as text. */
function inRange(value: string, min: unknown, max: unknown): boolean {
  return !(typeof min === "string" && value < min) && !(typeof max === "string" && value > max);
}
