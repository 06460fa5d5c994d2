// Every change goes through here. LMDB commits many queued writes together and syncs once; a promise resolves after the
// sync, so what is acknowledged is on disk.
import { constants } from "node:os";
import { asStoreError, StoreError } from "../store-error.js";
import type { Catalog } from "./catalog.js";
import type { Collection } from "./collection.js";
import type { Environment } from "./environment.js";

/** Notes, for the running write, which collections it changes. */
export interface WriteScope {
  touch(collection: Collection): void;
}

/** Runs changes one after the other, each of them wholly or not at all. */
export class WriteQueue {
  readonly #env: Environment;
  readonly #catalog: Catalog;
  readonly #running = new Set<Promise<unknown>>();
  #recovery: Promise<void> | undefined;
  #closed = false;

  constructor(env: Environment, catalog: Catalog) {
    this.#env = env;
    this.#catalog = catalog;
  }

  /** Queues a change; `work` must check everything it may refuse before its first put. */
  run<T>(work: (scope: WriteScope) => T): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreError(91, "The embedded store is stopping"));
    const running = this.#recovery === undefined ? this.#execute(work) : this.#recovery.then(() => this.#execute(work));
    const settled = running.then(nothing, nothing).then(() => void this.#running.delete(settled));
    this.#running.add(settled);
    return running;
  }

  /** Refuses new changes and waits for those under way. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async #execute<T>(work: (scope: WriteScope) => T): Promise<T> {
    const touched = new Map<Collection, number>();
    try {
      // childTransaction takes back the writes of a callback that throws; a plain transaction keeps them.
      const result = await this.#env.childTransaction(() => {
        const value = work({ touch: (collection) => void touched.set(collection, 0) });
        this.#storeCatalog(touched);
        return value;
      });
      this.#settle(touched, true);
      return result;
    } catch (error) {
      this.#settle(touched, false);
      if (error instanceof StoreError) throw error;
      this.#recover();
      throw await commitFailure(error);
    }
  }

  /** After a failed commit, memory may hold what the disk does not: once nothing is under way, the disk is read again. */
  #recover(): void {
    if (this.#recovery !== undefined) return;
    const underWay = [...this.#running];
    const recovery = Promise.all(underWay).then(() => {
      this.#recovery = undefined;
      this.#env.resetReadTxn();
      this.#catalog.reload();
    });
    this.#recovery = recovery;
  }

  #storeCatalog(touched: Map<Collection, number>): void {
    for (const collection of touched.keys()) {
      collection.writesBegun += 1;
      touched.set(collection, collection.revision);
      if (collection.durableRevision < collection.revision && this.#catalog.find(collection.namespace) === collection) {
        this.#catalog.store(collection);
      }
    }
  }

  #settle(touched: Map<Collection, number>, stored: boolean): void {
    // Reads from here on must see this commit.
    this.#env.resetReadTxn();
    for (const [collection, revision] of touched) {
      if (revision === 0) continue;
      collection.writesSettled += 1;
      if (stored) collection.durableRevision = Math.max(collection.durableRevision, revision);
    }
  }
}

/** LMDB hides the cause of a failed commit in a promise on the error. */
async function commitFailure(error: unknown): Promise<StoreError> {
  const hidden = error instanceof Error && "commitError" in error ? error.commitError : undefined;
  const cause: unknown =
    hidden === undefined ? error : await Promise.resolve(hidden).catch((reason: unknown) => reason);
  if (isDiskFull(cause))
    return new StoreError(14031, `Nothing was stored, because the disk is full or failing: ${textOf(cause)}`);
  return asStoreError(cause);
}

/** A disk that takes only a part of a page makes LMDB report an input/output error instead of a full disk. */
function isDiskFull(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = "code" in cause ? cause.code : undefined;
  return code === constants.errno.ENOSPC || code === constants.errno.EDQUOT || code === constants.errno.EIO;
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function nothing(): void {}
