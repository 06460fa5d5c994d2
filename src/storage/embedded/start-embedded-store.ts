// Starts the embedded store as a child process, so that its work never blocks the bot.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { removeSocketPath } from "./socket-directory.js";
import { readStartReport } from "./start-report.js";
import { socketPathOf } from "./store-uri.js";

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 10_000;

/** A running store. */
export interface EmbeddedStore {
  /** The connection string, with the product's database. */
  uri: string;
  pid: number;
  /** Lets running commands finish and ends the process. */
  stop(): Promise<void>;
}

/** What to start, and who wants to know if it ends by itself. */
export interface EmbeddedStoreOptions {
  dataDir: string;
  /** Called when the process ends without `stop` having been called. */
  onExit?: (info: { code: number | null; signal: string | null }) => void;
}

/** Starts the store of a data directory; fails with the reason when it cannot. */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const child = launch(options.dataDir);
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const uri = await firstReport(child, exited);
  let stopping = false;
  // A socket file that stays behind does no harm, so failing to remove it is no failure of the store.
  const cleared = exited.then(() => clearSocket(uri)).catch(() => undefined);
  void exited.then(([code, signal]) => {
    if (!stopping) options.onExit?.({ code, signal });
  });
  return {
    uri,
    pid: child.pid ?? -1,
    stop: async () => {
      stopping = true;
      await end(child, exited);
      await cleared;
    },
  };
}

/** A killed child cannot remove its socket itself. */
async function clearSocket(uri: string): Promise<void> {
  const path = socketPathOf(uri);
  if (path !== undefined) await removeSocketPath(path);
}

function launch(dataDir: string): ChildProcess {
  const fromSource = import.meta.url.endsWith(".ts");
  const entry = fileURLToPath(new URL(`./embedded-store-process.${fromSource ? "ts" : "js"}`, import.meta.url));
  // TypeScript sources need a loader; it is resolved from here, because the working directory may be anywhere.
  const loader = fromSource ? ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href] : [];
  return spawn(process.execPath, [...loader, entry, dataDir], { stdio: ["pipe", "pipe", "inherit"] });
}

async function firstReport(child: ChildProcess, exited: Promise<unknown[]>): Promise<string> {
  if (child.stdout === null) throw new Error("The embedded store has no output");
  const lines = createInterface({ input: child.stdout });
  const timeout = AbortSignal.timeout(START_LIMIT_MS);
  try {
    const report = await Promise.race([
      once(lines, "line", { signal: timeout }).then(([line]) => readStartReport(String(line))),
      once(child, "error").then(([error]) => ({ failed: String(error) })),
      exited.then(([code, signal]) => ({ failed: `the process ended with ${String(code ?? signal)}` })),
    ]);
    if (report === undefined) throw new Error("The embedded store did not say where it listens");
    if ("failed" in report) throw new Error(`The embedded store could not start: ${report.failed}`);
    return report.listening;
  } catch (error) {
    child.kill("SIGKILL");
    if (timeout.aborted) throw new Error(`The embedded store did not start within ${START_LIMIT_MS} ms`);
    throw error;
  } finally {
    lines.close();
  }
}

async function end(child: ChildProcess, exited: Promise<unknown[]>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await exited;
  clearTimeout(timer);
}
