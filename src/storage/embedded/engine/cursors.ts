// Open cursors: result streams that a client fetches batch by batch.
import { randomInt } from "node:crypto";
import { StoreError } from "../store-error.js";
import type { Pacer } from "./pacer.js";

const IDLE_LIMIT_MS = 10 * 60_000;
const MOST_OPEN = 500;
/** A server sends up to 16 MB; smaller batches keep the memory of the process small. */
const MAX_BATCH_BYTES = 2 * 1024 * 1024;
const FIRST_BATCH = 101;

/** Encoded documents, one after the other. */
export type ResultStream = AsyncIterator<Buffer, void, undefined>;

/** One batch of a cursor. */
export interface Batch {
  documents: Buffer[];
  /** 0 when there is nothing more. */
  cursorId: bigint;
}

/** A stream to be fetched in batches. */
export interface CursorRequest {
  namespace: string;
  stream: ResultStream;
  /** Keeps the time of the work on the stream. */
  pacer: Pacer;
  /** Undefined means the default. */
  batchSize: number | undefined;
  /** Only one batch is wanted. */
  single: boolean;
}

interface OpenCursor {
  id: bigint;
  namespace: string;
  stream: ResultStream;
  pacer: Pacer;
  /** Read ahead to know whether anything is left. */
  next: Buffer;
  usedAt: number;
  busy: boolean;
}

/** The open cursors of a store. */
export class Cursors {
  readonly #open = new Map<bigint, OpenCursor>();

  /** Fetches the first batch and keeps the rest. */
  async first({ namespace, stream, pacer, batchSize, single }: CursorRequest): Promise<Batch> {
    const { documents, next } = await fill(stream, batchSize ?? FIRST_BATCH, undefined);
    if (next === undefined) return { documents, cursorId: 0n };
    if (single) {
      await stream.return?.();
      return { documents, cursorId: 0n };
    }
    this.#makeRoom();
    pacer.rest();
    const id = this.#freshId();
    this.#open.set(id, { id, namespace, stream, pacer, next, usedAt: Date.now(), busy: false });
    return { documents, cursorId: id };
  }

  /** Fetches a further batch. */
  async more(namespace: string, id: bigint, batchSize: number | undefined): Promise<Batch> {
    const cursor = this.#claim(namespace, id);
    cursor.pacer.resume();
    try {
      const { documents, next } = await fill(cursor.stream, batchSize ?? Number.POSITIVE_INFINITY, cursor.next);
      cursor.pacer.rest();
      if (next === undefined) this.#open.delete(id);
      else Object.assign(cursor, { next, usedAt: Date.now(), busy: false });
      return { documents, cursorId: next === undefined ? 0n : id };
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
  }

  #claim(namespace: string, id: bigint): OpenCursor {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw new StoreError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new StoreError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    if (cursor.busy) throw new StoreError(12051, `cursor id ${id} is already in use`);
    cursor.busy = true;
    return cursor;
  }

  /** Closes a cursor; false when it was not open. */
  async kill(id: bigint): Promise<boolean> {
    const cursor = this.#open.get(id);
    if (cursor === undefined) return false;
    this.#open.delete(id);
    await cursor.stream.return?.();
    return true;
  }

  /** Closes cursors nobody has used for ten minutes. */
  async closeIdle(now: number): Promise<void> {
    for (const cursor of this.#open.values()) if (now - cursor.usedAt > IDLE_LIMIT_MS) await this.kill(cursor.id);
  }

  /** Closes everything. */
  async closeAll(): Promise<void> {
    for (const id of [...this.#open.keys()]) await this.kill(id);
  }

  /** A forgotten cursor holds a view of the data on disk, so their number is bounded: the longest unused one goes. */
  #makeRoom(): void {
    if (this.#open.size < MOST_OPEN) return;
    const [oldest] = [...this.#open.values()].filter(({ busy }) => !busy).sort((a, b) => a.usedAt - b.usedAt);
    if (oldest !== undefined) void this.kill(oldest.id);
  }

  #freshId(): bigint {
    for (;;) {
      const id = BigInt(randomInt(1, 2 ** 47)) * 65536n + BigInt(randomInt(65536));
      if (!this.#open.has(id)) return id;
    }
  }
}

async function fill(
  stream: ResultStream,
  size: number,
  first: Buffer | undefined,
): Promise<{ documents: Buffer[]; next: Buffer | undefined }> {
  const documents: Buffer[] = [];
  let bytes = 0;
  let next = first;
  for (;;) {
    if (next === undefined) {
      const result = await stream.next();
      if (result.done) return { documents, next: undefined };
      next = result.value;
    }
    if (documents.length >= size || (bytes > 0 && bytes + next.length > MAX_BATCH_BYTES)) return { documents, next };
    documents.push(next);
    bytes += next.length;
    next = undefined;
  }
}
