/** Messages that were dealt with or are being dealt with; it spares a second reply, and the command's key the rest. */
export type SeenActivities = {
  /** Runs the work for a key once; a repetition waits for the first. Work that failed may be tried again. */
  once(key: string, work: () => Promise<void>): Promise<void>;
};

// Repetitions come within seconds, so this is far more than is needed and still little memory.
const REMEMBERED = 5000;

/** Creates an empty memory of messages. */
export function createSeenActivities(remembered = REMEMBERED): SeenActivities {
  const seen = new Map<string, Promise<void>>();
  return {
    once(key, work) {
      const earlier = seen.get(key);
      if (earlier !== undefined) return earlier;
      const promise = work();
      seen.set(key, promise);
      promise.catch(() => seen.delete(key));
      for (const oldest of seen.keys()) {
        if (seen.size <= remembered) break;
        seen.delete(oldest);
      }
      return promise;
    },
  };
}
