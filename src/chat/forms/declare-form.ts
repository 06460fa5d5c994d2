// The declaration: only the title is required; who, what and the data classify; everything else hides under "more".

import type { DetectedBy, IncidentKind } from "../../domain/incident/incident.js";
import { TEXT_MAX, TITLE_MAX } from "../../domain/incident/text-limits.js";
import type { DeclareAsk } from "../asks.js";
import type { FormPart, FormValues } from "../form.js";
import { say } from "../texts/say.js";
import { classificationParts, readAnswers } from "./classification-part.js";
import { FieldReader, orNull } from "./field-values.js";
import { choiceField, choicesField, lineField, momentField, optionsFrom, optionsOf } from "./fields.js";
import type { FormInput, ReadInput, Reading } from "./form-input.js";
import { OPTIONS_MAX, SERVICE_MAX } from "./form-input.js";

const OTHER_SERVICE = "other:";
const KINDS: readonly [IncidentKind, ...IncidentKind[]] = ["real", "drill"];
const DETECTED_BY: readonly [DetectedBy, ...DetectedBy[]] = ["staff", "monitoring", "customer", "supplier"];

/** Fields of the declaration form. */
export function declareParts(input: FormInput): readonly FormPart[] {
  return [
    lineField({ id: "title", label: "field.title" }, input, { max: TITLE_MAX }),
    ...serviceParts(input),
    ...classificationParts(input),
    ...(input.onDuty ? [takePart(input)] : []),
    choicesField({ id: "more", label: "field.more", optional: true, live: true }, input, {
      options: [{ value: "more", label: say(input.language, "option.more") }],
      expanded: true,
    }),
    ...(isOpen(input.values) ? moreParts(input) : []),
  ];
}

/** Reads a declaration. */
export function readDeclare(values: FormValues, input: ReadInput): Reading<DeclareAsk> {
  const reader = new FieldReader(values, input);
  const open = isOpen(values);
  return reader.result<DeclareAsk>({
    title: reader.required("title", TITLE_MAX).replace(/[\p{Cc}\s]+/gu, " "),
    service: readService(reader, values, input),
    answers: readAnswers(reader, values),
    customers: open ? reader.customers("customers") : [],
    kind: (open ? reader.choice("kind", KINDS) : null) ?? "real",
    origin: "form",
    detectedBy: (open ? reader.choice("detected-by", DETECTED_BY) : null) ?? "staff",
    startedAt: open ? reader.past("since") : null,
    take: reader.ticked("take", "take"),
  });
}

function serviceParts(input: FormInput): readonly FormPart[] {
  const { language, services, values } = input;
  const listed = optionsFrom(services, OPTIONS_MAX - 1);
  if (listed === null) {
    const hint = services.length === 0 ? "field.service-name.hint" : "field.service-many.hint";
    return [lineField({ id: "service", label: "field.service", hint, optional: true }, input, { max: SERVICE_MAX })];
  }
  const other = { value: OTHER_SERVICE, label: say(language, "option.other-service") };
  const choice = choiceField({ id: "service", label: "field.service", optional: true, live: true }, input, {
    options: [...listed, other],
  });
  if (values["service"] !== OTHER_SERVICE) return [choice];
  const words = { id: "service-name", label: "field.service-name", hint: "field.service-name.hint" } as const;
  return [choice, lineField(words, input, { max: SERVICE_MAX })];
}

function readService(reader: FieldReader, values: FormValues, { services }: ReadInput): string | null {
  if (values["service"] === OTHER_SERVICE) return reader.required("service-name", SERVICE_MAX);
  const said = reader.text("service", TEXT_MAX);
  if (services.some(({ id }) => id === said)) return said;
  return orNull(reader.text("service", SERVICE_MAX));
}

function takePart(input: FormInput): FormPart {
  // A redraw carries the box's own value, so an unticked box stays unticked.
  const preset = input.values["take"] === undefined ? ["take"] : [];
  return choicesField({ id: "take", label: "field.take", optional: true }, input, {
    options: [{ value: "take", label: say(input.language, "option.take") }],
    preset,
    expanded: true,
  });
}

function moreParts(input: FormInput): readonly FormPart[] {
  const { language } = input;
  return [
    ...customersParts(input),
    momentField({ id: "since", label: "field.since", optional: true }, input),
    choiceField({ id: "kind", label: "field.kind", optional: true }, input, {
      options: optionsOf(KINDS, "kind", language),
      preset: "real",
      expanded: true,
    }),
    choiceField({ id: "detected-by", label: "field.detected-by", optional: true }, input, {
      options: optionsOf(DETECTED_BY, "detected", language),
      preset: "staff",
    }),
  ];
}

function customersParts(input: FormInput): readonly FormPart[] {
  if (input.customers.length === 0) return [];
  const options = optionsFrom(input.customers);
  const words = { id: "customers", label: "field.customers", optional: true } as const;
  if (options !== null) return [choicesField(words, input, { options })];
  return [lineField({ ...words, hint: "field.customers.hint" }, input, { max: TEXT_MAX })];
}

// A drill keeps its choice in sight: hidden, it would be declared as real.
function isOpen(values: FormValues): boolean {
  const more = values["more"];
  return (Array.isArray(more) && more.includes("more")) || values["kind"] === "drill";
}
