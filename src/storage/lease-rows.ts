// Leasing many rows at once in three commands: find the free ones, mark them with a token of this call, read the marked.
import { randomUUID } from "node:crypto";
import type { Model, QueryFilter, SortOrder } from "mongoose";
import type { LeaseFields } from "./models.js";
import { asking } from "./store-fault-of.js";

/** Which rows to lease, for whom, until when (real time). */
export type LeaseRequest = {
  readonly where: Readonly<Record<string, unknown>>;
  readonly sort: Readonly<Record<string, SortOrder>>;
  readonly now: Date;
  readonly leaseUntil: Date;
  readonly owner: string;
  readonly limit: number;
};

/** Leases rows that nobody holds at `now`; two calls never get the same row while the lease lasts. */
export async function leaseRows<T extends { readonly _id: string } & LeaseFields>(
  model: Model<T>,
  { where, sort, now, leaseUntil, owner, limit }: LeaseRequest,
): Promise<readonly T[]> {
  const free = { ...where, $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }] } as QueryFilter<T>;
  const found = await asking(() => model.find(free, { _id: 1 }).sort(sort).limit(limit).lean<{ _id: string }[]>());
  if (found.length === 0) return [];
  const leaseToken = randomUUID();
  const ids = found.map(({ _id }) => _id);
  const lease = { $set: { leaseUntil, leaseOwner: owner, leaseToken } };
  await asking(() => model.collection.updateMany({ ...free, _id: { $in: ids } } as never, lease as never));
  return asking(() =>
    model
      .find({ leaseToken } as QueryFilter<T>)
      .sort(sort)
      .lean<T[]>(),
  );
}

/** The update that frees a row. */
export const FREE_LEASE = { leaseUntil: 1, leaseOwner: 1, leaseToken: 1 } as const;
