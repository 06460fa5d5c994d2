/** The recurring jobs; no instant of the domain is ever written to them. */
export const JOB_INTERVALS_MS = {
  "clock.tick": 1_000,
  "effects.sweep": 2_000,
  "duties.tick": 60_000,
  "delivery.batch": 2_000,
  "delivery.reconcile": 10_000,
} as const;

/** Name of a recurring job. */
export type JobName = keyof typeof JOB_INTERVALS_MS;

/** Jobs of a part that an installation may not have. */
type OptionalJobName = "delivery.batch" | "delivery.reconcile";

/** All names. */
export const JOB_NAMES = Object.keys(JOB_INTERVALS_MS) as readonly JobName[];

/** What each job does; a handler must bear running in two processes at once. Jobs without a handler do not run here. */
export type JobHandlers = Readonly<Record<Exclude<JobName, OptionalJobName>, () => Promise<void>>> &
  Readonly<Partial<Record<OptionalJobName, () => Promise<void>>>>;

/** The jobs that run in this process. */
export const jobsOf = (handlers: JobHandlers): readonly JobName[] =>
  JOB_NAMES.filter((name) => handlers[name] !== undefined);
