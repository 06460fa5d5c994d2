// Rows of a file beside rows of the store, field by field.
import canonicalize from "canonicalize";
import type { FieldChange, ImportedRow, KindDiff } from "../ports/imports.js";

/** A row whose fields are compared. */
export type ComparedRow = ImportedRow & { readonly fields: Readonly<Record<string, unknown>> };

/** What the wanted rows change. */
export function compareRows(stored: readonly ComparedRow[], wanted: readonly ComparedRow[]): KindDiff {
  const before = new Map(stored.map((row) => [row.id, row]));
  const ids = new Set(wanted.map(({ id }) => id));
  const added: ImportedRow[] = [];
  const changed: KindDiff["changed"][number][] = [];
  for (const row of wanted) {
    const old = before.get(row.id);
    const fields = old === undefined ? [] : compareFields(old.fields, row.fields);
    if (old === undefined) added.push(named(row));
    else if (fields.length > 0) changed.push({ ...named(row), fields });
  }
  const onlyStored = stored.filter(({ id }) => !ids.has(id)).map(named);
  return { added, changed, unchanged: wanted.length - added.length - changed.length, onlyStored };
}

function compareFields(before: ComparedRow["fields"], after: ComparedRow["fields"]): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields
    .filter((field) => canonicalize(before[field] ?? null) !== canonicalize(after[field] ?? null))
    .map((field) => ({ field, before: before[field] ?? undefined, after: after[field] ?? undefined }));
}

const named = ({ id, name }: ImportedRow): ImportedRow => ({ id, name });
