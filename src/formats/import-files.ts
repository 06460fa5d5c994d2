// Several files that are imported together: what each of them is shows in its content, and they may refer to one
// another and to what is stored.

import { businessCalendarOf } from "../domain/policy/business-calendar-of.js";
import type { Policy } from "../domain/policy/policy.js";
import { isContactsCsv, parseContactsCsv } from "./contacts-csv.js";
import type { FileContact } from "./contacts-schema.js";
import { type CustomersFile, parseCustomersFile } from "./customers-file.js";
import type { FileProblem, Parsed, Problem, ProblemLanguage } from "./file-problem.js";
import { wordProblem } from "./file-problem-words.js";
import { readFileText } from "./file-text.js";
import { type PeopleFile, parsePeopleFile } from "./people-file.js";

/** A file by the name that the person gave. */
export type NamedText = { readonly name: string; readonly text: string };

/** What the files say together; null for what none of them is about. */
export type ImportFiles = {
  readonly people: PeopleFile | null;
  readonly catalogue: CustomersFile | null;
  readonly contacts: readonly FileContact[] | null;
  /** Name of the file with the contracts. */
  readonly catalogueName: string | null;
};

/** What the files may refer to besides one another; null: only what stands in them is checked. */
export type ImportContext = {
  readonly policy: Policy;
  readonly known: {
    readonly services: readonly string[];
    readonly customers: ReadonlyMap<string, { readonly hasPrimary: boolean }>;
  } | null;
  readonly language: ProblemLanguage;
};

type Kind = "people" | "customers" | "contacts";
type Sorted = { readonly files: ReadonlyMap<Kind, NamedText>; readonly problems: readonly FileProblem[] };

/** Says whether one of the files refers to customers that may be stored. */
export const needsStoredCustomers = (files: readonly NamedText[]): boolean =>
  files.some(({ text }) => isContactsCsv(text));

/** Reads the files; with more than one, problems begin with the name of their file. */
export function parseImportFiles(files: readonly NamedText[], context: ImportContext): Parsed<ImportFiles> {
  const labelled = labeller(files);
  const { files: byKind, problems } = sortByKind(files, context.language, labelled);
  const read = <T>(kind: Kind, parse: (text: string) => Parsed<T>): T | null => {
    const file = byKind.get(kind);
    if (file === undefined) return null;
    const parsed = parse(file.text);
    if (parsed.ok) return parsed.value;
    found.push(...labelled(file.name, parsed.problems));
    return null;
  };
  const found: FileProblem[] = [...problems];
  const shared = { language: context.language, personal: "shown" } as const;
  const catalogue = read("customers", (text) => parseCustomersFile(text, { ...shared, policy: context.policy }));
  const isBroken = found.length > 0;
  const table = read("contacts", (text) =>
    parseContactsCsv(text, {
      ...shared,
      // A customer may stand in a file that cannot be read: its absence is not a second problem.
      customers: isBroken ? null : customersFor(context, catalogue),
      ...(catalogue === null ? {} : { phoneCountries: catalogue.phoneCountries }),
    }),
  );
  const people = read("people", (text) =>
    parsePeopleFile(text, {
      ...shared,
      zone: businessCalendarOf(context.policy).zone,
      ...(isBroken ? {} : servicesFor(context, catalogue)),
    }),
  );
  found.push(...labelled(byKind.get("contacts")?.name ?? "", twice(catalogue, table, context.language)));
  if (found.length > 0) return { ok: false, problems: found };
  const contacts = [...(catalogue?.contacts ?? []), ...(table ?? [])];
  const given = contacts.length === 0 && table === null ? null : contacts;
  return {
    ok: true,
    value: { people, catalogue, contacts: given, catalogueName: byKind.get("customers")?.name ?? null },
  };
}

const labeller =
  (files: readonly NamedText[]) =>
  (name: string, problems: readonly FileProblem[]): readonly FileProblem[] =>
    files.length === 1 ? problems : problems.map((problem) => ({ ...problem, path: `${name}#${problem.path}` }));

function sortByKind(
  files: readonly NamedText[],
  language: ProblemLanguage,
  labelled: ReturnType<typeof labeller>,
): Sorted {
  const sorted = new Map<Kind, NamedText>();
  const problems: FileProblem[] = [];
  for (const file of files) {
    const kind = kindOf(file.text);
    const first = typeof kind === "string" ? sorted.get(kind) : undefined;
    if (typeof kind !== "string") {
      problems.push(
        ...labelled(
          file.name,
          kind.map((problem) => wordProblem(problem, language)),
        ),
      );
    } else if (first === undefined) sorted.set(kind, file);
    else {
      const problem = { path: "", code: "second-of-kind", values: { first: first.name, kind } } as const;
      problems.push(...labelled(file.name, [wordProblem(problem, language)]));
    }
  }
  return { files: sorted, problems };
}

function kindOf(text: string): Kind | readonly Problem[] {
  if (isContactsCsv(text)) return "contacts";
  const read = readFileText(text);
  if ("problems" in read) return read.problems;
  const { value } = read;
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  if (isMap && ("people" in value || "roster" in value)) return "people";
  if (isMap && ["services", "customers", "contracts", "contacts"].some((name) => name in value)) return "customers";
  return [{ path: "", code: "unknown-file-kind", values: {} }];
}

function customersFor({ known }: ImportContext, catalogue: CustomersFile | null) {
  if (known === null) return null;
  const told = new Set((catalogue?.contacts ?? []).filter(isPrimary).map(({ customerId }) => customerId));
  const ids = [...known.customers.keys(), ...(catalogue?.customers ?? []).map(({ id }) => id)];
  return new Map(
    ids.map((id) => [id, { hasPrimary: told.has(id) || known.customers.get(id)?.hasPrimary === true }] as const),
  );
}

/** Without any list of services the roster may name any. */
function servicesFor({ known }: ImportContext, catalogue: CustomersFile | null): { serviceIds?: readonly string[] } {
  const ids = [...(known?.services ?? []), ...(catalogue?.services ?? []).map(({ id }) => id)];
  return known === null || ids.length === 0 ? {} : { serviceIds: ids };
}

/** The same address in the table and under its customer would be written twice, each time differently. */
function twice(
  catalogue: CustomersFile | null,
  table: readonly FileContact[] | null,
  language: ProblemLanguage,
): readonly FileProblem[] {
  const keysOf = ({ customerId, id, email, phone }: FileContact): string[] =>
    [
      id,
      email === null ? null : `${customerId} ${email.toLowerCase()}`,
      phone === null ? null : `${customerId} ${phone}`,
    ].filter((key) => key !== null);
  const first = new Set((catalogue?.contacts ?? []).flatMap(keysOf));
  return (table ?? [])
    .filter((contact) => keysOf(contact).some((key) => first.has(key)))
    .map(({ email, phone, customerId }) => {
      const values = { received: email ?? phone ?? "", first: `customers ${customerId}` };
      return wordProblem({ path: "contacts", code: "duplicate", values }, language);
    });
}

const isPrimary = ({ roles }: FileContact): boolean => roles.includes("incident_primary");
