// The composition root: the only place that sees every room. Configuration in, a running product out.

import { openCustomers } from "./app-customers.js";
import type { CompanyData } from "./app-data.js";
import { openPhones, phoneRoutes } from "./app-phones.js";
import { loadSlackDoor, openSlackDoor } from "./app-slack.js";
import { loadTeamsDoor, openTeamsDoor } from "./app-teams.js";
import { createSystemClock, systemChance, systemTime } from "./app-time.js";
import { createWorld, type Nature, openStore } from "./app-world.js";
import { createApplication } from "./application/create-application.js";
import type { Config } from "./config/config.js";
import type { Paces } from "./delivery/broadcast/send-deps.js";
import { createListener } from "./http/listener.js";
import { operationRoutes, type Readiness } from "./http/operation-routes.js";
import { type Jobs, startJobs } from "./jobs/start-jobs.js";
import { createLogger, type Log } from "./logging/create-logger.js";
import { createReporter } from "./logging/reporter.js";
import type { ChatRooms } from "./ports/chat-rooms.js";
import type { Pacer } from "./slack/pacer.js";
import type { Pacer as TeamsPacer } from "./teams/pacer.js";

/** What tests and the sandbox replace. */
export type AppOverrides = Partial<Nature> & {
  readonly logStream?: NodeJS.WritableStream;
  /** Replaces the pacing of calls to Slack, which runs on real time. */
  readonly slackPacer?: Pacer;
  readonly teamsPacer?: TeamsPacer;
  /** Replaces the spans of real time that the delivery to customers keeps. */
  readonly deliveryPaces?: Paces;
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
  // The store starts in a process of its own, so loading the platforms' SDKs meanwhile costs no time.
  const [store] = await Promise.all([openStore(config, log, fatal), loadSlackDoor(config), loadTeamsDoor(config)]);
  const rooms = new Map<string, ChatRooms>();
  const {
    world,
    start: startWorld,
    stop: stopWorld,
  } = createWorld({ store, data, nature, reporter, log, owner, rooms });
  const customers = openCustomers(config, world, store.mongo, log, overrides.deliveryPaces);
  const phones = openPhones(config, world, store.mongo);
  const { broadcasting, outreach } = customers;
  const reaching = {
    ...world,
    outreach,
    delivery: broadcasting.delivery,
    ...(phones === null ? {} : { pager: phones.pager }),
  };
  const application = createApplication(reaching);
  const slack = await openSlackDoor(config, reaching, application, log, overrides.slackPacer);
  if (slack !== null) rooms.set("slack", slack.rooms);
  const teams = await openTeamsDoor(config, reaching, application, log, store.mongo, overrides.teamsPacer);
  if (teams !== null) rooms.set("teams", teams.rooms);

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
      ...(teams === null ? {} : { teams: teams.check() }),
      ...(stopping ? { process: "stopping" } : {}),
    };
    return {
      ready: Object.values(checks).every((check) => check === "ok"),
      checks: { ...checks, kind: `${config.store.kind} store` },
    };
  };

  const byMachine = { method: "POST", machine: true } as const;
  const listener = createListener({
    routes: [
      ...operationRoutes({ readiness, metrics: registry }),
      ...customers.routes,
      ...phoneRoutes(
        config,
        phones,
        application,
        { optOuts: customers.optOuts, takers: [broadcasting.takeTextStatus] },
        log,
      ),
      ...(slack === null ? [] : [{ ...byMachine, path: "/slack/events", handle: slack.requestListener }]),
      ...(teams === null ? [] : [{ ...byMachine, path: "/api/messages", handle: teams.requestListener }]),
    ],
    onError: ({ path, err }) => log.error("An answer failed.", { path, err }),
  });

  const audit = async (): Promise<void> => {
    const now = nature.realTime.now().getTime();
    if (now - lastAuditAt < AUDIT_EVERY_MS) return;
    lastAuditAt = now;
    await application.audit();
  };
  const deliver = async (): Promise<number> =>
    (await broadcasting.deliverBatch()) + (await application.reportDeliveries());
  // A store whose clock differs too much, or that is away, must not be acted upon.
  const ifFit = (work: () => Promise<unknown>) => async (): Promise<void> => {
    if (storeIsFit() && !stopping) await work();
  };

  const begin = async (): Promise<void> => {
    await store.mongo.untilReady();
    await startWorld();
    await customers.start();
    slack?.start();
    teams?.start();
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
        "delivery.batch": ifFit(deliver),
        "delivery.reconcile": ifFit(broadcasting.reconcile),
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
    await Promise.all([slack?.stop(), teams?.stop()]);
    application.stop();
    await within(
      Promise.all([application.idle(), customers.stop()]).then(() => undefined),
      IDLE_STOP_MS,
    );
    phones?.stop();
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
      await teams?.idle();
      await application.idle();
      for (let work = 1; work > 0; ) {
        work = (await application.sweep()) + (await application.tick()) + (await deliver());
        work += await broadcasting.reconcile();
        // What was armed for this instant fires in a turn of its own.
        await new Promise((resolve) => setImmediate(resolve));
        await Promise.all([application.idle(), broadcasting.idle()]);
      }
    },
    nextWakeAt: () => world.index.earliestWake(),
  };
};
