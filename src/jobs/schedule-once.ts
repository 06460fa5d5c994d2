// Creates the recurring jobs. A job that exists with the right interval is left alone: saving it again would free the
// lock of a run that is under way in another process.
import type { Agenda } from "agenda";
import { JOB_INTERVALS_MS, type JobName } from "./job-names.js";

/** Schedules what is missing or has another interval; the same in two processes at once makes one job. */
export async function scheduleOnce(agenda: Agenda, names: readonly JobName[]) {
  for (const name of names) {
    if (await isScheduled(agenda, name, JOB_INTERVALS_MS[name])) continue;
    try {
      await agenda.every(JOB_INTERVALS_MS[name], name);
    } catch (err) {
      // The unique index stops the second of two processes that create it together.
      if (!isDuplicateKey(err)) throw err;
    }
  }
}

async function isScheduled(agenda: Agenda, name: JobName, intervalMs: number): Promise<boolean> {
  const { jobs } = await agenda.queryJobs({ name, limit: 1 });
  const [job] = jobs;
  return job !== undefined && String(job.repeatInterval) === String(intervalMs) && job.nextRunAt !== null;
}

const isDuplicateKey = (err: unknown): boolean => err instanceof Error && "code" in err && err.code === 11000;
