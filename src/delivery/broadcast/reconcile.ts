// Outcomes that nobody knows: an answer that got lost, or a sender that died with rows in its hands. Proof is looked
// for first, and only what is not proven is sent again (invariant I1).
import type { Claimed, ClaimedMail, OpenBroadcast, Settlement, TextParcel } from "../../ports/outbox.js";
import type { TextLine } from "./lines.js";
import { record, type Settled } from "./record.js";
import { mayTryAgain } from "./retry-pace.js";
import type { SendDeps } from "./send-deps.js";
import { giveUpRecipients, remaining } from "./send-mails.js";

// Few at a time: what was found out is written down before anything else can happen.
const AT_ONCE = 10;
/** The provider's clock may lag behind ours. */
const CLOCKS_DIFFER_MS = 60_000;
/** What is left of a lease while proof is looked for. */
const LOOKING_MS = 60_000;

/** Settles what is unclear in one broadcast; answers how many rows it dealt with. */
export type Reconcile = (broadcast: OpenBroadcast) => Promise<number>;

/** Creates the reconciling of e-mail: events are the only proof, so a parcel without any by now was not taken. */
export const createReconcileMails = (deps: SendDeps): Reconcile => {
  const { outbox } = deps;
  const settle = async (mail: ClaimedMail): Promise<Settlement> => {
    if (mayTryAgain(mail.attempts)) return { kind: "back", dueAt: deps.realTime.now() };
    const code = "outcome_unknown";
    await giveUpRecipients(deps, { mail, dropped: mail.dropped, refused: remaining(mail, mail.dropped), code });
    return { kind: "failed", code };
  };
  return async (broadcast) => {
    const mails = await outbox.claimUnsettledMails(leaseOf(deps, broadcast));
    for (const mail of mails)
      await record(outbox, "email", mail.lease, [{ id: mail.parcel.id, change: await settle(mail) }]);
    return mails.length;
  };
};

/** Creates the reconciling of SMS: without a callback the provider's own list tells. */
export const createReconcileTexts = (deps: SendDeps, line: TextLine): Reconcile => {
  const { outbox, realTime, paces } = deps;
  const settle = async ({ parcel, attempts, firstBegunAt }: Claimed<TextParcel>): Promise<Settlement> => {
    const since = new Date(firstBegunAt.getTime() - CLOCKS_DIFFER_MS);
    const found = await line.findSent({ to: parcel.phone, body: parcel.body, since });
    if (found === "sent") return { kind: "accepted" };
    const now = realTime.now();
    if (found === "unclear") return { kind: "unclear", lookAt: new Date(now.getTime() + paces.textGraceMs) };
    return mayTryAgain(attempts) ? { kind: "back", dueAt: now } : { kind: "failed", code: "outcome_unknown" };
  };
  return async (broadcast) => {
    const texts = await outbox.claimUnsettledTexts(leaseOf(deps, broadcast));
    const [first] = texts;
    if (first === undefined) return 0;
    const settled = await Promise.all(
      texts.map(async (text): Promise<Settled> => {
        return { id: text.parcel.id, change: await settle(text) };
      }),
    );
    await record(outbox, "sms", first.lease, settled);
    return settled.filter(({ change }) => change.kind !== "unclear").length;
  };
};

const leaseOf = ({ realTime }: SendDeps, { plan }: OpenBroadcast) => {
  const now = realTime.now();
  return { plan, now, leaseUntil: new Date(now.getTime() + LOOKING_MS), limit: AT_ONCE };
};
