// Rows of the outbox on their way through a sender: claimed before the request begins, settled in bulk afterwards.
import { randomUUID } from "node:crypto";
import type { Model } from "mongoose";
import type { Claimed, ClaimedMail, Outbox, ParcelLease, Settlement, TextParcel } from "../ports/outbox.js";
import type { FreshParcels } from "./fresh-parcels.js";
import {
  type MailDocument,
  OPEN_STATES,
  type OutboxModels,
  type ParcelState,
  type TextDocument,
} from "./outbox-documents.js";
import { asking, askingTwice } from "./store-fault-of.js";
import { claimedInPack, isPackLease, type TextPacks } from "./text-packs.js";

type Row = MailDocument | TextDocument;
type Claims = Pick<
  Outbox,
  "claimMails" | "claimTexts" | "claimUnsettledMails" | "claimUnsettledTexts" | "settle" | "cutMail" | "releaseHeld"
>;

/** The part of the outbox that moves rows. */
export function outboxClaims(models: OutboxModels, memory: { fresh: FreshParcels; packs: TextPacks }): Claims {
  const { mails, texts } = models;
  const { fresh, packs } = memory;
  let turn = 0;
  return {
    claimMails: (lease) => claimKnown(models, fresh, { where: due(lease), state: "sending", lease }),
    async claimTexts(lease) {
      turn += 1;
      const single = () => claimRead(models, { where: due(lease), state: "sending", lease });
      const packed = async () => (await packs.claim(lease))?.map((row) => claimedInPack(row, lease)) ?? [];
      // Rows that are tried again must not wait until a hundred thousand others have been tried once.
      const [first, second] = turn % SINGLES_EVERY === 0 || lease.limit === 1 ? [single, packed] : [packed, single];
      const found = await first();
      return found.length > 0 ? found : second();
    },
    claimUnsettledMails: (lease) => claimKnown(models, fresh, { where: unsettled(lease), state: "unknown", lease }),
    async claimUnsettledTexts(lease) {
      await packs.breakUp(lease);
      return claimRead(models, { where: unsettled(lease), state: "unknown", lease });
    },

    async settle(channel, lease, changes) {
      const model: Model<never> = channel === "email" ? (mails as never) : (texts as never);
      for (const { ids, change } of changes) {
        const keys = { _id: { $in: ids } };
        await askingTwice(() =>
          model.collection.updateMany({ ...keys, ...ownRows(lease, change) } as never, updateFor(change) as never),
        );
      }
      if (isPackLease(lease)) await packs.end(lease);
    },

    async cutMail({ parcel, lease }, { dropped, refused }) {
      const counts = { droppedCount: dropped.length, refusedCount: refused.length };
      const change = { $set: { dropped, refused, ...counts } };
      const own = { _id: parcel.id, leaseToken: lease };
      await askingTwice(() => mails.collection.updateOne(own as never, change as never));
    },

    async releaseHeld(plan, domainNow) {
      const over = { plan, state: "held", heldUntil: { $lte: domainNow } };
      await askingTwice(() => texts.collection.updateMany(over as never, { $set: { state: "waiting" } } as never));
    },
  };
}

const SINGLES_EVERY = 4;

/** An acceptance is a fact whoever learns of it; all else is judged only by whoever holds the row. */
const ownRows = (lease: string, { kind }: Settlement): object => {
  if (kind === "accepted") return { state: { $in: OPEN_STATES } };
  return isPackLease(lease) ? { state: "packed" } : { leaseToken: lease };
};

const due = ({ plan, now }: ParcelLease) => ({ plan, free: { state: "waiting", dueAt: { $lte: now } } });

/** A sender that died leaves its rows in `sending` until their lease has run out. */
const unsettled = ({ plan, now }: ParcelLease) => ({
  plan,
  free: { state: { $in: ["sending", "unknown"] }, leaseUntil: { $lte: now } },
});

const WITHOUT_LISTS = { contacts: 0, customers: 0, addresses: 0, values: 0 };

type Claim = {
  /** Rows wanted, and what must still be so of each when it is marked: alone, so that the rows are found by their keys. */
  readonly where: { readonly plan: string; readonly free: object };
  readonly state: ParcelState;
  readonly lease: ParcelLease;
};

