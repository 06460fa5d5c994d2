// Update documents to programs: which operators change which paths, with conflicts and bad paths refused.
import { type Path, splitPath } from "../bson/path.js";
import { type Doc, isDoc, typeName, type Value } from "../bson/value.js";
import { notSupported, StoreError } from "../store-error.js";
import { type ArrayFilters, parseArrayFilters } from "./array-filters.js";
import type { ValueChange } from "./array-operators.js";
import { VALUE_OPERATORS } from "./value-operators.js";

/** One operator on one path. */
export interface UpdateAction {
  operator: string;
  field: string;
  path: Path;
  effect: { kind: "change"; change: ValueChange; creates: boolean } | { kind: "unset" } | { kind: "rename"; to: Path };
}

/** A parsed update. */
export type UpdateProgram =
  | { kind: "replacement"; doc: Doc }
  | { kind: "modifiers"; actions: readonly UpdateAction[]; filters: ArrayFilters; usesPosition: boolean };

/** Parses the update of an update statement. */
export function parseUpdate(update: Value | undefined, arrayFilters: Value | undefined): UpdateProgram {
  if (Array.isArray(update)) throw notSupported("An update by aggregation pipeline");
  if (!isDoc(update)) throw new StoreError(9, "Update argument must be either an object or an array");
  const [first] = update.keys();
  if (first?.startsWith("$") === true) return parseModifiers(update, arrayFilters);
  if (arrayFilters !== undefined)
    throw new StoreError(9, "arrayFilters may not be specified for replacement-style updates");
  assertReplacement(update);
  return { kind: "replacement", doc: update };
}

function assertReplacement(doc: Doc): void {
  for (const name of doc.keys()) {
    if (name.startsWith("$")) {
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
}

function parseModifiers(update: Doc, arrayFilters: Value | undefined): UpdateProgram {
  const filters = parseArrayFilters(arrayFilters);
  const actions = [...update].flatMap(([operator, fields]) => parseModifier(operator, fields));
  const paths = actions.flatMap(({ path, effect }) => (effect.kind === "rename" ? [path, effect.to] : [path]));
  assertNoConflict(paths);
  assertFiltersUsed(paths, filters);
  actions.sort((a, b) => comparePaths(a.path, b.path));
  return { kind: "modifiers", actions, filters, usesPosition: paths.some((path) => path.includes("$")) };
}

function parseModifier(operator: string, fields: Value): UpdateAction[] {
  const known = VALUE_OPERATORS.get(operator);
  if (operator === "$bit") throw notSupported("The update operator $bit");
  if (known === undefined && operator !== "$unset" && operator !== "$rename") {
    throw new StoreError(
      9,
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!isDoc(fields)) {
    throw new StoreError(
      9,
      `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ...}`,
    );
  }
  return [...fields].map(([field, operand]) => {
    const path = parsePath(field);
    if (operator === "$unset") return { operator, field, path, effect: { kind: "unset" } };
    if (known === undefined) return { operator, field, path, effect: parseRename(field, path, operand) };
    const change = known.compile(operand, field);
    return { operator, field, path, effect: { kind: "change", change, creates: known.creates } };
  });
}

function parseRename(field: string, path: Path, operand: Value): UpdateAction["effect"] {
  if (typeof operand !== "string") {
    throw new StoreError(2, `The 'to' field for $rename must be a string: ${field}: ${typeName(operand)}`);
  }
  if (operand === field) throw new StoreError(2, `The source and target field for $rename must differ: ${field}`);
  const to = parsePath(operand);
  if ([...path, ...to].some((part) => part.startsWith("$"))) {
    throw new StoreError(2, `The source and target fields of $rename may not be dynamic: ${field}`);
  }
  return { kind: "rename", to };
}

function parsePath(field: string): Path {
  if (field === "") throw new StoreError(56, "An empty update path is not valid.");
  const path = splitPath(field);
  for (const [at, part] of path.entries()) {
    if (part === "") {
      throw new StoreError(56, `The update path '${field}' contains an empty field name, which is not allowed.`);
    }
    const positional = part === "$" || /^\$\[[^\]]*\]$/.test(part);
    if (positional && at === 0) {
      throw new StoreError(2, `Cannot have positional (i.e. '$') element in the first position in path '${field}'`);
    }
    if (part.startsWith("$") && !positional && !["$ref", "$id", "$db"].includes(part)) {
      throw new StoreError(52, `The dollar ($) prefixed field '${part}' in '${field}' is not valid for storage.`);
    }
  }
  if (path.filter((part) => part === "$").length > 1) {
    throw new StoreError(2, `Too many positional (i.e. '$') elements found in path '${field}'`);
  }
  return path;
}

/** Refuses two changes of one path, or of a path and something inside it. */
export function assertNoConflict(paths: readonly Path[]): void {
  const sorted = [...paths].sort(comparePaths);
  for (const [at, path] of sorted.entries()) {
    const next = sorted[at + 1];
    if (next === undefined || !path.every((part, i) => next[i] === part)) continue;
    throw new StoreError(40, `Updating the path '${next.join(".")}' would create a conflict at '${path.join(".")}'`);
  }
}

function assertFiltersUsed(paths: readonly Path[], filters: ArrayFilters): void {
  const used = new Set<string>();
  for (const path of paths) {
    for (const part of path) {
      if (!part.startsWith("$[") || part === "$[]") continue;
      const name = part.slice(2, -1);
      if (!filters.has(name)) {
        throw new StoreError(2, `No array filter found for identifier '${name}' in path '${path.join(".")}'`);
      }
      used.add(name);
    }
  }
  for (const name of filters.keys()) {
    if (!used.has(name)) {
      throw new StoreError(9, `The array filter for identifier '${name}' was not used in the update`);
    }
  }
}

/** The server applies changes in this order, which shows in the order of new fields: by name, and numbers by value. */
function comparePaths(left: Path, right: Path): number {
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const a = left[at] as string;
    const b = right[at] as string;
    if (a === b) continue;
    const bothNumbers = /^\d+$/.test(a) && /^\d+$/.test(b);
    return bothNumbers ? Number(a) - Number(b) : a < b ? -1 : 1;
  }
  return left.length - right.length;
}
