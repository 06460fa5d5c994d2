// Messages to the bot: "@Plantão verb" in a channel, plain words in a personal conversation, and buttons of old clients.
import { answerTyped } from "./answer-typed.js";
import { dispatchSubmit } from "./dispatch-press.js";
import { askedBy, type DoorDeps } from "./door-deps.js";
import type { Arrival } from "./read-activity.js";
import { record } from "./read-field.js";
import { createReplies } from "./replies.js";
import { sendReply } from "./send-reply.js";
import { settleInTime } from "./settle-in-time.js";
import { BOT_NAME } from "./teams-people.js";
import { typedText } from "./typed-text.js";

/** Takes a message; resolves when it is decided, and the reply follows on its own. */
export function dispatchMessage(deps: DoorDeps, arrival: Arrival, activity: unknown): Promise<void> {
  return deps.seen.once(`${arrival.row.conversationId} ${arrival.activityId}`, async () => {
    const { value } = record(activity);
    if (typeof value === "object" && value !== null) return dispatchSubmit(deps, arrival, value);
    return typed(deps, arrival, typedText(activity, BOT_NAME));
  });
}

async function typed(deps: DoorDeps, arrival: Arrival, text: string): Promise<void> {
  const asked = askedBy(arrival, "message");
  if (asked === null) {
    const reply = createReplies(deps, null).sentence("outsider");
    void deps.running.add(sendReply(deps, arrival, reply));
    return;
  }
  const { reply } = await settleInTime(deps, asked, "message", async () => {
    const answer = answerTyped(deps, asked, text);
    return answer.kind === "said" ? answer.reply : answer.work();
  });
  // The connector waits for the decision and not for the reply, which may be slow to deliver.
  void deps.running.add(sendReply(deps, asked, reply));
}
