// Commands about one incident take turns within this process, so that a room full of people does not run into conflicts.
// A courtesy only: what is right is decided by the store, and other processes take no turns with this one.
import type { RealTime } from "../ports/real-time.js";

/** Runs work behind whatever runs for the key, and answers its outcome. */
export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** Whoever is in front may hang on a store that does not answer; nobody has to hang with it. */
const LONGEST_WAIT_MS = 1_000;

/** Makes the turns. */
export const makeTurns = (realTime: Pick<RealTime, "wait">): Turns => {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key);
    const mine = before === undefined ? work() : Promise.race([before, realTime.wait(LONGEST_WAIT_MS)]).then(work);
    const tail = Promise.allSettled([mine]);
    tails.set(key, tail);
    try {
      return await mine;
    } finally {
      if (tails.get(key) === tail) tails.delete(key);
    }
  };
};
