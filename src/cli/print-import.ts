// A comparison of files with the store, as lines that a person reads.
import type { FieldChange, ImportDiff, ImportedRow, ImportKind, KindDiff } from "../ports/imports.js";
import type { ImportWords } from "./import-words.js";

const KINDS: readonly ImportKind[] = ["services", "customers", "contracts", "contacts", "people", "roster"];
/** Longer lists are for --json. */
const MOST_LINES = 100;

/** Says whether writing would change anything. */
export const changesAnything = ({ kinds }: ImportDiff): boolean =>
  Object.values(kinds).some(({ added, changed }) => added.length + changed.length > 0);

/** The comparison as text: a heading for each kind, + for what is new, ~ for what changes, = for what stays untouched. */
export function printImport({ kinds, withoutPrimary }: ImportDiff, words: ImportWords): string {
  const lines = KINDS.flatMap((kind) => {
    const diff = kinds[kind];
    return diff === undefined ? [] : kindLines(words.kinds[kind], diff, words);
  });
  const names = withoutPrimary.slice(0, MOST_LINES).map(label).join(", ");
  const warning = withoutPrimary.length === 0 ? [] : ["", words.withoutPrimary(names)];
  return [...lines, ...warning].map((line) => `${line}\n`).join("");
}

function kindLines(title: string, { added, changed, unchanged, onlyStored }: KindDiff, words: ImportWords): string[] {
  const kept = onlyStored.length === 0 ? "" : `, ${words.onlyStored(onlyStored.length)}`;
  return [
    `${title}: ${words.counts(added.length, changed.length, unchanged)}${kept}`,
    ...clipped(added, (row) => [`  + ${label(row)}`], words),
    ...clipped(changed, (row) => [`  ~ ${label(row)}`, ...row.fields.map((one) => fieldLine(one, words))], words),
    ...clipped(onlyStored, (row) => [`  = ${label(row)}`], words),
  ];
}

function clipped<T>(rows: readonly T[], linesOf: (row: T) => readonly string[], words: ImportWords): string[] {
  const lines = rows.slice(0, MOST_LINES).flatMap(linesOf);
  return rows.length <= MOST_LINES ? lines : [...lines, `  ${words.more(rows.length - MOST_LINES)}`];
}

function fieldLine({ field, before, after }: FieldChange, words: ImportWords): string {
  const shown = (value: unknown): string => (value === undefined ? words.blank : plain(textOf(value)));
  return `      ${plain(field)}: ${shown(before)} → ${shown(after)}`;
}

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
};

const label = ({ id, name }: ImportedRow): string => plain(name === "" ? id : `${id} (${name})`);

/** Names come from outside and must not disturb a terminal. */
const plain = (text: string): string => text.replace(/\p{C}/gu, "?");
