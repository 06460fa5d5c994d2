import canonicalize from "canonicalize";
import type { Contract } from "../domain/customers/customer.js";
import type { ImportedContact } from "../ports/imports.js";
import type { CatalogueContent } from "./catalogue-view.js";
import type { MongoConnection } from "./connect-mongo.js";
import { type ContractDocument, directoryModelsOf } from "./directory-documents.js";
import { importContacts } from "./import-contacts.js";
import { asking, askingTwice } from "./store-fault-of.js";

/** A version of a contract that is stored with other terms: versions are immutable. */
export type ContractConflict = { readonly contractId: string; readonly version: number };

/** Enters the catalogue and the contacts, as an administrator's file says; stored versions of contracts stay and conflicts are returned. */
export async function importCatalogue(
  mongo: MongoConnection,
  content: CatalogueContent & { readonly contacts?: readonly ImportedContact[] },
): Promise<readonly ContractConflict[]> {
  const models = directoryModelsOf(mongo.connection);
  for (const service of content.services) {
    await askingTwice(() => models.services.updateOne({ _id: service.id }, { $set: { service } }, { upsert: true }));
  }
  for (const customer of content.customers) {
    await askingTwice(() => models.customers.updateOne({ _id: customer.id }, { $set: { customer } }, { upsert: true }));
  }
  const conflicts: ContractConflict[] = [];
  for (const contract of content.contracts) {
    const key = { _id: `${contract.id}@${contract.version}` };
    await askingTwice(() => models.contracts.updateOne(key, { $setOnInsert: { contract } }, { upsert: true }));
    const stored = await asking(() => models.contracts.findById(key._id).lean<ContractDocument>());
    if (stored !== null && !isSame(stored.contract, contract)) {
      conflicts.push({ contractId: contract.id, version: contract.version });
    }
  }
  await importContacts(mongo, content.contacts ?? []);
  return conflicts;
}

const isSame = (one: Contract, other: Contract): boolean => canonicalize(one) === canonicalize(other);
