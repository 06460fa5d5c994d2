// One process per data directory: LMDB would let a second one in, and each would trust its own memory of the catalog.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ListenAddress } from "./wire/listen.js";

const FILE_NAME = "store.lock";
/** A process that has just taken the lock may not listen yet. */
const CONNECT_TRIES = 10;
const TRY_EVERY_MS = 200;
/** The child of a bot that was killed ends by itself; whoever starts again at once waits for that. */
const LEAVING_TAKES_MS = 5_000;

/** Thrown when another process has the directory. */
class DirectoryLockedError extends Error {
  override readonly name = "DirectoryLockedError";
  readonly holder: number;

  constructor(directory: string, holder: number) {
    super(`The data directory ${directory} is in use by process ${holder}`);
    this.holder = holder;
  }
}

/** A held lock. */
export interface DirectoryLock {
  /** Where the process that left a stale lock behind was listening. */
  abandonedSocket: string | undefined;
  release(): Promise<void>;
}

interface LockRecord {
  token: string;
  pid: number;
  /** When the process began, as its system counts; tells a reused process id from the real one. */
  startedAt: string | undefined;
  address: ListenAddress;
}

/** Takes the lock of a directory, or the place of a process that is gone. */
export async function lockDirectory(directory: string, address: ListenAddress): Promise<DirectoryLock> {
  const path = join(directory, FILE_NAME);
  const record: LockRecord = {
    token: randomUUID(),
    pid: process.pid,
    startedAt: processStart(process.pid),
    address,
  };
  let abandonedSocket: string | undefined;
  const patience = Date.now() + LEAVING_TAKES_MS;
  while (!(await create(path, record))) {
    const holder = await readLock(path);
    if (holder === undefined) continue;
    if (await isHeld(holder)) {
      if (Date.now() > patience) throw new DirectoryLockedError(directory, holder.pid);
      await sleep(TRY_EVERY_MS);
      continue;
    }
    if ("path" in holder.address) abandonedSocket = holder.address.path;
    await takeAway(path, holder, directory);
  }
  return { abandonedSocket, release: () => release(path, record) };
}

async function create(path: string, record: LockRecord): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(record), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** The present holder; undefined when the lock has gone in the meantime. */
async function readLock(path: string): Promise<LockRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as LockRecord;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return { token: "", pid: 0, startedAt: undefined, address: { port: 0 } };
    throw error;
  }
}

async function isHeld(holder: LockRecord): Promise<boolean> {
  for (let tries = 0; tries < CONNECT_TRIES; tries += 1) {
    if (!isRunning(holder)) return false;
    if (await answers(holder.address)) return true;
    await sleep(TRY_EVERY_MS);
  }
  return false;
}

function isRunning({ pid, startedAt }: LockRecord): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== "EPERM") return false;
  }
  return startedAt === undefined || startedAt === processStart(pid);
}

/** Field 22 of /proc/<pid>/stat; undefined where there is no such file. */
function processStart(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function answers(address: ListenAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect("path" in address ? { path: address.path } : { host: "127.0.0.1", port: address.port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Renaming is atomic, so of two processes that find the lock stale only one takes it away. */
async function takeAway(path: string, holder: LockRecord, directory: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  const taken = await readLock(aside);
  if (taken !== undefined && taken.token !== holder.token) {
    // Somebody else was faster and this is already the new lock: give it back.
    await rename(aside, path);
    throw new DirectoryLockedError(directory, taken.pid);
  }
  await rm(aside, { force: true });
}

async function release(path: string, record: LockRecord): Promise<void> {
  const holder = await readLock(path);
  if (holder?.token === record.token) await rm(path, { force: true });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
