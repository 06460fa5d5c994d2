// Whether an earlier request for a page arrived although no answer did. A status callback would have told by now, so
// the provider's own list is asked; only then may the phone ring again. A duplicate is better than silence here.
import { DeliveryFault } from "../../ports/customer-delivery.js";
import type { PageLog, PageRow } from "../../ports/page-log.js";
import type { Page } from "../../ports/pager.js";
import type { RealTime } from "../../ports/real-time.js";
import type { Sent, TwilioLine } from "../twilio/twilio-client.js";
import { linkPath, type TokenOf } from "./page-token.js";

/** How long a page without an answer may still turn out to have arrived. */
export const RESEND_AFTER_MS = 20_000;
/** From then on a list that cannot be read holds nothing back. */
const UNLISTED_AFTER_MS = 30_000;
const LIST_AGAIN_MS = 5_000;
const LISTED = 20;
/** The provider's clock and ours may differ, and its instants are cut to the second. */
const CLOCKS_DIFFER_MS = 5_000;
const LINK = /\/t\/[\w-]{11}/;

/** One page of which it is not known whether it arrived. */
export type Unconfirmed = {
  readonly page: Page;
  readonly row: PageRow;
  readonly phone: string;
  readonly deps: {
    readonly line: Pick<TwilioLine, "listMessages" | "listCalls">;
    /** The number that calls come from. */
    readonly voiceFrom: string | null;
    readonly log: Pick<PageLog, "settle">;
    readonly realTime: Pick<RealTime, "now">;
    readonly tokenOf: TokenOf;
  };
};

/** True when the provider has it, false when it must be asked again; throws a fault while it is too early to tell. */
export async function reconcilePage(unconfirmed: Unconfirmed): Promise<boolean> {
  const { page, row, phone, deps } = unconfirmed;
  const age = deps.realTime.now().getTime() - row.begunAt.getTime();
  if (age < RESEND_AFTER_MS) throw notYet(RESEND_AFTER_MS - age);
  const sought = { to: phone, limit: LISTED };
  const listed = await (page.by === "sms" ? deps.line.listMessages(sought) : deps.line.listCalls(sought));
  if (!listed.ok) {
    if (age < UNLISTED_AFTER_MS) throw notYet(LIST_AGAIN_MS);
    return false;
  }
  for (const sent of listed.sent.filter((one) => isMaybeOurs(one, unconfirmed))) {
    // False: this one is known to belong to another page.
    if (await deps.log.settle(row.key, row.attempts, { state: "accepted", providerId: sent.sid })) return true;
  }
  return false;
}

/** An SMS carries its link, or at least the incident; a call has only its instant and its numbers to tell by. */
function isMaybeOurs(sent: Sent, { page, row, deps }: Unconfirmed): boolean {
  const since = row.begunAt.getTime() - CLOCKS_DIFFER_MS;
  const inTime = sent.createdAt === null || sent.createdAt.getTime() >= since;
  if (page.by === "call") return inTime && sent.from === deps.voiceFrom;
  if (LINK.test(sent.body)) return sent.body.includes(linkPath(deps.tokenOf(row.key)));
  return inTime && sent.body.includes(`${page.snapshot.incident.code} N`);
}

const notYet = (retryAfterMs: number): DeliveryFault =>
  new DeliveryFault("page_unconfirmed", { retryable: true, retryAfterMs });
