// The people at the customers, read from MongoDB in pages.
import type { Model } from "mongoose";
import type { Contact } from "../domain/customers/contact.js";
import type { Contacts } from "../ports/contacts.js";
import type { MongoConnection } from "./connect-mongo.js";
import { type ContactDocument, contactModelOf, toContact } from "./contact-documents.js";
import { asking } from "./store-fault-of.js";

const PAGE = 1_000;
/** As many customers as one question names. */
const CUSTOMERS_AT_ONCE = 1_000;

/** Keeps contacts in the collection `contacts`. */
export function createMongoContacts({ connection }: MongoConnection): Contacts {
  const contacts = contactModelOf(connection);
  return {
    of: (customers) => pagesOf(contacts, customers),
    async withPhone(phone) {
      const found = await asking(() =>
        contacts
          .find({ phone: { $eq: phone } })
          .sort({ _id: 1 })
          .lean<ContactDocument[]>(),
      );
      return found.map(toContact);
    },
  };
}

/** The ids are fixed first: whoever reads the pages may take a long time, and no cursor waits for that. */
async function* pagesOf(
  contacts: Model<ContactDocument>,
  customers: readonly string[],
): AsyncGenerator<readonly Contact[]> {
  const ids = await idsOf(contacts, customers);
  for (let at = 0; at < ids.length; at += PAGE) {
    const wanted = ids.slice(at, at + PAGE);
    const page = await asking(() =>
      contacts
        .find({ _id: { $in: wanted } })
        .sort({ _id: 1 })
        .lean<ContactDocument[]>(),
    );
    if (page.length > 0) yield page.map(toContact);
  }
}

async function idsOf(contacts: Model<ContactDocument>, customers: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(customers)];
  const ids: string[] = [];
  for (let at = 0; at < wanted.length; at += CUSTOMERS_AT_ONCE) {
    const some = { customerId: { $in: wanted.slice(at, at + CUSTOMERS_AT_ONCE) } };
    const found = await asking(() => contacts.find(some, { _id: 1 }).lean<{ _id: string }[]>());
    for (const { _id } of found) ids.push(_id);
  }
  return ids.sort(byCodeUnits);
}

const byCodeUnits = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
