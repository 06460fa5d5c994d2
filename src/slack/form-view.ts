// A form as a modal view for one person, drawn from memory.
import type { ViewsUpdateArguments } from "@slack/web-api";
import type { FormTarget } from "../chat/asks.js";
import type { FormName } from "../chat/button-action.js";
import type { FormValues } from "../chat/form.js";
import { buildForm } from "../chat/forms/form-registry.js";
import type { NoticePreview } from "../chat/notice-preview.js";
import type { PersonId } from "../domain/incident/ids.js";
import { isOnDuty } from "./carry-out.js";
import type { DoorDeps } from "./door-deps.js";
import { type ModalMemory, renderModal } from "./render-modal.js";
import { slackErrorCode, toChatFault } from "./slack-fault.js";

/** A form to show. */
export type FormAsk = {
  readonly name: FormName;
  readonly target: FormTarget | null;
  readonly values: FormValues;
  /** What would be sent to customers, once it is known. */
  readonly preview?: NoticePreview;
  /** What was wrong with the last submission, when it is about no field. */
  readonly problem?: string;
};

/** Draws a form. */
export function viewOf(deps: DoorDeps, userId: string, { name, ...ask }: FormAsk, memory: ModalMemory) {
  const person = deps.directory.byChat("slack", userId);
  const voice = deps.people.voiceFor(person);
  const form = buildForm(name, {
    ...ask,
    language: voice.language,
    voice,
    services: deps.catalogue.services(),
    customers: deps.catalogue.customers(),
    onDuty: isOnDuty(deps, person),
    policy: deps.policies.inForce(),
    context: memory.form,
  });
  return renderModal(form, { ...memory, form: form.context }, (value) => userIdOf(deps, value));
}

/** Replaces what an open form shows. */
export async function updateView(deps: DoorDeps, update: ViewsUpdateArguments): Promise<void> {
  try {
    await deps.client.views.update(update);
  } catch (error) {
    const code = slackErrorCode(error) ?? toChatFault(error).code;
    // A newer drawing, or a form that was closed meanwhile, needs no other.
    if (code !== "hash_conflict" && code !== "not_found") deps.reporter.callFailed({ what: "views.update", code });
  }
}

/** A person field is preset by a person of the directory or, after a redraw, by a Slack user. */
function userIdOf(deps: DoorDeps, value: string): string | null {
  return deps.people.userIdOf(value as PersonId) ?? (/^[UW][A-Z0-9]+$/.test(value) ? value : null);
}
