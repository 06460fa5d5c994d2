// Effects that are owed, in MongoDB. Finished rows stay for a while, so that a late sweep of the commit that owed them
// finds that they are done.
import mongoose from "mongoose";
import type { IncidentId } from "../domain/incident/ids.js";
import type { EffectLedger, OwedEffect } from "../ports/effect-ledger.js";
import type { MongoConnection } from "./connect-mongo.js";
import { FREE_LEASE, leaseRows } from "./lease-rows.js";
import { type EffectDocument, modelsOf } from "./models.js";
import { asking, askingTwice } from "./store-fault-of.js";

/** Keeps rows in the collection `effects`. */
export function createMongoEffectLedger({ connection }: MongoConnection): EffectLedger {
  const { effects } = modelsOf(connection);

  return {
    async owe(owed) {
      if (owed.length === 0) return;
      await askingTwice(async () => {
        try {
          await effects.collection.insertMany(owed.map(toDocument) as never, { ordered: false });
        } catch (err) {
          if (!isOnlyDuplicates(err)) throw err;
        }
      });
    },

    async claimDue(request) {
      const where = { state: "owed", dueAt: { $lte: request.now } };
      const rows = await leaseRows(effects, { ...request, where, sort: { dueAt: 1 } });
      return rows.map(toOwed);
    },

    async keep(key, owner, leaseUntil) {
      const own = { _id: key, state: "owed", leaseOwner: { $eq: owner } } as const;
      const kept = await askingTwice(() => effects.updateOne(own, { $set: { leaseUntil } }));
      return kept.matchedCount === 1;
    },

    async done(key) {
      const change = { $set: { state: "done", doneAt: new Date() }, $unset: FREE_LEASE } as const;
      await askingTwice(() => effects.updateOne({ _id: key }, change));
    },

    async retry(key, attempts, dueAt, reason) {
      const change = { $set: { attempts, dueAt, reason }, $unset: FREE_LEASE };
      await askingTwice(() => effects.updateOne({ _id: key, state: "owed" }, change));
    },

    async giveUp(key, reason) {
      const change = { $set: { state: "given-up", reason }, $unset: FREE_LEASE } as const;
      await askingTwice(() => effects.updateOne({ _id: key, state: "owed" }, change));
    },

    async counts() {
      const [owed, givenUp] = await Promise.all([
        asking(() => effects.countDocuments({ state: "owed" })),
        asking(() => effects.countDocuments({ state: "given-up" })),
      ]);
      return { owed, givenUp };
    },
  };
}

function toDocument({ key, ...fields }: OwedEffect): EffectDocument {
  return { _id: key, ...fields, state: "owed" };
}

function toOwed({ _id, incidentId, version, index, attempts, dueAt }: EffectDocument): OwedEffect {
  return { key: _id, incidentId: incidentId as IncidentId, version, index, attempts, dueAt };
}

/** A row that exists stays as it is. */
function isOnlyDuplicates(err: unknown): boolean {
  if (!(err instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  const failures = [err.writeErrors].flat();
  return (
    failures.length > 0 &&
    failures.every(({ code }) => code === 11000) &&
    err.result.getWriteConcernError() === undefined
  );
}
