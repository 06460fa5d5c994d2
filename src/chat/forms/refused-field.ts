import type { MissingField, Refusal } from "../../domain/incident/refusals.js";
import { WRITTEN_SLOTS } from "../../domain/notices/customer-notice.js";
import type { FormName } from "../button-action.js";
import { writtenField } from "./written-field.js";

const FIELDS: Readonly<Partial<Record<FormName, Readonly<Partial<Record<MissingField, string>>>>>> = {
  declare: { title: "title" },
  classify: { reason: "reason", answers: "effect" },
  identify: { cause: "cause" },
  mitigate: { action: "action" },
  regress: { what: "what" },
  resolve: { reason: "reason", data: "data" },
  reopen: { reason: "reason" },
  cancel: { reason: "text", text: "text" },
  note: { text: "text" },
  role: { summary: "summary" },
  affected: { reason: "reason" },
  pause: { question: "question" },
  review: { review: "review" },
  notify: Object.fromEntries(WRITTEN_SLOTS.map((slot) => [slot, writtenField(slot, "pt-BR")])),
};

/** The field of a form beside which a refusal belongs; null when it is about the incident and not about a field. */
export function refusedField(form: FormName, refusal: Refusal): string | null {
  switch (refusal.reason) {
    case "missing":
      return refusal.fields.map((field) => FIELDS[form]?.[field]).find((field) => field !== undefined) ?? null;
    case "too-long":
      return FIELDS[form]?.[refusal.field] ?? null;
    case "reason-too-short":
      return FIELDS[form]?.reason ?? null;
    case "observation-not-over":
      return form === "resolve" ? "reason" : null;
    case "restore-not-confirmed":
      return form === "resolve" ? "restored" : null;
    case "cause-contradicts-level":
      return form === "classify" ? "cause" : null;
    case "time-in-the-future":
      return (
        { note: "happened-at", classify: "effective-from", affected: "affected-from", declare: "since" }[
          form as string
        ] ?? null
      );
    case "unknown-customer":
    case "customer-already-affected":
      return form === "affected" ? "customer" : form === "pause" || form === "declare" ? "customers" : null;
    case "name-the-customers":
      return form === "pause" ? "customers" : null;
    case "never-pauses":
    case "supplier-never-pauses":
      return form === "pause" ? "reason" : null;
    case "role-for-a-person":
    case "unknown-person":
      return form === "role" ? "person" : null;
    case "merge-with-itself":
    case "cannot-merge":
    case "real-and-drill":
    case "unknown-incident":
      return form === "merge" ? "child" : null;
    case "repeat-the-number":
      return form === "notify" ? "confirm" : null;
    default:
      return null;
  }
}
