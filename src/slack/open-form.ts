// Forms open from memory: nothing may stand before views.open, because its trigger lives for three seconds.
import type { ViewsUpdateArguments } from "@slack/web-api";
import type { FormTarget } from "../chat/asks.js";
import type { FormName } from "../chat/button-action.js";
import type { FormValues } from "../chat/form.js";
import { buildForm, formTarget } from "../chat/forms/form-registry.js";
import type { PersonId } from "../domain/incident/ids.js";
import { isOnDuty } from "./carry-out.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { unescapeMrkdwn } from "./mrkdwn.js";
import { type ModalMemory, messageModal, renderModal } from "./render-modal.js";
import { createReplies } from "./replies.js";
import { slackErrorCode, toChatFault } from "./slack-fault.js";

/** A form to show. */
export type FormAsk = { readonly name: FormName; readonly target: FormTarget | null; readonly values: FormValues };

/** Opens a form; false when Slack did not, which the person must be told. */
export async function openForm(
  deps: DoorDeps,
  asked: Asked,
  request: { readonly triggerId: string | null; readonly responseUrl: string | null },
  ask: FormAsk,
): Promise<boolean> {
  const memory = { form: {}, channel: asked.channel, thread: asked.thread, responseUrl: request.responseUrl };
  const view = viewOf(deps, asked.userId, ask, memory);
  try {
    const opened = await deps.client.views.open({ trigger_id: request.triggerId ?? "", view });
    void deps.running.add(closeWhenPointless(deps, asked, ask.target, opened.view?.id ?? null));
    return true;
  } catch (error) {
    deps.reporter.callFailed({ what: "views.open", code: slackErrorCode(error) ?? toChatFault(error).code });
    return false;
  }
}

/**
 * Nothing may be looked up before a form opens. One that turns out to be about no incident says so at once, before
 * somebody writes into it.
 */
async function closeWhenPointless(
  deps: DoorDeps,
  asked: Asked,
  target: FormTarget | null,
  viewId: string | null,
): Promise<void> {
  if (target === null || target.by === "id" || viewId === null) return;
  const found = await deps.handler.look(target).catch(() => "unknown" as const);
  // A store that does not answer leaves the form as it is: the submission will tell.
  if (found !== null) return;
  const replies = createReplies(deps, asked);
  const reason = target.by === "room" ? "not-in-an-incident-channel" : "unknown-incident";
  const words = unescapeMrkdwn(replies.refusal({ reason }, null).text);
  const view = messageModal(replies.words("notDoneTitle"), words, replies.words("close"));
  await updateView(deps, { view_id: viewId, view });
}

/** Draws an open form again with its present values. */
export async function redrawForm(
  deps: DoorDeps,
  userId: string,
  open: { readonly viewId: string; readonly hash: string; readonly name: FormName; readonly memory: ModalMemory },
  values: FormValues,
): Promise<void> {
  const ask = { name: open.name, target: formTarget(open.memory.form), values };
  const view = viewOf(deps, userId, ask, open.memory);
  await updateView(deps, { view_id: open.viewId, hash: open.hash, view });
}

async function updateView(deps: DoorDeps, update: ViewsUpdateArguments): Promise<void> {
  try {
    await deps.client.views.update(update);
  } catch (error) {
    const code = slackErrorCode(error) ?? toChatFault(error).code;
    // A newer drawing, or a form that was closed meanwhile, needs no other.
    if (code !== "hash_conflict" && code !== "not_found") deps.reporter.callFailed({ what: "views.update", code });
  }
}

function viewOf(deps: DoorDeps, userId: string, ask: FormAsk, memory: ModalMemory) {
  const person = deps.directory.byChat("slack", userId);
  const form = buildForm(ask.name, {
    language: deps.people.voiceFor(person).language,
    target: ask.target,
    services: deps.catalogue.services(),
    customers: deps.catalogue.customers(),
    onDuty: isOnDuty(deps, person),
    policy: deps.policies.inForce(),
    values: ask.values,
    context: memory.form,
  });
  return renderModal(form, { ...memory, form: form.context }, (value) => userIdOf(deps, value));
}

/** A person field is preset by a person of the directory or, after a redraw, by a Slack user. */
function userIdOf(deps: DoorDeps, value: string): string | null {
  return deps.people.userIdOf(value as PersonId) ?? (/^[UW][A-Z0-9]+$/.test(value) ? value : null);
}