/** Marks rows and reads them afterwards, without what is known of them already. */
async function claimKnown(models: OutboxModels, fresh: FreshParcels, claim: Claim): Promise<readonly ClaimedMail[]> {
  const { collection } = models.mails;
  const found = await findFree<MailDocument>(models.mails, claim, { _id: 1 });
  if (found.length === 0) return [];
  const keys = found.map(({ _id }) => _id);
  const { mark, leaseToken } = marking(claim);
  await asking(() => collection.updateMany({ ...claim.where.free, _id: { $in: keys } } as never, mark as never));
  const marked = { _id: { $in: keys }, leaseToken };
  const projection = fresh.hasAll(keys) ? WITHOUT_LISTS : {};
  const read = await asking(() => collection.find<MailDocument>(marked as never, { projection }).toArray());
  return read.map((document) => toClaimedMail({ ...document, ...fresh.take(document._id) }));
}

/** Reads rows and marks them; only when somebody else marked some in between they are read again. */
async function claimRead({ texts }: OutboxModels, claim: Claim): Promise<readonly Claimed<TextParcel>[]> {
  const { collection } = texts;
  const found = await findFree<TextDocument>(texts, claim, {});
  if (found.length === 0) return [];
  const keys = { $in: found.map(({ _id }) => _id) };
  const { mark, leaseToken } = marking(claim);
  const { matchedCount } = await asking(() =>
    collection.updateMany({ ...claim.where.free, _id: keys } as never, mark as never),
  );
  if (matchedCount === found.length) return found.map((document) => toClaimedText({ ...document, leaseToken }, claim));
  const marked = { _id: keys, leaseToken };
  const read = await asking(() => collection.find<TextDocument>(marked as never).toArray());
  return read.map((document) => toClaimedText(document, claim));
}

function findFree<T extends Row>(model: Model<T>, { where, lease }: Claim, projection: object): Promise<T[]> {
  const rows = { plan: where.plan, ...where.free };
  return asking(() =>
    model.collection
      .find<T>(rows as never, { projection })
      .limit(lease.limit)
      .toArray(),
  );
}

function marking({ state, lease: { now, leaseUntil } }: Claim) {
  const leaseToken = randomUUID();
  const mark = { $set: { state, leaseUntil, leaseToken }, $min: { firstBegunAt: now } };
  return { mark, leaseToken };
}

const FREE = { leaseUntil: 1, leaseToken: 1 };

/** What has come to its end keeps its last lease, which nobody asks about any more. */
function updateFor(change: Settlement): object {
  const free = { $unset: FREE };
  switch (change.kind) {
    case "accepted":
      return { $set: { state: "accepted" } };
    case "dropped":
      return { $set: { state: "dropped", code: change.code } };
    case "failed":
      return { $set: { state: "failed", code: change.code, elsewhere: true } };
    case "later":
      return { $set: { state: "waiting", code: change.code, dueAt: change.dueAt }, $inc: { attempts: 1 }, ...free };
    case "unknown":
      return {
        $set: { state: "unknown", code: change.code, leaseUntil: change.lookAt },
        $min: { firstBegunAt: change.begunAt },
        $inc: { attempts: 1 },
      };
    case "unclear":
      return { $set: { state: "unknown", leaseUntil: change.lookAt } };
    case "held":
      return { $set: { state: "held", heldUntil: change.until }, ...free };
    case "back":
      return { $set: { state: "waiting", dueAt: change.dueAt }, ...free };
  }
}

const toClaimedMail = (document: MailDocument): ClaimedMail => {
  const { _id: id, token, contentId, contacts, customers, addresses, values, dropped, refused } = document;
  const parcel = { id, token, contentId, contacts, customers, addresses, values };
  const { leaseToken: lease = "", attempts, firstBegunAt, dueAt } = document;
  return { parcel, lease, attempts, firstBegunAt: firstBegunAt ?? dueAt, wasHeld: false, dropped, refused };
};

const toClaimedText = (document: TextDocument, { lease: { now } }: Claim): Claimed<TextParcel> => {
  const { _id: id, token, contact, customer, phone, body, quietZone, elseAddress } = document;
  const parcel = { id, token, contact, customer, phone, body, quietZone, elseAddress };
  const { leaseToken: lease = "", attempts, firstBegunAt = now, heldUntil } = document;
  return { parcel, lease, attempts, firstBegunAt, wasHeld: heldUntil !== undefined };
};
