// The connection to MongoDB or to the embedded store: opened in the background, tried again for ever, and called ready
// only when the data is migrated, the unique indexes are seen and the clocks agree.
import { setTimeout } from "node:timers/promises";
import mongoose, { type Connection, type ConnectOptions } from "mongoose";
import { measureSkew, SKEW_UNHEALTHY_ABOVE_MS, SKEW_WARNS_ABOVE_MS } from "./clock-skew.js";
import { DataNewerThanProgram, type Migration, migrate } from "./migrations.js";
import { createIndexes, missingIndexes } from "./store-indexes.js";

/** What happens to the connection, for the log. */
export type StoreEvent =
  | { readonly kind: "up"; readonly ranMigrations: readonly string[] }
  | { readonly kind: "waiting"; readonly reason: string; readonly err: unknown }
  | { readonly kind: "down"; readonly reason: string; readonly err: unknown }
  | { readonly kind: "skew"; readonly skewMs: number; readonly healthy: boolean }
  | { readonly kind: "refused"; readonly reason: string; readonly err: unknown };

/** Whether the store can be relied on now, and why not. */
export type StoreReadiness = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Address, listener and pace of a connection. */
export type MongoConnectionOptions = {
  readonly uri: string;
  readonly onEvent?: (event: StoreEvent) => void;
  /** Real time in milliseconds; replaced where clock skew is tried out. */
  readonly now?: () => number;
  readonly checkEveryMs?: number;
  readonly retryEveryMs?: number;
  readonly migrations?: readonly Migration[];
};

/** A connection that may be up or down. */
export type MongoConnection = {
  readonly connection: Connection;
  ready(): StoreReadiness;
  /** Resolves at the first readiness; rejects when the store must not be used or the connection is closed first. */
  untilReady(): Promise<void>;
  /** Milliseconds by which the store's clock is ahead; null before the first measurement. */
  skewMs(): number | null;
  close(): Promise<void>;
};

const CONNECT_OPTIONS: ConnectOptions = {
  appName: "plantao",
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  serverSelectionTimeoutMS: 2_000,
  connectTimeoutMS: 2_000,
  waitQueueTimeoutMS: 2_000,
  socketTimeoutMS: 10_000,
  heartbeatFrequencyMS: 2_000,
  readPreference: "primary",
  readConcern: { level: "majority" },
  writeConcern: { w: "majority", journal: true, wtimeoutMS: 5_000 },
  // See askingTwice: the stores repeat what may be repeated.
  retryWrites: false,
  ignoreUndefined: true,
};

const REMIND_AFTER_MS = 30_000;

type State =
  | { readonly kind: "ready"; readonly ranMigrations: readonly string[] }
  | { readonly kind: "down" | "refused" | "closed"; readonly reason: string; readonly err: unknown };

/** Starts to connect and returns at once. */
export function connectMongo(options: MongoConnectionOptions): MongoConnection {
  const { uri, onEvent = () => undefined, now = Date.now, migrations } = options;
  const connection = mongoose.createConnection();
  const report = createReport(onEvent, now);
  const first = createFirstReadiness();
  let state: State = { kind: "down", reason: "connecting", err: null };
  let skew: number | null = null;
  let isOpened = false;
  let isPrepared = false;
  let pause = new AbortController();

  const enter = (next: State): void => {
    if (state.kind === "closed") return;
    report(state, next);
    state = next;
    if (next.kind === "ready") first.resolve();
    else if (next.kind !== "down") first.reject(next.err);
  };
  const lookAgain = (reason: string) => {
    isPrepared = false;
    if (state.kind !== "ready") return;
    enter({ kind: "down", reason, err: null });
    pause.abort();
  };
  // Without a listener mongoose throws; the loop below meets the same error by itself.
  connection.on("error", () => lookAgain("connection error"));
  connection.on("disconnected", () => lookAgain("disconnected"));

  const check = async (): Promise<State> => {
    // Once it is open the driver reconnects by itself; opening again would make a second client.
    if (!isOpened) await connection.openUri(uri, CONNECT_OPTIONS);
    isOpened = true;
    const ranMigrations = isPrepared ? [] : await prepare(connection, migrations);
    isPrepared = true;
    skew = await measureSkew(connection, now);
    report.skew(skew);
    if (Math.abs(skew) <= SKEW_UNHEALTHY_ABOVE_MS) return { kind: "ready", ranMigrations };
    return { kind: "down", reason: `clock differs from the store's by ${Math.round(skew)} ms`, err: null };
  };
  const watch = async (): Promise<void> => {
    while (state.kind === "ready" || state.kind === "down") {
      pause = new AbortController();
      enter(await check().catch((err: unknown) => stateOfError(err, isOpened)));
      const { checkEveryMs = 10_000, retryEveryMs = 1_000 } = options;
      const wait = state.kind === "ready" ? checkEveryMs : retryEveryMs;
      await setTimeout(wait, undefined, { signal: pause.signal, ref: false }).catch(() => undefined);
    }
  };
  const watching = watch();

  return {
    connection,
    skewMs: () => skew,
    untilReady: () => first.promise,
    ready() {
      if (state.kind !== "ready") return { ok: false, reason: state.reason };
      const isUp = connection.readyState === mongoose.ConnectionStates.connected;
      return isUp ? { ok: true } : { ok: false, reason: "disconnected" };
    },
    async close() {
      enter({ kind: "closed", reason: "closed", err: new Error("The connection to the store was closed.") });
      pause.abort();
      await connection.close();
      await watching;
    },
  };
}

