// Forms open, change and close; home tabs are published.
import { createHash } from "node:crypto";
import { slackSurfaceLimits } from "../../limits/slack.js";
import { handleOf } from "./directory.js";
import { initialValues } from "./element-values.js";
import { readerFor } from "./reader.js";
import { invalid, SlackRefusal } from "./refusal.js";
import { completeBlocks, viewProblems } from "./validate-blocks.js";
import { blocksText } from "./visible-text.js";
import { isJson, type Json, type WireText } from "./wire.js";
import type { View, Workspace } from "./workspace.js";

/** Refuses a view that Slack would refuse, and answers its parsed form. */
export function checkedView(ws: Workspace, view: unknown, type: "modal" | "home", replacing?: View): Json {
  if (!isJson(view)) throw invalid("invalid_arguments", ["view must be an object [json-pointer:/view]"]);
  if (Buffer.byteLength(JSON.stringify(view)) > slackSurfaceLimits.viewBytes) throw new SlackRefusal("view_too_large");
  const problems = viewProblems(view, type);
  if (problems.length > 0) throw invalid("invalid_arguments", problems);
  const external = view["external_id"];
  const others = allViews(ws).filter((other) => other !== replacing);
  if (external && others.some((other) => other.externalId === external))
    throw new SlackRefusal("duplicate_external_id");
  return view;
}

/** Every open form and published home tab. */
export function allViews(ws: Workspace): readonly View[] {
  return [...[...ws.modals.values()].flat(), ...ws.homes.values()];
}

/** The form on top of a person's stack. */
export function topView(ws: Workspace, userId: string): View | undefined {
  return ws.modals.get(userId)?.at(-1);
}

/** Opens a form alone or, when pushed, over the one that is open. */
export function openView(ws: Workspace, userId: string, checked: Json, how: "opened" | "pushed"): View {
  const stack = how === "pushed" ? (ws.modals.get(userId) ?? []) : [];
  const view = newView(ws, userId, "modal", stack);
  fillView(ws, view, checked);
  ws.modals.set(userId, [...stack, view]);
  recordView(ws, view, how);
  return view;
}

/** Replaces what a view shows; entries under the same block and action ids stay. */
export function updateView(ws: Workspace, view: View, checked: Json): void {
  fillView(ws, view, checked);
  view.errors = new Map();
  recordView(ws, view, "updated");
}

/** Publishes a person's home tab. */
export function publishHome(ws: Workspace, userId: string, checked: Json): View {
  const view = ws.homes.get(userId) ?? newView(ws, userId, "home", []);
  fillView(ws, view, checked);
  ws.homes.set(userId, view);
  recordView(ws, view, "published");
  return view;
}

/** Closes the form on top of a person's stack, or all of them. */
export function closeViews(ws: Workspace, userId: string, which: "top" | "all"): readonly View[] {
  const stack = ws.modals.get(userId) ?? [];
  const kept = which === "all" ? [] : stack.slice(0, -1);
  ws.modals.set(userId, kept);
  const closed = stack.slice(kept.length);
  for (const view of closed) recordView(ws, view, "closed");
  return closed;
}

function newView(ws: Workspace, user: string, type: View["type"], stack: readonly View[]): View {
  const id = ws.nextId("V0");
  return {
    id,
    user,
    type,
    rootId: stack[0]?.id ?? id,
    previousId: stack.at(-1)?.id,
    hash: "",
    title: undefined,
    submit: undefined,
    close: undefined,
    blocks: [],
    privateMetadata: "",
    callbackId: "",
    externalId: "",
    clearOnClose: false,
    notifyOnClose: false,
    values: new Map(),
    errors: new Map(),
  };
}

function fillView(ws: Workspace, view: View, checked: Json): void {
  view.title = checked["title"] as WireText | undefined;
  view.submit = checked["submit"] as WireText | undefined;
  view.close = checked["close"] as WireText | undefined;
  view.blocks = completeBlocks(checked["blocks"], ws.nextId);
  view.privateMetadata = String(checked["private_metadata"] ?? "");
  view.callbackId = String(checked["callback_id"] ?? "");
  view.externalId = String(checked["external_id"] ?? "");
  view.clearOnClose = checked["clear_on_close"] === true;
  view.notifyOnClose = checked["notify_on_close"] === true;
  initialValues(view.blocks, view.values);
  const digest = createHash("sha256")
    .update(`${view.id}${JSON.stringify(checked)}`)
    .digest("hex");
  view.hash = `${ws.nextTs()}.${digest.slice(0, 8)}`;
}

function recordView(ws: Workspace, view: View, what: string): void {
  const reader = readerFor(ws, ws.users.get(view.user));
  const title = view.title?.text ?? "";
  ws.transcript.add({
    kind: "view",
    what,
    by: what === "closed" ? "person" : "bot",
    person: handleOf(ws, view.user),
    text: [title, blocksText(view.blocks, reader)].filter((part) => part !== "").join("\n"),
    blocks: view.blocks,
    body: { id: view.id, callback_id: view.callbackId, type: view.type },
  });
}
