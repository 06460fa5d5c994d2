// What a filter says about single fields, in a form an index can use. Only conditions that every match must meet count.
import { MaxKey, MinKey } from "bson";
import { compareValues } from "../bson/compare-values.js";
import { RANK, typeRank, type Value } from "../bson/value.js";
import { isNaNValue } from "../filter/comparison.js";
import type { FilterNode } from "../filter/filter-node.js";

/** One end of a range; the index reads it as inclusive and the filter sorts out the rest. */
export interface Bound {
  value: Value;
}

/** The conditions on one field. */
export interface FieldBounds {
  /** Each entry of the field must equal one of these. */
  points: readonly Value[] | undefined;
  low: Bound | undefined;
  high: Bound | undefined;
}

/** The conditions of a filter, by field. */
export type FilterBounds = ReadonlyMap<string, FieldBounds>;

/** Collects the conditions that every match of a filter meets. */
export function boundsOf(node: FilterNode): FilterBounds {
  const bounds = new Map<string, FieldBounds>();
  collect(node, bounds);
  return bounds;
}

function collect(node: FilterNode, bounds: Map<string, FieldBounds>): void {
  if (node.kind === "and") {
    for (const child of node.nodes) collect(child, bounds);
    return;
  }
  if (node.kind !== "leaf") return;
  const { meaning, field } = node;
  const known = bounds.get(field) ?? { points: undefined, low: undefined, high: undefined };
  if (meaning.kind === "equal") addPoints(known, [meaning.value]);
  else if (meaning.kind === "in" && meaning.onlyValues) addPoints(known, meaning.values);
  else if (meaning.kind === "range") addRange(known, meaning.operator, meaning.value);
  else return;
  bounds.set(field, known);
}

function addPoints(bounds: FieldBounds, values: readonly Value[]): void {
  // An array is entered element by element, so an index cannot find it as a whole.
  if (values.some((value) => Array.isArray(value))) return;
  if (bounds.points !== undefined && bounds.points.length <= values.length) return;
  bounds.points = distinctSorted(values);
}

function distinctSorted(values: readonly Value[]): Value[] {
  const sorted = [...values].sort(compareValues);
  return sorted.filter((value, at) => at === 0 || compareValues(sorted[at - 1], value) !== 0);
}

function addRange(bounds: FieldBounds, operator: string, value: Value): void {
  const rank = typeRank(value);
  const unusable: number[] = [RANK.array, RANK.null];
  if (unusable.includes(rank) || value instanceof MinKey || value instanceof MaxKey || isNaNValue(value)) return;
  if (operator === "$gt" || operator === "$gte") bounds.low ??= { value };
  else bounds.high ??= { value };
}
