// SMS are claimed for the first time in packs of fifty: one small document is marked before the requests begin instead
// of fifty rows. Rows that come back, and rows of a sender that died, go on one by one.
import type { Claimed, ParcelLease, TextParcel } from "../ports/outbox.js";
import { insertMissing } from "./insert-missing.js";
import type { OutboxModels, TextDocument, TextPackDocument } from "./outbox-documents.js";
import { asking, askingTwice } from "./store-fault-of.js";

const PACK_SIZE = 50;
const LEASE_OF_PACK = "pack:";

/** Packs of one connection. */
export type TextPacks = {
  /** Packs rows that have just been added. */
  add(plan: string, ids: readonly string[]): Promise<void>;
  /** The rows of one pack that nobody has begun; null when there is none. */
  claim(lease: ParcelLease): Promise<readonly TextDocument[] | null>;
  /** The pack's rows have been settled. */
  end(lease: string): Promise<void>;
  /** Makes rows of packs whose sender died unknown, as single rows. */
  breakUp(lease: ParcelLease): Promise<void>;
};

/** Whether rows were claimed as a pack, and so carry no lease of their own. */
export const isPackLease = (lease: string): boolean => lease.startsWith(LEASE_OF_PACK);

/** Creates the packs. */
export function createTextPacks({ texts, textPacks }: OutboxModels): TextPacks {
  const rowsOf = ({ rows }: TextPackDocument) => ({ _id: { $in: [...rows] }, state: "packed" });

  const claimNext = async ({ plan, now, leaseUntil }: ParcelLease): Promise<TextPackDocument | null> => {
    const mark = { $set: { state: "sending", leaseUntil, begunAt: now } } as const;
    return asking(() =>
      textPacks
        .findOneAndUpdate({ plan, state: "waiting" }, mark, { returnDocument: "after" })
        .lean<TextPackDocument>(),
    );
  };
  const remove = async (id: string): Promise<void> => {
    await askingTwice(() => textPacks.deleteOne({ _id: id }));
  };

  return {
    async add(plan, ids) {
      const packs: TextPackDocument[] = [];
      for (let at = 0; at < ids.length; at += PACK_SIZE) {
        const rows = ids.slice(at, at + PACK_SIZE);
        packs.push({ _id: `${rows[0]}:pack`, plan, state: "waiting", rows });
      }
      await insertMissing(textPacks, packs);
    },

    async claim(lease) {
      for (let pack = await claimNext(lease); pack !== null; pack = await claimNext(lease)) {
        const { _id: id } = pack;
        const filter = rowsOf(pack);
        const found = await asking(() => texts.collection.find<TextDocument>(filter as never).toArray());
        if (found.length > 0) return found.map((row) => ({ ...row, leaseToken: `${LEASE_OF_PACK}${id}` }));
        // A pack that was added once more after its rows had gone.
        await remove(id);
      }
      return null;
    },

    end: (lease) => remove(lease.slice(LEASE_OF_PACK.length)),

    async breakUp({ plan, now }) {
      const dead = { plan, state: "sending", leaseUntil: { $lte: now } } as const;
      const packs = await asking(() => textPacks.find(dead).lean<TextPackDocument[]>());
      for (const pack of packs) {
        const change = { $set: { state: "unknown", leaseUntil: now, firstBegunAt: pack.begunAt ?? now } };
        await askingTwice(() => texts.collection.updateMany(rowsOf(pack) as never, change as never));
        await remove(pack._id);
      }
    },
  };
}

/** Rows of a pack as the sender gets them. */
export const claimedInPack = (row: TextDocument, { now }: ParcelLease): Claimed<TextParcel> => {
  const { _id: id, token, contact, customer, phone, body, quietZone, elseAddress, leaseToken: lease = "" } = row;
  const parcel = { id, token, contact, customer, phone, body, quietZone, elseAddress };
  return { parcel, lease, attempts: 0, firstBegunAt: now, wasHeld: false };
};
