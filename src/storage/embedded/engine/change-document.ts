// Changing or removing one document: found first, checked again inside the write, and not written when nothing changes.
import { decodeDocument } from "../bson/decode-document.js";
import type { Doc, Value } from "../bson/value.js";
import type { FilterNode } from "../filter/filter-node.js";
import { matchedPosition, matches } from "../filter/filter-node.js";
import type { SortField } from "../filter/sort-order.js";
import { StoreError } from "../store-error.js";
import { applyUpdate } from "../update/apply-update.js";
import type { UpdateProgram } from "../update/parse-update.js";
import { upsertSeed } from "../update/upsert-seed.js";
import type { Collection, Index } from "./collection.js";
import type { Engine } from "./engine.js";
import { readValue } from "./environment.js";
import { findRecords, firstMatch } from "./find-documents.js";
import type { Match } from "./match-scan.js";
import type { Pacer } from "./pacer.js";
import { recordKey } from "./storage-keys.js";
import { documentFromUpdate } from "./stored-document.js";
import type { WriteScope } from "./write-queue.js";

/** Under contention several writers find the same first match; each then takes the next one that is left. */
const SPARE_MATCHES = 8;

/** Which document, and how it changes. */
export interface ChangeRequest {
  namespace: string;
  node: FilterNode;
  sort: readonly SortField[];
  hinted?: Index | undefined;
  /** Undefined removes the document. */
  program: UpdateProgram | undefined;
  upsert: boolean;
}

/** What became of it. */
export interface ChangeResult {
  matched: boolean;
  modified: boolean;
  /** The document's bytes before and after. */
  before: Buffer | undefined;
  after: Buffer | undefined;
  /** The `_id` of an inserted document. */
  upsertedId: Value | undefined;
}

const NOTHING: ChangeResult = {
  matched: false,
  modified: false,
  before: undefined,
  after: undefined,
  upsertedId: undefined,
};

/** Changes, removes or upserts the first match. */
export async function changeOne(engine: Engine, request: ChangeRequest, pacer: Pacer): Promise<ChangeResult> {
  const collection = engine.catalog.find(request.namespace);
  const writesBegun = collection?.writesBegun;
  const current = collection !== undefined && collection.writesSettled === writesBegun;
  const found = collection === undefined ? [] : await findFirst(engine, collection, request, current, pacer);
  const [first] = found;
  if (first === undefined && !request.upsert && (current || collection === undefined)) return NOTHING;
  if (first !== undefined && current && request.program !== undefined) {
    const { raw } = updatedDocument(request, request.program, first);
    if (raw.equals(first.raw)) return { ...NOTHING, matched: true, before: first.raw, after: first.raw };
  }
  return engine.writes.run((scope) => {
    const target = request.upsert ? engine.catalog.ensure(request.namespace) : engine.catalog.find(request.namespace);
    if (target === undefined) return NOTHING;
    // Nothing has changed since the search, so its empty result still holds.
    const unchanged = first === undefined && current && target === collection && target.writesBegun === writesBegun;
    const match = unchanged ? undefined : stillThere(engine, target, request, found);
    if (match === undefined) return request.upsert ? insertUpsert(engine, scope, target, request) : NOTHING;
    return changeMatch(engine, scope, target, { request, match });
  });
}

/** Changes one known record if it still matches; used for one document after another of an update to many. */
export function changeRecord(
  engine: Engine,
  scope: WriteScope,
  collection: Collection,
  request: ChangeRequest,
  recordId: number,
): ChangeResult {
  const match = recheck(engine, collection, request, recordId);
  return match === undefined ? NOTHING : changeMatch(engine, scope, collection, { request, match });
}

/** The first match, and some more when other writes are under way that may take the first one away. */
async function findFirst(
  engine: Engine,
  collection: Collection,
  request: ChangeRequest,
  current: boolean,
  pacer: Pacer,
): Promise<Match[]> {
  const found: Match[] = [];
  const wanted = { ...request, skip: 0, limit: current ? 1 : SPARE_MATCHES };
  for await (const match of findRecords(engine, collection, wanted, pacer)) found.push(match);
  return found;
}

/** The first of the matches found before the write that still is one, else whatever matches now. */
function stillThere(
  engine: Engine,
  collection: Collection,
  request: ChangeRequest,
  found: readonly Match[],
): Match | undefined {
  for (const { recordId } of found) {
    const match = recheck(engine, collection, request, recordId);
    if (match !== undefined) return match;
  }
  return firstMatch(engine, collection, request);
}

function recheck(engine: Engine, collection: Collection, request: ChangeRequest, recordId: number): Match | undefined {
  const raw = readValue(engine.env, recordKey(collection.id, recordId), undefined);
  if (raw === undefined || !matches(request.node, decodeDocument(raw))) return undefined;
  return { recordId, raw };
}

function changeMatch(
  { writer }: Engine,
  scope: WriteScope,
  collection: Collection,
  { request, match }: { request: ChangeRequest; match: Match },
): ChangeResult {
  const before = decodeDocument(match.raw);
  if (request.program === undefined) {
    writer.remove(scope, collection, match.recordId, before);
    return { ...NOTHING, matched: true, modified: true, before: match.raw };
  }
  const after = updatedDocument(request, request.program, match);
  const result = { ...NOTHING, matched: true, before: match.raw, after: after.raw };
  if (after.raw.equals(match.raw)) return result;
  writer.replace(scope, collection, match.recordId, before, after);
  return { ...result, modified: true };
}

function updatedDocument({ node }: ChangeRequest, program: UpdateProgram, match: Match): { doc: Doc; raw: Buffer } {
  const doc = decodeDocument(match.raw);
  const usesPosition = program.kind === "modifiers" && program.usesPosition;
  const position = usesPosition ? matchedPosition(node, doc) : undefined;
  return documentFromUpdate(applyUpdate(program, doc, { position, inserting: false }));
}

function insertUpsert(
  { writer }: Engine,
  scope: WriteScope,
  collection: Collection,
  { node, program }: ChangeRequest,
): ChangeResult {
  if (program === undefined) throw new StoreError(9, "Cannot specify both upsert and remove");
  const seed = upsertSeed(node, program);
  const inserted = documentFromUpdate(applyUpdate(program, seed, { position: undefined, inserting: true }));
  writer.insert(scope, collection, inserted);
  return { ...NOTHING, after: inserted.raw, upsertedId: inserted.doc.get("_id") ?? null };
}
