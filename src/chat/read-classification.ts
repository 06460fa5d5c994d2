// Classification in one line: "classify large outage intact". Words of the questions come in any order; "unknown"
// answers the next question that has no answer yet.
import type { ClassificationAnswers } from "../domain/classification/answers.js";
import type { ReclassifyCause } from "../domain/clocks/clock-history.js";
import { causeAt, dataAt, effectAt, exposureAt, scopeAt, unknownAt } from "./argument-words.js";
import type { FormValues } from "./form.js";
import type { ParseContext, Parsed, TypedTarget } from "./parsed.js";
import { oneLine } from "./read-tokens.js";

type Said = {
  scope?: ClassificationAnswers["scope"];
  effect?: ClassificationAnswers["effect"];
  data?: ClassificationAnswers["data"];
  exposure?: ClassificationAnswers["exposure"];
  cause?: ReclassifyCause;
};

/** Reads the answers after "classify"; without who and what it opens the form with what was said. */
export function readClassification(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  const said: Said = {};
  let left = oneLine(rest, context);
  while (left !== "") {
    const next = takeAnswer(left, said);
    if (next === null) return unknownAnswer(left);
    left = next;
  }
  const { cause = null, ...answers } = said;
  // One answer alone may be the beginning of a classification, so the form asks for the others.
  if (answers.scope === undefined || answers.effect === undefined) {
    return { kind: "open-form", form: "classify", prefill: prefillOf(said), target };
  }
  return { kind: "request", request: { type: "classify", answers, cause, effectiveFrom: null, reason: null }, target };
}

const lookups = { scope: scopeAt, effect: effectAt, data: dataAt, exposure: exposureAt, cause: causeAt };
const questions = ["scope", "effect", "data", "exposure", "cause"] as const;

/** Takes one answer from the beginning and notes it; null when the first word answers nothing that is still open. */
function takeAnswer(text: string, said: Said): string | null {
  const open = questions.filter((question) => said[question] === undefined);
  for (const question of open) {
    const found = lookups[question](text);
    if (found) {
      Object.assign(said, { [question]: found.value });
      return found.rest;
    }
  }
  const unknown = unknownAt(text);
  const next = open.find((question) => question !== "exposure" && question !== "cause");
  if (!unknown || next === undefined) return null;
  Object.assign(said, { [next]: "unknown" });
  return unknown.rest;
}

function unknownAnswer(text: string): Parsed {
  const word = /^\S+/u.exec(text)?.[0] ?? text;
  return { kind: "problem", problem: { code: "unknown-word", verb: "classify", word } };
}

function prefillOf({ scope, effect, data, exposure, cause }: Said): FormValues {
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(effect === undefined ? {} : { effect }),
    ...(data === undefined ? {} : { data }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(cause === undefined ? {} : { cause }),
  };
}
