// Forms open from memory: nothing may stand before views.open, because its trigger lives for three seconds.
import type { FormTarget } from "../chat/asks.js";
import type { FormName } from "../chat/button-action.js";
import type { FormValues } from "../chat/form.js";
import { formTarget } from "../chat/forms/form-registry.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { type FormAsk, updateView, viewOf } from "./form-view.js";
import { unescapeMrkdwn } from "./mrkdwn.js";
import { previewView } from "./preview-view.js";
import { type ModalMemory, messageModal } from "./render-modal.js";
import { createReplies } from "./replies.js";
import { slackErrorCode, toChatFault } from "./slack-fault.js";

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
    const viewId = opened.view?.id ?? null;
    const follows =
      ask.name === "notify" && viewId !== null
        ? showPreview(deps, asked, { viewId, memory }, ask)
        : closeWhenPointless(deps, asked, ask.target, viewId);
    void deps.running.add(follows);
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
  asked: Pick<Asked, "userId" | "userName">,
  open: { readonly viewId: string; readonly hash: string; readonly name: FormName; readonly memory: ModalMemory },
  values: FormValues,
): Promise<void> {
  const ask = { name: open.name, target: formTarget(open.memory.form), values };
  if (ask.name === "notify") return showPreview(deps, asked, open, ask);
  const view = viewOf(deps, asked.userId, ask, open.memory);
  await updateView(deps, { view_id: open.viewId, hash: open.hash, view });
}

/** Draws an open form with what would be sent to customers now. */
async function showPreview(
  deps: DoorDeps,
  asked: Pick<Asked, "userId" | "userName">,
  open: { readonly viewId: string; readonly hash?: string; readonly memory: ModalMemory },
  ask: FormAsk,
): Promise<void> {
  const view = await previewView(deps, asked, ask, open.memory);
  const hash = open.hash === undefined ? {} : { hash: open.hash };
  await updateView(deps, { view_id: open.viewId, ...hash, view });
}
