// A submitted form: read, decided and only then closed. What is wrong is said at the field, with the form still open.
import type { FormName } from "../chat/button-action.js";
import { isFormName, readForm } from "../chat/forms/form-registry.js";
import { refusedField } from "../chat/forms/refused-field.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { Outcome } from "../ports/command-handler.js";
import { type Ask, carryOut } from "./carry-out.js";
import type { Ack } from "./dispatch-command.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { drawnAgain } from "./draw-again.js";
import { unescapeMrkdwn } from "./mrkdwn.js";
import { readMemory, readView, record } from "./read-view.js";
import type { SlackMessage } from "./render-block-kit.js";
import { messageModal } from "./render-modal.js";
import { createReplies } from "./replies.js";
import { sendReply } from "./send-reply.js";
import { settleInTime } from "./settle-in-time.js";

/** Takes the submission of a form. */
export async function dispatchSubmission(deps: DoorDeps, body: unknown, ack: Ack): Promise<void> {
  const payload = record(body);
  const view = record(payload["view"]);
  const name = view["callback_id"];
  if (typeof name !== "string" || !isFormName(name)) return ack();
  const asked = askedBy(payload);
  const { form: context, responseUrl } = readMemory(view);
  const { language, outreach } = deps.people.voiceFor(deps.directory.byChat("slack", asked.userId));
  const reading = readForm(name, readView(view), {
    language,
    now: deps.clock.now(),
    services: deps.catalogue.services(),
    customers: deps.catalogue.customers(),
    context,
    ...(outreach === undefined ? {} : { outreach }),
  });
  if (!reading.ok) {
    const unseen = name === "notify" ? reading.errors["template"] : undefined;
    if (unseen !== undefined) return ack(await drawnAgain(deps, asked, view, unseen));
    return ack(answerErrors(deps, asked, view, reading.errors));
  }
  const ask: Ask = reading.ask;
  // The form stays open when it can be mended, so the outcome is needed beside its words.
  let decided: Outcome | null = null;
  const work = async (): Promise<SlackMessage> => {
    const outcome = await carryOut(deps, asked, ask);
    decided = outcome;
    return createReplies(deps, asked).outcome(ask, outcome);
  };
  const { message, final } = await settleInTime(deps, asked, name, work, responseUrl);
  if (!final) return ack(inModal(deps, asked, "notConfirmedTitle", unescapeMrkdwn(message.text)));
  const outcome = decided as Outcome | null;
  if (outcome?.kind === "done") {
    await ack({ response_action: "clear" });
    return sendReply(deps, asked, message, responseUrl);
  }
  if (outcome?.kind === "refused" && outcome.refusal.reason === "audience-changed") {
    return ack(await drawnAgain(deps, asked, view, unescapeMrkdwn(message.text)));
  }
  const field = outcome?.kind === "refused" ? fieldOf(name, outcome.refusal, view) : firstInput(view);
  return ack(
    field === null
      ? inModal(deps, asked, "notDoneTitle", unescapeMrkdwn(message.text))
      : { response_action: "errors", errors: { [field]: unescapeMrkdwn(message.text) } },
  );
}

/** Errors at their fields; those of fields that are not shown would be lost, so they are said in place of the form. */
function answerErrors(
  deps: DoorDeps,
  asked: Asked,
  view: Record<string, unknown>,
  errors: Readonly<Record<string, string>>,
): unknown {
  const shown = inputs(view);
  const first = shown[0];
  const placed = Object.entries(errors).map(
    ([field, words]) => [shown.includes(field) ? field : first, words] as const,
  );
  if (first === undefined) return inModal(deps, asked, "notDoneTitle", Object.values(errors).join("\n"));
  return { response_action: "errors", errors: Object.fromEntries(placed) };
}

function inModal(deps: DoorDeps, asked: Asked, title: "notConfirmedTitle" | "notDoneTitle", words: string): unknown {
  const replies = createReplies(deps, asked);
  return { response_action: "update", view: messageModal(replies.words(title), words, replies.words("close")) };
}

/** The field that a refusal is about when the form shows it, else the first. */
function fieldOf(form: FormName, refusal: Refusal, view: Record<string, unknown>): string | null {
  const field = refusedField(form, refusal);
  return field !== null && inputs(view).includes(field) ? field : firstInput(view);
}

const firstInput = (view: Record<string, unknown>): string | null => inputs(view)[0] ?? null;

function inputs(view: Record<string, unknown>): string[] {
  const blocks = Array.isArray(view["blocks"]) ? view["blocks"].map(record) : [];
  return blocks.filter((block) => block["type"] === "input").map((block) => String(block["block_id"]));
}

function askedBy(payload: Record<string, unknown>): Asked {
  const user = record(payload["user"]);
  const view = record(payload["view"]);
  const userId = text(user["id"]) ?? "";
  const { channel, thread } = readMemory(view);
  const userName = text(user["name"]) ?? text(user["username"]) ?? userId;
  return { userId, userName, channel, thread, commandId: `slack:view:${text(view["id"]) ?? ""}` };
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
