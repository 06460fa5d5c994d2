// The bot as a process of its own: started, asked whether it is ready, killed or asked to end.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import { eventually } from "./process-wait.js";

/** One line of the bot's log. */
export type BotLine = { readonly level: string; readonly message: string; readonly timestamp: string } & Readonly<
  Record<string, unknown>
>;

/** How a process ended. */
export type BotExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** Who is killed: the bot alone, or the bot with its store. */
export type Victims = "bot" | "group";

/** What `/readyz` answered; null when nobody listens. */
export type ReadyAnswer = {
  readonly status: number;
  readonly checks: Readonly<Record<string, string>>;
} | null;

/** A running bot. */
export type BotProcess = {
  readonly url: string;
  readonly pid: number;
  readonly spawnedAt: number;
  readonly lines: readonly BotLine[];
  /** What it wrote to stderr. */
  errors(): string;
  readonly exited: Promise<BotExit>;
  ended(): boolean;
  ready(): Promise<ReadyAnswer>;
  /** Milliseconds from the start of the process until it said that it is ready; fails when it ends before. */
  untilReady(limitMs?: number): Promise<number>;
  kill(victims: Victims): void;
  signal(name: NodeJS.Signals): void;
};

/** Environment of a process that must not inherit the test run's own. */
export const cleanEnv = (env: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: process.env["PATH"] ?? "",
  HOME: process.env["HOME"] ?? "",
  ...env,
});

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

/** Starts `plantao serve` of a compiled program, as the leader of a process group. */
export const startBot = (program: string, env: Readonly<Record<string, string>>): BotProcess => {
  const url = `http://127.0.0.1:${env["PORT"]}`;
  const child = spawn(process.execPath, [path.join(program, "main.js"), "serve"], {
    env: cleanEnv(env),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const spawnedAt = Date.now();
  const { lines, errors } = readOutput(child);
  let end: BotExit | null = null;
  const exited = new Promise<BotExit>((resolve) => {
    child.once("exit", (code, signal) => {
      end = { code, signal };
      resolve(end);
    });
  });
  const pid = child.pid ?? 0;
  const ready = () => readyAt(url);
  return {
    url,
    pid,
    spawnedAt,
    lines,
    errors,
    exited,
    ended: () => end !== null,
    ready,
    async untilReady(limitMs = 30_000) {
      let isReady = false;
      await eventually(
        async () => {
          if (end !== null) return true;
          isReady = (await ready())?.status === 200;
          return isReady;
        },
        { ms: limitMs, what: "the bot is ready", everyMs: 20 },
      );
      if (!isReady) throw new Error(`The bot ended (${JSON.stringify(end)}) before it was ready: ${errors()}`);
      return Date.now() - spawnedAt;
    },
    kill: (victims) => send(victims === "group" ? -pid : pid, "SIGKILL"),
    signal: (name) => send(pid, name),
  };
};

const readOutput = (child: ChildProcess): { lines: readonly BotLine[]; errors: () => string } => {
  const lines: BotLine[] = [];
  let errors = "";
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const parsed = readLine(line);
      if (parsed !== null) lines.push(parsed);
    });
  }
  child.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk.toString("utf8");
  });
  return { lines, errors: () => errors };
};

/** Null for the half line that a killed process leaves. */
const readLine = (line: string): BotLine | null => {
  try {
    return JSON.parse(line) as BotLine;
  } catch {
    return null;
  }
};

/** A process that is already gone needs no signal. */
const send = (pid: number, signal: NodeJS.Signals): void => {
  try {
    if (pid !== 0) process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
};

const readyAt = async (url: string): Promise<ReadyAnswer> => {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    const { checks } = (await answer.json()) as { checks: Record<string, string> };
    return { status: answer.status, checks };
  } catch {
    return null;
  }
};

/** What a command of the program printed; fails with its stderr when it could not run. */
export const runCommand = (
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [path.join(program, "main.js"), ...args],
      { env: cleanEnv(env) },
      (error, stdout, stderr) => {
        if (error !== null && stdout === "") reject(new Error(`plantao ${args.join(" ")}: ${stderr}`));
        else resolve(stdout);
      },
    );
  });
