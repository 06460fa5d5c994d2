// The one place where errors of the driver become StoreFault. What matters to a person is whether a write may have
// been saved, so everything that failed after it could have been sent counts as unknown.
import { setTimeout } from "node:timers/promises";
import mongoose from "mongoose";
import { StoreFault } from "../ports/commit-store.js";
import { UnreadableEvent } from "./upcast-events.js";

const { mongo } = mongoose;

/** Server errors that arrive before the command is executed: not primary, shutting down, not authorised. */
const REFUSED_BEFORE_EXECUTION = new Set([13, 18, 91, 10107, 11600, 13435, 13436]);

/** Server errors after which a write may or may not stay: time limits, interruptions, write concern. */
const MAY_HAVE_RUN = new Set([50, 64, 189, 262, 11601, 11602]);

/** Driver errors that are raised before anything is sent. */
const RAISED_BEFORE_SENDING = new Set([
  "MongoServerSelectionError",
  "MongoWaitQueueTimeoutError",
  "MongoPoolClearedError",
  "MongoPoolClosedError",
  "MongoNotConnectedError",
  "MongoTopologyClosedError",
]);

const DUPLICATE_KEY = 11_000;
const PAUSE_BEFORE_REPEAT_MS = 50;

/** Runs a call of the driver and throws StoreFault when the store could not answer. */
export async function asking<T>(call: () => PromiseLike<T>): Promise<T> {
  try {
    return await call();
  } catch (err) {
    throw storeFaultOf(err) ?? err;
  }
}

/**
 * The same for a write that may be repeated without harm: a lost connection or a change of primary gets one more try.
 * The driver's own retry stays off, because after it a failed server selection no longer proves that nothing was sent.
 */
export async function askingTwice<T>(call: () => PromiseLike<T>): Promise<T> {
  try {
    return await asking(call);
  } catch (first) {
    if (!(first instanceof StoreFault) || !isWorthRepeating(first)) throw first;
    await setTimeout(PAUSE_BEFORE_REPEAT_MS);
    try {
      return await asking(call);
    } catch (second) {
      if (!(second instanceof StoreFault) || first.outcome === "not-saved") throw second;
      throw new StoreFault(second.code, "unknown", second.cause);
    }
  }
}

/** The fault that an error stands for; null when the store did answer, as with a duplicate key, or was not asked. */
export function storeFaultOf(err: unknown): StoreFault | null {
  if (err instanceof StoreFault) return err;
  if (err instanceof UnreadableEvent) return new StoreFault(err.code, "not-saved", err);
  if (isNotConnectedYet(err)) return new StoreFault("store_unreachable", "not-saved", err);
  if (!(err instanceof mongo.MongoError)) return null;
  // A cleared pool is refused before sending, unless the monitor interrupted commands that were under way.
  if (err.hasErrorLabel("HandshakeError") || RAISED_BEFORE_SENDING.has(err.name)) {
    return new StoreFault("store_unreachable", "not-saved", err);
  }
  if (err instanceof mongo.MongoServerError) return ofServerError(err);
  return new StoreFault("store_connection_lost", "unknown", err);
}

/** The fields of the index that a duplicate key violates; null when the error is another one. */
export function duplicateKeyOf(err: unknown): readonly string[] | null {
  if (!(err instanceof mongo.MongoServerError) || err.code !== DUPLICATE_KEY) return null;
  const pattern: unknown = err["keyPattern"];
  return typeof pattern === "object" && pattern !== null ? Object.keys(pattern) : [];
}

function isWorthRepeating(fault: StoreFault): boolean {
  return fault.code === "store_connection_lost" || fault.code.startsWith("store_refused_");
}

function ofServerError(err: InstanceType<typeof mongo.MongoServerError>): StoreFault | null {
  const code = typeof err.code === "number" ? err.code : 0;
  if (code === DUPLICATE_KEY) return null;
  if (REFUSED_BEFORE_EXECUTION.has(code)) return new StoreFault(`store_refused_${code}`, "not-saved", err);
  const unsure = MAY_HAVE_RUN.has(code) || err instanceof mongo.MongoWriteConcernError;
  return new StoreFault(`store_error_${code}`, unsure ? "unknown" : "not-saved", err);
}

function isNotConnectedYet(err: unknown): boolean {
  if (err instanceof mongoose.Error.MongooseServerSelectionError) return true;
  // mongoose gives this error no class or code of its own.
  return err instanceof mongoose.MongooseError && err.message.includes("before initial connection is complete");
}
