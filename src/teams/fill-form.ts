// A submission's answers, and the questions that they bring.
import type { FieldErrors, Form, FormValues } from "../chat/form.js";
import { formTarget } from "../chat/forms/form-registry.js";
import type { DoorDeps } from "./door-deps.js";
import { buildFor } from "./open-form.js";
import { readValues, roughValues, type Submission } from "./read-submission.js";
import { fieldIds } from "./render-form.js";
import { createReplies } from "./replies.js";

/** A form with its answers; `errors` are those that reading them already shows. */
export type Filled = { readonly form: Form; readonly values: FormValues; readonly errors: FieldErrors };

/** Answers may bring questions, whose answers may bring more; no form goes deeper than this. */
const DEEPEST = 4;

/** Reads the answers of a form whose questions follow from the answers alone. */
export function fillForm(deps: DoorDeps, userId: string, submission: Submission): Filled {
  const replies = createReplies(deps, userId);
  const { form: name, context } = submission;
  const build = (values: FormValues) => buildFor(deps, userId, { name, target: formTarget(context), values, context });
  let form = build(roughValues(submission));
  for (let depth = 0; ; depth += 1) {
    const read = readValues(submission, form, replies.voice.zone, replies.words("badMoment"));
    const next = build(read.values);
    if (depth >= DEEPEST || fieldIds(next).join() === fieldIds(form).join()) return { form: next, ...read };
    form = next;
  }
}
