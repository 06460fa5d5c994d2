// What comes back from a modal. Nothing in a view is trusted to be there or to have its shape.
import type { FormValue, FormValues } from "../chat/form.js";
import { parseObject } from "./buttons.js";
import { cleanText } from "./mrkdwn.js";
import type { ModalMemory } from "./render-modal.js";

/** Values of a view's state by field id; what is missing or of an unknown kind is null. */
export function readView(view: unknown): FormValues {
  const values = record(record(record(view)["state"])["values"]);
  return Object.fromEntries(
    Object.entries(values).map(([fieldId, actions]) => [
      fieldId,
      readElement(record(Object.values(record(actions))[0])),
    ]),
  );
}

/** What the modal carried since it was opened; empty when it is not ours. */
export function readMemory(view: unknown): ModalMemory {
  const text = record(view)["private_metadata"];
  const data = (typeof text === "string" ? parseObject(text) : null) ?? {};
  const form = Object.entries(record(data["form"])).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return {
    form: Object.fromEntries(form),
    channel: stringOr(data["channel"]),
    thread: stringOr(data["thread"]),
    responseUrl: stringOr(data["responseUrl"]),
  };
}

function readElement(element: Record<string, unknown>): FormValue {
  switch (element["type"]) {
    case "plain_text_input":
      return textOr(element["value"]);
    case "static_select":
    case "radio_buttons":
      return stringOr(record(element["selected_option"])["value"]);
    case "multi_static_select":
    case "checkboxes":
      return chosen(element["selected_options"]);
    case "users_select":
      return stringOr(element["selected_user"]);
    case "datetimepicker":
      return instantOr(element["selected_date_time"]);
    default:
      return null;
  }
}

function chosen(options: unknown): readonly string[] {
  if (!Array.isArray(options)) return [];
  return options.map((option) => record(option)["value"]).filter((value): value is string => typeof value === "string");
}

function textOr(value: unknown): string | null {
  const text = typeof value === "string" ? cleanText(value) : "";
  return text.trim() === "" ? null : text;
}

function stringOr(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function instantOr(value: unknown): Date | null {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 1e11
    ? new Date(value * 1000)
    : null;
}

/** Fields of anything: an object's own, none otherwise. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
