// From a document that a client sent, or that an update made, to the bytes that are stored.
import { BSONRegExp, ObjectId } from "bson";
import { decodeDocument } from "../bson/decode-document.js";
import { encodeDocument } from "../bson/encode-document.js";
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";
import type { StoredDocument } from "./document-writer.js";

/** The largest document, as on a server. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 150;

/** Checks a document to be inserted and gives it an `_id` in the first place. */
export function documentToInsert(bytes: Buffer): StoredDocument {
  if (bytes.length > MAX_DOCUMENT_BYTES) throw tooLarge(10334, bytes.length);
  const given = decodeDocument(bytes);
  const [first] = given.keys();
  const doc = first === "_id" ? given : withIdFirst(given);
  assertId(doc.get("_id"));
  assertDepth(doc);
  return { doc, raw: first === "_id" ? bytes : encodeDocument(doc) };
}

/** Encodes a document that an update or an upsert made. */
export function documentFromUpdate(changed: Doc): StoredDocument {
  const [first] = changed.keys();
  const doc = first === "_id" ? changed : withIdFirst(changed);
  assertId(doc.get("_id"));
  assertDepth(doc);
  const raw = encodeDocument(doc);
  if (raw.length > MAX_DOCUMENT_BYTES) throw tooLarge(17419, raw.length);
  return { doc, raw };
}

function withIdFirst(doc: Doc): Doc {
  const ordered: Doc = new Map([["_id", doc.get("_id") ?? new ObjectId()]]);
  if (doc.get("_id") === null) ordered.set("_id", null);
  for (const [name, value] of doc) if (name !== "_id") ordered.set(name, value);
  return ordered;
}

function assertId(id: Value | undefined): void {
  if (Array.isArray(id)) throw new StoreError(53, "The '_id' value cannot be of type array");
  if (id instanceof BSONRegExp) throw new StoreError(53, "The '_id' value cannot be of type regex");
  if (!isDoc(id)) return;
  for (const name of id.keys()) {
    if (name.startsWith("$"))
      throw new StoreError(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`);
  }
}

/** What is stored must be readable again; the decoder goes a little deeper than this. */
function assertDepth(value: Value, depth = 0): void {
  if (depth > MAX_DEPTH) throw new StoreError(15, `Document exceeds maximum nested object depth: ${MAX_DEPTH}`);
  if (value instanceof Map) for (const item of value.values()) assertDepth(item, depth + 1);
  else if (Array.isArray(value)) for (const item of value) assertDepth(item, depth + 1);
}

function tooLarge(code: number, size: number): StoreError {
  const text =
    code === 10334
      ? `BSONObj size: ${size} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}`
      : `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`;
  return new StoreError(code, text);
}
