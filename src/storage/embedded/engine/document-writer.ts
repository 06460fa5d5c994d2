// Puts documents and their index entries into the running write. All entries are computed and all unique indexes
// checked before the first put, so that a refused document leaves no trace.
import { decodeDocument } from "../bson/decode-document.js";
import { afterPrefix, EMPTY_ARRAY } from "../bson/encode-key.js";
import { showDocument } from "../bson/show-value.js";
import type { Doc, Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";
import type { Collection, Index } from "./collection.js";
import { type Environment, readRange, readValue } from "./environment.js";
import { type IndexEntry, indexEntries, sameEntry } from "./index-entries.js";
import { entryBound, entryKey, entryRange, recordIdOf, recordKey, recordRange } from "./storage-keys.js";
import type { WriteScope } from "./write-queue.js";

const NO_VALUE = Buffer.alloc(0);

interface IndexChange {
  index: Index;
  added: IndexEntry[];
  removed: IndexEntry[];
}

/** A document with its bytes. */
export interface StoredDocument {
  doc: Doc;
  raw: Buffer;
}

/** Changes documents inside a running write. */
export class DocumentWriter {
  readonly #env: Environment;

  constructor(env: Environment) {
    this.#env = env;
  }

  /** Adds a document. */
  insert(scope: WriteScope, collection: Collection, { doc, raw }: StoredDocument): void {
    const recordId = collection.nextRecordId;
    const changes = this.#changes(collection, undefined, doc);
    this.#assertUnique(collection, changes, recordId);
    collection.nextRecordId += 1;
    this.#apply(scope, collection, recordId, changes);
    void this.#env.put(recordKey(collection.id, recordId), raw);
  }

  /** Puts a changed document in the place of the old one. */
  replace(scope: WriteScope, collection: Collection, recordId: number, before: Doc, after: StoredDocument): void {
    const changes = this.#changes(collection, before, after.doc);
    this.#assertUnique(collection, changes, recordId);
    this.#apply(scope, collection, recordId, changes);
    void this.#env.put(recordKey(collection.id, recordId), after.raw);
  }

  /** Removes a document. */
  remove(scope: WriteScope, collection: Collection, recordId: number, doc: Doc): void {
    this.#apply(scope, collection, recordId, this.#changes(collection, doc, undefined));
    void this.#env.remove(recordKey(collection.id, recordId));
  }

  /** Enters every stored document into a new index; throws on the first duplicate of a unique one. */
  fillIndex(scope: WriteScope, collection: Collection, index: Index): void {
    for (const { key, value } of readRange(this.#env, recordRange(collection.id), false, undefined)) {
      const { entries, multikey } = indexEntries(index, decodeDocument(value));
      const changes: IndexChange[] = [{ index, added: entries, removed: [] }];
      noteShape(collection, index, entries, multikey);
      this.#assertUnique(collection, changes, recordIdOf(key));
      this.#apply(scope, collection, recordIdOf(key), changes);
    }
  }

  /** Removes everything an index holds. */
  clearIndex(index: Index): void {
    this.#clear(entryRange(index.id));
  }

  /** Removes every document and entry of a collection. */
  clearCollection(collection: Collection): void {
    for (const index of collection.indexes) this.#clear(entryRange(index.id));
    this.#clear(recordRange(collection.id));
  }

  #clear(range: { start: Buffer; end: Buffer }): void {
    for (const { key } of readRange(this.#env, range, false, undefined)) void this.#env.remove(key);
  }

  #changes(collection: Collection, before: Doc | undefined, after: Doc | undefined): IndexChange[] {
    return collection.indexes.map((index) => {
      const old = before === undefined ? [] : indexEntries(index, before).entries;
      const fresh = after === undefined ? { entries: [], multikey: false } : indexEntries(index, after);
      noteShape(collection, index, fresh.entries, fresh.multikey);
      return { index, added: missingFrom(old, fresh.entries), removed: missingFrom(fresh.entries, old) };
    });
  }

  #assertUnique(collection: Collection, changes: readonly IndexChange[], recordId: number): void {
    for (const { index, added } of changes) {
      if (!index.unique) continue;
      for (const entry of added) {
        if (this.#isTaken(collection, index, entry, recordId)) throw duplicateKey(collection, index, entry);
      }
    }
  }

  #isTaken(collection: Collection, index: Index, entry: IndexEntry, recordId: number): boolean {
    const start = entryBound(index.id, entry.bytes);
    for (const { key } of readRange(this.#env, { start, end: afterPrefix(start) }, false, undefined)) {
      const other = recordIdOf(key);
      if (other === recordId) continue;
      const raw = readValue(this.#env, recordKey(collection.id, other), undefined);
      if (raw === undefined) continue;
      const { entries } = indexEntries(index, decodeDocument(raw));
      if (entries.some((candidate) => sameEntry(candidate, entry))) return true;
    }
    return false;
  }

  #apply(scope: WriteScope, collection: Collection, recordId: number, changes: readonly IndexChange[]): void {
    scope.touch(collection);
    for (const { index, added, removed } of changes) {
      for (const { bytes } of removed) void this.#env.remove(entryKey(index.id, bytes, recordId));
      for (const { bytes } of added) void this.#env.put(entryKey(index.id, bytes, recordId), NO_VALUE);
    }
  }
}

/** The entries of `wanted` that are not among `present`. */
function missingFrom(present: readonly IndexEntry[], wanted: IndexEntry[]): IndexEntry[] {
  if (present.length === 0) return wanted;
  return wanted.filter((entry) => !present.some((other) => isSame(other, entry)));
}

/** Bytes alone do not tell cut or rounded keys apart. */
function isSame(left: IndexEntry, right: IndexEntry): boolean {
  if (!left.bytes.equals(right.bytes)) return false;
  return (left.exact && right.exact) || sameEntry(left, right);
}

/** An index that once held several entries of a document, or a cut one, can no longer promise an order. */
function noteShape(collection: Collection, index: Index, entries: readonly IndexEntry[], multikey: boolean): void {
  const lossy = entries.some(({ exact }) => !exact);
  if ((!multikey || index.multikey) && (!lossy || index.lossy)) return;
  index.multikey ||= multikey;
  index.lossy ||= lossy;
  collection.revision += 1;
}

function duplicateKey(collection: Collection, index: Index, entry: IndexEntry): StoreError {
  const keyValue: Doc = new Map();
  for (const [at, { field }] of index.fields.entries()) {
    const value = entry.values[at];
    keyValue.set(field, value === undefined || value === EMPTY_ARRAY ? null : value);
  }
  return new StoreError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: ${showDocument(keyValue)}`,
    new Map<string, Value>([
      ["keyPattern", index.key],
      ["keyValue", keyValue],
    ]),
  );
}
