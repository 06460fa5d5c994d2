// $unwind: one document for each element of an array.

import { type Path, splitPath } from "../bson/path.js";
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { isTruthy } from "../filter/leaf-operators.js";
import { StoreError } from "../store-error.js";
import type { DocStream, Stage } from "./stage.js";

interface Unwind {
  path: Path;
  keepEmpty: boolean;
  indexField: string | undefined;
}

const OPTIONS = new Set(["path", "preserveNullAndEmptyArrays", "includeArrayIndex"]);

/** Compiles $unwind. */
export function compileUnwind(spec: Value): Stage {
  const options = isDoc(spec) ? spec : new Map([["path", spec]]);
  for (const name of options.keys()) {
    if (!OPTIONS.has(name)) throw new StoreError(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  const path = options.get("path");
  if (typeof path !== "string") throw new StoreError(28808, "expected a string as the path for $unwind stage");
  if (!path.startsWith("$")) {
    throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  }
  const indexField = options.get("includeArrayIndex");
  if (indexField !== undefined && (typeof indexField !== "string" || indexField === "" || indexField.includes("."))) {
    throw new StoreError(28810, "expected a non-empty field name for the includeArrayIndex option to $unwind stage");
  }
  const keepEmpty = isTruthy(options.get("preserveNullAndEmptyArrays") ?? false);
  const unwind = { path: splitPath(path.slice(1)), keepEmpty, indexField };
  return { fields: undefined, run: (source) => unwound(source, unwind) };
}

async function* unwound(
  source: DocStream,
  { path, keepEmpty, indexField }: Unwind,
): AsyncGenerator<Doc, void, undefined> {
  const withIndex = (doc: Doc, index: Value): Doc => {
    return indexField === undefined ? doc : new Map([...doc]).set(indexField, index);
  };
  for await (const doc of source) {
    const value = valueAt(doc, path);
    if (Array.isArray(value) && value.length > 0) {
      for (const [index, item] of value.entries()) yield withIndex(replaced(doc, path, 0, item), BigInt(index));
    } else if (Array.isArray(value)) {
      if (keepEmpty) yield withIndex(replaced(doc, path, 0, undefined), null);
    } else if (keepEmpty || (value !== undefined && value !== null)) yield withIndex(doc, null);
  }
}

function valueAt(doc: Doc, path: Path): Value | undefined {
  let value: Value | undefined = doc;
  for (const part of path) value = isDoc(value) ? value.get(part) : undefined;
  return value;
}

/** A copy of the document with another value at the path; undefined takes the field away. */
function replaced(doc: Doc, path: Path, at: number, value: Value | undefined): Doc {
  const name = path[at] as string;
  const copy: Doc = new Map(doc);
  const inner = copy.get(name);
  const next = at < path.length - 1 && isDoc(inner) ? replaced(inner, path, at + 1, value) : value;
  if (next === undefined) copy.delete(name);
  else copy.set(name, next);
  return copy;
}
