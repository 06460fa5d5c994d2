// The recipients of parcels that this process has just written. Lists of a parcel never change, and whoever planned a
// broadcast mostly sends it too, so reading a hundred thousand recipients back at once would be wasted.
import type { MailParcel } from "../ports/outbox.js";

/** What is remembered of a parcel. */
export type ParcelLists = Pick<MailParcel, "contacts" | "customers" | "addresses" | "values">;

/** A bounded memory, oldest forgotten first. */
export type FreshParcels = {
  remember(parcels: readonly MailParcel[]): void;
  hasAll(ids: readonly string[]): boolean;
  /** Hands the lists over and forgets them. */
  take(id: string): ParcelLists | null;
  /** Forgets the parcels of a plan. */
  forget(plan: string): void;
};

/** Some 25 MB of ordinary parcels. */
const MOST_PARCELS = 128;

/** Creates an empty memory. */
export function createFreshParcels(): FreshParcels {
  const known = new Map<string, ParcelLists>();
  return {
    remember(parcels) {
      for (const { id, contacts, customers, addresses, values } of parcels)
        known.set(id, { contacts, customers, addresses, values });
      for (const oldest of known.keys()) {
        if (known.size <= MOST_PARCELS) break;
        known.delete(oldest);
      }
    },
    hasAll: (ids) => ids.every((id) => known.has(id)),
    take(id) {
      const lists = known.get(id) ?? null;
      known.delete(id);
      return lists;
    },
    forget(plan) {
      for (const id of known.keys()) if (id.startsWith(`${plan}:`)) known.delete(id);
    },
  };
}
