// Chooses how to find the candidates of a query: one index with bounds, one index for its order, or the whole
// collection. Candidates are always checked against the filter, so a plan may be wide but never too narrow.
import { afterPrefix, encodeKey, type KeyPart } from "../bson/encode-key.js";
import { arrayIndex } from "../bson/path.js";
import { typeRank, type Value } from "../bson/value.js";
import type { FilterNode } from "../filter/filter-node.js";
import type { SortField } from "../filter/sort-order.js";
import { boundsOf, type FieldBounds, type FilterBounds } from "./bounds.js";
import type { Collection, Index } from "./collection.js";
import type { KeyRange } from "./environment.js";
import { impliesPartial } from "./partial-implication.js";
import { entryBound, entryRange } from "./storage-keys.js";

const MOST_INTERVALS = 1000;
const LONG_LEAD = 1000;

/** How candidates are found. */
export interface Plan {
  /** Undefined means every document of the collection. */
  index: Index | undefined;
  ranges: readonly KeyRange[];
  reverse: boolean;
  /** Candidates come in the order asked for. */
  ordered: boolean;
}

/** What a plan is made for. */
export interface PlanRequest {
  collection: Collection;
  node: FilterNode;
  sort: readonly SortField[];
  /** The only index that may be used. */
  hinted?: Index | undefined;
}

interface Candidate {
  plan: Plan;
  score: number;
}

/** Chooses a plan. */
export function choosePlan({ collection, node, sort, hinted }: PlanRequest): Plan {
  const bounds = boundsOf(node);
  let best: Candidate | undefined;
  for (const index of hinted === undefined ? collection.indexes : [hinted]) {
    const candidate = index.ready ? planIndex(index, bounds, node, sort) : undefined;
    if (candidate !== undefined && (best === undefined || candidate.score > best.score)) best = candidate;
  }
  const whole = { index: undefined, ranges: [], reverse: false, ordered: sort.length === 0 };
  return best?.plan ?? whole;
}

function planIndex(
  index: Index,
  bounds: FilterBounds,
  node: FilterNode,
  sort: readonly SortField[],
): Candidate | undefined {
  if (index.partial !== undefined && !impliesPartial(node, index.partial.node)) return undefined;
  if (index.sparse && !excludesMissing(index, bounds)) return undefined;
  const used = usableBounds(index, bounds);
  const order = sortDirection(index, used.equalFields, sort);
  if (used.score === 0 && order === undefined) return undefined;
  const ordered = sort.length === 0 || order !== undefined;
  const ranges = used.score === 0 ? [entryRange(index.id)] : intervals(index, used);
  const plan: Plan = { index, ranges, reverse: order === "backward", ordered };
  if (plan.reverse) plan.ranges = [...ranges].reverse();
  // An unsorted but narrow plan beats an ordered walk through everything.
  return { plan, score: used.score * 10 + (order === undefined ? 0 : 5) + fewness(index, used) };
}

interface UsedBounds {
  /** The leading fields that must equal something, with their values. */
  points: (readonly Value[])[];
  /** How many leading fields have exactly one value. */
  equalFields: number;
  /** The range on the field after them. */
  range: FieldBounds | undefined;
  score: number;
}

function usableBounds(index: Index, bounds: FilterBounds): UsedBounds {
  const used: UsedBounds = { points: [], equalFields: 0, range: undefined, score: 0 };
  const roots = new Set<string>();
  let intervalCount = 1;
  for (const { field, path } of index.fields) {
    const known = bounds.get(field);
    const root = path[0] as string;
    // A number in a path can also be a field name inside array elements, which the entries do not show.
    if (known === undefined || path.some((part, at) => at > 0 && arrayIndex(part) !== undefined)) break;
    // Two conditions below one array may be met by different elements, but an entry pairs fields of one element.
    if (index.multikey && roots.has(root)) break;
    roots.add(root);
    if (known.points === undefined || intervalCount * known.points.length > MOST_INTERVALS) {
      used.range = rangeFor(index, known);
      used.score +=
        used.range === undefined ? 0 : used.range.low !== undefined && used.range.high !== undefined ? 6 : 4;
      break;
    }
    intervalCount *= known.points.length;
    if (known.points.length === 1 && used.equalFields === used.points.length) used.equalFields += 1;
    used.points.push(known.points);
    used.score += known.points.length === 1 ? 10 : 8;
  }
  return used;
}

