// The forms that move an incident along: cause, mitigation, what came back, resolution, reopening, cancellation, analysis.

import type { CancelReason } from "../../domain/incident/events.js";
import type { DataStatement } from "../../domain/incident/incident.js";
import { TEXT_MAX } from "../../domain/incident/text-limits.js";
import type { ChangeAsk } from "../asks.js";
import type { FormPart, FormValues } from "../form.js";
import { say } from "../texts/say.js";
import { FieldReader, orNull } from "./field-values.js";
import { choiceField, choicesField, optionsOf, textField } from "./fields.js";
import type { FormInput, ReadInput, Reading } from "./form-input.js";

const STATEMENTS: readonly [DataStatement, ...DataStatement[]] = [
  "not-affected",
  "recovered",
  "lost",
  "under-assessment",
];
const CANCEL_REASONS: readonly [CancelReason, ...CancelReason[]] = [
  "false-alarm",
  "duplicate",
  "customer-side",
  "planned-maintenance",
  "other",
];
const RETURNS = ["investigating", "identified"] as const;

/** Fields of the form that records the cause. */
export const identifyParts = (input: FormInput): readonly FormPart[] => [
  textField({ id: "cause", label: "field.identify-cause" }, input),
];

/** Reads the cause. */
export function readIdentify(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  return reader.result<ChangeAsk>({ type: "identify", cause: reader.required("cause", TEXT_MAX) });
}

/** Fields of the form that records a mitigation. */
export const mitigateParts = (input: FormInput): readonly FormPart[] => [
  textField({ id: "action", label: "field.action" }, input),
];

/** Reads a mitigation. */
export function readMitigate(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  return reader.result<ChangeAsk>({ type: "mitigate", action: reader.required("action", TEXT_MAX) });
}

/** Fields of the form for an effect that came back. */
export const regressParts = (input: FormInput): readonly FormPart[] => [
  textField({ id: "what", label: "field.what" }, input),
  choiceField({ id: "to", label: "field.to", optional: true }, input, {
    options: optionsOf(RETURNS, "option.to", input.language),
  }),
];

/** Reads what came back. */
export function readRegress(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  const what = reader.required("what", TEXT_MAX);
  return reader.result<ChangeAsk>({ type: "regress", what, to: reader.choice("to", RETURNS) });
}

/** Fields of the form that resolves. */
export const resolveParts = (input: FormInput): readonly FormPart[] => [
  choiceField({ id: "data", label: "field.statement" }, input, {
    options: optionsOf(STATEMENTS, "statement", input.language),
  }),
  choicesField({ id: "restored", label: "field.restored", hint: "field.restored.hint", optional: true }, input, {
    options: [{ value: "restored", label: say(input.language, "option.restored") }],
    expanded: true,
  }),
  textField({ id: "reason", label: "field.resolve-reason", hint: "field.resolve-reason.hint", optional: true }, input),
];

/** Reads a resolution. */
export function readResolve(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  return reader.result<ChangeAsk>({
    type: "resolve",
    data: reader.requiredChoice("data", STATEMENTS),
    reason: orNull(reader.text("reason", TEXT_MAX)),
    restoredConfirmed: reader.ticked("restored", "restored"),
  });
}

/** Fields of the form that reopens. */
export const reopenParts = (input: FormInput): readonly FormPart[] => [
  textField({ id: "reason", label: "field.reopen-reason" }, input),
];

/** Reads a reopening. */
export function readReopen(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  return reader.result<ChangeAsk>({ type: "reopen", reason: reader.required("reason", TEXT_MAX) });
}

/** Fields of the form that cancels. */
export const cancelParts = (input: FormInput): readonly FormPart[] => [
  choiceField({ id: "reason", label: "field.cancel-reason" }, input, {
    options: optionsOf(CANCEL_REASONS, "cancel-reason", input.language),
  }),
  textField({ id: "text", label: "field.cancel-text" }, input),
];

/** Reads a cancellation. */
export function readCancel(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  const reason = reader.requiredChoice("reason", CANCEL_REASONS);
  return reader.result<ChangeAsk>({ type: "cancel", reason, text: reader.required("text", TEXT_MAX) });
}

/** Fields of the form for the incident analysis. */
export const reviewParts = (input: FormInput): readonly FormPart[] => [
  textField({ id: "review", label: "field.review", hint: "field.review.hint" }, input),
];

/** Reads an analysis. */
export function readReview(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  return reader.result<ChangeAsk>({ type: "review", review: reader.required("review", TEXT_MAX) });
}
