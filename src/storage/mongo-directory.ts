// The directory: answered from memory, kept in MongoDB. Whoever acts for the first time enters it.
import { randomBytes } from "node:crypto";
import type { Model } from "mongoose";
import type { Directory, PersonCard } from "../ports/directory.js";
import type { MongoConnection } from "./connect-mongo.js";
import { directoryModelsOf, type PersonDocument, ROSTER_KEY, type RosterDocument } from "./directory-documents.js";
import { createDirectoryView, EMPTY_ROSTER } from "./directory-view.js";
import { createLiveView } from "./live-view.js";
import { asking, askingTwice, duplicateKeyOf } from "./store-fault-of.js";
import { wellFormed } from "./stored-value.js";

/** Who hears of readings that failed, and how often the directory is read again. */
export type LiveOptions = { readonly onFault: (err: unknown) => void; readonly refreshEveryMs?: number };

/** A port whose memory follows the store between `start` and `stop`. */
export type Live<P> = P & { start(): Promise<void>; refresh(): Promise<void>; stop(): void };

type Identity = Parameters<Directory["whoActs"]>[0];

/** Keeps people in the collection `people` and duties in `rosters`. */
export function createMongoDirectory({ connection }: MongoConnection, options: LiveOptions): Live<Directory> {
  const { people, rosters } = directoryModelsOf(connection);
  const live = createLiveView({
    initial: createDirectoryView([], EMPTY_ROSTER),
    read: async () => {
      const [documents, roster] = await Promise.all([
        asking(() => people.find().sort({ _id: 1 }).lean<PersonDocument[]>()),
        asking(() => rosters.findById(ROSTER_KEY).lean<RosterDocument>()),
      ]);
      return createDirectoryView(documents, roster?.roster ?? EMPTY_ROSTER);
    },
    everyMs: options.refreshEveryMs ?? 60_000,
    onFault: options.onFault,
  });

  const notedAdmins = new Set<string>();
  const noteChatAdmin = async (known: PersonCard): Promise<PersonCard> => {
    if (known.admin || notedAdmins.has(known.id)) return known;
    await askingTwice(() => people.updateOne({ _id: known.id }, { $set: { chatAdmin: true } }));
    notedAdmins.add(known.id);
    return (await live.refresh()).person(known.id) ?? known;
  };

  return {
    person: (id) => live.current().person(id),
    byChat: (platform, userId) => live.current().byChat(platform, userId),
    all: () => live.current().all(),
    onDuty: (serviceId, at) => live.current().onDuty(serviceId, at),
    async whoActs(identity) {
      const known = live.current().byChat(identity.platform, identity.userId);
      const isComplete = known !== null && (known.email !== null || identity.email === null);
      if (isComplete) return identity.admin ? noteChatAdmin(known) : known;
      if (known === null) await enter(people, identity);
      else await complete(people, known, identity);
      const card = (await live.refresh()).byChat(identity.platform, identity.userId);
      // A reading that began before the entry does not have it.
      return card ?? found((await live.refresh()).byChat(identity.platform, identity.userId));
    },
    start: () => live.start(),
    refresh: async () => void (await live.refresh()),
    stop: () => live.stop(),
  };
}

/** Attaches the identity to the person with its address, or makes a new person; two at once make one. */
async function enter(people: Model<PersonDocument>, identity: Identity): Promise<void> {
  const path = `chat.${identity.platform}`;
  const byIdentity = { [path]: { $eq: identity.userId } };
  if ((await asking(() => people.exists(byIdentity))) !== null) return;
  try {
    if (identity.email !== null && (await attachByEmail(people, identity.email, identity))) return;
    const person = {
      _id: `p${randomBytes(12).toString("hex")}`,
      name: wellFormed(identity.name),
      email: identity.email?.toLowerCase() ?? null,
      chat: { [identity.platform]: identity.userId },
      chatAdmin: identity.admin,
    };
    await askingTwice(() => people.collection.insertOne(person as never));
  } catch (err) {
    if (duplicateKeyOf(err) === null) throw err;
  }
}

/** Who entered while nothing but the account was known turns out to be a named person, or gets name and address. */
async function complete(people: Model<PersonDocument>, { id }: PersonCard, identity: Identity): Promise<void> {
  const path = `chat.${identity.platform}`;
  const email = identity.email?.toLowerCase() ?? null;
  const named = { email: { $eq: email }, [path]: { $exists: false } };
  if ((await asking(() => people.exists(named))) === null) {
    const profile = { name: wellFormed(identity.name), email, chatAdmin: identity.admin };
    await askingTwice(() => people.updateOne({ _id: id }, { $set: profile }));
    return;
  }
  // An account belongs to one person only; when this breaks off here, the next act enters it under its address.
  await askingTwice(() => people.updateOne({ _id: id }, { $unset: { [path]: 1 } }));
  await enter(people, identity);
}

/** A person imported without an account on the platform is found by address, whatever its case. */
async function attachByEmail(people: Model<PersonDocument>, email: string, identity: Identity): Promise<boolean> {
  const path = `chat.${identity.platform}`;
  const change = { $set: { [path]: identity.userId, chatAdmin: identity.admin } };
  const free = { email: { $eq: email.toLowerCase() }, [path]: { $exists: false } };
  const attached = await askingTwice(() => people.updateOne(free, change));
  return attached.matchedCount === 1;
}

function found(card: PersonCard | null): PersonCard {
  if (card === null) throw new Error("A person who just entered the directory is not there.");
  return card;
}
