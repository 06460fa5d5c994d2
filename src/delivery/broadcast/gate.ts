// The pace of one provider's line: closed while the provider wants to be left alone, and while it refuses the account.
import type { RealTime } from "../../ports/real-time.js";

/** Whether requests may begin. */
export type Gate = {
  /** How long it stays closed, in milliseconds. */
  closedForMs(): number;
  /** Waits for it to open, at most so long; false when it is closed for longer. */
  openWithin(ms: number): Promise<boolean>;
  /** Closes it for a while; a shorter time than the present one changes nothing. */
  hold(ms: number): void;
  /** The account is refused: closed until the next probe, and alarmed once until a request gets through. */
  refuse(code: string): void;
  /** A request got through. */
  pass(): void;
  /** The account was refused last time: one request is tried before all others. */
  isProbing(): boolean;
};

const PROBE_EVERY_MS = 60_000;

/** Creates an open gate; `onRefused` hears of a refused account once, `onRestored` when it works again. */
export const createGate = (options: {
  readonly realTime: Pick<RealTime, "now" | "wait">;
  readonly onRefused: (code: string) => void;
  readonly onRestored: () => void;
}): Gate => {
  const { realTime, onRefused, onRestored } = options;
  let closedUntil = 0;
  let refused = false;
  const closedForMs = (): number => Math.max(0, closedUntil - realTime.now().getTime());
  const hold = (ms: number): void => {
    closedUntil = Math.max(closedUntil, realTime.now().getTime() + ms);
  };
  return {
    closedForMs,
    hold,
    isProbing: () => refused,
    async openWithin(ms) {
      // Others may close it again while this one waits.
      for (let left = ms, closed = closedForMs(); closed > 0; closed = closedForMs()) {
        if (closed > left) return false;
        left -= closed;
        await realTime.wait(closed);
      }
      return true;
    },
    refuse(code) {
      hold(PROBE_EVERY_MS);
      if (!refused) onRefused(code);
      refused = true;
    },
    pass() {
      if (refused) onRestored();
      refused = false;
    },
  };
};
