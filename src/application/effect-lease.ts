// The right to perform effects: one process has it at a time, keeps it while it works, and stops when it lost it.
import type { RealTime } from "../ports/real-time.js";

/** How long a process keeps effects to itself without renewing (real time); after a death another takes over. */
export const EFFECT_LEASE_MS = 15_000;

/** A lease as it was taken. */
export type EffectLease = {
  readonly until: Date;
  /** Extends it in the store; false when another process has it now. */
  readonly renew: (until: Date) => Promise<boolean>;
};

/** Does work while the lease is held; `held` is to be asked before each step and answers false once it is lost. */
export const whileHeld = async (
  { until, renew }: EffectLease,
  realTime: RealTime,
  work: (held: () => Promise<boolean>) => Promise<void>,
): Promise<void> => {
  let end = until.getTime();
  let lost = false;
  const left = (): number => end - realTime.now().getTime();
  const extend = async (): Promise<void> => {
    const next = realTime.now().getTime() + EFFECT_LEASE_MS;
    try {
      if (await renew(new Date(next))) end = next;
      else lost = true;
    } catch {
      // The store is away: what was granted still holds, and whoever does the work meets and reports the same fault.
    }
  };
  const held = async (): Promise<boolean> => {
    if (!lost && left() < EFFECT_LEASE_MS / 2) await extend();
    return !lost && left() > 0;
  };
  // One step may outlive the lease when the platform is slow.
  const endRenewal = realTime.every(EFFECT_LEASE_MS / 3, held);
  try {
    await work(held);
  } finally {
    endRenewal();
  }
};
