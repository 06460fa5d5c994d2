import type { Outbox } from "../../ports/outbox.js";

/** What the provider says of one message; `error` is its code of a failed delivery. */
export type TextStatus = { readonly status: string; readonly error: number | null };

/** Takes a status of a message to a customer; false for a token of somebody else. Repeats and any order are fine. */
export type TakeTextStatus = (token: string, status: TextStatus) => Promise<boolean>;

const FAILED: ReadonlySet<string> = new Set(["failed", "undelivered", "canceled"]);

/** Creates what takes statuses: every one proves acceptance, and only an end without delivery changes more. */
export const createTakeTextStatus =
  (outbox: Pick<Outbox, "proveText">): TakeTextStatus =>
  (token, { status, error }) =>
    outbox.proveText(token, FAILED.has(status) ? `twilio_${error ?? status}` : null);
