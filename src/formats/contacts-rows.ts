// Contacts of a file, wherever they stand in it: each judged by itself first, then those of one customer together.
import type { FileContact } from "./contacts-schema.js";
import { contactSchema } from "./contacts-schema.js";
import type { Problem } from "./file-problem.js";
import { checkShape } from "./file-schema.js";

/** A contact as it was written, with its place and its customer; null when the file does not name one. */
export type ContactEntry = { readonly path: string; readonly customerId: string | null; readonly raw: unknown };

/** A contact whose shape is right, with its place. */
export type PlacedContact = { readonly path: string; readonly contact: FileContact };

/** Contacts that can be used, and everything wrong with the others. */
export type CheckedContacts = { readonly contacts: readonly PlacedContact[]; readonly problems: readonly Problem[] };

/** Checks contacts; addresses, numbers and ids that appear twice are problems too. */
export function checkContacts(entries: readonly ContactEntry[], countries: readonly string[]): CheckedContacts {
  const schema = contactSchema(countries);
  const contacts: PlacedContact[] = [];
  const problems: Problem[] = [];
  for (const { path, customerId, raw } of entries) {
    const checked = checkShape(schema, raw, [path]);
    if ("problems" in checked) problems.push(...checked.problems);
    else if (customerId !== null) contacts.push({ path, contact: { ...checked.value, customerId } });
  }
  const twice = [
    ...duplicates(contacts, "id", ({ id }) => id),
    ...duplicates(contacts, "email", ({ customerId, email }) =>
      email === null ? null : `${customerId} ${email.toLowerCase()}`,
    ),
    ...duplicates(contacts, "phone", ({ customerId, phone }) => (phone === null ? null : `${customerId} ${phone}`)),
  ];
  return { contacts, problems: [...problems, ...contacts.flatMap(reachProblems), ...twice] };
}

/** Says whether a contact, even a badly written one, is meant to be the one that is always told. */
export function isMeantAsPrimary(raw: unknown): boolean {
  if (typeof raw !== "object" || raw === null || !("roles" in raw)) return false;
  return Array.isArray(raw.roles) && raw.roles.includes("incident_primary");
}

/** Whoever must be told of everything needs an address that always works; a number can opt out (requirements 3.6). */
function reachProblems({ path, contact: { email, phone, roles } }: PlacedContact): Problem[] {
  if (email === null && roles.includes("incident_primary")) {
    return [{ path: `${path}.email`, code: "primary-without-email", values: {} }];
  }
  return email === null && phone === null ? [{ path, code: "contact-without-address", values: {} }] : [];
}

function duplicates(
  contacts: readonly PlacedContact[],
  field: "id" | "email" | "phone",
  key: (contact: FileContact) => string | null,
): Problem[] {
  const seen = new Map<string, string>();
  return contacts.flatMap(({ path, contact }): Problem[] => {
    const found = key(contact);
    if (found === null) return [];
    const at = `${path}.${field}`;
    const first = seen.get(found);
    if (first === undefined) seen.set(found, at);
    return first === undefined
      ? []
      : [{ path: at, code: "duplicate", values: { received: contact[field] ?? "", first } }];
  });
}
