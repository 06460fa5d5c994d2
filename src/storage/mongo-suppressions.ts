// Suppressed addresses in MongoDB.
import type { Model } from "mongoose";
import type { CustomerChannel } from "../domain/customers/contact.js";
import type { SuppressionReason, Suppressions } from "../ports/suppressions.js";
import type { MongoConnection } from "./connect-mongo.js";
import { insertMissing } from "./insert-missing.js";
import { outboxModelsOf, type SuppressionDocument } from "./outbox-documents.js";
import { asking, askingTwice } from "./store-fault-of.js";

/** Keeps addresses in the collection `suppressions`. */
export function createMongoSuppressions({ connection }: MongoConnection): Suppressions {
  const { suppressions } = outboxModelsOf(connection);
  const lists = { email: createWholeList(suppressions, "email"), sms: createWholeList(suppressions, "sms") };

  return {
    async add(entries) {
      const since = new Date();
      await insertMissing(
        suppressions,
        entries.map(({ channel, address, reason }) => ({ _id: keyOf(channel, address), reason, since })),
      );
    },

    async lift({ channel, address, reason }) {
      await askingTwice(() => suppressions.deleteOne({ _id: keyOf(channel, address), reason }));
    },

    async among(channel, addresses) {
      if (addresses.length === 0) return new Map();
      const whole = addresses.length < MANY ? null : await lists[channel]();
      if (whole !== null) return whole;
      const keys = { _id: { $in: addresses.map((address) => keyOf(channel, address)) } };
      const found = await asking(() => suppressions.collection.find<SuppressionDocument>(keys as never).toArray());
      return toMap(channel, found);
    },
  };
}

const MANY = 20;
const FRESH_MS = 1_000;
const SHORT_LIST = 5_000;

type Entries = ReadonlyMap<string, SuppressionReason>;

/**
 * The whole list of a channel, at most a second old; null when it is long. A list is mostly short, and asking about a
 * thousand addresses again and again would cost more than writing to them.
 */
function createWholeList({ collection }: Model<SuppressionDocument>, channel: CustomerChannel) {
  const range = { _id: { $gte: `${channel}:`, $lt: `${channel};` } };
  let list: Promise<Entries | null> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  const read = async (): Promise<Entries | null> => {
    const cursor = () => collection.find<SuppressionDocument>(range as never, { limit: SHORT_LIST + 1 }).toArray();
    const found = await asking(cursor);
    return found.length > SHORT_LIST ? null : toMap(channel, found);
  };
  return (): Promise<Entries | null> => {
    const now = performance.now();
    if (list !== null && now - readAt < FRESH_MS) return list;
    const reading = read();
    reading.catch(() => {
      list = null;
    });
    [list, readAt] = [reading, now];
    return reading;
  };
}

const toMap = (channel: CustomerChannel, found: readonly SuppressionDocument[]): Entries =>
  new Map(found.map(({ _id, reason }) => [_id.slice(channel.length + 1), reason as SuppressionReason]));

const keyOf = (channel: CustomerChannel, address: string): string => `${channel}:${address.toLowerCase()}`;
