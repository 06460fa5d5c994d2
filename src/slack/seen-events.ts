/** Events that were dealt with or are being dealt with: Slack sends an event again until it is answered. */
export type SeenEvents = {
  /** Runs the work for an id once; a repetition waits for the first. Work that failed may be tried again. */
  once(id: string, work: () => Promise<void>): Promise<void>;
};

// Slack repeats within minutes and sends at most some 500 events a minute, so this is hours of memory in under a megabyte.
const REMEMBERED = 5000;

/** Creates an empty memory of events. It spares work only: the key of the command is what makes repeating safe. */
export function createSeenEvents(remembered = REMEMBERED): SeenEvents {
  const seen = new Map<string, Promise<void>>();
  return {
    once(id, work) {
      const earlier = seen.get(id);
      if (earlier !== undefined) return earlier;
      const promise = work();
      seen.set(id, promise);
      promise.catch(() => seen.delete(id));
      for (const oldest of seen.keys()) {
        if (seen.size <= remembered) break;
        seen.delete(oldest);
      }
      return promise;
    },
  };
}
