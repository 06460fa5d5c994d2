// Work that needs the store is waited for while a person waits; what takes longer is told when it is known (I6).
import { randomUUID } from "node:crypto";
import { answerWithin, DECISION_MS } from "./answer-within.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import type { SlackMessage } from "./render-block-kit.js";
import { createReplies } from "./replies.js";
import { sendReply } from "./send-reply.js";

/** What to say in time, and whether that is the outcome. */
export type InTime = { readonly message: SlackMessage; readonly final: boolean };

/** Waits for work within the time of an answer; later its message goes out by itself. */
export async function settleInTime(
  deps: DoorDeps,
  asked: Asked,
  what: string,
  work: () => Promise<SlackMessage>,
  responseUrl: string | null,
): Promise<InTime> {
  const answered = await answerWithin(unbroken(deps, asked, what, work));
  if (answered.kind === "in-time") return { message: answered.value, final: true };
  deps.reporter.answerLate({ what, afterMs: DECISION_MS });
  void deps.running.add(answered.later.then((message) => sendReply(deps, asked, message, responseUrl)));
  return { message: createReplies(deps, asked).late(), final: false };
}

/** The work's message; a mistake of ours becomes a sentence with a reference. */
async function unbroken(
  deps: DoorDeps,
  asked: Asked,
  what: string,
  work: () => Promise<SlackMessage>,
): Promise<SlackMessage> {
  try {
    return await work();
  } catch (err) {
    const replies = createReplies(deps, asked);
    const storeCode = storeFaultCode(err);
    if (storeCode !== null) return replies.fault(storeCode);
    const reference = randomUUID().slice(0, 8);
    deps.reporter.broke({ what, reference, err });
    return replies.broke(reference);
  }
}

/** Reading and entering the directory can meet a store that does not answer; deciding reports that as an outcome. */
function storeFaultCode(err: unknown): string | null {
  return err instanceof Error && err.name === "StoreFault" && "code" in err ? String(err.code) : null;
}
