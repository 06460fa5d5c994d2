// Whom messages really reach while only an allow-list receives them, answered from memory.

import type { MongoConnection } from "./connect-mongo.js";
import { addressKey, contactModelOf } from "./contact-documents.js";
import { createLiveView } from "./live-view.js";
import type { Live, LiveOptions } from "./mongo-directory.js";
import { asking } from "./store-fault-of.js";

/** Says whether a contact of a customer is on the allow-list. */
export type TestReach = { receives(customerId: string): boolean };

/** Follows the contacts whose address, @domain or number in E.164 the allow-list names. */
export function createTestReach(
  { connection }: MongoConnection,
  allow: readonly string[],
  options: LiveOptions,
): Live<TestReach> {
  const contacts = contactModelOf(connection);
  const questions = questionsOf(allow);
  const live = createLiveView<ReadonlySet<string>>({
    initial: new Set(),
    read: async () => {
      const found = await Promise.all(
        questions.map((question) =>
          asking(() => contacts.find(question, { customerId: 1 }).lean<{ customerId: string }[]>()),
        ),
      );
      return new Set(found.flat().map(({ customerId }) => customerId));
    },
    everyMs: options.refreshEveryMs ?? 60_000,
    onFault: options.onFault,
  });
  return {
    receives: (customerId) => live.current().has(customerId),
    start: () => live.start(),
    refresh: async () => void (await live.refresh()),
    stop: () => live.stop(),
  };
}

/** One question for each kind of entry, so that each is answered from an index. */
function questionsOf(allow: readonly string[]) {
  const entries = allow.map((entry) => addressKey(entry.trim())).filter((entry) => entry !== "");
  const domains = entries.filter((entry) => entry.startsWith("@")).map((entry) => entry.slice(1));
  const addresses = entries.filter((entry) => entry.lastIndexOf("@") > 0);
  const phones = entries.filter((entry) => !entry.includes("@"));
  return [
    ...(domains.length === 0 ? [] : [{ mailDomain: { $in: domains } }]),
    ...(addresses.length === 0 ? [] : [{ address: { $in: addresses } }]),
    ...(phones.length === 0 ? [] : [{ phone: { $in: phones } }]),
  ];
}
