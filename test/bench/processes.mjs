// The processes that a benchmark measures or needs: started with only the environment that they are given, asked what
// they use, and stopped whatever happens.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const STOP_LIMIT_MS = 30_000;
const READY_LIMIT_MS = 20_000;
// Asking costs the asked process time too.
const POLL_MS = 20;

const hook = new URL("./usage-hook.mjs", import.meta.url).href;
const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/** The program as it is built and shipped. */
export const PROGRAM = pathOf("../../dist/main.js");
/** A file beside this one. */
export const besideThis = (name) => pathOf(`./${name}`);

const living = new Set();

/** Ends at once whatever still runs. */
export function killAll() {
  for (const child of living) child.kill("SIGKILL");
}
process.on("exit", killAll);

/** Starts a script of node; its output goes to a file, which tells what went wrong if it ends early. */
export function startProcess(script, { args = [], env = {}, directory }) {
  const logFile = join(directory, `${Date.now()}-${Math.random().toString(36).slice(2)}.log`);
  const log = openSync(logFile, "a");
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--import", hook, script, ...args], {
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...env },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  living.add(child);
  const exited = once(child, "exit").then(() => living.delete(child));
  return { child, pid: child.pid, startedAt, exited, output: () => readFileSync(logFile, "utf8").slice(-2000) };
}

/** The next message of a process that starts with something to tell. */
export async function firstMessage(started) {
  const ended = started.exited.then(() => Promise.reject(new Error(`A process ended early:\n${started.output()}`)));
  const [message] = await Promise.race([once(started.child, "message"), ended]);
  ended.catch(() => undefined);
  return message;
}

/** CPU time in microseconds and resident memory in bytes that a process has used so far. */
export async function usageOf(started) {
  const answer = firstMessage(started);
  started.child.send("usage");
  return answer;
}

/** Resolves with the milliseconds from the start of the process until its address answers 200. */
export async function untilReady(started, url) {
  for (;;) {
    if ((await statusOf(url)) === 200) return performance.now() - started.startedAt;
    const sinceMs = performance.now() - started.startedAt;
    if (started.child.exitCode !== null || sinceMs > READY_LIMIT_MS) {
      throw new Error(`${url} was not ready after ${Math.round(sinceMs)} ms:\n${started.output()}`);
    }
    await wait(POLL_MS);
  }
}

/** Asks a process to end and waits for it. */
export async function stopProcess({ child, exited }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const cut = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await exited;
  clearTimeout(cut);
}

/** A port that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function statusOf(url) {
  return new Promise((resolve) => {
    const asked = request(url, { agent: false }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    asked.on("error", () => resolve(0));
    asked.end();
  });
}
