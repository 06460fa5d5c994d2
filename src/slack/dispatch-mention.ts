// "@Plantão verb" in channels and in threads, where slash commands cannot be used.
import { answerTyped } from "./answer-typed.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import type { FormAsk } from "./form-view.js";
import { record } from "./read-view.js";
import type { SlackMessage } from "./render-block-kit.js";
import { createReplies } from "./replies.js";
import { sendReply } from "./send-reply.js";
import { settleInTime } from "./settle-in-time.js";

/** Takes a mention of the bot; resolves when it is dealt with, so that Slack repeats what a crash interrupts. */
export async function dispatchMention(deps: DoorDeps, body: unknown, botUserId: string | null): Promise<void> {
  const payload = record(body);
  const event = record(payload["event"]);
  const [userId, channel] = [text(event["user"]), text(event["channel"])];
  // Only people speak to the bot: another app that quotes a mention would start a conversation of machines.
  if (userId === null || channel === null || event["bot_id"] !== undefined || event["subtype"] !== undefined) return;
  const asked: Asked = {
    userId,
    userName: userId,
    channel,
    thread: text(event["thread_ts"]),
    commandId: `slack:event:${text(payload["event_id"]) ?? ""}`,
  };
  const answer = answerTyped(deps, asked, withoutMention(text(event["text"]) ?? "", botUserId));
  if (answer.kind === "said") return sendReply(deps, asked, answer.message, null);
  const work = answer.kind === "form" ? () => offerForm(deps, asked, answer.form) : answer.work;
  const what = answer.kind === "form" ? "form" : answer.what;
  const { message } = await settleInTime(deps, asked, what, work, null);
  await sendReply(deps, asked, message, null);
}

/** A mention carries no trigger, so the form waits behind a button. */
async function offerForm(deps: DoorDeps, asked: Asked, form: FormAsk): Promise<SlackMessage> {
  const replies = createReplies(deps, asked);
  if (form.target === null) return replies.sentence("formNeedsCommand");
  const found = await deps.handler.look(form.target);
  if (found === null) {
    const here = form.target.by === "room" && form.target.roomId === asked.channel;
    return replies.refusal({ reason: here ? "not-in-an-incident-channel" : "unknown-incident" }, null);
  }
  return replies.formButton(found.snapshot.incident.id, form.name, form.values);
}

/** The text without the mention of the bot itself, wherever it stands. */
function withoutMention(words: string, botUserId: string | null): string {
  const id = botUserId ?? /^\s*<@([UW][A-Z0-9]+)/.exec(words)?.[1];
  return id === undefined ? words.trim() : words.replace(new RegExp(`<@${id}(?:\\|[^>]*)?>[,:]?`), "").trim();
}

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
