// Work that goes on after an answer was given: tracked so that a stop can wait for it, in order for each incident.

/** Runs work in the background, one piece at a time for each key. */
export type RunningWork = {
  /** Queues work behind whatever runs for the key; failures are the work's own to report. */
  run(key: string, work: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is running any more. */
  idle(): Promise<void>;
  count(): number;
};

/** Creates an empty set of running work. */
export const createRunningWork = (): RunningWork => {
  const tails = new Map<string, Promise<void>>();
  const run = (key: string, work: () => Promise<void>): Promise<void> => {
    const before = tails.get(key) ?? Promise.resolve();
    const tail = before.then(work, work).finally(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    tails.set(key, tail);
    // The caller may not care; an unheard rejection must not end the process, so the chain swallows it here.
    tail.catch(() => undefined);
    return tail;
  };
  const idle = async (): Promise<void> => {
    while (tails.size > 0) await Promise.allSettled([...tails.values()]);
  };
  return { run, idle, count: () => tails.size };
};
