// Sort specifications and sort keys. In an array the least element counts upwards and the greatest downwards.
import { toDouble } from "../bson/compare-numbers.js";
import { compareValues } from "../bson/compare-values.js";
import { type Path, pathValues, splitPath } from "../bson/path.js";
import { type Doc, isDoc, isNumber, type Value } from "../bson/value.js";
import { notSupported, StoreError } from "../store-error.js";

/** One field to sort by. */
export interface SortField {
  field: string;
  path: Path;
  direction: 1 | -1;
}

/** What a document sorts by, one value per field. */
export type SortKey = readonly SortValue[];

/** A value to sort by; the empty array has a place of its own below null. */
type SortValue = Value | undefined | typeof EMPTY;

const EMPTY: unique symbol = Symbol("empty array");

/** Reads a sort document. */
export function parseSort(sort: Doc): SortField[] {
  return [...sort].map(([field, direction]) => {
    if (isDoc(direction)) throw notSupported(`Sorting by an expression (${field})`);
    if (!isNumber(direction)) throw new StoreError(15974, `Illegal key in $sort specification: ${field}`);
    const number = toDouble(direction);
    if (number !== 1 && number !== -1) {
      throw new StoreError(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    }
    if (field.split(".").includes("")) throw new StoreError(15998, "FieldPath field names may not be empty strings.");
    if (field === "$natural") throw notSupported("Sorting by $natural");
    return { field, path: splitPath(field), direction: number };
  });
}

/** What a document sorts by. */
export function sortKey(doc: Doc, sort: readonly SortField[]): SortKey {
  return sort.map(({ path, direction }) => {
    const { values, emptyArray } = pathValues(doc, path);
    let best: SortValue = emptyArray ? EMPTY : values[0];
    for (const value of values) if (compareSortValues(value, best) * direction < 0) best = value;
    return best;
  });
}

/** Orders two documents by their sort keys. */
export function compareSortKeys(left: SortKey, right: SortKey, sort: readonly SortField[]): number {
  for (const [at, { direction }] of sort.entries()) {
    const order = compareSortValues(left[at], right[at]) * direction;
    if (order !== 0) return order;
  }
  return 0;
}

function compareSortValues(left: SortValue, right: SortValue): number {
  if (left === EMPTY || right === EMPTY) return left === right ? 0 : compareWithEmpty(left, right);
  return compareValues(left, right);
}

function compareWithEmpty(left: SortValue, right: SortValue): number {
  const other = left === EMPTY ? right : left;
  // Only MinKey sorts below the empty array.
  const otherIsLower = other !== EMPTY && compareValues(other, null) < 0;
  return (left === EMPTY) === otherIsLower ? 1 : -1;
}
