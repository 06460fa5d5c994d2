// Buttons: those that change something in place, and those that open a dialog.
import type { ButtonAction } from "../chat/button-action.js";
import { readButtonAction } from "../chat/read-button-action.js";
import type { ChangeRequest } from "../ports/command-handler.js";
import { decideNow, look } from "./answer-typed.js";
import { dispatchSubmission } from "./dispatch-submission.js";
import { type Asked, askedBy, type DoorDeps } from "./door-deps.js";
import { openForm } from "./open-form.js";
import type { Arrival } from "./read-activity.js";
import { record } from "./read-field.js";
import { readSubmission } from "./read-submission.js";
import { createReplies, type Reply } from "./replies.js";
import { sendReply } from "./send-reply.js";
import { settleInTime } from "./settle-in-time.js";
import type { TaskAnswer } from "./task-answer.js";

type Decision = Exclude<ButtonAction, { readonly do: "open-form" | "show" }>;

/** Takes a button that acts in place; the text is shown to whoever pressed, null for a button that is not ours. */
export async function dispatchExecute(deps: DoorDeps, arrival: Arrival, data: unknown): Promise<string | null> {
  const action = readPressed(data);
  const asked = askedBy(arrival, "press");
  if (asked === null) return createReplies(deps, null).words("outsider");
  if (action === null) return null;
  return (await replyTo(deps, withVerb(asked, action), action)).card.summary;
}

/** Takes a button of a client that knows only messages; the reply comes where the card is. */
export async function dispatchSubmit(deps: DoorDeps, arrival: Arrival, data: unknown): Promise<void> {
  const action = readPressed(data);
  const asked = askedBy(arrival, "press");
  const replies = createReplies(deps, arrival.userId);
  const reply =
    asked === null
      ? replies.sentence("outsider")
      : action === null
        ? replies.sentence("unknownButton")
        : await replyTo(deps, withVerb(asked, action), action);
  void deps.running.add(sendReply(deps, arrival, reply));
}

/** Takes a button that opens a dialog. */
export async function dispatchFetch(deps: DoorDeps, arrival: Arrival, data: unknown): Promise<TaskAnswer> {
  const asked = askedBy(arrival, "press");
  const replies = createReplies(deps, arrival.userId);
  if (asked === null) return { kind: "text", text: replies.words("outsider") };
  const action = readPressed(data);
  if (action === null) return { kind: "text", text: replies.words("unknownButton") };
  return inDialog(deps, withVerb(asked, action), action);
}

/** Takes what is sent from inside a dialog: a form, or a button of a card that was shown there. */
export async function dispatchDialog(deps: DoorDeps, arrival: Arrival, data: unknown): Promise<TaskAnswer> {
  const submission = readSubmission(data);
  if (submission === null) return dispatchFetch(deps, arrival, data);
  const asked = askedBy(arrival, "form", submission.nonce);
  if (asked === null) return { kind: "text", text: createReplies(deps, null).words("outsider") };
  return dispatchSubmission(deps, asked, submission);
}

async function inDialog(deps: DoorDeps, asked: Asked, action: ButtonAction): Promise<TaskAnswer> {
  if (action.do === "open-form") {
    const target = action.form === "declare" ? null : ({ by: "id", id: action.incident } as const);
    return openForm(deps, asked, { name: action.form, target, values: {} });
  }
  const reply = await replyTo(deps, asked, action);
  if (action.do !== "show") return { kind: "text", text: reply.card.summary };
  const { card, summary } = createReplies(deps, asked.userId).render(reply, "dialog");
  return { kind: "dialog", title: reply.card.header ?? summary, card };
}

async function replyTo(deps: DoorDeps, asked: Asked, action: ButtonAction): Promise<Reply> {
  if (action.do === "open-form") return createReplies(deps, asked.userId).sentence("formNeedsButton");
  const target = { by: "id", id: action.incident } as const;
  const { reply } = await settleInTime(deps, asked, action.do, () =>
    action.do === "show"
      ? look(deps, asked, target, action.what)
      : decideNow(deps, asked, { kind: "change", target, request: requestOf(action) }),
  );
  return reply;
}

function requestOf(action: Decision): ChangeRequest {
  switch (action.do) {
    case "take":
      return { type: "take" };
    case "note-escalation":
      return { type: "note-escalation", escalation: action.escalation };
    case "approve-notice":
    case "discard-notice":
      return { type: action.do, number: action.number };
  }
}

/** One card has several buttons, and one activity could be sent again with another. */
function withVerb(asked: Asked, action: ButtonAction): Asked {
  return { ...asked, commandId: `${asked.commandId}:${action.do}` };
}

/** Teams adds how a button was to be sent to what our cards carry. */
function readPressed(data: unknown): ButtonAction | null {
  const { msteams: _, ...carried } = record(data);
  return readButtonAction(carried);
}
