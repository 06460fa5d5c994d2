// Agenda as the heartbeat: a few recurring jobs that ask what is due. They survive restarts and crashes because they
// lie in the store, and one process takes over from another when a lock runs out.
import { MongoBackend, type MongoBackendConfig } from "@agendajs/mongo-backend";
import { Agenda } from "agenda";
import { countCalls } from "./calls-under-way.js";
import { type JobHandlers, jobsOf } from "./job-names.js";
import { watchOverdueJobs } from "./overdue-jobs.js";
import { createRunningJobs, type RunningJobs, type Touchable } from "./running-jobs.js";
import { scheduleOnce } from "./schedule-once.js";

/** The database that the jobs lie in. */
export type JobsDb = Extract<MongoBackendConfig, { readonly mongo: unknown }>["mongo"];

/** What the jobs run on, what they do and who hears of their failures. */
export type JobsOptions = {
  readonly db: JobsDb;
  /** Unlike that of any other process; locks carry it. */
  readonly processName: string;
  readonly handlers: JobHandlers;
  /** `job` is a name of a job, or "agenda" when the scheduler itself failed. */
  readonly onFault: (job: string, err: unknown) => void;
  readonly stopWithinMs?: number;
};

/** The jobs of this process. */
export type Jobs = {
  running(): number;
  /** Takes no further job, waits for those under way, frees the locks of those not begun. */
  stop(): Promise<{ readonly finished: boolean }>;
};

const COLLECTION = "agendaJobs";
const LOCK_LIFETIME_MS = 10_000;
const POLL_MS = 1_000;
const LOOK_FOR_FORGOTTEN_MS = 5_000;

/** Starts the recurring jobs; the database must be connected. */
export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { db, processName, handlers, onFault, stopWithinMs = 10_000 } = options;
  await db
    .collection(COLLECTION)
    .createIndex({ name: 1 }, { name: "one_recurring_job", unique: true, partialFilterExpression: { type: "single" } });
  const names = jobsOf(handlers);
  const backend = await connectBackend(db, onFault);
  const calls = countCalls(backend.repository);
  const agenda = new Agenda({
    backend,
    name: processName,
    processEvery: POLL_MS,
    defaultLockLifetime: LOCK_LIFETIME_MS,
    defaultLockLimit: 1,
    lockLimit: names.length,
    defaultConcurrency: 1,
  });
  agenda.on("error", (err) => onFault("agenda", err));
  const running = createRunningJobs({ touchEveryMs: LOCK_LIFETIME_MS / 3, touchAtMostMs: 60_000, onFault });
  define(agenda, handlers, running);
  await agenda.ready;
  await scheduleOnce(agenda, names);
  await agenda.start();
  const overdue = watchOverdueJobs({
    names,
    findJob: (filter) => db.collection(COLLECTION).findOne(filter),
    forgottenAfterMs: LOCK_LIFETIME_MS + LOOK_FOR_FORGOTTEN_MS,
    lookEveryMs: LOOK_FOR_FORGOTTEN_MS,
    async restart(job) {
      onFault(job, new Error("The job was due and nobody ran it; the scheduler of this process is started anew."));
      await agenda.stop(false);
      await agenda.start();
    },
  });
  return {
    running: running.count,
    async stop() {
      // A store that is away must not keep the process from stopping: its locks run out by themselves.
      const report = (err: unknown) => onFault("agenda", err);
      await overdue.stop();
      await agenda.stop(false).catch(report);
      const finished = await running.idleWithin(stopWithinMs);
      await calls.answeredWithin(stopWithinMs);
      if (finished) await unlockOwn(db, processName).catch(report);
      return { finished };
    },
  };
}

/** The one of agenda's two signatures that waits for a promise; the other is for callbacks. */
type DefineJob = (
  name: string,
  processor: (job: Touchable) => Promise<void>,
  options: { readonly concurrency: number; readonly lockLimit: number; readonly lockLifetime: number },
) => void;

function define(agenda: Agenda, handlers: JobHandlers, running: RunningJobs): void {
  const defineJob: DefineJob = agenda.define.bind(agenda);
  for (const name of jobsOf(handlers)) {
    const handler = handlers[name];
    if (handler === undefined) continue;
    defineJob(name, (job) => running.run(name, job, handler), {
      concurrency: 1,
      lockLimit: 1,
      lockLifetime: LOCK_LIFETIME_MS,
    });
  }
}

/** Agenda neither waits for `connect` nor for `unlockJob`, so a failure in one of them would end the process. */
async function connectBackend(db: JobsDb, onFault: JobsOptions["onFault"]): Promise<MongoBackend> {
  const backend = new MongoBackend({ mongo: db, collection: COLLECTION });
  await backend.connect();
  backend.connect = async () => undefined;
  const { repository } = backend;
  const unlockJob = repository.unlockJob.bind(repository);
  repository.unlockJob = (job) => unlockJob(job).catch((err: unknown) => onFault("agenda", err));
  return backend;
}

/** Locks taken by a poll that was under way while the processor stopped; a started one-off job keeps its lock. */
async function unlockOwn(db: JobsDb, processName: string): Promise<void> {
  const own = { lastModifiedBy: processName, lockedAt: { $ne: null }, nextRunAt: { $ne: null } };
  await db.collection(COLLECTION).updateMany(own, { $unset: { lockedAt: true } });
}
