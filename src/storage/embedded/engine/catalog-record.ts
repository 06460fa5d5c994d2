// The catalog on disk: one BSON record per collection.
import { decodeDocument, FieldSelection } from "../bson/decode-document.js";
import { encodeDocument } from "../bson/encode-document.js";
import { type Doc, isDoc, type Value } from "../bson/value.js";
import type { Collection, Index } from "./collection.js";
import { indexToDoc, parseIndexSpec } from "./index-spec.js";

/** The format of the data files; data of another format is refused. */
const FORMAT = 1;

/** Encodes what must survive a restart of a collection. */
export function encodeCatalogRecord(collection: Collection): Buffer {
  const indexes = collection.indexes.map((index): Doc => {
    return new Map<string, Value>([
      ["id", index.id],
      ["spec", indexToDoc(index)],
      ["unique", index.unique],
      ["multikey", index.multikey],
      ["lossy", index.lossy],
      ["ready", index.ready],
    ]);
  });
  return encodeDocument(
    new Map<string, Value>([
      ["id", collection.id],
      ["indexes", indexes],
    ]),
  );
}

/** Decodes a catalog record; `nextRecordId` is for the caller to find out. */
export function decodeCatalogRecord(namespace: string, bytes: Buffer, nextRecordId: number): Collection {
  const record = decodeDocument(bytes);
  const indexes = record.get("indexes");
  if (!Array.isArray(indexes)) throw new Error(`The catalog record of ${namespace} is damaged`);
  const collection: Collection = {
    id: numberIn(record, "id"),
    namespace,
    indexes: indexes.map((item) => decodeIndex(namespace, item)),
    nextRecordId,
    revision: 0,
    durableRevision: 0,
    writesBegun: 0,
    writesSettled: 0,
  };
  return collection;
}

/** The id in a catalog record, needed before the rest can be read. */
export function catalogRecordId(bytes: Buffer): number {
  return numberIn(decodeDocument(bytes, new FieldSelection(["id"])), "id");
}

/** Encodes the format and the next free id. */
export function encodeMeta(nextId: number): Buffer {
  return encodeDocument(
    new Map<string, Value>([
      ["format", FORMAT],
      ["nextId", nextId],
    ]),
  );
}

/** Reads the next free id, refusing data of another format. */
export function decodeMeta(bytes: Buffer): number {
  const meta = decodeDocument(bytes);
  const format = numberIn(meta, "format");
  if (format !== FORMAT) throw new Error(`The data has format ${format}, this program reads format ${FORMAT}`);
  return numberIn(meta, "nextId");
}

function decodeIndex(namespace: string, item: Value): Index {
  const spec = isDoc(item) ? item.get("spec") : undefined;
  if (!isDoc(item) || !isDoc(spec)) throw new Error(`The catalog record of ${namespace} is damaged`);
  return {
    ...parseIndexSpec(spec, numberIn(item, "id")),
    multikey: item.get("multikey") === true,
    lossy: item.get("lossy") === true,
    ready: item.get("ready") === true,
  };
}

function numberIn(doc: Doc, name: string): number {
  const value = doc.get(name);
  if (typeof value !== "number") throw new Error(`The catalog is damaged: ${name} is not a number`);
  return value;
}
