// Work that needs the store is waited for while a person waits; what takes longer is told when it is known (I6).
import { randomUUID } from "node:crypto";
import type { Asked, DoorDeps } from "./door-deps.js";
import { createReplies, type Reply } from "./replies.js";
import { sendReply } from "./send-reply.js";

/** What to say in time, and whether that is the outcome. */
export type InTime = { readonly reply: Reply; readonly final: boolean };

/** Teams gives up on a dialog after some five seconds; the answer must be back before three. */
const DECISION_MS = 2_000;

/** Waits for work within the time of an answer; later its reply goes out by itself. */
export async function settleInTime(
  deps: DoorDeps,
  asked: Asked,
  what: string,
  work: () => Promise<Reply>,
): Promise<InTime> {
  const outcome = unbroken(deps, asked, what, work);
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), DECISION_MS);
  });
  const first = await Promise.race([outcome, bound]);
  clearTimeout(timer);
  if (first !== null) return { reply: first, final: true };
  deps.reporter.answerLate({ what, afterMs: DECISION_MS });
  void deps.running.add(outcome.then((reply) => sendReply(deps, asked, reply)));
  return { reply: createReplies(deps, asked.userId).late(), final: false };
}

/** The work's reply; a mistake of ours becomes a sentence with a reference. */
async function unbroken(deps: DoorDeps, asked: Asked, what: string, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (err) {
    const replies = createReplies(deps, asked.userId);
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
