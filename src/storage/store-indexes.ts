// The indexes that the stores rely on. The unique ones are what makes a commit atomic, so the bot is not ready before
// it has seen them.
import type { Connection } from "mongoose";

/** One index of one collection. */
export type StoreIndex = {
  readonly collection: string;
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly partialFilterExpression?: Readonly<Record<string, unknown>>;
  readonly expireAfterSeconds?: number;
};

const DAY_SECONDS = 86_400;
/** A finished effect is remembered this long, so that a late sweep of its commit does not do it again. */
const DONE_EFFECTS_KEPT_SECONDS = 30 * DAY_SECONDS;
/** A page is kept this long after its link has expired, for the questions of the morning after. */
const PAGES_KEPT_SECONDS = 30 * DAY_SECONDS;

const exists = (path: string) => ({ [path]: { $exists: true } });

/** Every index besides those on `_id`. */
const STORE_INDEXES: readonly StoreIndex[] = [
  { collection: "commits", name: "incident_version", key: { incidentId: 1, version: 1 }, unique: true },
  { collection: "commits", name: "command", key: { commandId: 1 }, unique: true },
  {
    collection: "commits",
    name: "pending",
    key: { "pending.until": 1 },
    partialFilterExpression: exists("pending.until"),
  },
  { collection: "incidents", name: "code", key: { code: 1 }, unique: true },
  { collection: "incidents", name: "next_wake", key: { nextWakeAt: 1 } },
  { collection: "incidents", name: "open_by_level", key: { open: 1, level: 1, declaredAt: 1, _id: 1 } },
  { collection: "incidents", name: "open_by_id", key: { open: 1, _id: 1 } },
  {
    collection: "incidents",
    name: "lease_token",
    key: { leaseToken: 1 },
    partialFilterExpression: exists("leaseToken"),
  },
  { collection: "effects", name: "due", key: { state: 1, dueAt: 1 } },
  { collection: "effects", name: "lease_token", key: { leaseToken: 1 }, partialFilterExpression: exists("leaseToken") },
  { collection: "effects", name: "done", key: { doneAt: 1 }, expireAfterSeconds: DONE_EFFECTS_KEPT_SECONDS },
  {
    collection: "places",
    name: "room",
    key: { "room.roomId": 1, "room.platform": 1 },
    partialFilterExpression: exists("room.roomId"),
  },
  { collection: "contacts", name: "customer", key: { customerId: 1, _id: 1 } },
  { collection: "contacts", name: "phone", key: { phone: 1 } },
  { collection: "contacts", name: "address", key: { address: 1 } },
  { collection: "contacts", name: "mail_domain", key: { mailDomain: 1 } },
  { collection: "broadcasts", name: "open", key: { open: 1, level: 1, plannedAt: 1 } },
  { collection: "broadcasts", name: "incident", key: { incidentId: 1, notice: 1 } },
  { collection: "broadcasts", name: "plan", key: { plan: 1 } },
  { collection: "mailContents", name: "plan", key: { plan: 1 } },
  { collection: "mails", name: "plan_state", key: { plan: 1, state: 1, dueAt: 1 } },
  { collection: "mails", name: "token", key: { token: 1 }, unique: true },
  { collection: "texts", name: "plan_state", key: { plan: 1, state: 1, dueAt: 1 } },
  { collection: "texts", name: "token", key: { token: 1 }, unique: true },
  { collection: "textPacks", name: "plan_state", key: { plan: 1, state: 1 } },
  { collection: "mailExceptions", name: "plan", key: { plan: 1, elsewhere: 1 } },
  { collection: "pages", name: "token", key: { tokenHash: 1 }, unique: true },
  { collection: "pages", name: "person_alerts", key: { person: 1, alertAt: 1 } },
  {
    collection: "pages",
    name: "provider",
    key: { providerId: 1 },
    unique: true,
    partialFilterExpression: exists("providerId"),
  },
  { collection: "pages", name: "expired", key: { expiresAt: 1 }, expireAfterSeconds: PAGES_KEPT_SECONDS },
  {
    collection: "people",
    name: "slack",
    key: { "chat.slack": 1 },
    unique: true,
    partialFilterExpression: exists("chat.slack"),
  },
  {
    collection: "people",
    name: "teams",
    key: { "chat.teams": 1 },
    unique: true,
    partialFilterExpression: exists("chat.teams"),
  },
];

/** Creates what is missing and waits for it; an equal index is left alone. */
export async function createIndexes(connection: Connection): Promise<void> {
  for (const { collection, key, ...options } of STORE_INDEXES) {
    await connection.collection(collection).createIndex(key, options);
  }
}

/** The indexes that the store does not have, or has with other keys, as `collection.name`. */
export async function missingIndexes(connection: Connection): Promise<string[]> {
  const missing: string[] = [];
  for (const collection of new Set(STORE_INDEXES.map((index) => index.collection))) {
    const present = await indexesOf(connection, collection);
    const wanted = STORE_INDEXES.filter((index) => index.collection === collection);
    missing.push(...wanted.filter((index) => !isPresent(index, present)).map(({ name }) => `${collection}.${name}`));
  }
  return missing;
}

type PresentIndex = { readonly name?: string; readonly key?: unknown; readonly unique?: boolean };

async function indexesOf(connection: Connection, collection: string): Promise<readonly PresentIndex[]> {
  try {
    return await connection.collection(collection).listIndexes().toArray();
  } catch (err) {
    if (err instanceof Error && "code" in err && err.code === NAMESPACE_NOT_FOUND) return [];
    throw err;
  }
}

const NAMESPACE_NOT_FOUND = 26;

function isPresent(wanted: StoreIndex, present: readonly PresentIndex[]): boolean {
  return present.some(
    ({ name, key, unique }) =>
      name === wanted.name &&
      JSON.stringify(key) === JSON.stringify(wanted.key) &&
      (unique ?? false) === (wanted.unique ?? false),
  );
}
