// Counts the handlers that run in this process, keeps their locks alive, and lets a stop wait for them.
import { setTimeout } from "node:timers/promises";

/** A job under way, as far as its lock is concerned. */
export type Touchable = { touch(): Promise<void> };

/** The handlers that run now. */
export type RunningJobs = {
  count(): number;
  run(name: string, job: Touchable, handler: () => Promise<void>): Promise<void>;
  /** True when none is left within the time. */
  idleWithin(ms: number): Promise<boolean>;
};

/** How often locks are renewed, until when, and who hears of failures. */
export type RunningJobsOptions = {
  readonly touchEveryMs: number;
  /** A handler that hangs loses its lock after this long, so that another process goes on. */
  readonly touchAtMostMs: number;
  readonly onFault: (job: string, err: unknown) => void;
};

/** Creates the counter. */
export function createRunningJobs({ touchEveryMs, touchAtMostMs, onFault }: RunningJobsOptions): RunningJobs {
  const running = new Set<Promise<void>>();

  const keepAlive = (name: string, job: Touchable) => {
    const touchUntil = Date.now() + touchAtMostMs;
    return setInterval(() => {
      if (Date.now() < touchUntil) job.touch().catch((err: unknown) => onFault(name, err));
    }, touchEveryMs);
  };

  return {
    count: () => running.size,
    async run(name, job, handler) {
      const lock = keepAlive(name, job);
      const done = handler()
        .catch((err: unknown) => onFault(name, err))
        .finally(() => {
          clearInterval(lock);
          running.delete(done);
        });
      running.add(done);
      await done;
    },
    async idleWithin(ms) {
      const late = new AbortController();
      const timeout = setTimeout(ms, "late", { signal: late.signal }).catch(() => "late");
      const outcome = await Promise.race([Promise.all(running).then(() => "idle"), timeout]);
      late.abort();
      return outcome === "idle";
    },
  };
}
