// find, getMore, killCursors, count and distinct.
import { toInteger } from "../bson/compare-numbers.js";
import { compareValues } from "../bson/compare-values.js";
import { decodeDocument, FieldSelection } from "../bson/decode-document.js";
import { encodeDocument } from "../bson/encode-document.js";
import { pathValues, splitPath } from "../bson/path.js";
import { type Doc, isNumber, typeName, type Value } from "../bson/value.js";
import type { ResultStream } from "../engine/cursors.js";
import { type FindRequest, findDocuments } from "../engine/find-documents.js";
import { Pacer } from "../engine/pacer.js";
import { parseFilter } from "../filter/parse-filter.js";
import { compileProjection, type Project } from "../filter/projection.js";
import { parseSort } from "../filter/sort-order.js";
import { StoreError } from "../store-error.js";
import { flag, maxTimeMs, namespaceOf, optionalCount, optionalDoc, optionalText, refuseOptions } from "./arguments.js";
import type { Command, Reply, Request } from "./command.js";
import { firstBatchReply, nextBatchReply } from "./cursor-reply.js";
import { hintedIndex } from "./index-hint.js";

const MAX_DISTINCT_BYTES = 16 * 1024 * 1024;

/** Options of find that mean nothing here, and those that are refused when they are used. */
const FIND_IGNORED = ["noCursorTimeout", "allowDiskUse", "allowPartialResults", "oplogReplay"];
const FIND_REFUSED = ["collation", "let", "min", "max", "returnKey", "showRecordId", "tailable", "awaitData"];

/** The reading commands. */
export const READ_COMMANDS: readonly Command[] = [
  {
    name: "find",
    fields: [
      "filter",
      "sort",
      "projection",
      "hint",
      "skip",
      "limit",
      "batchSize",
      "singleBatch",
      ...FIND_IGNORED,
      ...FIND_REFUSED,
    ],
    run: find,
  },
  { name: "getMore", fields: ["collection", "batchSize"], run: getMore },
  { name: "killCursors", fields: ["cursors"], run: killCursors },
  { name: "count", fields: ["query", "limit", "skip", "hint", "collation", "fields"], run: count },
  { name: "distinct", fields: ["key", "query", "collation", "hint"], run: distinct },
];

async function find(request: Request): Promise<Reply> {
  const { body, engine } = request;
  refuseOptions("find", body, FIND_REFUSED);
  const namespace = namespaceOf(request);
  const collection = engine.catalog.find(namespace);
  const project = compileProjection(optionalDoc(request, "projection") ?? new Map());
  const wanted: FindRequest = {
    node: parseFilter(optionalDoc(request, "filter") ?? new Map()),
    sort: parseSort(optionalDoc(request, "sort") ?? new Map()),
    skip: optionalCount(request, "skip") ?? 0,
    limit: optionalCount(request, "limit") ?? 0,
    hinted: hintedIndex(collection, body.get("hint")),
  };
  const pacer = new Pacer(maxTimeMs(request));
  const found = findDocuments(engine, collection, wanted, pacer);
  const stream = project === undefined ? found : projected(found, project);
  const batchSize = optionalCount(request, "batchSize");
  const single = flag(request, "singleBatch");
  return firstBatchReply(namespace, await engine.cursors.first({ namespace, stream, pacer, batchSize, single }));
}

async function* projected(found: AsyncIterable<Buffer>, project: Project): ResultStreamGenerator {
  for await (const raw of found) yield encodeDocument(project(decodeDocument(raw)));
}

type ResultStreamGenerator = AsyncGenerator<Buffer, void, undefined> & ResultStream;

async function getMore(request: Request): Promise<Reply> {
  const id = request.body.get("getMore") ?? null;
  const collection = optionalText(request, "collection");
  if (!isNumber(id) || collection === undefined) throw new StoreError(14, "getMore needs a cursor id and a collection");
  const namespace = `${request.database}.${collection}`;
  const batchSize = optionalCount(request, "batchSize");
  const size = batchSize === 0 ? undefined : batchSize;
  return nextBatchReply(namespace, await request.engine.cursors.more(namespace, toInteger(id) ?? 0n, size));
}

async function killCursors(request: Request): Promise<Reply> {
  const ids = request.body.get("cursors");
  if (!Array.isArray(ids)) throw new StoreError(14, "BSON field 'killCursors.cursors' must be an array");
  const killed: Value[] = [];
  const notFound: Value[] = [];
  for (const id of ids) {
    const cursorId = isNumber(id) ? (toInteger(id) ?? 0n) : 0n;
    ((await request.engine.cursors.kill(cursorId)) ? killed : notFound).push(cursorId);
  }
  return new Map<string, Value>([
    ["cursorsKilled", killed],
    ["cursorsNotFound", notFound],
    ["cursorsAlive", []],
    ["cursorsUnknown", []],
  ]);
}

async function count(request: Request): Promise<Doc> {
  refuseOptions("count", request.body, ["collation"]);
  const limit = optionalCount(request, "limit") ?? 0;
  const skip = optionalCount(request, "skip") ?? 0;
  let n = 0;
  for await (const _ of matchesOf(request, { skip, limit })) n += 1;
  return new Map([["n", n]]);
}

async function distinct(request: Request): Promise<Doc> {
  refuseOptions("distinct", request.body, ["collation"]);
  const key = request.body.get("key") ?? null;
  if (typeof key !== "string") throw new StoreError(14, `distinct key must be a string, not ${typeName(key)}`);
  const path = splitPath(key);
  const field = new FieldSelection([path[0] as string]);
  const found: Value[] = [];
  for await (const raw of matchesOf(request, { skip: 0, limit: 0 })) {
    for (const value of pathValues(decodeDocument(raw, field), path).values) {
      if (value !== undefined) addDistinct(found, value);
    }
  }
  const reply: Doc = new Map([["values", found]]);
  if (encodeDocument(reply).length > MAX_DISTINCT_BYTES) throw new StoreError(17217, "distinct too big, 16mb cap");
  return reply;
}

/** Keeps the values sorted, so that each new one is found by halving. */
function addDistinct(sorted: Value[], value: Value): void {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareValues(sorted[middle], value) < 0) low = middle + 1;
    else high = middle;
  }
  if (low === sorted.length || compareValues(sorted[low], value) !== 0) sorted.splice(low, 0, value);
}

function matchesOf(request: Request, { skip, limit }: { skip: number; limit: number }): AsyncIterable<Buffer> {
  const collection = request.engine.catalog.find(namespaceOf(request));
  const node = parseFilter(optionalDoc(request, "query") ?? new Map());
  const hinted = hintedIndex(collection, request.body.get("hint"));
  return findDocuments(
    request.engine,
    collection,
    { node, sort: [], skip, limit, hinted },
    new Pacer(maxTimeMs(request)),
  );
}
