import mongoose, { type Model } from "mongoose";
import { askingTwice } from "./store-fault-of.js";

/** Inserts documents; those whose key exists stay as they are. */
export async function insertMissing<T extends { readonly _id: string }>(
  model: Model<T>,
  documents: readonly T[],
): Promise<void> {
  if (documents.length === 0) return;
  await askingTwice(async () => {
    try {
      // The driver itself: casting every field of every recipient would cost more than storing it.
      await model.collection.insertMany(documents as never, { ordered: false });
    } catch (err) {
      if (!isOnlyDuplicates(err)) throw err;
    }
  });
}

function isOnlyDuplicates(err: unknown): boolean {
  if (!(err instanceof mongoose.mongo.MongoBulkWriteError)) return false;
  const failures = [err.writeErrors].flat();
  return (
    failures.length > 0 &&
    failures.every(({ code }) => code === 11000) &&
    err.result.getWriteConcernError() === undefined
  );
}
