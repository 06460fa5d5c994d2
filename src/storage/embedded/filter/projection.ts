// Projections of find and findAndModify: inclusion or exclusion of paths, and $slice.
import { toInteger } from "../bson/compare-numbers.js";
import { splitPath } from "../bson/path.js";
import { type Doc, isDoc, isNumber, type Value } from "../bson/value.js";
import { notSupported, StoreError } from "../store-error.js";
import { isTruthy } from "./leaf-operators.js";

/** What happens to a field: kept, dropped, cut, or looked into. */
interface FieldTree {
  children: Map<string, FieldTree>;
  slice: { skip: number; limit: number } | undefined;
}

/** Makes a document smaller. */
export type Project = (doc: Doc) => Doc;

/** Compiles a projection document; undefined when it leaves everything as it is. */
export function compileProjection(projection: Doc): Project | undefined {
  if (projection.size === 0) return undefined;
  const included = newTree();
  const excluded = newTree();
  const slices: [string, Value][] = [];
  let includes = 0;
  let excludes = 0;
  for (const [field, value] of projection) {
    assertPath(field);
    if (isDoc(value) && value.size > 0) {
      slices.push(...readOperator(field, value));
      continue;
    }
    if (typeof value === "string" || isDoc(value) || Array.isArray(value)) {
      throw notSupported(`An expression in a projection (${field})`);
    }
    const wanted = isTruthy(value);
    addPath(wanted ? included : excluded, field);
    if (field === "_id") continue;
    if (wanted) includes += 1;
    else excludes += 1;
  }
  if (includes > 0 && excludes > 0) throw mixed(projection, includes);
  const inclusion = includes > 0 || (excludes === 0 && slices.length === 0 && included.children.has("_id"));
  return build({ included, excluded, slices, inclusion });
}

interface Parts {
  included: FieldTree;
  excluded: FieldTree;
  slices: readonly [string, Value][];
  inclusion: boolean;
}

function build({ included, excluded, slices, inclusion }: Parts): Project {
  const tree = inclusion ? included : excluded;
  for (const [field, operand] of slices) addPath(tree, field, readSlice(operand));
  if (!inclusion) return (doc) => exclude(doc, tree);
  const withId = !excluded.children.has("_id");
  if (withId && !tree.children.has("_id")) addPath(tree, "_id");
  return (doc) => include(doc, tree);
}

function include(doc: Doc, tree: FieldTree): Doc {
  const kept: Doc = new Map();
  for (const [name, value] of doc) {
    const branch = tree.children.get(name);
    if (branch === undefined) continue;
    if (branch.children.size === 0) {
      kept.set(name, sliced(value, branch));
      continue;
    }
    const inner = includeBelow(value, branch);
    if (inner !== undefined) kept.set(name, inner);
  }
  return kept;
}

function includeBelow(value: Value, tree: FieldTree): Value | undefined {
  if (isDoc(value)) return include(value, tree);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item) => {
    const inner = includeBelow(item, tree);
    return inner === undefined ? [] : [inner];
  });
}

function exclude(doc: Doc, tree: FieldTree): Doc {
  const kept: Doc = new Map();
  for (const [name, value] of doc) {
    const branch = tree.children.get(name);
    if (branch === undefined) kept.set(name, value);
    else if (branch.children.size > 0) kept.set(name, excludeBelow(value, branch));
    else if (branch.slice !== undefined) kept.set(name, sliced(value, branch));
  }
  return kept;
}

function excludeBelow(value: Value, tree: FieldTree): Value {
  if (isDoc(value)) return exclude(value, tree);
  return Array.isArray(value) ? value.map((item) => excludeBelow(item, tree)) : value;
}

function sliced(value: Value, { slice }: FieldTree): Value {
  if (slice === undefined || !Array.isArray(value)) return value;
  const start = slice.skip < 0 ? Math.max(0, value.length + slice.skip) : slice.skip;
  return value.slice(start, start + slice.limit);
}

function readOperator(field: string, operator: Doc): [string, Value][] {
  const [name, operand] = [...operator][0] as [string, Value];
  if (name === "$slice" && operator.size === 1) return [[field, operand]];
  if (name.startsWith("$")) throw notSupported(`The projection operator ${name}`);
  throw notSupported(`A nested projection document (${field}.${name}); use a dotted path`);
}

function readSlice(operand: Value): { skip: number; limit: number } {
  const numbers = (Array.isArray(operand) ? operand : [operand]).map((item) => {
    const number = isNumber(item) ? toInteger(item) : undefined;
    if (number === undefined) throw new StoreError(28724, "First argument to $slice must be a whole number");
    return Number(number);
  });
  const [first = 0, second] = numbers;
  if (!Array.isArray(operand)) {
    return first < 0 ? { skip: first, limit: -first } : { skip: 0, limit: first };
  }
  if (numbers.length !== 2 || second === undefined || second <= 0) {
    throw new StoreError(28724, "$slice limit must be positive");
  }
  return { skip: first, limit: second };
}

function addPath(tree: FieldTree, field: string, slice?: FieldTree["slice"]): void {
  let at = tree;
  const path = splitPath(field);
  for (const [depth, part] of path.entries()) {
    const known = at.children.get(part);
    const last = depth === path.length - 1;
    if (known !== undefined && (last || known.children.size === 0)) {
      const remaining = last ? "" : ` remaining portion ${path.slice(depth + 1).join(".")}`;
      throw new StoreError(last ? 31250 : 31249, `Path collision at ${field}${remaining}`);
    }
    const next = known ?? newTree();
    at.children.set(part, next);
    at = next;
  }
  at.slice = slice;
}

function newTree(): FieldTree {
  return { children: new Map(), slice: undefined };
}

function assertPath(field: string): void {
  const path = splitPath(field);
  if (path.includes("")) throw new StoreError(40353, "FieldPath must not be empty or end with a '.'");
  if (path.includes("$")) throw notSupported(`The positional projection (${field})`);
  if (path.some((part) => part.startsWith("$"))) {
    throw new StoreError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
}

function mixed(projection: Doc, includes: number): StoreError {
  const names = [...projection.keys()].filter((name) => name !== "_id");
  const firstWanted = isTruthy(projection.get(names[0] ?? "") ?? null);
  const other = names.find((name) => isTruthy(projection.get(name) ?? null) !== firstWanted) ?? "";
  return firstWanted && includes > 0
    ? new StoreError(31254, `Cannot do exclusion on field ${other} in inclusion projection`)
    : new StoreError(31253, `Cannot do inclusion on field ${other} in exclusion projection`);
}
