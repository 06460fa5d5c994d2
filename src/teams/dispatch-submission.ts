// A submitted form: read, decided and only then closed. What is wrong is said in the form, which stays open.
import type { FieldErrors, FormValues } from "../chat/form.js";
import { formTarget, readForm } from "../chat/forms/form-registry.js";
import { refusedField } from "../chat/forms/refused-field.js";
import { type Ask, type Carried, carryOut } from "./carry-out.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { fillForm } from "./fill-form.js";
import { type FormRemarks, formDialog, showForm } from "./open-form.js";
import { roughValues, type Submission } from "./read-submission.js";
import { fieldIds } from "./render-form.js";
import { createReplies } from "./replies.js";
import { settleInTime } from "./settle-in-time.js";
import type { TaskAnswer } from "./task-answer.js";

/** Draws the form again with what is to be said about it. */
type Again = (said: Omit<FormRemarks, "nonce"> & { readonly problem?: string }) => TaskAnswer | Promise<TaskAnswer>;

/** Takes a form that was sent, or that asks to be drawn again. */
export async function dispatchSubmission(deps: DoorDeps, asked: Asked, submission: Submission): Promise<TaskAnswer> {
  return submission.form === "notify" ? takeNotice(deps, asked, submission) : takeForm(deps, asked, submission);
}

async function takeForm(deps: DoorDeps, asked: Asked, submission: Submission): Promise<TaskAnswer> {
  const { nonce, shown } = submission;
  const { form, values, errors } = fillForm(deps, asked.userId, submission);
  const again: Again = (said) => formDialog(deps, asked.userId, form, { nonce, ...said });
  if (submission.what === "redraw") return again({ errors });
  // Nobody answers a question that they were never shown.
  if (fieldIds(form).some((id) => !shown.includes(id))) return again({ errors, remark: "moreFields" });
  return takeValues(deps, asked, submission, { values, errors, again });
}

/** What customers get is shown by the store, so this form is drawn again with what would leave now. */
async function takeNotice(deps: DoorDeps, asked: Asked, submission: Submission): Promise<TaskAnswer> {
  const { nonce, context, shown } = submission;
  const target = formTarget(context);
  // Teams leaves out what is empty; that it was asked all the same is part of the answer.
  const values: FormValues = { ...Object.fromEntries(shown.map((id) => [id, null])), ...roughValues(submission) };
  const again: Again = ({ problem, ...said }) => {
    const ask = { name: "notify", target, values, context, ...(problem === undefined ? {} : { problem }) } as const;
    return showForm(deps, asked, ask, { nonce, ...said });
  };
  if (submission.what === "redraw") return again({});
  return takeValues(deps, asked, submission, { values, errors: {}, again });
}

async function takeValues(
  deps: DoorDeps,
  asked: Asked,
  submission: Submission,
  sent: { readonly values: FormValues; readonly errors: FieldErrors; readonly again: Again },
): Promise<TaskAnswer> {
  const { language, outreach } = createReplies(deps, asked.userId).voice;
  const reading = readForm(submission.form, sent.values, {
    language,
    now: deps.clock.now(),
    services: deps.catalogue.services(),
    customers: deps.catalogue.customers(),
    context: submission.context,
    ...(outreach === undefined ? {} : { outreach }),
  });
  if (!reading.ok || Object.keys(sent.errors).length > 0) {
    const errors = { ...(reading.ok ? {} : reading.errors), ...sent.errors };
    const unseen = submission.form === "notify" ? errors["template"] : undefined;
    return sent.again(unseen === undefined ? { errors } : { problem: unseen });
  }
  return decide(deps, asked, submission, reading.ask, sent.again);
}

async function decide(
  deps: DoorDeps,
  asked: Asked,
  submission: Submission,
  ask: Ask,
  again: Again,
): Promise<TaskAnswer> {
  // The form stays open when it can be mended, so the outcome is needed beside its words.
  let decided: Carried | null = null;
  const { reply, final } = await settleInTime(deps, asked, submission.form, async () => {
    const outcome = await carryOut(deps, asked, ask);
    decided = outcome;
    return createReplies(deps, asked.userId).outcome(ask, outcome);
  });
  const outcome = decided as Carried | null;
  const { summary } = reply.card;
  if (!final || outcome === null || outcome.kind === "done" || outcome.kind === "outsider") {
    return { kind: "text", text: summary };
  }
  if (outcome.kind === "refused" && outcome.refusal.reason === "audience-changed") return again({ problem: summary });
  const field = outcome.kind === "refused" ? refusedField(submission.form, outcome.refusal) : null;
  return again({ errors: { [field ?? ""]: summary } });
}
