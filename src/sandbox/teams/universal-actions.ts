// Action.Execute: the bot is asked, and its answer is a card, words or an error for the person who acted.
import type { BotAnswer } from "../slack/bot-line.js";
import type { Taken } from "../slack/desk.js";
import { isJson, type Json, parseJson } from "../slack/wire.js";
import { fromPerson, invokeActivity } from "./activities.js";
import { textIn } from "./card-text.js";
import { adaptiveCardType } from "./connector-writes.js";
import { type Desk, recordFailure, sendToBot } from "./desk.js";
import { showCard, showWords, type Where } from "./messages.js";
import type { Member } from "./tenant.js";
import { cardProblems } from "./validate-card.js";

/** An action to carry out. */
export interface Executed {
  readonly where: Where;
  readonly action: Json;
  /** The action's data together with the card's inputs. */
  readonly data: Json;
  readonly trigger: "manual" | "automatic";
}

/** Sends the action and shows what the bot answers. */
export async function execute(desk: Desk, member: Member, { where, action, data, trigger }: Executed): Promise<Taken> {
  const ground = { tenant: desk.tenant, serviceUrl: desk.serviceUrl() };
  const base = fromPerson(ground, { conversation: where.conversation, rootId: where.message.rootId }, member);
  const { title, verb, id } = action;
  const sent = { type: "Action.Execute", ...defined({ title, verb, id }), data };
  const activity = invokeActivity(base, where.message.id, "adaptiveCard/action", { action: sent, trigger });
  const what = `execute ${textIn(verb)}`;
  const answer = await sendToBot(desk, { activity, what, member, text: textIn(title), waits: true });
  const shown = show(desk, member, where, answer);
  if (shown === undefined) return { status: answer.status, acknowledged: true };
  // A refresh that fails leaves the card as it is, and nobody sees anything.
  if (trigger === "manual") recordFailure(desk, { what, member, ...shown, status: answer.status });
  return { status: answer.status, acknowledged: false, error: shown.text ?? shown.error };
}

/** Shows the answer, or says what the person saw instead. */
function show(
  desk: Desk,
  member: Member,
  where: Where,
  answer: BotAnswer,
): { readonly error: string; readonly text?: string } | undefined {
  const body = parseJson(answer.body);
  if (isJson(body) && body["type"] === "application/vnd.microsoft.error") {
    const value = isJson(body["value"]) ? body["value"] : {};
    const text = textIn(value["message"]);
    where.message.wordsFor.set(member.id, text);
    return { error: textIn(value["code"]) || "error", text };
  }
  if (answer.error) return { error: answer.error };
  if (!isJson(body) || body["statusCode"] !== 200) return { error: "invalid_response" };
  const { type, value } = body;
  if (type === "application/vnd.microsoft.activity.message" && typeof value === "string") {
    showWords(desk.tenant, where, member, value);
    return undefined;
  }
  if (type !== adaptiveCardType || !isJson(value)) return { error: "invalid_response" };
  const problems = cardProblems(value);
  if (problems.length > 0) {
    desk.tenant.transcript.addRefusal({
      method: "answer to adaptiveCard/action",
      error: "invalid_card",
      messages: problems,
    });
    return { error: "invalid_card", text: problems.join("; ") };
  }
  showCard(desk.tenant, where, member, value);
  return undefined;
}

/** An object without the fields that are undefined. */
function defined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
}
