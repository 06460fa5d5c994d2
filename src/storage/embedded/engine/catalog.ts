// The collections that exist. Changes happen in memory inside a write and are put on disk by the same write.
import { StoreError } from "../store-error.js";
import { catalogRecordId, decodeCatalogRecord, decodeMeta, encodeCatalogRecord, encodeMeta } from "./catalog-record.js";
import { type Collection, databaseOf, type Index } from "./collection.js";
import { type Environment, readRange, readValue } from "./environment.js";
import { idIndex } from "./index-spec.js";
import { CATALOG_RANGE, catalogKey, META_KEY, recordIdOf, recordRange } from "./storage-keys.js";

const MAX_NAMESPACE_BYTES = 255;

/** All collections of the store. */
export class Catalog {
  readonly #env: Environment;
  #collections: Map<string, Collection>;
  #nextId: number;
  readonly #abandoned: Index[] = [];

  constructor(env: Environment) {
    this.#env = env;
    this.#collections = new Map();
    this.#nextId = 1;
    this.reload();
  }

  /** Forgets what is in memory and reads the catalog from disk; needed after a failed commit. */
  reload(): void {
    const meta = readValue(this.#env, META_KEY, undefined);
    this.#nextId = Math.max(this.#nextId, meta === undefined ? 1 : decodeMeta(meta));
    const collections = new Map<string, Collection>();
    for (const { key, value } of readRange(this.#env, CATALOG_RANGE, false, undefined)) {
      const namespace = key.toString("utf8", 1);
      const known = this.#collections.get(namespace);
      const stored = this.#lastRecordId(catalogRecordId(value)) + 1;
      const collection = decodeCatalogRecord(namespace, value, Math.max(stored, known?.nextRecordId ?? 1));
      this.#leaveUnfinished(collection);
      collections.set(namespace, collection);
    }
    this.#collections = collections;
  }

  /** Indexes whose building was interrupted, for the caller to clear. */
  takeAbandoned(): Index[] {
    return this.#abandoned.splice(0);
  }

  #leaveUnfinished(collection: Collection): void {
    const unfinished = collection.indexes.filter(({ ready }) => !ready);
    if (unfinished.length === 0) return;
    collection.indexes = collection.indexes.filter(({ ready }) => ready);
    collection.revision += 1;
    this.#abandoned.push(...unfinished);
  }

  /** The collection of that name, if it exists. */
  find(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** The collections of a database, by name. */
  list(database: string): Collection[] {
    const found = [...this.#collections.values()].filter(({ namespace }) => databaseOf(namespace) === database);
    return found.sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  /** Every collection. */
  all(): Collection[] {
    return [...this.#collections.values()];
  }

  /** The collection of that name, made when it is missing. Only inside a write. */
  ensure(namespace: string): Collection {
    const known = this.#collections.get(namespace);
    if (known !== undefined) return known;
    assertNamespace(namespace);
    const collection: Collection = {
      id: this.allocateId(),
      namespace,
      indexes: [idIndex(this.allocateId())],
      nextRecordId: 1,
      revision: 1,
      durableRevision: 0,
      writesBegun: 0,
      writesSettled: 0,
    };
    this.#collections.set(namespace, collection);
    return collection;
  }

  /** Removes a collection's record. Only inside a write, which removes the data too. */
  erase({ namespace }: Collection): void {
    void this.#env.remove(catalogKey(namespace));
    this.#collections.delete(namespace);
  }

  /** A number that no collection and no index has had. */
  allocateId(): number {
    const id = this.#nextId;
    this.#nextId += 1;
    return id;
  }

  /** Puts a collection's record into the running write. */
  store(collection: Collection): void {
    void this.#env.put(META_KEY, encodeMeta(this.#nextId));
    void this.#env.put(catalogKey(collection.namespace), encodeCatalogRecord(collection));
  }

  #lastRecordId(collectionId: number): number {
    for (const { key } of readRange(this.#env, recordRange(collectionId), true, undefined)) return recordIdOf(key);
    return 0;
  }
}

/** Refuses names that a server refuses too. */
export function assertNamespace(namespace: string): void {
  const database = databaseOf(namespace);
  const name = namespace.slice(database.length + 1);
  if (database === "" || /[\0/\\ "$]/.test(database) || Buffer.byteLength(database) > 63) {
    throw new StoreError(73, `Invalid database name: '${database}'`);
  }
  const bad = name === "" || name.includes("\0") || name.includes("$") || name.startsWith(".");
  if (bad || name.startsWith("system.") || Buffer.byteLength(namespace) > MAX_NAMESPACE_BYTES) {
    throw new StoreError(73, `Invalid namespace specified '${namespace}'`);
  }
}
