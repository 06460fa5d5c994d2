// insert: documents go to disk in groups, each group in one write.
import type { Doc } from "../bson/value.js";
import type { StoredDocument } from "../engine/document-writer.js";
import { documentToInsert } from "../engine/stored-document.js";
import { asStoreError, StoreError } from "../store-error.js";
import { flag, namespaceOf } from "./arguments.js";
import type { Command, Request } from "./command.js";
import { assertBatchSize, WriteErrors } from "./write-results.js";

/** A write runs without a pause, so its length is bounded. */
const GROUP = 500;

/** The insert command. */
export const INSERT_COMMAND: Command = {
  name: "insert",
  fields: ["documents", "ordered", "bypassDocumentValidation"],
  run: insert,
};

async function insert(request: Request): Promise<Doc> {
  const { documents, body } = request;
  const namespace = namespaceOf(request);
  if (documents === undefined)
    throw new StoreError(40414, "BSON field 'insert.documents' is missing but a required field");
  assertBatchSize(documents.length);
  const ordered = !body.has("ordered") || flag(request, "ordered");
  const errors = new WriteErrors();
  let inserted = 0;
  for (let start = 0; start < documents.length && !(ordered && errors.any); start += GROUP) {
    const group = documents.slice(start, start + GROUP);
    inserted += await insertGroup(request, namespace, { group, start, ordered, errors });
  }
  return errors.addTo(new Map([["n", inserted]]));
}

interface Group {
  group: readonly Buffer[];
  start: number;
  ordered: boolean;
  errors: WriteErrors;
}

async function insertGroup(request: Request, namespace: string, work: Group): Promise<number> {
  const { catalog, writes, writer } = request.engine;
  const prepared = work.group.map(prepare);
  return writes.run((scope) => {
    const collection = catalog.ensure(namespace);
    let inserted = 0;
    for (const [at, item] of prepared.entries()) {
      try {
        if (item instanceof StoreError) throw item;
        writer.insert(scope, collection, item);
        inserted += 1;
      } catch (error) {
        // Anything but a refusal undoes the whole group.
        if (!(error instanceof StoreError)) throw error;
        work.errors.add(work.start + at, error);
        if (work.ordered) break;
      }
    }
    return inserted;
  });
}

function prepare(bytes: Buffer): StoredDocument | StoreError {
  try {
    return documentToInsert(bytes);
  } catch (error) {
    return asStoreError(error);
  }
}
