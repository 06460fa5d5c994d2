// Replies outside the answer to an activity. They are for whoever asked and are never the record of anything.
import type { ConversationRow } from "../ports/conversations.js";
import type { DoorDeps } from "./door-deps.js";
import { createReplies, type Reply } from "./replies.js";
import { toChatFault } from "./teams-fault.js";

/** Says something where somebody acted. */
export async function sendReply(
  deps: DoorDeps,
  to: { readonly userId: string | null; readonly row: ConversationRow },
  reply: Reply,
): Promise<void> {
  try {
    const { card, summary } = createReplies(deps, to.userId).render(reply, "message");
    await deps.port.reply(to.row, { card, summary });
  } catch (error) {
    deps.reporter.callFailed({ what: "reply", code: toChatFault(error).code });
  }
}
