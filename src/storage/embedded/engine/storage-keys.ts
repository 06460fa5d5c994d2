// The layout of keys in LMDB. One letter tells the kind; ids and record ids are big-endian, so that ranges are contiguous.
//   M                             the format and the next free id
//   C <namespace>                 a collection: its id and its indexes
//   D <collection> <record>       a document
//   I <index> <key bytes> <record> an index entry, without a value

const RECORD_BYTES = 8;
const PREFIX_BYTES = 5;

/** The key of the record that holds the format and the next free id. */
export const META_KEY = Buffer.from("M");

/** Where catalog records begin and end. */
export const CATALOG_RANGE = { start: Buffer.from("C"), end: Buffer.from("D") };

/** The key of a collection's catalog record. */
export function catalogKey(namespace: string): Buffer {
  return Buffer.from(`C${namespace}`);
}

/** The key of a document. */
export function recordKey(collectionId: number, recordId: number): Buffer {
  const key = Buffer.allocUnsafe(PREFIX_BYTES + RECORD_BYTES);
  writePrefix(key, "D", collectionId);
  writeRecordId(key, PREFIX_BYTES, recordId);
  return key;
}

/** Where a collection's documents begin and end. */
export function recordRange(collectionId: number): { start: Buffer; end: Buffer } {
  return { start: prefix("D", collectionId), end: prefix("D", collectionId + 1) };
}

/** The key of an index entry. */
export function entryKey(indexId: number, bytes: Buffer, recordId: number): Buffer {
  const key = Buffer.allocUnsafe(PREFIX_BYTES + bytes.length + RECORD_BYTES);
  writePrefix(key, "I", indexId);
  bytes.copy(key, PREFIX_BYTES);
  writeRecordId(key, PREFIX_BYTES + bytes.length, recordId);
  return key;
}

/** The place in an index where entries with these leading bytes begin. */
export function entryBound(indexId: number, bytes: Buffer): Buffer {
  return Buffer.concat([prefix("I", indexId), bytes]);
}

/** Where an index begins and ends. */
export function entryRange(indexId: number): { start: Buffer; end: Buffer } {
  return { start: prefix("I", indexId), end: prefix("I", indexId + 1) };
}

/** The record id that a document key or an index entry ends in. */
export function recordIdOf(key: Buffer): number {
  const at = key.length - RECORD_BYTES;
  return key.readUInt32BE(at) * 2 ** 32 + key.readUInt32BE(at + 4);
}

function prefix(kind: "D" | "I", id: number): Buffer {
  const key = Buffer.allocUnsafe(PREFIX_BYTES);
  writePrefix(key, kind, id);
  return key;
}

function writePrefix(key: Buffer, kind: "D" | "I", id: number): void {
  key[0] = kind.charCodeAt(0);
  key.writeUInt32BE(id, 1);
}

function writeRecordId(key: Buffer, at: number, recordId: number): void {
  key.writeUInt32BE(Math.floor(recordId / 2 ** 32), at);
  key.writeUInt32BE(recordId % 2 ** 32, at + 4);
}
