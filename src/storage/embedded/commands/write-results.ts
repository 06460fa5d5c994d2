// The parts that the replies of insert, update and delete share.
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { asStoreError, StoreError } from "../store-error.js";

const MAX_BATCH = 100_000;

/** Refuses batches a server refuses. */
export function assertBatchSize(size: number): void {
  if (size >= 1 && size <= MAX_BATCH) return;
  throw new StoreError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${size} operations.`);
}

/** Collects the failures of single statements. */
export class WriteErrors {
  readonly #errors: Doc[] = [];

  /** Notes a failed statement; what is not a refusal of this one statement is thrown on. */
  add(index: number, error: unknown): void {
    const { code, message, details } = asStoreError(error);
    const entry: Doc = new Map<string, Value>([
      ["index", index],
      ["code", code],
      ["errmsg", message],
    ]);
    for (const [name, value] of details) if (isDoc(value)) entry.set(name, value);
    this.#errors.push(entry);
  }

  /** Whether anything failed. */
  get any(): boolean {
    return this.#errors.length > 0;
  }

  /** Adds the failures to a reply, if there are any. */
  addTo(reply: Doc): Doc {
    if (this.any) reply.set("writeErrors", this.#errors);
    return reply;
  }
}
