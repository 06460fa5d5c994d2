// SMS to customers over a line of their own: pages to staff have another client, sender and connections.
import type { TwilioLine } from "../twilio/twilio-client.js";
import { type DrillGuard, heldBack } from "./drill-guard.js";
import type { TextLine } from "./lines.js";

/** How the line is set up. */
export type TwilioTextLineOptions = {
  readonly line: Pick<TwilioLine, "sendSms" | "listMessages" | "close">;
  readonly messagingServiceSid: string;
  /** Makes the address for the statuses of one message; null where the vendor cannot reach this installation. */
  readonly statusUrlFor: ((token: string) => string) | null;
  readonly guard: DrillGuard;
};

/** An hour later a message to customers is stale. */
const VALIDITY_SECONDS = 3_600;
/** Messages of one number that are looked through for one that may have been taken. */
const LISTED = 20;
const TOO_MANY = new Set(["twilio_20429", "twilio_http_429"]);
const TOO_MANY_WAIT_MS = 1_000;

/** Creates the line. */
export const createTwilioTextLine = (options: TwilioTextLineOptions): TextLine => {
  const { line, messagingServiceSid, statusUrlFor, guard } = options;
  return {
    async send({ incidentId, token, to, body }) {
      const held = await heldBack(guard, incidentId);
      if (held !== null) return held;
      const statusCallback = statusUrlFor === null ? null : statusUrlFor(token);
      const outcome = await line.sendSms({
        ...{ to, body, messagingServiceSid, statusCallback, validitySeconds: VALIDITY_SECONDS },
      });
      const isTooMany = outcome.kind === "later" && outcome.retryAfterMs === null && TOO_MANY.has(outcome.code);
      return isTooMany ? { ...outcome, retryAfterMs: TOO_MANY_WAIT_MS } : outcome;
    },
    async findSent({ to, body, since }) {
      const listed = await line.listMessages({ to, limit: LISTED });
      if (!listed.ok) return "unclear";
      const isOurs = listed.sent.some(
        (one) => one.body === body && (one.createdAt === null || one.createdAt.getTime() >= since.getTime()),
      );
      return isOurs ? "sent" : "not-sent";
    },
    stop: () => line.close(),
  };
};
