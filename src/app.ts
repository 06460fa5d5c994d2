// The composition root: the only place that sees every room. Configuration in, a running product out.

import type { CompanyData } from "./app-data.js";
import { loadSlackDoor, openSlackDoor } from "./app-slack.js";
import { createSystemClock, systemChance, systemTime } from "./app-time.js";
import { createWorld, type Nature, openStore } from "./app-world.js";
import { createApplication } from "./application/create-application.js";
import type { Config } from "./config/config.js";
import { createListener } from "./http/listener.js";
import { operationRoutes, type Readiness } from "./http/operation-routes.js";
import { type Jobs, startJobs } from "./jobs/start-jobs.js";
import { createLogger, type Log } from "./logging/create-logger.js";
import { createReporter } from "./logging/reporter.js";
import type { ChatRooms } from "./ports/chat-rooms.js";
import type { Pacer } from "./slack/pacer.js";

/** What tests and the sandbox replace. */
export type AppOverrides = Partial<Nature> & {
  readonly logStream?: NodeJS.WritableStream;
  /** Replaces the pacing of calls to Slack, which runs on real time. */
  readonly slackPacer?: Pacer;
  /** Called when the process cannot go on and must be started again. */
  readonly onFatal?: (reason: string) => void;
};

/** The running product. */
export type App = {
  /** Listens at once; ready when the store, the jobs and the doors are. */
  start(): Promise<{ readonly url: string }>;
  /** Resolves when everything is ready; rejects when it never will be. */
  untilReady(): Promise<void>;
  /** Refuses new work, lets running work end within bounds, closes everything. */
  stop(): Promise<void>;
  /** Does at once what the jobs would do next, and waits until nothing runs any more. */
  settle(): Promise<void>;
  /** The next instant at which any incident falls due. */
  nextWakeAt(): Promise<Date | null>;
};

// Together with the doors and the store these stay under 25 s.
const HTTP_STOP_MS = 3_000;
const IDLE_STOP_MS = 6_000;
const JOBS_STOP_MS = 4_000;
const AUDIT_EVERY_MS = 10 * 60_000;

const within = async (work: Promise<void>, ms: number): Promise<void> => {
  const patience = new AbortController();
  const bound = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    patience.signal.addEventListener("abort", () => clearTimeout(timer));
  });
  await Promise.race([work, bound]);
  patience.abort();
};

/** Builds the product from its configuration and the company's data. */
export const createApp = async (config: Config, data: CompanyData, overrides: AppOverrides = {}): Promise<App> => {
  const log: Log = createLogger({ level: config.logLevel, stream: overrides.logStream ?? process.stdout });
  const nature: Nature = {
    clock: overrides.clock ?? createSystemClock(config.clock),
    realTime: overrides.realTime ?? systemTime,
    chance: overrides.chance ?? systemChance,
  };
  const { reporter, registry } = createReporter(log);
  const owner = `${process.pid}-${nature.chance.id().slice(0, 12)}`;
  const fatal = (reason: string): void => {
    log.error("The process cannot go on.", { reason });
    overrides.onFatal?.(reason);
  };
  // The store starts in a process of its own, so loading Slack's SDK meanwhile costs no time.
  const [store] = await Promise.all([openStore(config, log, fatal), loadSlackDoor(config)]);
  const rooms = new Map<string, ChatRooms>();
  const {
    world,
    start: startWorld,
    stop: stopWorld,
  } = createWorld({ store, data, nature, reporter, log, owner, rooms });
  const application = createApplication(world);
  const slack = await openSlackDoor(config, world, application, log, overrides.slackPacer);
  if (slack !== null) rooms.set("slack", slack.rooms);

  let jobs: Jobs | null = null;
  let stopping = false;
  let lastAuditAt = 0;
  const storeIsFit = (): boolean => store.mongo.ready().ok;

  const readiness = (): Readiness => {
    const stored = store.mongo.ready();
    const checks = {
      store: stored.ok ? "ok" : stored.reason,
      jobs: jobs === null ? "not started yet" : "ok",
      ...(slack === null ? {} : { slack: slack.check() }),
      ...(stopping ? { process: "stopping" } : {}),
    };
    return {
      ready: Object.values(checks).every((check) => check === "ok"),
      checks: { ...checks, kind: `${config.store.kind} store` },
    };
  };

  const unserved = { method: "POST", path: "/slack/events", machine: true } as const;
  const listener = createListener({
    routes: [
      ...operationRoutes({ readiness, metrics: registry }),
      ...(slack === null ? [] : [{ ...unserved, handle: slack.requestListener }]),
    ],
    onError: ({ path, err }) => log.error("An answer failed.", { path, err }),
  });

  const audit = async (): Promise<void> => {
    const now = nature.realTime.now().getTime();
    if (now - lastAuditAt < AUDIT_EVERY_MS) return;
    lastAuditAt = now;
    await application.audit();
  };
  // A store whose clock differs too much, or that is away, must not be acted upon.
  const ifFit = (work: () => Promise<unknown>) => async (): Promise<void> => {
    if (storeIsFit() && !stopping) await work();
  };

  const begin = async (): Promise<void> => {
    await store.mongo.untilReady();
    await startWorld();
    slack?.start();
    const { db } = store.mongo.connection;
    if (db === undefined) throw new Error("The store is ready but has no database.");
    jobs = await startJobs({
      db,
      processName: owner,
      stopWithinMs: JOBS_STOP_MS,
      handlers: {
        "clock.tick": ifFit(application.tick),
        "effects.sweep": ifFit(application.sweep),
        "duties.tick": ifFit(audit),
      },
      onFault: (job, err) => log.error("A job failed.", { job, err }),
    });
    log.info("Plantão is at work.", { store: config.store.kind });
  };
  const beginning = { promise: Promise.resolve() };

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await listener.stop(HTTP_STOP_MS);
    await slack?.stop();
    application.stop();
    await within(application.idle(), IDLE_STOP_MS);
    await jobs?.stop();
    stopWorld();
    await store.close();
  };

  return {
    start: async () => {
      for (const announcement of config.announcements) log.info(announcement);
      const { url } = await listener.start(config.http).catch(async (err: unknown) => {
        // The store is running already, and would keep a process alive that nobody can reach.
        await stop();
        throw err;
      });
      beginning.promise = begin();
      beginning.promise.catch((err: unknown) => {
        if (stopping) return;
        log.error("The start failed.", { err });
        overrides.onFatal?.(err instanceof Error ? err.message : String(err));
      });
      return { url };
    },
    untilReady: async () => {
      await beginning.promise;
    },
    stop,
    settle: async () => {
      await application.idle();
      for (let work = 1; work > 0; ) {
        work = (await application.sweep()) + (await application.tick());
        // What was armed for this instant fires in a turn of its own.
        await new Promise((resolve) => setImmediate(resolve));
        await application.idle();
      }
    },
    nextWakeAt: () => world.index.earliestWake(),
  };
};
