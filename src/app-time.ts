// The only place that reads the system's clock and dice for the rest of the product.
import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Chance } from "./ports/chance.js";
import type { Clock } from "./ports/clock.js";
import type { RealTime } from "./ports/real-time.js";

// Longer timers overflow and fire at once.
const LONGEST_TIMER_MS = 2_000_000_000;

/** A clock that runs `speed` times as fast as real time, from `startAt` or from now. */
export const createSystemClock = ({
  speed,
  startAt,
}: {
  readonly speed: number;
  readonly startAt: Date | null;
}): Clock => {
  const realStart = Date.now();
  const domainStart = startAt?.getTime() ?? realStart;
  const now = (): Date => new Date(domainStart + (Date.now() - realStart) * speed);
  const at = (instant: Date, fire: () => void): (() => void) => {
    let timer: NodeJS.Timeout | undefined;
    const arm = (): void => {
      const left = Math.ceil((instant.getTime() - now().getTime()) / speed);
      timer =
        left <= 0
          ? setTimeout(fire, 0)
          : setTimeout(left > LONGEST_TIMER_MS ? arm : fireOrWait, Math.min(left, LONGEST_TIMER_MS));
      timer.unref();
    };
    // Timers may fire a millisecond early; firing before the instant would find nothing due.
    const fireOrWait = (): void => (now().getTime() >= instant.getTime() ? fire() : arm());
    arm();
    return () => clearTimeout(timer);
  };
  return { now, after: (realMs) => new Date(now().getTime() + realMs * speed), at };
};

/** Real time. */
export const systemTime: RealTime = {
  now: () => new Date(),
  wait: async (ms) => {
    await wait(ms);
  },
  every: (ms, work) => {
    const timer = setInterval(() => void work(), ms).unref();
    return () => clearInterval(timer);
  },
};

/** Chance from the operating system. */
export const systemChance: Chance = {
  id: () => BigInt(`0x${randomBytes(16).toString("hex")}`).toString(36),
  fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
};
