// Dotted paths: how they are split, and how a query walks them through arrays.
import type { Doc, Value } from "./value.js";

/** The parts of a dotted path. */
export type Path = readonly string[];

const splitPaths = new Map<string, Path>();

/** Splits a dotted path; the same few paths come in every command, so results are kept. */
export function splitPath(path: string): Path {
  const known = splitPaths.get(path);
  if (known !== undefined) return known;
  const parts = path.split(".");
  if (splitPaths.size > 5000) splitPaths.clear();
  splitPaths.set(path, parts);
  return parts;
}

/** The place in an array that a path part names, or undefined when it is no array index. */
export function arrayIndex(part: string): number | undefined {
  return /^(0|[1-9][0-9]{0,9})$/.test(part) ? Number(part) : undefined;
}

/** Tells one candidate value of a path, and the place in the outermost array it was found at; true stops the walk. */
export type Visit = (value: Value | undefined, position: number | undefined) => boolean;

/**
 * Visits every value a query path can mean in a document. Arrays on the way are walked through (and entered by number);
 * an array at the end is visited element by element and then as a whole, unless `wholeOnly`.
 */
export function visitPath(doc: Doc, path: Path, wholeOnly: boolean, visit: Visit): boolean {
  return visitField(doc, path, 0, undefined, wholeOnly, visit);
}

function visitField(
  doc: Doc,
  path: Path,
  at: number,
  position: number | undefined,
  wholeOnly: boolean,
  visit: Visit,
): boolean {
  const value = doc.get(path[at] as string);
  if (at === path.length - 1) return visitLeaf(value, position, wholeOnly, visit);
  if (value instanceof Map) return visitField(value, path, at + 1, position, wholeOnly, visit);
  if (Array.isArray(value)) return visitElements(value, path, at + 1, position, wholeOnly, visit);
  return visit(undefined, position);
}

function visitElements(
  items: Value[],
  path: Path,
  at: number,
  position: number | undefined,
  wholeOnly: boolean,
  visit: Visit,
): boolean {
  const index = arrayIndex(path[at] as string);
  for (const [i, item] of items.entries()) {
    const place = position ?? i;
    if (item instanceof Map && visitField(item, path, at, place, wholeOnly, visit)) return true;
    if (i === index && visitIndexed(item, path, at, place, wholeOnly, visit)) return true;
  }
  return false;
}

/** The element that a number in the path names, with what is left of the path. */
function visitIndexed(
  item: Value,
  path: Path,
  at: number,
  position: number,
  wholeOnly: boolean,
  visit: Visit,
): boolean {
  if (at === path.length - 1) return visit(item, position);
  if (item instanceof Map) return visitField(item, path, at + 1, position, wholeOnly, visit);
  if (Array.isArray(item)) return visitElements(item, path, at + 1, position, wholeOnly, visit);
  return visit(undefined, position);
}

function visitLeaf(value: Value | undefined, position: number | undefined, wholeOnly: boolean, visit: Visit): boolean {
  if (!wholeOnly && Array.isArray(value)) {
    for (const [i, item] of value.entries()) if (visit(item, position ?? i)) return true;
  }
  return visit(value, position);
}

/** The values an index or a sort sees at a path: each element of arrays on the way and at the end. */
export interface PathValues {
  /** What was found; `undefined` stands for a missing field. */
  values: (Value | undefined)[];
  /** Whether an array was walked through. */
  throughArray: boolean;
  /** Whether an empty array was met at the end of the path. */
  emptyArray: boolean;
}

/** Collects what an index or a sort sees at a path. */
export function pathValues(doc: Doc, path: Path): PathValues {
  const found: PathValues = { values: [], throughArray: false, emptyArray: false };
  collect(doc, path, 0, found);
  if (found.values.length === 0 && !found.emptyArray) found.values.push(undefined);
  return found;
}

function collect(value: Value | undefined, path: Path, at: number, found: PathValues): void {
  if (at === path.length) {
    collectLeaf(value, found);
    return;
  }
  if (value instanceof Map) {
    collect(value.get(path[at] as string), path, at + 1, found);
    return;
  }
  if (!Array.isArray(value)) {
    found.values.push(undefined);
    return;
  }
  found.throughArray = true;
  const index = arrayIndex(path[at] as string);
  // A number that fits is a place in the array, as it is in index entries; only a filter also reads it as a name.
  if (index !== undefined && index < value.length) collect(value[index], path, at + 1, found);
  else for (const item of value) if (item instanceof Map) collect(item, path, at, found);
}

function collectLeaf(value: Value | undefined, found: PathValues): void {
  if (!Array.isArray(value)) {
    found.values.push(value);
    return;
  }
  found.throughArray = true;
  if (value.length === 0) found.emptyArray = true;
  for (const item of value) found.values.push(item);
}
