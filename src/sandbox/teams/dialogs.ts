// Dialogs (task modules): fetched from the bot by a button, filled in, submitted, replaced or closed by the bot's answer.
import { randomUUID } from "node:crypto";
import type { BotAnswer } from "../slack/bot-line.js";
import type { Taken } from "../slack/desk.js";
import { isJson, type Json, parseJson } from "../slack/wire.js";
import { fromPerson, invokeActivity } from "./activities.js";
import { initialValues } from "./card-inputs.js";
import { textIn } from "./card-text.js";
import { adaptiveCardType } from "./connector-writes.js";
import { type Desk, recordFailure, sendToBot } from "./desk.js";
import type { Where } from "./messages.js";
import type { Dialog, Member, Tenant } from "./tenant.js";
import { cardProblems } from "./validate-card.js";

/** Asks the bot for a dialog and opens what it answers. */
export async function fetchDialog(desk: Desk, member: Member, where: Where, data: unknown): Promise<Taken> {
  const answer = await askBot(desk, member, { where, name: "task/fetch", data });
  const task = taskOf(desk, answer, "task/fetch");
  if (task === undefined || task === "none") return failed(desk, member, "task/fetch", answer);
  if (typeof task === "object" && task.problem) return failed(desk, member, "task/fetch", answer, task.problem);
  openDialog(desk.tenant, member, where, task);
  return { status: answer.status, acknowledged: true };
}

/** Submits a dialog; without a task in the answer it is closed. */
export async function submitDialog(desk: Desk, member: Member, dialog: Dialog, data: unknown): Promise<Taken> {
  const where = { conversation: dialog.conversation, message: dialog.message };
  const answer = await askBot(desk, member, { where, name: "task/submit", data });
  const task = taskOf(desk, answer, "task/submit");
  if (task === undefined) return failed(desk, member, "task/submit", answer);
  if (task === "none") closeDialog(desk.tenant, member, "submitted");
  else if (task.problem) return failed(desk, member, "task/submit", answer, task.problem);
  else openDialog(desk.tenant, member, where, task);
  return { status: answer.status, acknowledged: true };
}

/** Takes a person's dialog from the screen. */
export function closeDialog(tenant: Tenant, member: Member, what: "closed" | "submitted" = "closed"): void {
  const dialog = tenant.dialogs.get(member.id);
  if (!dialog) return;
  tenant.dialogs.delete(member.id);
  tenant.transcript.add({ kind: "view", what, by: "person", person: member.handle, text: dialog.title });
}

async function askBot(
  desk: Desk,
  member: Member,
  { where, name, data }: { where: Where; name: "task/fetch" | "task/submit"; data: unknown },
): Promise<BotAnswer> {
  const ground = { tenant: desk.tenant, serviceUrl: desk.serviceUrl() };
  const base = fromPerson(ground, { conversation: where.conversation, rootId: where.message.rootId }, member);
  const activity = invokeActivity(base, where.message.id, name, { data, context: { theme: "default" } });
  return sendToBot(desk, { activity, what: name, member, waits: true });
}

interface Task {
  readonly title: string;
  readonly width?: unknown;
  readonly height?: unknown;
  readonly card?: Json;
  readonly words?: string;
  readonly problem?: string;
}

/** The task in an answer, "none" when it says that there is nothing to show, undefined when it is no answer. */
function taskOf({ tenant }: Desk, answer: BotAnswer, what: string): Task | "none" | undefined {
  if (answer.error) return undefined;
  const body = answer.body.trim() === "" ? {} : parseJson(answer.body);
  if (!isJson(body)) return undefined;
  const { task } = body;
  if (task === undefined || task === null) return "none";
  if (!isJson(task)) return undefined;
  if (task["type"] === "message" && typeof task["value"] === "string")
    return { title: tenant.botName, words: task["value"] };
  if (task["type"] !== "continue" || !isJson(task["value"]))
    return { title: "", problem: "the task is neither continue nor message" };
  const { title, width, height, card } = task["value"];
  const content = isJson(card) && card["contentType"] === adaptiveCardType ? card["content"] : undefined;
  const problems = isJson(content)
    ? [...cardProblems(content, "dialog")]
    : ["a dialog of this workspace is an Adaptive Card"];
  if (textIn(title) === "") problems.push("the dialog has no title");
  if (problems.length === 0 && isJson(content)) return { title: textIn(title), width, height, card: content };
  tenant.transcript.addRefusal({ method: `answer to ${what}`, error: "invalid_card", messages: problems });
  return { title: "", problem: problems.join("; ") };
}

function openDialog(tenant: Tenant, member: Member, where: Where, task: Task): void {
  const replaced = tenant.dialogs.has(member.id);
  const dialog: Dialog = {
    id: randomUUID(),
    ...where,
    title: task.title,
    width: task.width,
    height: task.height,
    card: task.card,
    words: task.words,
    values: task.card ? initialValues(task.card) : new Map(),
    errors: new Map(),
  };
  tenant.dialogs.set(member.id, dialog);
  const text = task.words ?? task.title;
  tenant.transcript.add({
    kind: "view",
    what: replaced ? "updated" : "opened",
    by: "bot",
    person: member.handle,
    text,
  });
}

/** The client says only that it could not reach the app. */
function failed(desk: Desk, member: Member, what: string, answer: BotAnswer, problem?: string): Taken {
  const error = answer.error ?? (problem ? "invalid_card" : "invalid_response");
  recordFailure(desk, { what, member, error, status: answer.status, ...(problem ? { text: problem } : {}) });
  return { status: answer.status, acknowledged: false, error };
}
