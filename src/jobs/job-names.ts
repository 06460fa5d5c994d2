/** The recurring jobs; no instant of the domain is ever written to them. */
export const JOB_INTERVALS_MS = {
  "clock.tick": 1_000,
  "effects.sweep": 2_000,
  "duties.tick": 60_000,
} as const;

/** Name of a recurring job. */
export type JobName = keyof typeof JOB_INTERVALS_MS;

/** All names. */
export const JOB_NAMES = Object.keys(JOB_INTERVALS_MS) as readonly JobName[];

/** What each job does; a handler must bear running in two processes at once. */
export type JobHandlers = Readonly<Record<JobName, () => Promise<void>>>;
