// Long work gives way to other connections every few milliseconds, and stops at its time limit.
import { setImmediate as nextTurn } from "node:timers/promises";
import { StoreError } from "../store-error.js";

const SLICE_MS = 8;

/** Decides when a long piece of work pauses or has taken too long. The time a cursor waits for its client is free. */
export class Pacer {
  readonly #limitMs: number;
  #usedMs = 0;
  #startedAt = performance.now();
  #sliceEnd = performance.now() + SLICE_MS;

  /** A limit of 0 means none. */
  constructor(maxTimeMs: number) {
    this.#limitMs = maxTimeMs === 0 ? Number.POSITIVE_INFINITY : maxTimeMs;
  }

  /** Whether it is time to call `pause`. */
  get due(): boolean {
    return performance.now() >= this.#sliceEnd;
  }

  /** Lets others run, then begins a new slice. */
  async pause(): Promise<void> {
    await nextTurn();
    const now = performance.now();
    if (this.#usedMs + now - this.#startedAt > this.#limitMs) throw new StoreError(50, "operation exceeded time limit");
    this.#sliceEnd = now + SLICE_MS;
  }

  /** Stops the clock between two batches. */
  rest(): void {
    this.#usedMs += performance.now() - this.#startedAt;
  }

  /** Starts the clock again. */
  resume(): void {
    this.#startedAt = performance.now();
    this.#sliceEnd = this.#startedAt + SLICE_MS;
  }
}
