// Claims and counters in MongoDB.
import { randomUUID } from "node:crypto";
import type { Claims } from "../ports/claims.js";
import type { MongoConnection } from "./connect-mongo.js";
import { type ClaimDocument, type CounterDocument, modelsOf } from "./models.js";
import { asking, askingTwice, duplicateKeyOf } from "./store-fault-of.js";

/** Keeps claims in the collection `claims` and running numbers in `counters`. */
export function createMongoClaims({ connection }: MongoConnection): Claims {
  const { claims, counters } = modelsOf(connection);

  return {
    async claim(key, holder) {
      const token = randomUUID();
      try {
        const claim = { _id: key, holder, token, claimedAt: new Date() };
        await askingTwice(() => claims.collection.insertOne(claim as never));
        return true;
      } catch (err) {
        if (duplicateKeyOf(err) === null) throw err;
        // The claim is this call's own when its first answer was lost.
        const held = await asking(() => claims.findById(key).lean<ClaimDocument>());
        return held?.token === token;
      }
    },

    async next(series) {
      const step = () =>
        counters.findOneAndUpdate({ _id: series }, { $inc: { value: 1 } }, { upsert: true, returnDocument: "after" });
      const counter = await askingTwice(() => step().lean<CounterDocument>()).catch((err: unknown) => {
        // Two first numbers at once: one of the upserts loses and finds the counter made.
        if (duplicateKeyOf(err) === null) throw err;
        return askingTwice(() => step().lean<CounterDocument>());
      });
      if (counter === null) throw new Error("A counter gave no number.");
      return counter.value;
    },
  };
}
