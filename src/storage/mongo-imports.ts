// An administrator's files against the store: what is known, what would change, and the writing of it.
import type { Contact } from "../domain/customers/contact.js";
import type { Person } from "../domain/oncall/person.js";
import type { Assignment, OnCallRoster } from "../domain/oncall/who-is-on.js";
import type { ContractClash, ImportContent, ImportDiff, ImportedRow, Imports, KindDiff } from "../ports/imports.js";
import { type ComparedRow, compareRows } from "./compare-rows.js";
import type { MongoConnection } from "./connect-mongo.js";
import { contactModelOf } from "./contact-documents.js";
import {
  type ContractDocument,
  type CustomerDocument,
  directoryModelsOf,
  type PersonDocument,
  ROSTER_KEY,
  type RosterDocument,
  type ServiceDocument,
} from "./directory-documents.js";
import { EMPTY_ROSTER } from "./directory-view.js";
import { importCatalogue } from "./import-catalogue.js";
import { importContacts, planContacts } from "./import-contacts.js";
import { importPeople } from "./import-people.js";
import { asking } from "./store-fault-of.js";

type Kinds = ImportDiff["kinds"];
type Catalogue = NonNullable<ImportContent["catalogue"]>;
type People = NonNullable<ImportContent["people"]>;
type Contacts = NonNullable<ImportContent["contacts"]>;

/** Compares with, and writes to, the collections of people, of the catalogue and of contacts. */
export function createMongoImports(mongo: MongoConnection): Imports {
  return {
    async known() {
      const { services, customers } = directoryModelsOf(mongo.connection);
      const told = await customersWithPrimary(mongo);
      const ids = await asking(() => customers.find({}, { _id: 1 }).lean<{ _id: string }[]>());
      const found = await asking(() => services.find({}, { _id: 1 }).lean<{ _id: string }[]>());
      return {
        services: found.map(({ _id }) => _id),
        customers: new Map(ids.map(({ _id }) => [_id, { hasPrimary: told.has(_id) }])),
      };
    },
    async compare({ people, catalogue, contacts }) {
      const compared = catalogue === null ? null : await compareCatalogue(mongo, catalogue);
      const diff = contacts === null ? null : await compareContacts(mongo, contacts);
      const kinds = {
        ...(people === null ? {} : await comparePeople(mongo, people)),
        ...compared?.kinds,
        ...(diff === null ? {} : { contacts: diff.contacts }),
      };
      const told = new Set([...(await customersWithPrimary(mongo, diff?.wanted)), ...(diff?.told ?? [])]);
      const withoutPrimary = await untold(mongo, told, { people, catalogue, contacts });
      return { kinds, clashes: compared?.clashes ?? [], withoutPrimary };
    },
    async write({ people, catalogue, contacts }) {
      if (catalogue !== null) await importCatalogue(mongo, catalogue);
      if (contacts !== null) await importContacts(mongo, contacts);
      if (people !== null) await importPeople(mongo, people);
    },
  };
}

async function compareCatalogue(mongo: MongoConnection, { services, customers, contracts }: Catalogue) {
  const models = directoryModelsOf(mongo.connection);
  const stored = {
    services: await asking(() => models.services.find().sort({ _id: 1 }).lean<ServiceDocument[]>()),
    customers: await asking(() => models.customers.find().sort({ _id: 1 }).lean<CustomerDocument[]>()),
    contracts: await asking(() => models.contracts.find().sort({ _id: 1 }).lean<ContractDocument[]>()),
  };
  const ofContracts = compareRows(
    stored.contracts.map(({ contract }) => contractRow(contract)),
    contracts.map(contractRow),
  );
  const versions = [...stored.contracts.map(({ contract }) => contract), ...contracts];
  const clashes = ofContracts.changed.map(({ id, fields }): ContractClash => {
    const { id: contractId, version } = versions.find((contract) => contractKey(contract) === id) ?? { id, version: 0 };
    const taken = versions.filter((contract) => contract.id === contractId).map((contract) => contract.version);
    return { contractId, version, fields: fields.map(({ field }) => field), next: Math.max(...taken) + 1 };
  });
  const kinds: Kinds = {
    services: compareRows(
      stored.services.map(({ service }) => plainRow(service)),
      services.map(plainRow),
    ),
    customers: compareRows(
      stored.customers.map(({ customer }) => plainRow(customer)),
      customers.map(plainRow),
    ),
    contracts: ofContracts,
  };
  return { kinds, clashes };
}

