// The ordered record of what happened at a provider: what tests wait for and what the page listens to.

/** A record of entries in order. */
export interface EventLog<Entry> {
  readonly entries: readonly Entry[];
  /** Calls the listener for every new entry until the returned function is called. */
  subscribe(listener: (entry: Entry) => void): () => void;
  /** Waits for an entry, past or future, and fails with the latest ones when none comes within `ms` (default 2,000). */
  waitFor(predicate: (entry: Entry) => boolean, ms?: number, fromIndex?: number): Promise<Entry>;
}

/** The record with the functions that only the stand-in itself may use. */
export interface WritableEventLog<Entry> extends EventLog<Entry> {
  add(entry: Entry): void;
  /** Asks again at every entry until the answer is not undefined. */
  waitUntil<Answer>(ask: () => Answer | undefined, what: string, ms?: number): Promise<Answer>;
}

const usualWaitMs = 2000;

/** Creates an empty record; a lean one tells its listeners and keeps nothing. */
export function createEventLog<Entry>(lean: boolean): WritableEventLog<Entry> {
  const entries: Entry[] = [];
  const listeners = new Set<(entry: Entry) => void>();

  function subscribe(listener: (entry: Entry) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  function waitUntil<Answer>(ask: () => Answer | undefined, what: string, ms = usualWaitMs): Promise<Answer> {
    const already = ask();
    if (already !== undefined) return Promise.resolve(already);
    return new Promise((resolve, reject) => {
      const unsubscribe = subscribe(() => {
        const answer = ask();
        if (answer === undefined) return;
        clearTimeout(timer);
        unsubscribe();
        resolve(answer);
      });
      const timer = setTimeout(() => {
        unsubscribe();
        const last = entries.slice(-15).map((entry) => JSON.stringify(entry));
        reject(new Error(`There was no ${what} within ${ms} ms. The last entries were:\n${last.join("\n")}`));
      }, ms);
    });
  }

  return {
    entries,
    subscribe,
    waitUntil,
    waitFor: (predicate, ms = usualWaitMs, fromIndex = 0) =>
      waitUntil(() => entries.slice(fromIndex).find(predicate), "matching entry", ms),
    add(entry) {
      if (!lean) entries.push(entry);
      for (const listener of [...listeners]) listener(entry);
    },
  };
}
