// Where contacts stand in a customers file: under their customer, or in a list of their own that names it.
import type { CheckedContacts, ContactEntry } from "./contacts-rows.js";
import { checkContacts, isMeantAsPrimary } from "./contacts-rows.js";
import type { Problem } from "./file-problem.js";

/** The lists of a customers file in which contacts stand or are referred to. */
export type ContactLists = {
  readonly customers: readonly unknown[];
  readonly contacts: readonly unknown[];
  /** Ids of the customers of the file, badly written ones too. */
  readonly known: ReadonlySet<string>;
  readonly countries: readonly string[];
};

/** Checks the contacts of a customers file; a customer without any may have them elsewhere, so that is no problem. */
export function checkFileContacts({ customers, contacts, known, countries }: ContactLists): CheckedContacts {
  const nested = customers.flatMap(nestedEntries);
  const listed = contacts.map(listedEntry);
  const entries = [...nested, ...listed];
  const checked = checkContacts(entries, countries);
  const unknown = listed.flatMap(({ path, customerId }): Problem[] => {
    if (customerId === null) return [{ path: `${path}.customer`, code: "missing", values: {} }];
    if (known.has(customerId)) return [];
    return [{ path: `${path}.customer`, code: "unknown-customer", values: { received: customerId } }];
  });
  const problems = [...checked.problems, ...unknown, ...primaryProblems(customers, entries)];
  return { contacts: checked.contacts, problems };
}

function nestedEntries(customer: unknown, index: number): ContactEntry[] {
  if (typeof customer !== "object" || customer === null || !("contacts" in customer)) return [];
  if (!Array.isArray(customer.contacts)) return [];
  const customerId = idOf(customer);
  const rows: readonly unknown[] = customer.contacts;
  return rows.map((raw, place) => ({ path: `customers.${index}.contacts.${place}`, customerId, raw }));
}

function listedEntry(raw: unknown, index: number): ContactEntry {
  const path = `contacts.${index}`;
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return { path, customerId: null, raw };
  const { customer, ...rest } = raw as Readonly<Record<string, unknown>>;
  return { path, customerId: typeof customer === "string" ? customer : null, raw: rest };
}

/** Whoever has contacts must have one who is told of everything (requirements 3.2). */
function primaryProblems(customers: readonly unknown[], entries: readonly ContactEntry[]): Problem[] {
  return customers.flatMap((customer, index): Problem[] => {
    const id = idOf(customer);
    const own = entries.filter(({ customerId }) => customerId !== null && customerId === id);
    if (id === null || own.length === 0 || own.some(({ raw }) => isMeantAsPrimary(raw))) return [];
    return [{ path: `customers.${index}.contacts`, code: "no-primary-contact", values: { received: id } }];
  });
}

function idOf(customer: unknown): string | null {
  if (typeof customer !== "object" || customer === null || !("id" in customer)) return null;
  return typeof customer.id === "string" ? customer.id : null;
}
