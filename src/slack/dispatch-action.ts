// Buttons on cards, and fields of open forms whose answers change the form.
import type { ButtonAction } from "../chat/button-action.js";
import { isFormName } from "../chat/forms/form-registry.js";
import type { ChangeRequest } from "../ports/command-handler.js";
import { decideNow, look } from "./answer-typed.js";
import { readButtonAction } from "./buttons.js";
import type { Ack } from "./dispatch-command.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { openForm, redrawForm } from "./open-form.js";
import { readMemory, readView, record } from "./read-view.js";
import { createReplies } from "./replies.js";
import { sendReply } from "./send-reply.js";
import { settleInTime } from "./settle-in-time.js";

/** Takes a pressed button or a changed field. Slack shows nothing of the answer itself. */
export async function dispatchAction(deps: DoorDeps, body: unknown, ack: Ack): Promise<void> {
  const payload = record(body);
  if (payload["view"] !== undefined) {
    await ack();
    return changeField(deps, payload);
  }
  return pressButton(deps, payload, ack);
}

async function changeField(deps: DoorDeps, payload: Record<string, unknown>): Promise<void> {
  const view = record(payload["view"]);
  const [viewId, hash, name] = [view["id"], view["hash"], view["callback_id"]];
  if (typeof viewId !== "string" || typeof hash !== "string" || typeof name !== "string" || !isFormName(name)) return;
  const { userId, userName } = userOf(payload);
  await redrawForm(deps, { userId, userName }, { viewId, hash, name, memory: readMemory(view) }, readView(view));
}

async function pressButton(deps: DoorDeps, payload: Record<string, unknown>, ack: Ack): Promise<void> {
  const actions = payload["actions"];
  const pressed = record(Array.isArray(actions) ? actions[0] : null);
  const asked = askedBy(payload, pressed);
  const responseUrl = text(payload["response_url"]);
  const action = readButtonAction(pressed["value"]);
  if (action === null) {
    await ack();
    return sendReply(deps, asked, createReplies(deps, asked).sentence("unknownButton"), responseUrl);
  }
  const target = { by: "id", id: action.incident } as const;
  if (action.do === "open-form") {
    const form = { name: action.form, target, values: {} };
    const opened = await openForm(deps, asked, { triggerId: text(payload["trigger_id"]), responseUrl }, form);
    await ack();
    return opened
      ? undefined
      : sendReply(deps, asked, createReplies(deps, asked).sentence("formDidNotOpen"), responseUrl);
  }
  const { message } = await settleInTime(
    deps,
    asked,
    action.do,
    () => {
      if (action.do === "show") return look(deps, asked, target, action.what);
      return decideNow(deps, asked, { kind: "change", target, request: requestOf(action) });
    },
    responseUrl,
  );
  // Decided: Slack may stop waiting before the person has been told.
  await ack();
  return sendReply(deps, asked, message, responseUrl);
}

type Decided = Exclude<ButtonAction, { readonly do: "open-form" | "show" }>;

function requestOf(action: Decided): ChangeRequest {
  if (action.do === "take") return { type: "take" };
  if (action.do === "note-escalation") return { type: action.do, escalation: action.escalation };
  return { type: action.do, number: action.number };
}

function userOf(payload: Record<string, unknown>): Pick<Asked, "userId" | "userName"> {
  const user = record(payload["user"]);
  const userId = text(user["id"]) ?? "";
  return { userId, userName: text(user["name"]) ?? text(user["username"]) ?? userId };
}

function askedBy(payload: Record<string, unknown>, pressed: Record<string, unknown>): Asked {
  const { userId, userName } = userOf(payload);
  const container = record(payload["container"]);
  return {
    userId,
    userName,
    channel: text(record(payload["channel"])["id"]) ?? text(container["channel_id"]),
    thread: text(record(payload["message"])["thread_ts"]),
    commandId: `slack:action:${text(pressed["action_ts"]) ?? ""}:${userId}:${text(pressed["action_id"]) ?? ""}`,
  };
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
