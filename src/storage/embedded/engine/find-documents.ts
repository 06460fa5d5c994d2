// Reading: filter, order, skip and limit, as a stream of stored documents.
import { decodeDocument, FieldSelection } from "../bson/decode-document.js";
import type { FilterNode } from "../filter/filter-node.js";
import { compareSortKeys, type SortField, type SortKey, sortKey } from "../filter/sort-order.js";
import { StoreError } from "../store-error.js";
import type { Collection, Index } from "./collection.js";
import type { Engine } from "./engine.js";
import { readValue, type Snapshot, takeSnapshot } from "./environment.js";
import { type Match, scanMatches } from "./match-scan.js";
import type { Pacer } from "./pacer.js";
import { choosePlan, type Plan } from "./planner.js";
import { recordKey } from "./storage-keys.js";

const MAX_SORT_BYTES = 100 * 1024 * 1024;

/** What to read. */
export interface FindRequest {
  node: FilterNode;
  sort: readonly SortField[];
  skip: number;
  /** 0 means no limit. */
  limit: number;
  hinted?: Index | undefined;
}

interface SortEntry {
  key: SortKey;
  recordId: number;
}

/** Streams the stored bytes of the matches, as they were when the stream was begun. */
export async function* findDocuments(
  engine: Engine,
  collection: Collection | undefined,
  request: FindRequest,
  pacer: Pacer,
): AsyncGenerator<Buffer, void, undefined> {
  if (collection === undefined) return;
  for await (const { raw } of findRecords(engine, collection, request, pacer)) yield raw;
}

/** Streams the matches with their record ids. */
export async function* findRecords(
  engine: Engine,
  collection: Collection,
  request: FindRequest,
  pacer: Pacer,
): AsyncGenerator<Match, void, undefined> {
  const snapshot = takeSnapshot(engine.env);
  try {
    const plan = choosePlan({ collection, ...request });
    const end = request.limit === 0 ? Number.POSITIVE_INFINITY : request.skip + request.limit;
    const found = plan.ordered
      ? paced(scanMatches({ env: engine.env, collection, plan, node: request.node, snapshot }), pacer)
      : sortedMatches(engine, collection, plan, { ...request, end }, snapshot, pacer);
    let at = 0;
    for await (const match of found) {
      at += 1;
      if (at > request.skip) yield match;
      if (at >= end) return;
    }
  } finally {
    snapshot.done();
  }
}

/** Finds the one document a single update or delete is about, in the order given. */
export function firstMatch(
  engine: Engine,
  collection: Collection,
  request: Pick<FindRequest, "node" | "sort" | "hinted">,
): Match | undefined {
  const plan = choosePlan({ collection, ...request });
  let best: { match: Match; key: SortKey } | undefined;
  for (const match of scanMatches({ env: engine.env, collection, plan, node: request.node, snapshot: undefined })) {
    if (match === undefined) continue;
    if (plan.ordered) return match;
    const key = sortKey(decodeDocument(match.raw), request.sort);
    if (best === undefined || compareSortKeys(key, best.key, request.sort) < 0) best = { match, key };
  }
  return best?.match;
}

async function* paced(scan: Iterable<Match | undefined>, pacer: Pacer): AsyncGenerator<Match, void, undefined> {
  for (const match of scan) {
    if (match !== undefined) yield match;
    else if (pacer.due) await pacer.pause();
  }
}

/** Only sort keys and record ids are held; the documents are read again in order. */
async function* sortedMatches(
  engine: Engine,
  collection: Collection,
  plan: Plan,
  request: FindRequest & { end: number },
  snapshot: Snapshot,
  pacer: Pacer,
): AsyncGenerator<Match, void, undefined> {
  const { sort, node, end } = request;
  const order = (a: SortEntry, b: SortEntry): number => compareSortKeys(a.key, b.key, sort) || a.recordId - b.recordId;
  const fields = new FieldSelection(sort.map(({ path }) => path[0] as string));
  let entries: SortEntry[] = [];
  let bytes = 0;
  for await (const { recordId, raw } of paced(
    scanMatches({ env: engine.env, collection, plan, node, snapshot }),
    pacer,
  )) {
    const key = sortKey(decodeDocument(raw, fields), sort);
    entries.push({ key, recordId });
    bytes += 64 + key.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length * 2 : 16), 0);
    if (entries.length > 2 * end + 1000) {
      entries = entries.sort(order).slice(0, end);
      bytes = bytes / 2;
    }
    if (bytes > MAX_SORT_BYTES) {
      throw new StoreError(292, "Sort exceeded memory limit of 104857600 bytes; add an index or a limit");
    }
  }
  for (const { recordId } of entries.sort(order)) {
    const raw = readValue(engine.env, recordKey(collection.id, recordId), snapshot);
    if (raw !== undefined) yield { recordId, raw };
  }
}
