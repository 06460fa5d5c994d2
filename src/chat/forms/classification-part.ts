// The classification questions, shared by the forms that declare and classify, and the level that their answers give.
import type { ClassificationAnswers, SaidAnswers } from "../../domain/classification/answers.js";
import { EFFECTS, SCOPES } from "../../domain/classification/classification.js";
import { classify } from "../../domain/classification/classify.js";
import type { FormPart, FormValues } from "../form.js";
import { say } from "../texts/say.js";
import { FieldReader } from "./field-values.js";
import { choiceField, optionsOf } from "./fields.js";
import type { FormInput } from "./form-input.js";

const SCOPE_ANSWERS = [...SCOPES, "unknown"] as const;
const EFFECT_ANSWERS = [...EFFECTS, "unknown"] as const;
const DATA_ANSWERS = ["none", "impaired", "lost", "exposure", "unknown"] as const;
const EXPOSURE_ANSWERS = ["suspected", "confirmed", "none"] as const;

/** The questions with what was answered so far, and the level that follows. */
export function classificationParts(input: FormInput): readonly FormPart[] {
  return [...questionParts(input, "unknown"), ...levelWords(input)];
}

/** The questions to classify again: nothing is preset, because what is left empty stays as it was. */
export function reclassificationParts(input: FormInput): readonly FormPart[] {
  const { language, values } = input;
  const text = say(language, "form.keeps-answers");
  // The level follows from all three; with less it depends on earlier answers, which the form does not know.
  const complete = ["scope", "effect", "data"].every((id) => typeof values[id] === "string" && values[id] !== "");
  return [
    { kind: "words", id: "keeps-answers", text },
    ...questionParts(input),
    ...(complete ? levelWords(input) : []),
  ];
}

function questionParts(input: FormInput, preset?: "unknown"): readonly FormPart[] {
  const { language, values } = input;
  const live = true;
  return [
    choiceField({ id: "scope", label: "field.scope", optional: true, live }, input, {
      options: optionsOf(SCOPE_ANSWERS, "scope", language),
    }),
    choiceField({ id: "effect", label: "field.effect", optional: true, live }, input, {
      options: optionsOf(EFFECT_ANSWERS, "effect", language),
    }),
    choiceField({ id: "data", label: "field.data", optional: true, live }, input, {
      options: optionsOf(DATA_ANSWERS, "data", language),
      ...(preset === undefined ? {} : { preset }),
    }),
    ...(asksExposure(values)
      ? [
          choiceField({ id: "exposure", label: "field.exposure", live }, input, {
            options: optionsOf(EXPOSURE_ANSWERS, "exposure", language),
            preset: "suspected",
          }),
        ]
      : []),
  ];
}

/** Reads the answers; what was left empty is unknown, and no exposure was asked about. */
export function readAnswers(reader: FieldReader, values: FormValues): ClassificationAnswers {
  const data = reader.choice("data", DATA_ANSWERS) ?? "unknown";
  return {
    scope: reader.choice("scope", SCOPE_ANSWERS) ?? "unknown",
    effect: reader.choice("effect", EFFECT_ANSWERS) ?? "unknown",
    data: data === "exposure" ? "unknown" : data,
    exposure: asksExposure(values) ? (reader.choice("exposure", EXPOSURE_ANSWERS) ?? "suspected") : "none",
  };
}

/** Reads the answers given anew; what was left empty is left out, and so is the data when only exposure was told. */
export function readSaidAnswers(reader: FieldReader, values: FormValues): SaidAnswers {
  const scope = reader.choice("scope", SCOPE_ANSWERS);
  const effect = reader.choice("effect", EFFECT_ANSWERS);
  const data = reader.choice("data", DATA_ANSWERS);
  return {
    ...(scope === null ? {} : { scope }),
    ...(effect === null ? {} : { effect }),
    ...(data === null || data === "exposure" ? {} : { data }),
    ...(asksExposure(values) ? { exposure: reader.choice("exposure", EXPOSURE_ANSWERS) ?? "suspected" } : {}),
  };
}

// The question stays while it has an answer other than none, so that what was said is never hidden.
function asksExposure(values: FormValues): boolean {
  const data = values["data"];
  const exposure = values["exposure"];
  return data === "exposure" || exposure === "suspected" || exposure === "confirmed";
}

function levelWords({ language, policy, values }: FormInput): readonly FormPart[] {
  if (policy === null) return [];
  const input = { language, now: new Date(0), services: [], customers: [], context: {} };
  const { level, rule, provisional } = classify(readAnswers(new FieldReader(values, input), values), policy);
  const key = provisional ? "form.level-provisional" : "form.level";
  const text = say(language, key, { level, rule: rule[language] });
  return [{ kind: "words", id: "level", text }];
}
