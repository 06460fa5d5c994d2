// The adapters behind the ports, made from the configuration and the company's data.

import type { CompanyData } from "./app-data.js";
import type { World } from "./application/create-application.js";
import type { Config } from "./config/config.js";
import type { Log } from "./logging/create-logger.js";
import type { Chance } from "./ports/chance.js";
import type { ChatRooms } from "./ports/chat-rooms.js";
import type { Clock } from "./ports/clock.js";
import type { RealTime } from "./ports/real-time.js";
import type { Reporter } from "./ports/reporter.js";
import { connectMongo, type MongoConnection, type StoreEvent } from "./storage/connect-mongo.js";
import { startEmbeddedStore } from "./storage/embedded/start-embedded-store.js";
import { importCatalogue } from "./storage/import-catalogue.js";
import { importPeople } from "./storage/import-people.js";
import { createMongoCatalogue } from "./storage/mongo-catalogue.js";
import { createMongoClaims } from "./storage/mongo-claims.js";
import { createMongoCommitStore } from "./storage/mongo-commit-store.js";
import { createMongoDirectory } from "./storage/mongo-directory.js";
import { createMongoEffectLedger } from "./storage/mongo-effect-ledger.js";
import { createMongoIncidentIndex } from "./storage/mongo-incident-index.js";
import { createMongoPlaces } from "./storage/mongo-places.js";
import { createMongoPolicies } from "./storage/mongo-policies.js";

/** Time and chance, replaced by tests and by the sandbox. */
export type Nature = { readonly clock: Clock; readonly realTime: RealTime; readonly chance: Chance };

/** The store under the application: its connection, and the child process when it is embedded. */
export type StoreLine = { readonly mongo: MongoConnection; readonly close: () => Promise<void> };

const reportStore = (log: Log) => (event: StoreEvent) => {
  switch (event.kind) {
    case "up":
      return log.info("The store is ready.", { migrations: event.ranMigrations });
    case "waiting":
      return log.warn("The store cannot be used yet; trying again.", { reason: event.reason });
    case "down":
      return log.error("The store went away; trying again.", { reason: event.reason });
    case "skew":
      return event.healthy
        ? log.warn("This clock differs from the store's.", { skewMs: event.skewMs })
        : log.error("This clock differs too much from the store's; time-driven work waits.", { skewMs: event.skewMs });
    case "refused":
      return log.error("The store must not be used.", { reason: event.reason, err: event.err });
  }
};

/** Starts to connect to the configured store. */
export const openStore = async (
  config: Pick<Config, "store">,
  log: Log,
  lost: (reason: string) => void,
): Promise<StoreLine> => {
  const onEvent = reportStore(log);
  if (config.store.kind === "mongodb") {
    const mongo = connectMongo({ uri: config.store.uri.reveal(), onEvent });
    return { mongo, close: () => mongo.close() };
  }
  let closing = false;
  const embedded = await startEmbeddedStore({
    dataDir: config.store.dataDir,
    onExit: ({ code, signal }) => {
      if (!closing) lost(`the embedded store ended (code ${code}, signal ${signal})`);
    },
  });
  const mongo = connectMongo({ uri: embedded.uri, onEvent });
  const close = async (): Promise<void> => {
    closing = true;
    await mongo.close();
    await embedded.stop();
  };
  return { mongo, close };
};

/** The ports on a store, and what has to be started and stopped with them. */
export type WorldLine = { readonly world: World; readonly start: () => Promise<void>; readonly stop: () => void };

/** Makes the ports. */
export const createWorld = (options: {
  readonly store: StoreLine;
  readonly data: CompanyData;
  readonly nature: Nature;
  readonly reporter: Reporter;
  readonly log: Log;
  readonly owner: string;
  readonly rooms: ReadonlyMap<string, ChatRooms>;
}): WorldLine => {
  const { store, data, nature, reporter, log, owner, rooms } = options;
  const { mongo } = store;
  const live = (what: string) => ({
    onFault: (err: unknown) => log.warn("What is kept in memory could not be read again.", { what, err }),
  });
  const policies = createMongoPolicies(mongo, data.policy);
  const directory = createMongoDirectory(mongo, live("directory"));
  const catalogue = createMongoCatalogue(mongo, live("catalogue"));
  const world: World = {
    ...nature,
    commits: createMongoCommitStore(mongo),
    index: createMongoIncidentIndex(mongo, nature.clock),
    ledger: createMongoEffectLedger(mongo),
    places: createMongoPlaces(mongo),
    claims: createMongoClaims(mongo),
    directory,
    catalogue,
    policies,
    reporter,
    owner,
    rooms,
  };
  const start = async (): Promise<void> => {
    await policies.start();
    if (data.people !== null) await importPeople(mongo, data.people);
    if (data.customers !== null) {
      for (const { contractId, version } of await importCatalogue(mongo, data.customers)) {
        log.error(
          "A stored contract version differs from the file; the stored terms stay. Give the new terms a new version.",
          { contractId, version },
        );
      }
    }
    await directory.start();
    await catalogue.start();
  };
  const stop = (): void => {
    directory.stop();
    catalogue.stop();
  };
  return { world, start, stop };
};
