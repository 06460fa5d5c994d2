// Maps to raw BSON, and replies composed from bytes that are already encoded, so that stored documents travel to the
// client without being decoded.
import { BSON } from "bson";
import type { Doc, Value } from "./value.js";

/** Encodes a document. */
export function encodeDocument(doc: ReadonlyMap<string, Value>): Buffer {
  const bytes = BSON.serialize(doc);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** One element of a reply: its bytes, without any enclosing document. */
export type Element = Buffer;

/** The elements of a document, ready to be placed in another one. */
export function elementsOf(doc: Doc): Element {
  const bytes = encodeDocument(doc);
  return bytes.subarray(4, bytes.length - 1);
}

/** An element that holds an encoded document. */
export function documentElement(name: string, document: Buffer): Element {
  return Buffer.concat([Buffer.from([0x03]), Buffer.from(`${name}\0`), document]);
}

/** An element that holds an array of encoded documents. */
export function documentArrayElement(name: string, documents: readonly Buffer[]): Element {
  const parts: Buffer[] = [];
  for (const [index, document] of documents.entries()) {
    parts.push(Buffer.from(`\x03${index}\0`), document);
  }
  return Buffer.concat([Buffer.from(`\x04${name}\0`), composeDocument(parts)]);
}

/** Wraps elements into one document. */
export function composeDocument(elements: readonly Element[]): Buffer {
  let length = 5;
  for (const element of elements) length += element.length;
  const head = Buffer.allocUnsafe(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...elements, Buffer.from([0])], length);
}
