// What an upsert takes over from its filter: the fields that must equal something.
import { splitPath } from "../bson/path.js";
import type { Doc, Value } from "../bson/value.js";
import type { FilterNode } from "../filter/filter-node.js";
import { StoreError } from "../store-error.js";
import { copyValue, writeField } from "./field-access.js";
import type { UpdateProgram } from "./parse-update.js";

/** The document an upsert starts from; a replacement takes only `_id` over. */
export function upsertSeed(filter: FilterNode, program: UpdateProgram): Doc {
  const equalities = new Map<string, Value>();
  collect(filter, equalities);
  const doc: Doc = new Map();
  for (const [field, value] of equalities) {
    if (program.kind === "replacement" && field !== "_id") continue;
    writeField(doc, splitPath(field), copyValue(value));
  }
  return doc;
}

function collect(node: FilterNode, found: Map<string, Value>): void {
  if (node.kind === "and" || (node.kind === "or" && node.nodes.length === 1)) {
    for (const child of node.nodes) collect(child, found);
    return;
  }
  if (node.kind !== "leaf") return;
  const value = singleValue(node.meaning);
  if (value === undefined) return;
  for (const known of found.keys()) {
    if (known === node.field || known.startsWith(`${node.field}.`) || node.field.startsWith(`${known}.`)) {
      throw new StoreError(54, `cannot infer query fields to set, path '${node.field}' is matched twice`);
    }
  }
  found.set(node.field, value);
}

function singleValue(meaning: Extract<FilterNode, { kind: "leaf" }>["meaning"]): Value | undefined {
  if (meaning.kind === "equal") return meaning.value;
  const single = meaning.kind === "in" && meaning.onlyValues && meaning.values.length === 1;
  return single ? meaning.values[0] : undefined;
}
