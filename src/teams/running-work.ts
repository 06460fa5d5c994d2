/** Work that goes on after an activity was answered, so that a stop can wait for it. */
export type RunningWork = {
  /** Remembers the work until it ends and returns it. */
  add<T>(work: Promise<T>): Promise<T>;
  /** Waits until nothing runs, at most `boundMs`. */
  settle(boundMs: number): Promise<void>;
};

/** Creates an empty set of running work. */
export function createRunningWork(): RunningWork {
  const running = new Set<Promise<unknown>>();
  return {
    add(work) {
      running.add(work);
      const forget = (): void => {
        running.delete(work);
      };
      work.then(forget, forget);
      return work;
    },
    async settle(boundMs) {
      let timer: NodeJS.Timeout | undefined;
      const bound = new Promise<"late">((resolve) => {
        timer = setTimeout(() => resolve("late"), boundMs);
      });
      // Work that ends may have started more.
      while (running.size > 0 && (await Promise.race([bound, Promise.allSettled([...running])])) !== "late");
      clearTimeout(timer);
    },
  };
}
