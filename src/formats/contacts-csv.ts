// Contacts as a table with a heading line, as spreadsheets export it.
import { concealPersonalData, type PersonalData } from "./conceal-personal-data.js";
import type { Column } from "./contacts-csv-columns.js";
import { cellValue, columnOf } from "./contacts-csv-columns.js";
import type { CheckedContacts, ContactEntry } from "./contacts-rows.js";
import { checkContacts, isMeantAsPrimary } from "./contacts-rows.js";
import type { FileContact } from "./contacts-schema.js";
import type { CsvRow } from "./csv-rows.js";
import { headOf, readCsvRows } from "./csv-rows.js";
import type { Parsed, Problem, ProblemLanguage } from "./file-problem.js";
import { refuseFile } from "./file-problem-words.js";
import { PHONE_COUNTRIES } from "./phone.js";

/** What the reader of a table knows from elsewhere. */
export type ContactsCsvContext = {
  /** The customers that exist, and whether somebody outside the table is their incident_primary; null: not checked. */
  readonly customers: ReadonlyMap<string, { readonly hasPrimary: boolean }> | null;
  readonly phoneCountries?: readonly string[];
  readonly language?: ProblemLanguage;
  /** Concealed unless it is said to be shown. */
  readonly personal?: PersonalData;
};

type Heading = { readonly column: Column | null; readonly typed: string };
type Table = { readonly headings: readonly Heading[]; readonly rows: readonly CsvRow[] };

const REQUIRED: readonly Column[] = ["customer", "name", "roles"];

/** Says whether a text begins with the headings of a table of contacts. */
export function isContactsCsv(text: string): boolean {
  const [head] = readCsvRows(headOf(text).split(/\r\n|\n|\r/, 1)[0] ?? "").rows;
  const columns = (head?.cells ?? []).map(columnOf);
  return columns.filter((column) => column !== null).length >= 2;
}

/** Reads a table of contacts; problems name the line and the column's own heading. */
export function parseContactsCsv(text: string, context: ContactsCsvContext): Parsed<readonly FileContact[]> {
  const { rows, problems: broken } = readCsvRows(text);
  const [head, ...body] = rows;
  const headings = (head?.cells ?? []).map((typed) => ({ typed, column: columnOf(typed) }));
  const table = { headings, rows: body };
  const entries = body.map((row) => entryOf(headings, row));
  const checked = checkContacts(entries, context.phoneCountries ?? PHONE_COUNTRIES);
  const wrongRows = lacksColumns(headings) ? [] : tableProblems(table, entries, checked, context);
  const problems = [
    ...broken,
    ...headingProblems(headings, head?.line ?? 1),
    ...concealPersonalData(inOrder(wrongRows), context.personal).map(headedBy(headings)),
  ];
  if (problems.length > 0) return refuseFile(problems, context.language ?? "pt-BR");
  return { ok: true, value: checked.contacts.map(({ contact }) => contact) };
}

const columnsOf = (headings: readonly Heading[]) => headings.map(({ column }) => column);

const lacksColumns = (headings: readonly Heading[]): boolean =>
  REQUIRED.some((column) => !columnsOf(headings).includes(column));

function headingProblems(headings: readonly Heading[], line: number): Problem[] {
  const columns = columnsOf(headings);
  const path = (name: string) => `line.${line}.${name}`;
  const missing = [...REQUIRED, ...(columns.includes("phone") ? [] : (["email"] as const))];
  return [
    ...headings.flatMap(({ column, typed }, index): Problem[] => {
      if (column === null) return [{ path: path(typed), code: "unknown-key", values: { key: typed } }];
      const first = columns.indexOf(column);
      if (first === index) return [];
      return [
        {
          path: path(typed),
          code: "duplicate",
          values: { received: typed, first: path(headings[first]?.typed ?? "") },
        },
      ];
    }),
    ...missing
      .filter((column) => !columns.includes(column))
      .map((column): Problem => ({ path: path(column), code: "missing", values: {} })),
  ];
}

function tableProblems(
  { headings, rows }: Table,
  entries: readonly ContactEntry[],
  checked: CheckedContacts,
  { customers }: ContactsCsvContext,
): Problem[] {
  const ragged = rows
    .filter(({ cells }) => cells.slice(headings.length).some((cell) => cell !== ""))
    .map(({ line }): Problem => ({ path: `line.${line}`, code: "too-many", values: { maximum: headings.length } }));
  const unknown = entries.flatMap(({ path, customerId }): Problem[] => {
    if (customerId === null) return [{ path: `${path}.customer`, code: "missing", values: {} }];
    if (customers === null || customers.has(customerId)) return [];
    return [{ path: `${path}.customer`, code: "unknown-customer-here", values: { received: customerId } }];
  });
  return [...checked.problems, ...ragged, ...unknown, ...primaryProblems(entries, customers)];
}

function primaryProblems(entries: readonly ContactEntry[], customers: ContactsCsvContext["customers"]): Problem[] {
  const told = new Set(entries.filter(({ raw }) => isMeantAsPrimary(raw)).map(({ customerId }) => customerId));
  return entries.flatMap(({ path, customerId }): Problem[] => {
    if (customerId === null || told.has(customerId) || customers?.get(customerId)?.hasPrimary !== false) return [];
    told.add(customerId);
    return [{ path: `${path}.roles`, code: "no-primary-contact", values: { received: customerId } }];
  });
}

function entryOf(headings: readonly Heading[], { line, cells }: CsvRow): ContactEntry {
  const raw: Partial<Record<Column, unknown>> = {};
  for (const [index, { column }] of headings.entries()) {
    const cell = cells[index] ?? "";
    if (column !== null && cell !== "" && raw[column] === undefined) raw[column] = cellValue(column, cell);
  }
  const { customer, ...rest } = raw;
  return { path: `line.${line}`, customerId: typeof customer === "string" ? customer : null, raw: rest };
}

/** Line by line, as the person who repairs the table goes through it. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const lineOf = ({ path }: Problem): number => Number(/^line\.(\d+)/.exec(path)?.[1] ?? 0);
  return [...problems].sort((one, other) => lineOf(one) - lineOf(other));
}

/** People look for the column under the heading that they gave it; places inside a cell mean nothing to them. */
function headedBy(headings: readonly Heading[]) {
  const typedOf = new Map(headings.map(({ column, typed }) => [String(column), typed]));
  const headed = (path: string): string => {
    const [word = "", line = "", column] = path.split(".");
    return column === undefined ? path : `${word}.${line}.${typedOf.get(column) ?? column}`;
  };
  return ({ path, code, values }: Problem): Problem => ({
    path: headed(path),
    code,
    values: "first" in values ? { ...values, first: headed(String(values["first"])) } : values,
  });
}
