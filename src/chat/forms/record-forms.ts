// The forms that add to the record: notes, roles, affected customers, pauses and merges.

import type { PauseReason } from "../../domain/clocks/clock-history.js";
import { TEXT_MAX } from "../../domain/incident/text-limits.js";
import type { Role } from "../../domain/policy/policy.js";
import type { ChangeAsk } from "../asks.js";
import type { FormPart, FormValues } from "../form.js";
import { takeCode } from "../read-tokens.js";
import { say } from "../texts/say.js";
import { FieldReader, orNull } from "./field-values.js";
import {
  choiceField,
  choicesField,
  lineField,
  momentField,
  optionsFrom,
  optionsOf,
  personField,
  textField,
} from "./fields.js";
import { type FormInput, type ReadInput, type Reading, SERVICE_MAX } from "./form-input.js";

const ROLES: readonly [Role, ...Role[]] = [
  "incident-commander",
  "responder",
  "communications-lead",
  "support-owner",
  "primary",
  "secondary",
  "on-call-lead",
  "engineering-manager",
  "director",
  "executive",
];
const SIDES = ["add", "remove"] as const;
const PAUSE_REASONS: readonly [PauseReason, ...PauseReason[]] = ["waiting-customer", "waiting-third-party"];

/** Fields of the form for a note. */
export const noteParts = (input: FormInput): readonly FormPart[] => [
  textField({ id: "text", label: "field.note" }, input),
  momentField({ id: "happened-at", label: "field.happened-at", optional: true }, input),
];

/** Reads a note. */
export function readNote(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  const text = reader.required("text", TEXT_MAX);
  return reader.result<ChangeAsk>({ type: "add-note", text, happenedAt: reader.past("happened-at") });
}

/** Fields of the form that gives a role. */
export const roleParts = (input: FormInput): readonly FormPart[] => [
  choiceField({ id: "role", label: "field.role" }, input, { options: optionsOf(ROLES, "role", input.language) }),
  personField({ id: "person", label: "field.person" }, input),
  textField({ id: "summary", label: "field.summary", optional: true }, input),
];

/** Reads a role and its holder. */
export function readRole(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  return reader.result<ChangeAsk>({
    type: "assign-role",
    role: reader.requiredChoice("role", ROLES),
    person: { mention: reader.required("person", SERVICE_MAX) },
    summary: orNull(reader.text("summary", TEXT_MAX)),
  });
}

/** Fields of the form that adds or removes an affected customer. */
export function affectedParts(input: FormInput): readonly FormPart[] {
  const options = optionsFrom(input.customers);
  const words = { id: "customer", label: "field.customer" } as const;
  return [
    choiceField({ id: "what", label: "field.side" }, input, {
      options: SIDES.map((side) => ({ value: side, label: say(input.language, `option.side.${side}`) })),
      preset: "add",
      expanded: true,
    }),
    options === null ? lineField(words, input, { max: SERVICE_MAX }) : choiceField(words, input, { options }),
    momentField(
      { id: "affected-from", label: "field.affected-from", hint: "field.affected-from.hint", optional: true },
      input,
    ),
    textField({ id: "reason", label: "field.remove-reason", hint: "field.remove-reason.hint", optional: true }, input),
  ];
}

/** Reads which customer is, or is no longer, affected. */
export function readAffected(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  const side = reader.requiredChoice("what", SIDES);
  reader.required("customer", SERVICE_MAX);
  const customer = reader.customers("customer")[0] ?? "";
  if (side === "add") {
    const affectedFrom = reader.past("affected-from");
    return reader.result<ChangeAsk>({ type: "add-customer", customer, affectedFrom });
  }
  return reader.result<ChangeAsk>({ type: "remove-customer", customer, reason: reader.required("reason", TEXT_MAX) });
}

/** Fields of the form that pauses a clock. */
export function pauseParts(input: FormInput): readonly FormPart[] {
  return [
    choiceField({ id: "reason", label: "field.pause-reason" }, input, {
      options: optionsOf(PAUSE_REASONS, "pause-reason", input.language),
      preset: "waiting-customer",
      expanded: true,
    }),
    ...pauseCustomers(input),
    textField({ id: "question", label: "field.question" }, input),
  ];
}

/** Reads a pause. */
export function readPause(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  const customers = reader.customers("customers");
  return reader.result<ChangeAsk>({
    type: "pause",
    reason: reader.requiredChoice("reason", PAUSE_REASONS),
    customers: customers.length === 0 ? null : customers,
    question: reader.required("question", TEXT_MAX),
  });
}

/** Fields of the form that merges another incident. */
export const mergeParts = (input: FormInput): readonly FormPart[] => [
  lineField({ id: "child", label: "field.child" }, input, {
    max: 20,
    placeholder: say(input.language, "field.child.placeholder"),
  }),
];

/** Reads which incident is merged. */
export function readMerge(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  const found = takeCode(reader.required("child", 20));
  if (found?.rest !== "") reader.wrong("child", "error.not-a-code");
  return reader.result<ChangeAsk>({ type: "merge", childCode: found?.code ?? "" });
}

function pauseCustomers(input: FormInput): readonly FormPart[] {
  if (input.customers.length === 0) return [];
  const options = optionsFrom(input.customers);
  const words = { id: "customers", label: "field.customers", optional: true } as const;
  if (options !== null) return [choicesField({ ...words, hint: "field.customers-pause.hint" }, input, { options })];
  return [lineField({ ...words, hint: "field.customers.hint" }, input, { max: TEXT_MAX })];
}
