// What comes back from a dialog. Nothing in it is trusted to be there or to have its shape.
import type { FormName } from "../chat/button-action.js";
import type { FieldErrors, Form, FormValue, FormValues } from "../chat/form.js";
import { isFormName } from "../chat/forms/form-registry.js";
import { record, textOr } from "./read-field.js";
import { FIELD_PREFIX } from "./render-form.js";
import { fromZoned } from "./zoned-moment.js";

/** A form that was sent, or only asked to be drawn again. */
export type Submission = {
  readonly what: "submit" | "redraw";
  readonly form: FormName;
  readonly nonce: string;
  /** Fields that the person saw. */
  readonly shown: readonly string[];
  readonly context: Readonly<Record<string, string>>;
  readonly raw: Readonly<Record<string, unknown>>;
};

const NONCE = /^[0-9a-f-]{36}$/;
const LONGEST_CONTEXT = 2_000;
const DO: Readonly<Record<string, Submission["what"]>> = { "submit-form": "submit", "redraw-form": "redraw" };

/** Reads a dialog's data; null when it is not one of our forms. */
export function readSubmission(data: unknown): Submission | null {
  const raw = record(data);
  const what = DO[textOr(raw["do"]) ?? ""];
  const form = textOr(raw["form"]);
  const nonce = textOr(raw["nonce"]);
  if (what === undefined || form === null || !isFormName(form) || nonce === null || !NONCE.test(nonce)) return null;
  const context = Object.entries(record(raw["context"])).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  if (JSON.stringify(context).length > LONGEST_CONTEXT) return null;
  return {
    what,
    form,
    nonce,
    shown: (textOr(raw["shown"]) ?? "").split(" "),
    context: Object.fromEntries(context),
    raw,
  };
}

/** The values of a form's fields by id, and what is wrong with them already; fields that came back empty are null. */
export function readValues(
  { raw }: Submission,
  form: Form,
  zone: string,
  badMoment: string,
): { readonly values: FormValues; readonly errors: FieldErrors } {
  const values: Record<string, FormValue> = {};
  const errors: Record<string, string> = {};
  const sent = (id: string): string => textOr(raw[`${FIELD_PREFIX}${id}`]) ?? "";
  for (const part of form.parts) {
    if (part.kind !== "field") continue;
    const { id, kind } = part.field;
    if (kind === "moment") {
      const [date, time] = [sent(`${id}-date`), sent(`${id}-time`)];
      values[id] = fromZoned(date, time, zone);
      if (values[id] === null && (date !== "" || time !== "")) errors[id] = badMoment;
    } else if (kind === "choices") {
      values[id] = sent(id).split(",").filter(Boolean).map(decodeChoice);
    } else {
      const text = kind === "choice" ? decodeChoice(sent(id)) : cleanText(sent(id));
      values[id] = text.trim() === "" ? null : text;
    }
  }
  return { values, errors };
}

/** What was sent, before it is known which kinds of fields the answers bring; only good for building the form. */
export function roughValues({ raw }: Submission): FormValues {
  return Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]): [string, FormValue][] =>
      key.startsWith(FIELD_PREFIX) && typeof value === "string" && value !== ""
        ? [[key.slice(FIELD_PREFIX.length), decodeChoice(value)]]
        : [],
    ),
  );
}

const decodeChoice = (value: string): string =>
  value.replace(/%(2C|25)/gu, (_, code: string) => (code === "25" ? "%" : ","));

/** Control characters and halves of pairs have no business in a record. */
function cleanText(text: string): string {
  return text
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
    .replace(/\r\n?/gu, "\n")
    .replace(/[^\P{Cc}\n\t]/gu, "");
}
