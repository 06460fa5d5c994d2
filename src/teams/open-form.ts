// Forms as dialogs. They open from memory, but for the one that shows what customers would get: that is asked of the
// store, for as long as an answer may take.
import { randomUUID } from "node:crypto";
import type { FormTarget } from "../chat/asks.js";
import type { FormName } from "../chat/button-action.js";
import type { FieldErrors, Form, FormValues } from "../chat/form.js";
import { buildForm } from "../chat/forms/form-registry.js";
import type { NoticePreview } from "../chat/notice-preview.js";
import { isOnDuty } from "./carry-out.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { previewFor } from "./preview-for.js";
import { renderForm } from "./render-form.js";
import type { TaskAnswer } from "./task-answer.js";
import type { TeamsWord } from "./teams-words.js";

/** A form to build. */
export type FormAsk = {
  readonly name: FormName;
  readonly target: FormTarget | null;
  readonly values: FormValues;
  readonly context?: Readonly<Record<string, string>>;
  /** What would be sent to customers, once it is known. */
  readonly preview?: NoticePreview;
  /** What was wrong with the last submission, when it is about no field. */
  readonly problem?: string;
};

/** What is said about a form beside its fields. */
export type FormRemarks = { readonly nonce: string; readonly errors?: FieldErrors; readonly remark?: TeamsWord };

/** Opens an empty form. */
export function openForm(deps: DoorDeps, asked: Asked, ask: FormAsk): Promise<TaskAnswer> {
  return showForm(deps, asked, ask, { nonce: randomUUID() });
}

/** Shows a form as it is now. */
export async function showForm(deps: DoorDeps, asked: Asked, ask: FormAsk, remarks: FormRemarks): Promise<TaskAnswer> {
  const preview = ask.name === "notify" ? await previewFor(deps, asked, ask) : undefined;
  const form = buildFor(deps, asked.userId, preview === undefined ? ask : { ...ask, preview });
  return formDialog(deps, asked.userId, form, remarks);
}

/** Builds a form for a person. */
export function buildFor(deps: DoorDeps, userId: string, { name, ...ask }: FormAsk): Form {
  const person = deps.directory.byChat("teams", userId);
  const voice = deps.people.voiceFor(person);
  return buildForm(name, {
    ...ask,
    language: voice.language,
    voice,
    services: deps.catalogue.services(),
    customers: deps.catalogue.customers(),
    onDuty: isOnDuty(deps, person),
    policy: deps.policies.inForce(),
  });
}

/** The dialog of a form, with what is said about it. */
export function formDialog(deps: DoorDeps, userId: string, form: Form, remarks: FormRemarks): TaskAnswer {
  const { language, zone } = deps.people.voiceFor(deps.directory.byChat("teams", userId));
  const { nonce, ...said } = remarks;
  const card = renderForm(form, { nonce }, { language, zone, people: deps.directory.all(), ...said });
  return { kind: "dialog", title: form.title, card };
}
