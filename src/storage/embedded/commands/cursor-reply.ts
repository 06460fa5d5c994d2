// Replies with a cursor: documents go out as the bytes they are stored in.
import {
  composeDocument,
  documentArrayElement,
  documentElement,
  type Element,
  elementsOf,
} from "../bson/encode-document.js";
import type { Value } from "../bson/value.js";
import type { Batch, CursorRequest } from "../engine/cursors.js";
import { optionalCount } from "./arguments.js";
import type { Reply, Request } from "./command.js";

/** What a cursor is opened on. */
type CursorStream = Pick<CursorRequest, "namespace" | "stream" | "pacer">;

/** The reply that opens a cursor. */
export function firstBatchReply(namespace: string, batch: Batch): Reply {
  return batchReply("firstBatch", namespace, batch);
}

/** The reply with a further batch. */
export function nextBatchReply(namespace: string, batch: Batch): Reply {
  return batchReply("nextBatch", namespace, batch);
}

function batchReply(field: string, namespace: string, { documents, cursorId }: Batch): Reply {
  const rest: Element = elementsOf(
    new Map<string, Value>([
      ["id", cursorId],
      ["ns", namespace],
    ]),
  );
  return { elements: [documentElement("cursor", composeDocument([documentArrayElement(field, documents), rest]))] };
}

/** The batch size in a `cursor` argument, as aggregate, listCollections and listIndexes have it. */
function cursorBatchSize(request: Request): number | undefined {
  const cursor = request.body.get("cursor");
  if (!(cursor instanceof Map)) return undefined;
  return optionalCount({ ...request, body: cursor }, "batchSize");
}

/** A stream of documents that are already there. */
export async function* streamOf(documents: Iterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  yield* documents;
}

/** Opens a cursor on a stream, with the batch size of the `cursor` argument, and answers with its first batch. */
export async function openCursor(request: Request, wanted: CursorStream): Promise<Reply> {
  const batch = await request.engine.cursors.first({ ...wanted, batchSize: cursorBatchSize(request), single: false });
  return firstBatchReply(wanted.namespace, batch);
}
