// A person fills in, submits and closes forms.
import { type Desk, sendToBot, type Taken, taken, viewChange } from "./desk.js";
import { type Entered, enteredValue } from "./element-values.js";
import { formProblems } from "./form-checks.js";
import { actionPayload, closing, submission, viewActions } from "./interaction-payloads.js";
import { SlackRefusal } from "./refusal.js";
import { type FieldSight, fieldsOf } from "./sights.js";
import { checkedView, closeViews, openView, topView, updateView } from "./view-changes.js";
import { isJson, type Json, parseJson } from "./wire.js";
import type { User, View, Workspace } from "./workspace.js";

/** What became of a submission. */
export interface SubmissionAnswer extends Taken {
  /** False when the form itself found a field wrong and sent nothing. */
  readonly sent: boolean;
  /** Messages under fields, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
  /** True when the submitted form is gone from the screen. */
  readonly closed: boolean;
}

/** The form that a person has open; throws when there is none. */
export function openForm(ws: Workspace, user: User): View {
  const view = topView(ws, user.id);
  if (!view) throw new Error(`@${user.handle} has no form open. Latest:\n${ws.transcript.narrate()}`);
  return view;
}

/** The field with this block id, action id or label. */
function findField(ws: Workspace, view: Pick<View, "blocks" | "values">, key: string): FieldSight {
  const fields = fieldsOf(ws, view.blocks, view.values);
  const wanted = key.trim().toLowerCase();
  const found =
    fields.find((field) => field.blockId === key) ??
    fields.find((field) => field.actionId === key) ??
    fields.find((field) => field.label.trim().toLowerCase() === wanted);
  if (found) return found;
  const known = fields.map((field) => `"${field.label}" (${field.blockId})`).join(", ");
  throw new Error(`The form has no field "${key}"; it has ${known || "none"}`);
}

/** Enters a value into the open form, and tells the bot when the field asks for that. */
export async function enter(
  desk: Desk,
  user: User,
  view: View,
  key: string,
  entered: Entered,
): Promise<Taken | undefined> {
  return enterField(desk, user, view, { field: findField(desk.ws, view, key), entered });
}

/** Enters a value into one known field of a form or home tab. */
export async function enterField(
  desk: Desk,
  user: User,
  view: View,
  { field, entered }: { field: FieldSight; entered: Entered },
): Promise<Taken | undefined> {
  const value = enteredValue(desk.ws, field.element, entered);
  view.values.get(field.blockId)?.set(field.actionId, value);
  const errors = new Map(view.errors);
  errors.delete(field.blockId);
  view.errors = errors;
  const dispatches = field.block.type !== "input" || field.block.dispatch_action === true;
  if (!dispatches) return undefined;
  return sendViewAction(desk, user, view, actionPayload(desk.ws, field.element, field.blockId, { value }), field.label);
}

/** Sends block_actions from a form or home tab and waits a little for the view to change. */
export async function sendViewAction(desk: Desk, user: User, view: View, action: Json, label: string): Promise<Taken> {
  const { ws } = desk;
  const before = ws.transcript.entries.length;
  const triggerId = desk.triggers.issue({ user: user.id, viewId: view.id });
  const payload = viewActions(ws, { user, view, action, triggerId });
  const what = `action ${String(action["action_id"])}`;
  const answer = await sendToBot(desk, { kind: "interaction", what, user, text: label, payload });
  if (!answer.error) await viewChange(ws, user, before);
  return taken(answer);
}

/** Presses the form's submit button. */
export async function submitForm(desk: Desk, user: User): Promise<SubmissionAnswer> {
  const { ws } = desk;
  const view = openForm(ws, user);
  const problems = formProblems(fieldsOf(ws, view.blocks, view.values), ws.language);
  view.errors = problems;
  if (problems.size > 0) {
    return { status: 0, acknowledged: false, sent: false, errors: Object.fromEntries(problems), closed: false };
  }
  const triggerId = desk.triggers.issue({ user: user.id, viewId: view.id });
  const payload = submission(ws, { user, view, triggerId });
  const what = `submission ${view.callbackId}`;
  const answer = await sendToBot(desk, { kind: "interaction", what, user, text: view.title?.text ?? "", payload });
  if (answer.error) return { ...taken(answer), sent: true, closed: false };
  const parsed = answer.body.trim() === "" ? {} : parseJson(answer.body);
  const error = applyAnswer(ws, user, view, isJson(parsed) ? parsed : {});
  const errors = view.errors.size > 0 ? { errors: Object.fromEntries(view.errors) } : {};
  const closed = !(ws.modals.get(user.id) ?? []).includes(view);
  return { ...taken(answer), ...(error ? { error } : {}), sent: true, ...errors, closed };
}

/** Does what the answer to a submission says; answers what the person sees when that is not possible. */
function applyAnswer(ws: Workspace, user: User, view: View, answer: Json): string | undefined {
  const action = answer["response_action"];
  try {
    if (action === undefined) takeAway(ws, user, view);
    else if (action === "clear") closeViews(ws, user.id, "all");
    else if (action === "errors") view.errors = checkedErrors(view, answer["errors"]);
    else if (action === "update") updateView(ws, view, checkedView(ws, answer["view"], "modal", view));
    else if (action === "push") openView(ws, user.id, checkedView(ws, answer["view"], "modal"), "pushed");
    else throw new SlackRefusal("invalid_response_action");
    return undefined;
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const messages = (error.details["errors"] as readonly string[] | undefined) ?? [];
    const what = `submission ${view.callbackId}`;
    ws.transcript.addRefusal({ method: what, error: error.code, messages });
    ws.transcript.add({ kind: "failure", what, by: "bot", person: user.handle, error: error.code });
    return error.code;
  }
}

/** Errors may only stand under input blocks of the form. */
function checkedErrors(view: View, errors: unknown): ReadonlyMap<string, string> {
  const inputs = new Set(view.blocks.filter((block) => block.type === "input").map((block) => block.block_id));
  const entries = isJson(errors) ? Object.entries(errors) : [];
  const wrong = entries.filter(([blockId]) => !inputs.has(blockId)).map(([blockId]) => blockId);
  if (entries.length === 0 || wrong.length > 0) {
    throw new SlackRefusal("invalid_errors", { errors: wrong.map((id) => `${id} is not an input block of the form`) });
  }
  return new Map(entries.map(([blockId, text]) => [blockId, String(text)]));
}

/** Closes the submitted form, unless the bot already replaced what is on the screen. */
function takeAway(ws: Workspace, user: User, view: View): void {
  if (topView(ws, user.id) === view) closeViews(ws, user.id, "top");
  else
    ws.modals.set(
      user.id,
      (ws.modals.get(user.id) ?? []).filter((kept) => kept !== view),
    );
}

/** Closes the form on top, or the whole stack, telling the bot where it asked to be told. */
export async function closeForm(desk: Desk, user: User, all = false): Promise<void> {
  const { ws } = desk;
  const view = openForm(ws, user);
  const closed = closeViews(ws, user.id, all || view.clearOnClose ? "all" : "top");
  for (const gone of closed.filter((candidate) => candidate.notifyOnClose)) {
    const payload = closing(ws, { user, view: gone, isCleared: all });
    await sendToBot(desk, { kind: "interaction", what: `closed ${gone.callbackId}`, user, payload });
  }
}
