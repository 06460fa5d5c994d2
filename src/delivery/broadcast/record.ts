// The last stage: what became of rows is written in bulk, one update for all rows with the same end.
import type { CustomerChannel } from "../../domain/customers/contact.js";
import type { Outbox, SettledRows, Settlement } from "../../ports/outbox.js";
import type { SendOutcome } from "../outcome.js";
import { retryAt } from "./retry-pace.js";

/** The end of one row. */
export type Settled = { readonly id: string; readonly change: Settlement };

/** Writes the ends of rows of one claim. */
export const record = async (
  outbox: Pick<Outbox, "settle">,
  channel: CustomerChannel,
  lease: string,
  settled: readonly Settled[],
): Promise<void> => {
  const groups = new Map<string, SettledRows & { readonly ids: string[] }>();
  for (const { id, change } of settled) {
    const key = JSON.stringify(change);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { change, ids: [id] });
    else group.ids.push(id);
  }
  await outbox.settle(channel, lease, [...groups.values()]);
};

/** Whether going on at once makes sense: what waits as before, for a line that is closed, is taken up by the next run. */
export const isProgress = (change: Settlement, claimedAt: Date): boolean =>
  change.kind !== "back" || change.dueAt.getTime() <= claimedAt.getTime();

/** What an answer of the provider means for its row. */
export const settlementOf = (
  outcome: SendOutcome,
  about: { readonly attempts: number; readonly begunAt: Date; readonly now: Date; readonly graceMs: number },
): Settlement => {
  const { attempts, begunAt, now, graceMs } = about;
  switch (outcome.kind) {
    case "accepted":
      return { kind: "accepted" };
    case "refused":
      return { kind: "failed", code: outcome.code };
    case "unknown":
      return { kind: "unknown", code: outcome.code, lookAt: new Date(now.getTime() + graceMs), begunAt };
    case "operator":
      return { kind: "back", dueAt: now };
    case "later": {
      // A named delay is about the line: the row itself has done nothing wrong.
      if (outcome.retryAfterMs !== null) return { kind: "back", dueAt: new Date(now.getTime() + outcome.retryAfterMs) };
      const dueAt = retryAt(attempts, now);
      return dueAt === null ? { kind: "failed", code: outcome.code } : { kind: "later", code: outcome.code, dueAt };
    }
  }
};
