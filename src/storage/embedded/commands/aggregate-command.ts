// aggregate: the head of the pipeline is a query, the rest runs over its results.
import { type Pipeline, parsePipeline } from "../aggregation/parse-pipeline.js";
import type { DocStream } from "../aggregation/stage.js";
import { decodeDocument, FieldSelection } from "../bson/decode-document.js";
import { encodeDocument } from "../bson/encode-document.js";
import { type Doc, isDoc } from "../bson/value.js";
import type { ResultStream } from "../engine/cursors.js";
import { findDocuments } from "../engine/find-documents.js";
import { Pacer } from "../engine/pacer.js";
import { notSupported, StoreError } from "../store-error.js";
import { maxTimeMs, namespaceOf, refuseOptions } from "./arguments.js";
import type { Command, Reply, Request } from "./command.js";
import { openCursor } from "./cursor-reply.js";
import { hintedIndex } from "./index-hint.js";

const IGNORED = ["allowDiskUse", "bypassDocumentValidation"];
const REFUSED = ["collation", "let", "explain"];

/** The aggregate command. */
export const AGGREGATE_COMMAND: Command = {
  name: "aggregate",
  fields: ["pipeline", "cursor", "hint", ...IGNORED, ...REFUSED],
  run: aggregate,
};

async function aggregate(request: Request): Promise<Reply> {
  const { body, engine } = request;
  refuseOptions("aggregate", body, REFUSED);
  const pipeline = parsePipeline(body.get("pipeline"));
  if (typeof body.get("aggregate") !== "string") throw notSupported("An aggregation without a collection");
  if (!isDoc(body.get("cursor"))) {
    throw new StoreError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const namespace = namespaceOf(request);
  const collection = engine.catalog.find(namespace);
  const hinted = hintedIndex(collection, body.get("hint"));
  const pacer = new Pacer(maxTimeMs(request));
  const found = findDocuments(engine, collection, { ...pipeline.head, hinted }, pacer);
  const stream = pipeline.stages.length === 0 ? found : throughStages(found, pipeline);
  return openCursor(request, { namespace, stream, pacer });
}

function throughStages(found: AsyncIterable<Buffer>, { stages }: Pipeline): ResultStream {
  let stream: DocStream = decoded(found, stages[0]?.fields);
  for (const stage of stages) stream = stage.run(stream);
  return encoded(stream);
}

async function* decoded(
  found: AsyncIterable<Buffer>,
  fields: ReadonlySet<string> | undefined,
): AsyncGenerator<Doc, void, undefined> {
  const selection = fields === undefined ? undefined : new FieldSelection(fields);
  for await (const raw of found) yield decodeDocument(raw, selection);
}

async function* encoded(stream: DocStream): AsyncGenerator<Buffer, void, undefined> {
  for await (const doc of stream) yield encodeDocument(doc);
}
