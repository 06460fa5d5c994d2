// Runs an update program on a document that the caller owns and that is changed in place.
import { compareValues } from "../bson/compare-values.js";
import type { Path } from "../bson/path.js";
import { showValue } from "../bson/show-value.js";
import { type Doc, typeName, type Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";
import { assertWritable, copyValue, readField, removeField, writeField } from "./field-access.js";
import { assertNoConflict, type UpdateAction, type UpdateProgram } from "./parse-update.js";

/** What the program needs to know beside the document. */
export interface UpdateContext {
  /** The array index that `$` stands for, found before any change. */
  position: number | undefined;
  /** Whether the document is being inserted, so that $setOnInsert counts. */
  inserting: boolean;
}

/** Applies the program and returns the changed document, with `_id` as it was. */
export function applyUpdate(program: UpdateProgram, doc: Doc, context: UpdateContext): Doc {
  const id = doc.get("_id");
  const changed = program.kind === "replacement" ? replacement(program.doc, id) : modify(program, doc, context);
  const newId = changed.get("_id");
  if (id !== undefined && (newId === undefined || compareValues(id, newId) !== 0)) throw immutableId(program, newId);
  if (id !== undefined) changed.set("_id", id);
  return changed;
}

function replacement(doc: Doc, id: Value | undefined): Doc {
  const changed: Doc = new Map();
  if (id !== undefined) changed.set("_id", id);
  for (const [name, value] of doc) changed.set(name, value);
  return changed;
}

function immutableId(program: UpdateProgram, id: Value | undefined): StoreError {
  if (program.kind === "modifiers") {
    return new StoreError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  }
  return new StoreError(
    66,
    `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${showValue(id)}`,
  );
}

type Modifiers = Extract<UpdateProgram, { kind: "modifiers" }>;

function modify(program: Modifiers, doc: Doc, context: UpdateContext): Doc {
  const id = doc.get("_id");
  const keptId = id instanceof Map ? new Map(id) : id;
  const placed = program.actions.map((action) => ({ action, path: placePosition(action.path, context) }));
  if (program.usesPosition) assertNoConflict(placed.map(({ path }) => path));
  for (const { action, path } of placed) {
    if (action.operator === "$setOnInsert" && !context.inserting) continue;
    for (const concrete of concretePaths(doc, path, program)) perform(doc, action, concrete);
  }
  const newId = doc.get("_id");
  if (keptId !== undefined && (newId === undefined || compareValues(keptId, newId) !== 0)) {
    throw immutableId(program, newId);
  }
  return doc;
}

function placePosition(path: Path, { position }: UpdateContext): Path {
  if (!path.includes("$")) return path;
  if (position === undefined) {
    throw new StoreError(2, "The positional operator did not find the match needed from the query.");
  }
  return path.map((part) => (part === "$" ? String(position) : part));
}

/** Replaces `$[]` and `$[name]` by the indexes of the elements they stand for. */
function concretePaths(doc: Doc, path: Path, program: Modifiers): Path[] {
  const at = path.findIndex((part) => part.startsWith("$["));
  if (at === -1) return [path];
  const lead = path.slice(0, at);
  const items = readField(doc, lead);
  if (!Array.isArray(items)) {
    const what = items === undefined ? "must exist in the document in order to apply array updates" : "is not an array";
    throw new StoreError(2, `The path '${lead.join(".")}' ${what}.`);
  }
  const name = (path[at] as string).slice(2, -1);
  const chosen = program.filters.get(name);
  return items.flatMap((item, index) => {
    if (name !== "" && chosen?.(item) !== true) return [];
    return concretePaths(doc, [...lead, String(index), ...path.slice(at + 1)], program);
  });
}

function perform(doc: Doc, { field, effect }: UpdateAction, path: Path): void {
  switch (effect.kind) {
    case "unset":
      removeField(doc, path);
      return;
    case "rename":
      rename(doc, path, effect.to);
      return;
    case "change": {
      if (effect.creates) assertWritable(doc, path);
      const value = effect.change(readField(doc, path), field);
      if (value !== undefined) writeField(doc, path, copyValue(value));
    }
  }
}

function rename(doc: Doc, from: Path, to: Path): void {
  assertNoArray(doc, from, "source");
  const value = readField(doc, from);
  if (value === undefined) return;
  assertNoArray(doc, to, "destination");
  removeField(doc, from);
  writeField(doc, to, value);
}

function assertNoArray(doc: Doc, path: Path, end: string): void {
  for (let at = 1; at < path.length; at += 1) {
    const holder = readField(doc, path.slice(0, at));
    if (!Array.isArray(holder)) continue;
    throw new StoreError(
      2,
      `The ${end} field cannot be an array element, '${path.join(".")}' has an ${typeName(holder)} field`,
    );
  }
}
