// From a document to its index entries: one per element where a field is an array.

import { compareValues } from "../bson/compare-values.js";
import { EMPTY_ARRAY, type EncodedKey, encodeKey, type KeyPart } from "../bson/encode-key.js";
import { arrayIndex, type Path } from "../bson/path.js";
import type { Doc, Value } from "../bson/value.js";
import { matches } from "../filter/filter-node.js";
import { StoreError } from "../store-error.js";
import type { Index } from "./collection.js";

/** The value of one field of an entry. */
export type PartValue = KeyPart["value"];

/** One entry: the values of its fields, and their bytes. */
export interface IndexEntry extends EncodedKey {
  values: readonly PartValue[];
}

/** A document's entries in one index. */
export interface DocumentEntries {
  entries: IndexEntry[];
  /** Whether the document has an array under an indexed field. */
  multikey: boolean;
}

interface FieldCursor {
  value: PartValue;
  rest: Path;
  /** An array element is a key by itself and is not opened again. */
  final: boolean;
}

/** Computes the entries of a document in an index; none when the index leaves the document out. */
export function indexEntries(index: Index, doc: Doc): DocumentEntries {
  const found: DocumentEntries = { entries: [], multikey: false };
  if (index.partial !== undefined && !matches(index.partial.node, doc)) return found;
  const keys: PartValue[][] = [];
  const cursors = index.fields.map(({ path }): FieldCursor => ({ value: doc, rest: path, final: false }));
  found.multikey = expand(index, cursors, keys);
  const seen = new Set<string>();
  for (const values of keys) {
    if (index.sparse && values.every((value) => value === undefined)) continue;
    const encoded = encodeKey(values.map((value, at) => ({ value, descending: index.fields[at]?.direction === -1 })));
    const identity = encoded.exact ? encoded.bytes.toString("latin1") : undefined;
    if (identity !== undefined && seen.has(identity)) continue;
    if (identity !== undefined) seen.add(identity);
    found.entries.push({ ...encoded, values });
  }
  return found;
}

/** Says whether two entries stand for equal keys. */
export function sameEntry(left: IndexEntry, right: IndexEntry): boolean {
  return left.values.every((value, at) => samePart(value, right.values[at]));
}

function samePart(left: PartValue, right: PartValue): boolean {
  if (left === EMPTY_ARRAY || right === EMPTY_ARRAY) return left === right;
  return compareValues(left, right) === 0;
}

/** Adds the keys for what the cursors point at; returns whether an array was opened. */
function expand(index: Index, cursors: readonly FieldCursor[], keys: PartValue[][]): boolean {
  const advanced = cursors.map(advance);
  const arrays = advanced.filter((cursor) => !cursor.final && Array.isArray(cursor.value));
  const [first] = arrays;
  if (first === undefined) {
    keys.push(advanced.map((cursor) => cursor.value));
    return false;
  }
  const items = first.value as Value[];
  if (arrays.some((cursor) => cursor.value !== items)) {
    const names = index.fields.map(({ field }) => field).join("], [");
    throw new StoreError(171, `cannot index parallel arrays [${names}]`);
  }
  if (items.length === 0)
    expand(
      index,
      advanced.map((cursor) => intoEmptyArray(cursor, items)),
      keys,
    );
  for (const item of items)
    expand(
      index,
      advanced.map((cursor) => intoElement(cursor, items, item)),
      keys,
    );
  return true;
}

function advance(cursor: FieldCursor): FieldCursor {
  let { value, rest, final } = cursor;
  while (!final && rest.length > 0) {
    const part = rest[0] as string;
    const place = Array.isArray(value) ? arrayIndex(part) : undefined;
    if (value instanceof Map) value = value.get(part);
    else if (Array.isArray(value) && place !== undefined && place < value.length) value = value[place];
    else if (Array.isArray(value)) break;
    else return { value: undefined, rest: [], final: true };
    rest = rest.slice(1);
  }
  return { value, rest, final: final || !Array.isArray(value) };
}

function intoEmptyArray(cursor: FieldCursor, items: Value[]): FieldCursor {
  if (cursor.final || cursor.value !== items) return cursor;
  return { value: cursor.rest.length === 0 ? EMPTY_ARRAY : undefined, rest: [], final: true };
}

function intoElement(cursor: FieldCursor, items: Value[], item: Value): FieldCursor {
  if (cursor.final || cursor.value !== items) return cursor;
  if (cursor.rest.length === 0) return { value: item, rest: [], final: true };
  return item instanceof Map
    ? { value: item, rest: cursor.rest, final: false }
    : { value: undefined, rest: [], final: true };
}
