// Index definitions: what createIndexes sends, what the catalog stores and what listIndexes answers are one shape.

import { toDouble, toInteger } from "../bson/compare-numbers.js";
import { encodeDocument } from "../bson/encode-document.js";
import { splitPath } from "../bson/path.js";
import { type Doc, isDoc, isNumber, type Value } from "../bson/value.js";
import { isTruthy } from "../filter/leaf-operators.js";
import { parseFilter } from "../filter/parse-filter.js";
import { notSupported, StoreError } from "../store-error.js";
import type { Index, IndexField } from "./collection.js";

const MAX_TTL_SECONDS = 2 ** 31 - 1;
const ACCEPTED = new Set(["v", "key", "name", "ns", "background", "unique", "sparse"]);
const ACCEPTED_LATER = new Set(["partialFilterExpression", "expireAfterSeconds"]);
const REFUSED = new Set([
  "collation",
  "weights",
  "default_language",
  "language_override",
  "textIndexVersion",
  "2dsphereIndexVersion",
  "bits",
  "min",
  "max",
  "wildcardProjection",
  "hidden",
  "storageEngine",
  "prepareUnique",
  "clustered",
]);

/** Checks an index definition and gives it an id. */
export function parseIndexSpec(spec: Doc, id: number): Index {
  for (const name of spec.keys()) {
    if (REFUSED.has(name)) throw notSupported(`The index option ${name}`);
    if (!ACCEPTED.has(name) && !ACCEPTED_LATER.has(name)) {
      throw new StoreError(197, `The field '${name}' is not valid for an index specification`);
    }
  }
  const key = spec.get("key");
  if (!isDoc(key)) throw new StoreError(9, "The 'key' field is a required property of an index specification");
  const fields = parseFields(key);
  const name = spec.get("name") ?? defaultIndexName(key);
  if (typeof name !== "string" || name === "") throw new StoreError(67, "index name must be a non-empty string");
  return {
    id,
    name,
    key,
    fields,
    unique: isTruthy(spec.get("unique") ?? false) || isIdKey(key),
    sparse: isTruthy(spec.get("sparse") ?? false),
    partial: parsePartial(spec.get("partialFilterExpression")),
    expireAfterSeconds: parseTtl(spec.get("expireAfterSeconds"), key),
    multikey: false,
    lossy: false,
    ready: true,
  };
}

/** The index on `_id` that every collection has. */
export function idIndex(id: number): Index {
  return parseIndexSpec(
    new Map<string, Value>([
      ["key", new Map([["_id", 1]])],
      ["name", "_id_"],
    ]),
    id,
  );
}

/** The definition as listIndexes shows it. */
export function indexToDoc(index: Index): Doc {
  const doc: Doc = new Map<string, Value>([
    ["v", 2],
    ["key", index.key],
    ["name", index.name],
  ]);
  if (index.unique && index.name !== "_id_") doc.set("unique", true);
  if (index.sparse) doc.set("sparse", true);
  if (index.partial !== undefined) doc.set("partialFilterExpression", index.partial.filter);
  if (index.expireAfterSeconds !== undefined) doc.set("expireAfterSeconds", index.expireAfterSeconds);
  return doc;
}

/** The name the server gives an index without one. */
function defaultIndexName(key: Doc): string {
  const parts: string[] = [];
  for (const [field, direction] of key) {
    parts.push(field, isNumber(direction) ? String(toDouble(direction)) : String(direction));
  }
  return parts.join("_");
}

/** Says whether two definitions mean the same index, apart from the name. */
export function sameIndex(left: Index, right: Index): boolean {
  return sameKey(left, right) && optionsOf(left) === optionsOf(right);
}

/** Says whether two indexes have the same fields and directions. */
export function sameKey(left: Index, right: Index): boolean {
  const text = (index: Index): string => JSON.stringify(index.fields.map(({ field, direction }) => [field, direction]));
  return text(left) === text(right);
}

function optionsOf(index: Index): string {
  const filter = index.partial === undefined ? "" : encodeDocument(index.partial.filter).toString("hex");
  return JSON.stringify([index.unique, index.sparse, filter, index.expireAfterSeconds ?? null]);
}

/** Says whether a key is that of the `_id` index. */
export function isIdKey(key: Doc): boolean {
  return key.size === 1 && key.has("_id");
}

function parseFields(key: Doc): IndexField[] {
  if (key.size === 0) throw new StoreError(67, "Index keys cannot be an empty object");
  if (key.size > 32) throw new StoreError(67, "an index can have at most 32 fields");
  return [...key].map(([field, direction]) => {
    if (typeof direction === "string") throw notSupported(`The index type "${direction}"`);
    if (!isNumber(direction)) throw new StoreError(67, "Values in v:2 index key pattern must be numbers or strings");
    const number = toDouble(direction);
    if (number === 0 || Number.isNaN(number)) {
      throw new StoreError(67, "Values in the index key pattern cannot be 0 or NaN");
    }
    if (field.split(".").includes("")) throw new StoreError(67, "Index keys cannot contain an empty field");
    if (field.includes("$**")) throw notSupported("A wildcard index");
    if (field.startsWith("$")) throw new StoreError(67, "Index key contains an illegal field name");
    return { field, path: splitPath(field), direction: number > 0 ? 1 : -1 };
  });
}

function parsePartial(filter: Value | undefined): Index["partial"] {
  if (filter === undefined) return undefined;
  if (!isDoc(filter)) throw new StoreError(67, "'partialFilterExpression' for an index must be a document");
  const node = parseFilter(filter);
  assertAllowedInPartial(node);
  return { filter, node };
}

function assertAllowedInPartial(node: ReturnType<typeof parseFilter>): void {
  if (node.kind === "and" || node.kind === "or") {
    for (const child of node.nodes) assertAllowedInPartial(child);
    return;
  }
  const allowed = node.kind === "leaf" && ["equal", "in", "range", "exists", "type"].includes(node.meaning.kind);
  if (!allowed) throw new StoreError(67, "Expression not supported in partial index");
}

function parseTtl(value: Value | undefined, key: Doc): number | undefined {
  if (value === undefined) return undefined;
  const seconds = isNumber(value) ? toInteger(value) : undefined;
  if (seconds === undefined || seconds < 0n || seconds > BigInt(MAX_TTL_SECONDS)) {
    throw new StoreError(67, `TTL index 'expireAfterSeconds' must be a whole number from 0 to ${MAX_TTL_SECONDS}`);
  }
  if (key.size !== 1) {
    throw new StoreError(67, "TTL indexes are single-field indexes, compound indexes do not support TTL");
  }
  if (isIdKey(key)) {
    throw new StoreError(197, "The field 'expireAfterSeconds' is not valid for an _id index specification");
  }
  return Number(seconds);
}
