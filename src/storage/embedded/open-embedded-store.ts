// The embedded store inside the calling process: what the child process runs, and what unit tests use.
import { access, constants, mkdir } from "node:fs/promises";
import { runCommand } from "./commands/run-command.js";
import { closeEngine, type Engine, openEngine } from "./engine/engine.js";
import { sweepExpired } from "./engine/ttl-sweep.js";
import { lockDirectory } from "./lock-file.js";
import { makeSocketPath, removeSocketPath } from "./socket-directory.js";
import { storeUri } from "./store-uri.js";
import { type ListenAddress, listen } from "./wire/listen.js";

const SWEEP_EVERY_MS = 60_000;

/** An open store. */
export interface OpenStore {
  /** The connection string, with the product's database. */
  uri: string;
  /** Removes what TTL indexes say has expired by now, as happens every minute. */
  sweepExpired(now: Date): Promise<number>;
  /** Finishes running commands and closes the files. */
  stop(): Promise<void>;
}

/** Opens the store of a data directory in this process. */
export async function openEmbeddedStore(options: { dataDir: string }): Promise<OpenStore> {
  const { dataDir } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  const address: ListenAddress = process.platform === "win32" ? { port: 0 } : { path: await makeSocketPath() };
  const undo: (() => Promise<void>)[] = [];
  try {
    if ("path" in address) undo.push(() => removeSocketPath(address.path));
    const lock = await lockDirectory(dataDir, address);
    undo.push(() => lock.release());
    if (lock.abandonedSocket !== undefined) await removeSocketPath(lock.abandonedSocket);
    const engine = await openEngine(dataDir);
    undo.push(() => closeEngine(engine));
    const listener = await listen(address, (message, connectionId) => runCommand(engine, message, connectionId));
    undo.push(() => listener.close());
    const upkeep = startUpkeep(engine);
    undo.push(() => upkeep.stop());
    return {
      uri: storeUri(listener.address),
      sweepExpired: (now) => sweepExpired(engine, now),
      stop: once(() => unwind(undo)),
    };
  } catch (error) {
    await unwind(undo);
    throw error;
  }
}

function startUpkeep(engine: Engine): { stop(): Promise<void> } {
  let running = Promise.resolve();
  const sweep = async (): Promise<void> => {
    const now = new Date();
    await engine.cursors.closeIdle(now.getTime());
    await sweepExpired(engine, now);
  };
  const timer = setInterval(() => {
    // A sweep that fails, on a full disk for example, is tried again a minute later.
    running = running.then(sweep).catch((error: unknown) => console.error("The TTL sweep failed:", error));
  }, SWEEP_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

async function unwind(undo: (() => Promise<void>)[]): Promise<void> {
  for (const step of undo.reverse()) await step();
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
