// Rows of a file, each judged by itself, so that one bad row does not hide what is wrong with the others.
import type { z } from "zod";
import type { Problem } from "./file-problem.js";
import { checkShape } from "./file-schema.js";

/** A row whose shape is right, with its place in the list. */
export type Row<T> = { readonly index: number; readonly value: T };

/** The rows of one list of a file. */
export type Rows<T> = {
  readonly rows: readonly Row<T>[];
  /** Ids of all rows, bad ones too: a reference to a bad row is not a second problem. */
  readonly ids: ReadonlySet<string>;
  readonly problems: readonly Problem[];
};

/** Checks each row of a list against the schema of a row. */
export function checkRows<S extends z.ZodType>(schema: S, list: readonly unknown[], path: string): Rows<z.output<S>> {
  const rows: Row<z.output<S>>[] = [];
  const problems: Problem[] = [];
  for (const [index, raw] of list.entries()) {
    const checked = checkShape(schema, raw, [path, index]);
    if ("problems" in checked) problems.push(...checked.problems);
    else rows.push({ index, value: checked.value });
  }
  return { rows, ids: new Set(list.flatMap(idOf)), problems };
}

/** Finds values that appear twice among rows; `key` returns null for rows without the value. */
export function findDuplicates<T>(
  rows: readonly Row<T>[],
  path: string,
  field: string,
  key: (value: T) => string | null,
): Problem[] {
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { index, value } of rows) {
    const found = key(value);
    if (found === null) continue;
    const at = `${path}.${index}.${field}`;
    const first = seen.get(found);
    if (first === undefined) seen.set(found, at);
    else problems.push({ path: at, code: "duplicate", values: { received: found, first } });
  }
  return problems;
}

function idOf(raw: unknown): string[] {
  if (typeof raw !== "object" || raw === null || !("id" in raw)) return [];
  return typeof raw.id === "string" ? [raw.id] : [];
}
