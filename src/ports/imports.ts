// What an administrator's files change in the store: compared first, so that a person sees it, then written.
import type { Contact } from "../domain/customers/contact.js";
import type { Contract, Customer, Service } from "../domain/customers/customer.js";
import type { Person } from "../domain/oncall/person.js";
import type { OnCallRoster } from "../domain/oncall/who-is-on.js";

/** A contact of a file; without an id its address says which contact of the customer it is. */
export type ImportedContact = Omit<Contact, "id"> & { readonly id: string | null };

/** What the files say; null for what none of them is about. */
export type ImportContent = {
  readonly people: { readonly people: readonly Person[]; readonly roster: OnCallRoster } | null;
  readonly catalogue: {
    readonly services: readonly Service[];
    readonly customers: readonly Customer[];
    readonly contracts: readonly Contract[];
  } | null;
  readonly contacts: readonly ImportedContact[] | null;
};

/** What files are about. */
export type ImportKind = "people" | "roster" | "services" | "customers" | "contracts" | "contacts";

/** One row by its id, and the name under which people know it. */
export type ImportedRow = { readonly id: string; readonly name: string };

/** A field with another value than before; undefined where there is none. */
export type FieldChange = { readonly field: string; readonly before: unknown; readonly after: unknown };

/** What the rows of one kind change. */
export type KindDiff = {
  readonly added: readonly ImportedRow[];
  readonly changed: readonly (ImportedRow & { readonly fields: readonly FieldChange[] })[];
  readonly unchanged: number;
  /** Stored and not in the files; an import deletes nothing. */
  readonly onlyStored: readonly ImportedRow[];
};

/** A stored version of a contract that the files give other terms: versions are immutable. */
export type ContractClash = {
  readonly contractId: string;
  readonly version: number;
  readonly fields: readonly string[];
  /** The lowest number that is free for the new terms. */
  readonly next: number;
};

/** The whole comparison. */
export type ImportDiff = {
  readonly kinds: Readonly<Partial<Record<ImportKind, KindDiff>>>;
  readonly clashes: readonly ContractClash[];
  /** Customers of the files of whom nobody is told of every incident, also after the import. */
  readonly withoutPrimary: readonly ImportedRow[];
};

/** What files may refer to. */
export type KnownRows = {
  readonly services: readonly string[];
  readonly customers: ReadonlyMap<string, { readonly hasPrimary: boolean }>;
};

/** The way of files into the store. Throws StoreFault. */
export interface Imports {
  known(): Promise<KnownRows>;
  compare(content: ImportContent): Promise<ImportDiff>;
  /** Writes what differs; it may be repeated, also after it broke off. */
  write(content: ImportContent): Promise<void>;
}