async function comparePeople(mongo: MongoConnection, { people, roster }: People): Promise<Kinds> {
  const models = directoryModelsOf(mongo.connection);
  const documents = await asking(() => models.people.find().sort({ _id: 1 }).lean<PersonDocument[]>());
  const stored = await asking(() => models.rosters.findById(ROSTER_KEY).lean<RosterDocument>());
  const byId = new Map(documents.map((document) => [document._id, document]));
  const wanted = people.map((person) => wantedRow(person, byId.get(person.id)));
  const ids = new Set(people.map(({ id }) => id));
  const addresses = new Set(people.map(({ email }) => email.toLowerCase()));
  // Whoever gives address and accounts up to a named person is not somebody else who stays.
  const others = documents.filter(({ _id, email, chat }) => {
    return (
      ids.has(_id) || (email !== null && !addresses.has(email)) || (email === null && Object.keys(chat).length > 0)
    );
  });
  const rows = compareRows(others.map(storedRow), wanted);
  const duties = [stored?.roster ?? EMPTY_ROSTER, roster].map((one) => rosterRow(one)) as [ComparedRow, ComparedRow];
  return { people: rows, roster: compareRows([duties[0]], [duties[1]]) };
}

async function compareContacts(mongo: MongoConnection, contacts: Contacts) {
  const { stored, wanted } = await planContacts(mongo, contacts);
  const diff: KindDiff = compareRows(stored.map(contactRow), wanted.map(contactRow));
  const told = wanted.filter(isPrimary).map(({ customerId }) => customerId);
  return { contacts: diff, wanted, told };
}

/** Customers of whom somebody is told of every incident; contacts that are to change are left out of account. */
async function customersWithPrimary(mongo: MongoConnection, changing: readonly Contact[] = []): Promise<Set<string>> {
  const primary = { roles: "incident_primary" as const };
  const fields = { customerId: 1 };
  const found = await asking(() =>
    contactModelOf(mongo.connection).find(primary, fields).lean<{ _id: string; customerId: string }[]>(),
  );
  const ids = new Set(changing.map(({ id }) => id));
  return new Set(found.filter(({ _id }) => !ids.has(_id)).map(({ customerId }) => customerId));
}

async function untold(
  mongo: MongoConnection,
  told: ReadonlySet<string>,
  { catalogue, contacts }: ImportContent,
): Promise<ImportedRow[]> {
  const named = new Map((catalogue?.customers ?? []).map(({ id, name }) => [id, name]));
  const ids = new Set([...named.keys(), ...(contacts ?? []).map(({ customerId }) => customerId)]);
  const missing = [...ids].filter((id) => !told.has(id));
  const { customers } = directoryModelsOf(mongo.connection);
  const stored = await asking(() => customers.find({ _id: { $in: missing } }).lean<CustomerDocument[]>());
  for (const { _id, customer } of stored) if (!named.has(_id)) named.set(_id, customer.name);
  return missing.map((id) => ({ id, name: named.get(id) ?? id }));
}

const isPrimary = ({ roles }: Contact): boolean => roles.includes("incident_primary");
const contractKey = ({ id, version }: { readonly id: string; readonly version: number }): string => `${id}@${version}`;

function plainRow({ id, ...fields }: { readonly id: string; readonly name: string }): ComparedRow {
  return { id, name: fields.name, fields };
}

function contractRow(contract: Catalogue["contracts"][number]): ComparedRow {
  const { id: _id, version: _version, customerId, ...fields } = contract;
  return { id: contractKey(contract), name: customerId, fields: { ...fields, customer: customerId } };
}

function contactRow({ id, customerId, wishes, ...fields }: Contact): ComparedRow {
  return { id, name: fields.name, fields: { ...fields, ...wishes, customer: customerId } };
}

function storedRow({ _id, chatAdmin: _chatAdmin, chat, ...fields }: PersonDocument): ComparedRow {
  return { id: _id, name: fields.name, fields: { ...fields, ...accountsOf(chat) } };
}

/** What is written over a stored person; accounts, language and zone that the file leaves out stay. */
function wantedRow({ id, email, chat, ...fields }: Person, stored: PersonDocument | undefined): ComparedRow {
  const { language, zone } = stored ?? {};
  const kept = { ...(language === undefined ? {} : { language }), ...(zone === undefined ? {} : { zone }) };
  const accounts = accountsOf({ ...stored?.chat, ...chat });
  return { id, name: fields.name, fields: { ...kept, ...fields, ...accounts, email: email.toLowerCase() } };
}

function accountsOf(chat: Person["chat"]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(chat).map(([platform, account]) => [`chat.${platform}`, account]));
}

/** Whoever is on duty without a period is told by id alone. */
const dutyOf = (duty: Assignment): unknown =>
  duty.from === undefined && duty.until === undefined ? duty.personId : duty;

function rosterRow({ default: standing, services }: OnCallRoster): ComparedRow {
  const lists = [
    ["default", standing] as const,
    ...Object.entries(services).map(([id, roles]) => [`services.${id}`, roles] as const),
  ];
  const duties = lists.flatMap(([list, roles]) =>
    Object.entries(roles).map(([role, people]) => [`${list}.${role}`, people.map(dutyOf)] as const),
  );
  return { id: ROSTER_KEY, name: "", fields: Object.fromEntries(duties) };
}
