// Agenda forgets a job whose lock runs out between taking and running it, as when the machine sleeps, and then never
// takes it again in this process. So somebody looks whether a job is due that nobody runs.
import type { JobName } from "./job-names.js";

/** What the watch looks at and whom it calls. */
export type OverdueJobsOptions = {
  /** The jobs that run in this process; those of a part that is off are nobody's here. */
  readonly names: readonly JobName[];
  /** Finds a row of the scheduler. */
  readonly findJob: (
    filter: Readonly<Record<string, unknown>>,
  ) => Promise<{ readonly [field: string]: unknown } | null>;
  /** A lock older than this and an instant further back than this mean that nobody is going to run the job. */
  readonly forgottenAfterMs: number;
  readonly lookEveryMs: number;
  /** Makes the scheduler of this process start anew. */
  readonly restart: (job: string) => Promise<void>;
};

/** The watch; after `stop` it restarts nothing any more. */
export type OverdueJobs = { stop(): Promise<void> };

/** Looks for forgotten jobs until it is stopped. */
export function watchOverdueJobs(options: OverdueJobsOptions): OverdueJobs {
  const { names, findJob, forgottenAfterMs, lookEveryMs, restart } = options;
  // Right after a sleep every job is overdue; only what the polls since then have not taken is forgotten.
  let suspected: string | null = null;
  let looking: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    const before = new Date(Date.now() - forgottenAfterMs);
    const free = { $or: [{ lockedAt: null }, { lockedAt: { $lt: before } }] };
    const found = await findJob({ name: { $in: [...names] }, nextRunAt: { $lt: before }, ...free });
    const name: string | null = found === null ? null : String(found["name"]);
    const isForgotten = name !== null && name === suspected;
    suspected = isForgotten ? null : name;
    if (isForgotten) await restart(name);
  };
  const timer = setInterval(() => {
    // A store that is away is reported by the jobs themselves.
    looking = looking.then(look).catch(() => undefined);
  }, lookEveryMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return looking;
    },
  };
}
