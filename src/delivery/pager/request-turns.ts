// When a page may ask the provider. Waiting here instead of at the provider is what lets a page be dropped when
// somebody takes the incident meanwhile (invariant I2).
import type { RealTime } from "../../ports/real-time.js";
import { createTurns } from "../broadcast/turns.js";

/** Runs one request when its turn comes. */
export type RequestTurn = <T>(request: () => Promise<T>) => Promise<T>;

/** Turns for so many requests at a time, begun at least `spacingMs` apart. */
export function createRequestTurns(options: {
  readonly atOnce: number;
  readonly spacingMs: number;
  readonly realTime: Pick<RealTime, "now" | "wait">;
}): RequestTurn {
  const { atOnce, spacingMs, realTime } = options;
  const turn = createTurns(atOnce);
  const oneByOne = createTurns(1);
  let nextAt = Number.NEGATIVE_INFINITY;
  const spaced = (): Promise<void> =>
    oneByOne(async () => {
      const early = nextAt - realTime.now().getTime();
      if (early > 0) await realTime.wait(early);
      nextAt = realTime.now().getTime() + spacingMs;
    });
  return (request) =>
    turn(async () => {
      if (spacingMs > 0) await spaced();
      return request();
    });
}
