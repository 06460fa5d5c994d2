// Reading and writing one concrete path (names and array indexes) of a document that is being updated.
import { arrayIndex, type Path } from "../bson/path.js";
import { showDocument } from "../bson/show-value.js";
import type { Doc, Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";

const MOST_PADDING = 1_500_000;

/** The value at a path, or undefined when there is none. */
export function readField(doc: Doc, path: Path): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of path) value = child(value, part);
  return value;
}

/** Writes the value at a path, creating documents on the way; scalars on the way are refused. */
export function writeField(doc: Doc, path: Path, value: Value): void {
  let holder: Doc | Value[] = doc;
  for (let at = 0; at < path.length - 1; at += 1) {
    const part = path[at] as string;
    const next: Value | undefined = child(holder, part);
    if (next instanceof Map || Array.isArray(next)) {
      holder = next;
      continue;
    }
    if (next !== undefined) throw notViable(path[at + 1] as string, part, next);
    const created: Doc = new Map();
    put(holder, path, at, created);
    holder = created;
  }
  put(holder, path, path.length - 1, value);
}

/** Refuses a path that `writeField` would refuse, without writing. */
export function assertWritable(doc: Doc, path: Path): void {
  let holder: Doc | Value[] = doc;
  for (let at = 0; at < path.length; at += 1) {
    const part = path[at] as string;
    if (Array.isArray(holder)) indexFor(holder, path, at);
    const next: Value | undefined = child(holder, part);
    if (at === path.length - 1 || next === undefined) return;
    if (!(next instanceof Map) && !Array.isArray(next)) throw notViable(path[at + 1] as string, part, next);
    holder = next;
  }
}

/** Removes the field at a path; an array element becomes null. */
export function removeField(doc: Doc, path: Path): void {
  const holder = readField(doc, path.slice(0, -1));
  const last = path.at(-1) as string;
  if (holder instanceof Map) holder.delete(last);
  if (!Array.isArray(holder)) return;
  const index = arrayIndex(last);
  if (index !== undefined && index < holder.length) holder[index] = null;
}

/** A copy that can be changed without changing the original: operands are written into many documents. */
export function copyValue(value: Value): Value {
  if (value instanceof Map) return new Map([...value].map(([name, item]) => [name, copyValue(item)]));
  return Array.isArray(value) ? value.map(copyValue) : value;
}

function child(value: Value | undefined, part: string): Value | undefined {
  if (value instanceof Map) return value.get(part);
  if (!Array.isArray(value)) return undefined;
  const index = arrayIndex(part);
  return index === undefined ? undefined : value[index];
}

function put(holder: Doc | Value[], path: Path, at: number, value: Value): void {
  if (holder instanceof Map) {
    holder.set(path[at] as string, value);
    return;
  }
  const index = indexFor(holder, path, at);
  while (holder.length < index) holder.push(null);
  holder[index] = value;
}

function indexFor(items: Value[], path: Path, at: number): number {
  const index = arrayIndex(path[at] as string);
  if (index === undefined) throw notViable(path[at] as string, path[at - 1] ?? "", items);
  if (index - items.length > MOST_PADDING) throw new StoreError(2, "can't backfill more than 1500000 elements");
  return index;
}

function notViable(field: string, holder: string, value: Value): StoreError {
  return new StoreError(28, `Cannot create field '${field}' in element ${showDocument(new Map([[holder, value]]))}`);
}
