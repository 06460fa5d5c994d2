import type { ReclassifyCause } from "../../domain/clocks/clock-history.js";
import { TEXT_MAX } from "../../domain/incident/text-limits.js";
import type { ChangeAsk } from "../asks.js";
import type { FormPart, FormValues } from "../form.js";
import { readSaidAnswers, reclassificationParts } from "./classification-part.js";
import { FieldReader, orNull } from "./field-values.js";
import { choiceField, momentField, optionsOf, textField } from "./fields.js";
import type { FormInput, ReadInput, Reading } from "./form-input.js";

const CAUSES: readonly [ReclassifyCause, ...ReclassifyCause[]] = ["worsened", "corrected", "lowered"];

/** Fields of the form that classifies or reclassifies. */
export function classifyParts(input: FormInput): readonly FormPart[] {
  return [
    ...reclassificationParts(input),
    choiceField({ id: "cause", label: "field.cause", hint: "field.cause.hint", optional: true }, input, {
      options: optionsOf(CAUSES, "cause", input.language),
    }),
    momentField({ id: "effective-from", label: "field.effective-from", optional: true }, input),
    textField({ id: "reason", label: "field.classify-reason", optional: true }, input),
  ];
}

/** Reads a classification. */
export function readClassify(values: FormValues, input: ReadInput): Reading<ChangeAsk> {
  const reader = new FieldReader(values, input);
  return reader.result<ChangeAsk>({
    type: "classify",
    answers: readSaidAnswers(reader, values),
    cause: reader.choice("cause", CAUSES),
    effectiveFrom: reader.past("effective-from"),
    reason: orNull(reader.text("reason", TEXT_MAX)),
  });
}
