// Removes documents whose TTL index says they have expired, in bounded batches.
import type { Doc, Value } from "../bson/value.js";
import type { FilterNode } from "../filter/filter-node.js";
import { parseFilter } from "../filter/parse-filter.js";
import { changeMany } from "./change-many.js";
import type { Collection, Index } from "./collection.js";
import type { Engine } from "./engine.js";
import { Pacer } from "./pacer.js";

/** Removes everything that has expired by `now` and says how many documents that were. */
export async function sweepExpired(engine: Engine, now: Date): Promise<number> {
  let removed = 0;
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.ready && index.expireAfterSeconds !== undefined)
        removed += await sweepIndex(engine, collection, index, now);
    }
  }
  return removed;
}

async function sweepIndex(engine: Engine, collection: Collection, index: Index, now: Date): Promise<number> {
  const field = index.fields[0]?.field ?? "";
  const limit = new Date(now.getTime() - (index.expireAfterSeconds ?? 0) * 1000);
  const old: Doc = new Map([[field, new Map<string, Value>([["$lt", limit]])]]);
  const conditions: FilterNode[] = [parseFilter(old)];
  if (index.partial !== undefined) conditions.push(index.partial.node);
  const { matched } = await changeMany(
    engine,
    {
      namespace: collection.namespace,
      node: { kind: "and", nodes: conditions },
      sort: [],
      program: undefined,
      upsert: false,
    },
    new Pacer(0),
  );
  return matched;
}
