// Runs a plan: reads the candidates and keeps those that match the filter.
import { decodeDocument, FieldSelection } from "../bson/decode-document.js";
import { type FilterNode, matches, topFields } from "../filter/filter-node.js";
import type { Collection } from "./collection.js";
import { type Environment, readRange, readValue, type Snapshot } from "./environment.js";
import type { Plan } from "./planner.js";
import { recordIdOf, recordKey, recordRange } from "./storage-keys.js";

const BREATH = 32;

/** A stored document that matched. */
export interface Match {
  recordId: number;
  raw: Buffer;
}

/** Where and what to scan. */
export interface ScanRequest {
  env: Environment;
  collection: Collection;
  plan: Plan;
  node: FilterNode;
  snapshot: Snapshot;
}

/** Yields the matches of a plan, and now and then undefined where the caller may pause. */
export function* scanMatches(request: ScanRequest): Generator<Match | undefined, void, undefined> {
  const { node } = request;
  const all = isEverything(node);
  const fields = new FieldSelection(topFields(node));
  let examined = 0;
  for (const candidate of candidates(request)) {
    examined += 1;
    if (all || matches(node, decodeDocument(candidate.raw, fields))) yield candidate;
    if (examined % BREATH === 0) yield undefined;
  }
}

/** Says whether a filter lets everything through. */
function isEverything(node: FilterNode): boolean {
  return node.kind === "and" && node.nodes.length === 0;
}

function* candidates({ env, collection, plan, snapshot }: ScanRequest): Generator<Match, void, undefined> {
  if (plan.index === undefined) {
    for (const { key, value } of readRange(env, recordRange(collection.id), plan.reverse, snapshot)) {
      yield { recordId: recordIdOf(key), raw: value };
    }
    return;
  }
  const seen = plan.index.multikey ? new Set<number>() : undefined;
  for (const range of plan.ranges) {
    for (const { key } of readRange(env, range, plan.reverse, snapshot)) {
      const recordId = recordIdOf(key);
      if (seen?.has(recordId)) continue;
      seen?.add(recordId);
      const raw = readValue(env, recordKey(collection.id, recordId), snapshot);
      if (raw !== undefined) yield { recordId, raw };
    }
  }
}
