import type { PageLog } from "../../ports/page-log.js";
import type { StatusTaker } from "../twilio/status-webhook.js";

/** How far each status is; the ends of a message and of a call do not replace one another. */
const RANKS: Readonly<Record<string, number>> = {
  ...{ accepted: 1, scheduled: 1, queued: 1 },
  ...{ sending: 2, initiated: 2 },
  ...{ sent: 3, ringing: 3 },
  ...{ "in-progress": 4, answered: 4 },
  ...{ delivered: 5, undelivered: 5, failed: 5, completed: 5, busy: 5, "no-answer": 5, canceled: 5 },
};

const NOT_REACHED: ReadonlySet<string> = new Set(["undelivered", "failed", "busy", "no-answer", "canceled"]);

/** Creates what takes the statuses of pages: every one proves that the provider has the page. */
export function createTakePageStatus(log: Pick<PageLog, "prove">): StatusTaker {
  return (token, { sid, status, error }) =>
    log.prove(token, {
      providerId: sid,
      status,
      rank: RANKS[status] ?? 1,
      code: NOT_REACHED.has(status) ? `twilio_${error ?? status}` : null,
    });
}
