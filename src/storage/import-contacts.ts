// Contacts on their way into the store. Which stored contact a row means is found by id, else by address within the
// customer, so that a table without ids changes people instead of doubling them.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Model } from "mongoose";
import type { Contact } from "../domain/customers/contact.js";
import type { ImportedContact } from "../ports/imports.js";
import type { MongoConnection } from "./connect-mongo.js";
import { addressKey, type ContactDocument, contactModelOf, toContact, toContactDocument } from "./contact-documents.js";
import { insertMissing } from "./insert-missing.js";
import { asking, askingTwice } from "./store-fault-of.js";

const AT_ONCE = 500;

/** Contacts as they are stored, and as they are wanted. */
export type ContactPlan = { readonly stored: readonly Contact[]; readonly wanted: readonly Contact[] };

/** Enters contacts; stored ones that the file does not have stay. */
export async function importContacts(mongo: MongoConnection, contacts: readonly ImportedContact[]): Promise<void> {
  const { stored, wanted } = await planContacts(mongo, contacts);
  const before = new Map(stored.map((contact) => [contact.id, canonicalize(contact)]));
  const model = contactModelOf(mongo.connection);
  const added = wanted.filter(({ id }) => !before.has(id)).map(toContactDocument);
  for (let at = 0; at < added.length; at += AT_ONCE) await insertMissing(model, added.slice(at, at + AT_ONCE));
  const changed = wanted.filter(
    (contact) => before.has(contact.id) && before.get(contact.id) !== canonicalize(contact),
  );
  for (let at = 0; at < changed.length; at += AT_ONCE) {
    const writes = changed.slice(at, at + AT_ONCE).map((contact) => {
      const { _id, ...fields } = toContactDocument(contact);
      return { replaceOne: { filter: { _id }, replacement: fields, upsert: true } };
    });
    await askingTwice(() => model.collection.bulkWrite(writes as never));
  }
}

/** Finds the stored contacts of the customers named, and gives every contact of the file its id. */
export async function planContacts(
  { connection }: MongoConnection,
  contacts: readonly ImportedContact[],
): Promise<ContactPlan> {
  const model = contactModelOf(connection);
  const customers = [...new Set(contacts.map(({ customerId }) => customerId))];
  const ids = contacts.flatMap(({ id }) => (id === null ? [] : [id]));
  const found = new Map<string, Contact>();
  for (const [field, values] of [["customerId", customers] as const, ["_id", ids] as const]) {
    for (const contact of await findIn(model, field, values)) found.set(contact.id, contact);
  }
  const stored = [...found.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return { stored, wanted: withIds(contacts, stored) };
}

async function findIn(
  model: Model<ContactDocument>,
  field: "customerId" | "_id",
  values: readonly string[],
): Promise<Contact[]> {
  const found: Contact[] = [];
  for (let at = 0; at < values.length; at += AT_ONCE) {
    const some = { [field]: { $in: values.slice(at, at + AT_ONCE) } };
    found.push(...(await asking(() => model.find(some).lean<ContactDocument[]>())).map(toContact));
  }
  return found;
}

function withIds(contacts: readonly ImportedContact[], stored: readonly Contact[]): Contact[] {
  const known = new Set(stored.map(({ id }) => id));
  // An id that the file itself uses is not found again by address.
  const named = new Set(contacts.flatMap(({ id }) => (id !== null && known.has(id) ? [id] : [])));
  const free = stored.filter(({ id }) => !named.has(id));
  const byAddress = new Map(free.map((contact) => [keyOf(contact), contact.id]));
  return contacts.map((contact) => {
    if (contact.id !== null && known.has(contact.id)) return { ...contact, id: contact.id };
    return { ...contact, id: byAddress.get(keyOf(contact)) ?? contact.id ?? derivedId(contact) };
  });
}

/** A contact is known by its address within the customer, and only without one by its number. */
function keyOf({ customerId, email, phone }: ImportedContact): string {
  return `${customerId} ${email === null ? phone : addressKey(email)}`;
}

/** Ids get about, so the address itself is not one. */
function derivedId(contact: ImportedContact): string {
  const digest = createHash("sha256").update(keyOf(contact)).digest("hex");
  return `${contact.customerId}-${digest.slice(0, 12)}`;
}