function rangeFor(index: Index, known: FieldBounds): FieldBounds | undefined {
  if (known.low === undefined && known.high === undefined) return undefined;
  // In an array one element may meet the lower bound and another the upper one.
  if (index.multikey && known.low !== undefined) return { ...known, high: undefined };
  if (known.low !== undefined && known.high !== undefined) {
    const comparable = typeRank(known.low.value) === typeRank(known.high.value);
    return comparable ? known : { ...known, high: undefined };
  }
  return known;
}

/** Each point of a unique index is one document at most, which no other plan can promise. */
function fewness(index: Index, used: UsedBounds): number {
  if (!index.unique || used.points.length < index.fields.length) return 0;
  const documents = used.points.reduce((count, values) => count * values.length, 1);
  return 10 * MOST_INTERVALS - documents;
}

/** A sparse index leaves out documents without any of its fields. */
function excludesMissing(index: Index, bounds: FilterBounds): boolean {
  return index.fields.some(({ field }) => {
    const known = bounds.get(field);
    if (known === undefined) return false;
    if (known.points !== undefined) return known.points.every((value) => value !== null);
    return known.low !== undefined || known.high !== undefined;
  });
}

/** Whether walking the index gives the order asked for, once the fields fixed to one value are passed over. */
function sortDirection(
  index: Index,
  equalFields: number,
  sort: readonly SortField[],
): "forward" | "backward" | undefined {
  if (sort.length === 0 || index.multikey || index.lossy) return undefined;
  const fixed = new Set(index.fields.slice(0, equalFields).map(({ field }) => field));
  const wanted = sort.filter(({ field }) => !fixed.has(field));
  const offered = index.fields.filter(({ field }) => !fixed.has(field));
  if (wanted.length > offered.length) return undefined;
  const [first] = wanted;
  if (first === undefined) return "forward";
  const flip = first.direction !== offered[0]?.direction;
  const fits = wanted.every(({ field, direction }, at) => {
    const other = offered[at];
    return other?.field === field && (other.direction === direction) !== flip;
  });
  return fits ? (flip ? "backward" : "forward") : undefined;
}

function intervals(index: Index, used: UsedBounds): KeyRange[] {
  let prefixes: KeyPart[][] = [[]];
  for (const [at, values] of used.points.entries()) {
    const descending = index.fields[at]?.direction === -1;
    const ordered = descending ? [...values].reverse() : values;
    prefixes = prefixes.flatMap((parts) => ordered.map((value): KeyPart[] => [...parts, { value, descending }]));
  }
  const descending = index.fields[used.points.length]?.direction === -1;
  return prefixes.map((parts) => interval(index, parts, used.range, descending));
}

function interval(index: Index, parts: KeyPart[], range: FieldBounds | undefined, descending: boolean): KeyRange {
  const lead = encodeKey(parts).bytes;
  // Behind a lead that may have been cut, the entries do not show the next field.
  if (range === undefined || lead.length > LONG_LEAD) {
    const start = entryBound(index.id, lead);
    return { start, end: afterPrefix(start) };
  }
  const rank = typeRank((range.low ?? range.high)?.value);
  const low = bracketEnd(index, parts, range.low?.value, rank, descending);
  const high = bracketEnd(index, parts, range.high?.value, rank, descending);
  return descending ? { start: high, end: afterPrefix(low) } : { start: low, end: afterPrefix(high) };
}

/** The leading bytes of one end of a range: those of the value, or of its whole type when that end is open. */
function bracketEnd(
  index: Index,
  parts: KeyPart[],
  value: Value | undefined,
  rank: number,
  descending: boolean,
): Buffer {
  if (value !== undefined) return entryBound(index.id, encodeKey([...parts, { value, descending }]).bytes);
  const type = Buffer.from([descending ? ~rank & 0xff : rank]);
  return entryBound(index.id, Buffer.concat([encodeKey(parts).bytes, type]));
}