/** A promise settled from outside; nobody has to wait for it. */
function createFirstReadiness() {
  let resolve: () => void = () => undefined;
  let reject: (err: unknown) => void = () => undefined;
  const promise = new Promise<void>((onReady, onRefused) => {
    [resolve, reject] = [onReady, onRefused];
  });
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}

async function prepare(connection: Connection, migrations?: readonly Migration[]): Promise<readonly string[]> {
  const ran = await migrate(connection, migrations);
  if ((await missingIndexes(connection)).length > 0) await createIndexes(connection);
  const missing = await missingIndexes(connection);
  if (missing.length > 0) throw new Error(`The store lacks the indexes ${missing.join(", ")}.`);
  return ran;
}

function stateOfError(err: unknown, isOpened: boolean): State {
  const reason = err instanceof Error ? err.message : String(err);
  const isHopeless = err instanceof DataNewerThanProgram || (!isOpened && isAddressError(err));
  return { kind: isHopeless ? "refused" : "down", reason, err };
}

/** Judged by name: the parser of connection strings throws a class of its own that has the name of the driver's. */
const isAddressError = (err: unknown): boolean => err instanceof Error && ADDRESS_ERRORS.has(err.name);

const ADDRESS_ERRORS: ReadonlySet<string> = new Set([
  "MongoParseError",
  "MongoRuntimeError",
  "MongoInvalidArgumentError",
  "MongoMissingDependencyError",
]);

function createReport(onEvent: (event: StoreEvent) => void, now: () => number) {
  let lastReason = "";
  let lastAt = 0;
  let band: "fine" | "warned" | "unhealthy" = "fine";
  const waiting = (reason: string, err: unknown) => {
    if (reason === lastReason && now() - lastAt < REMIND_AFTER_MS) return;
    [lastReason, lastAt] = [reason, now()];
    onEvent({ kind: "waiting", reason, err });
  };
  const transition = (from: State, to: State) => {
    if (to.kind === "ready") {
      lastReason = "";
      if (from.kind !== "ready") onEvent({ kind: "up", ranMigrations: to.ranMigrations });
    } else if (to.kind === "refused") onEvent({ kind: "refused", reason: to.reason, err: to.err });
    else if (to.kind === "down" && from.kind === "ready") onEvent({ kind: "down", reason: to.reason, err: to.err });
    else if (to.kind === "down") waiting(to.reason, to.err);
  };
  const skew = (skewMs: number) => {
    const size = Math.abs(skewMs);
    const next = size > SKEW_UNHEALTHY_ABOVE_MS ? "unhealthy" : size > SKEW_WARNS_ABOVE_MS ? "warned" : "fine";
    if (next !== band && next !== "fine") onEvent({ kind: "skew", skewMs, healthy: next !== "unhealthy" });
    band = next;
  };
  return Object.assign(transition, { skew });
}
