// The embedded store as a process of the test, so that it can be taken away from a running bot and given back at the
// same address.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rm, symlink } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { readStartReport } from "../../src/storage/embedded/start-report.js";
import { storeUri } from "../../src/storage/embedded/store-uri.js";
import { cleanEnv } from "./process-bot.js";

/** A store that comes and goes; its address stays. */
export type StoreProcess = {
  readonly uri: string;
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Stops it from answering without ending it, or lets it go on. */
  freeze(frozen: boolean): void;
  stop(): Promise<void>;
};

/** A store of a compiled program with its data under `dir`; it is not started yet. */
export const createStoreProcess = (program: string, dir: string): StoreProcess => {
  const entry = path.join(program, "storage", "embedded", "embedded-store-process.js");
  // Every start listens on another socket, so clients are given a link that is pointed anew.
  const link = path.join(dir, "store.sock");
  let child: ChildProcess | null = null;

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };

  return {
    uri: storeUri({ path: link }),
    async start() {
      child = spawn(process.execPath, [entry, path.join(dir, "data")], {
        env: cleanEnv({ TMPDIR: dir }),
        stdio: ["pipe", "pipe", "inherit"],
      });
      if (child.stdout === null) throw new Error("The store has no output.");
      const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
      const report = readStartReport(line);
      if (report === undefined || "failed" in report) throw new Error(`The store did not start: ${line}`);
      await rm(link, { force: true });
      await symlink(socketOf(report.listening), link);
    },
    kill: () => end("SIGKILL"),
    freeze: (frozen) => void child?.kill(frozen ? "SIGSTOP" : "SIGCONT"),
    async stop() {
      child?.kill("SIGCONT");
      await end("SIGTERM");
    },
  };
};

const socketOf = (uri: string): string => decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(uri)?.[1] ?? "");
