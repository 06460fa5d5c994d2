// The stages that look at one document at a time, and $sort.
import { toInteger } from "../bson/compare-numbers.js";
import { type Doc, isDoc, isNumber, type Value } from "../bson/value.js";
import { matches } from "../filter/filter-node.js";
import { isTruthy } from "../filter/leaf-operators.js";
import { parseFilter } from "../filter/parse-filter.js";
import { compileProjection } from "../filter/projection.js";
import { compareSortKeys, parseSort, type SortField, type SortKey, sortKey } from "../filter/sort-order.js";
import { notSupported, StoreError } from "../store-error.js";
import { compileExpression } from "./expression.js";
import type { DocStream, Stage } from "./stage.js";

const MOST_SORTED = 200_000;

/** The filter of a $match stage. */
export function readMatch(spec: Value): ReturnType<typeof parseFilter> {
  if (!isDoc(spec)) throw new StoreError(15959, "the match filter must be an expression in an object");
  return parseFilter(spec);
}

/** The fields of a $sort stage. */
export function readSort(spec: Value): SortField[] {
  if (!isDoc(spec)) throw new StoreError(15973, "the $sort key specification must be an object");
  if (spec.size === 0) throw new StoreError(15976, "$sort stage must have at least one sort key");
  return parseSort(spec);
}

/** The number of a $limit stage. */
export function readLimit(spec: Value): number {
  const limit = isNumber(spec) ? toInteger(spec) : undefined;
  if (limit === undefined) throw new StoreError(5107201, "invalid argument to $limit stage: Expected an integer");
  if (limit <= 0n) throw new StoreError(15958, "the limit must be positive");
  return Number(limit);
}

/** The number of a $skip stage. */
export function readSkip(spec: Value): number {
  const skip = isNumber(spec) ? toInteger(spec) : undefined;
  if (skip === undefined || skip < 0n)
    throw new StoreError(5107200, "invalid argument to $skip stage: Expected a non-negative number");
  return Number(skip);
}

/** Compiles $match. */
export function compileMatch(spec: Value): Stage {
  const node = readMatch(spec);
  return { fields: undefined, run: (source) => filtered(source, (doc) => matches(node, doc)) };
}

async function* filtered(source: DocStream, keep: (doc: Doc) => boolean): AsyncGenerator<Doc, void, undefined> {
  for await (const doc of source) if (keep(doc)) yield doc;
}

/** Compiles $limit. */
export function compileLimit(spec: Value): Stage {
  const limit = readLimit(spec);
  return { fields: undefined, run: (source) => limited(source, limit) };
}

async function* limited(source: DocStream, limit: number): AsyncGenerator<Doc, void, undefined> {
  let count = 0;
  for await (const doc of source) {
    yield doc;
    count += 1;
    if (count >= limit) return;
  }
}

/** Compiles $skip. */
export function compileSkip(spec: Value): Stage {
  const skip = readSkip(spec);
  return { fields: undefined, run: (source) => skipped(source, skip) };
}

async function* skipped(source: DocStream, skip: number): AsyncGenerator<Doc, void, undefined> {
  let count = 0;
  for await (const doc of source) {
    count += 1;
    if (count > skip) yield doc;
  }
}

/** Compiles $sort. */
export function compileSort(spec: Value): Stage {
  const sort = readSort(spec);
  return { fields: undefined, run: (source) => sorted(source, sort) };
}

async function* sorted(source: DocStream, sort: readonly SortField[]): AsyncGenerator<Doc, void, undefined> {
  const items: { key: SortKey; doc: Doc }[] = [];
  for await (const doc of source) {
    items.push({ key: sortKey(doc, sort), doc });
    if (items.length > MOST_SORTED) throw new StoreError(292, "Sort exceeded its memory limit");
  }
  items.sort((a, b) => compareSortKeys(a.key, b.key, sort));
  for (const { doc } of items) yield doc;
}

/** Compiles $count; nothing at all comes out when nothing came in. */
export function compileCount(spec: Value): Stage {
  if (typeof spec !== "string" || spec === "")
    throw new StoreError(40156, "the count field must be a non-empty string");
  if (spec.startsWith("$")) throw new StoreError(40158, "the count field cannot be a $-prefixed path");
  if (spec.includes(".")) throw new StoreError(40160, "the count field cannot contain '.'");
  return { fields: new Set(), run: (source) => counted(source, spec) };
}

async function* counted(source: DocStream, name: string): AsyncGenerator<Doc, void, undefined> {
  let count = 0;
  for await (const _ of source) count += 1;
  if (count > 0) yield new Map([[name, count]]);
}

/** Compiles $project: inclusion, exclusion, and new fields that copy a path or hold a text. */
export function compileProject(spec: Value): Stage {
  if (!isDoc(spec)) throw new StoreError(15969, "$project specification must be an object");
  if (spec.size === 0) {
    throw new StoreError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  }
  const flags: Doc = new Map();
  const computed: Doc = new Map();
  for (const [name, value] of spec) (typeof value === "string" ? computed : flags).set(name, value);
  if (computed.size === 0) {
    const project = compileProjection(flags);
    return { fields: undefined, run: (source) => mapped(source, (doc) => project?.(doc) ?? doc) };
  }
  for (const name of computed.keys())
    if (name.includes(".")) throw notSupported(`Computing the nested field ${name} in $project`);
  const keepId = !flags.has("_id") || isTruthy(flags.get("_id") ?? null);
  const wanted: Doc = new Map([...flags].filter(([name]) => name !== "_id"));
  for (const [name, value] of wanted) {
    if (!isTruthy(value)) throw new StoreError(31310, `Cannot use an expression in an exclusion projection: ${name}`);
  }
  const project = compileProjection(new Map([...wanted, ["_id", keepId]])) ?? ((doc: Doc) => doc);
  const include = wanted.size === 0 && !keepId ? (): Doc => new Map() : project;
  const values = compileExpression(computed);
  const compute = (doc: Doc): Doc => new Map([...include(doc), ...(values.evaluate(doc) as Doc)]);
  return { fields: undefined, run: (source) => mapped(source, compute) };
}

async function* mapped(source: DocStream, change: (doc: Doc) => Doc): AsyncGenerator<Doc, void, undefined> {
  for await (const doc of source) yield change(doc);
}
