// The LMDB environment: how it is opened, and reading from it. Writing goes through the write queue only.
import { open, type RootDatabase, type Transaction } from "lmdb";

const FIRST_CHUNK = 8;
const LARGEST_CHUNK = 256;

/** An open LMDB environment. */
export type Environment = RootDatabase<Buffer, Buffer>;

/** One consistent view of the data; inside a write there is none, and reads see the write itself. */
export type Snapshot = Transaction | undefined;

/** A stored pair. */
export interface Entry {
  key: Buffer;
  value: Buffer;
}

/** A stretch of keys: from `start` on, and before `end`. */
export interface KeyRange {
  start: Buffer;
  end: Buffer;
}

/** Opens the data files in a directory, creating them when they are missing. */
export function openEnvironment(dataDir: string): Environment {
  return open<Buffer, Buffer>({
    path: dataDir,
    noSubdir: false,
    encoding: "binary",
    keyEncoding: "binary",
    // With overlapping sync a commit is visible before it is on disk.
    overlappingSync: false,
    cache: false,
    compression: false,
    commitDelay: 0,
    maxReaders: 1000,
  });
}

/** Fixes the present state for reading; `done` must be called on it. */
export function takeSnapshot(env: Environment): Transaction {
  return env.useReadTransaction();
}

/** Reads one value. */
export function readValue(env: Environment, key: Buffer, snapshot: Snapshot): Buffer | undefined {
  return env.get(key, snapshot === undefined ? {} : { transaction: snapshot });
}

/** Walks a range of keys in chunks, so that no LMDB cursor stays open while the caller waits for something. */
export function* readRange(
  env: Environment,
  range: KeyRange,
  reverse: boolean,
  snapshot: Snapshot,
): Generator<Entry, void, undefined> {
  let { start, end } = range;
  for (let size = FIRST_CHUNK; ; size = Math.min(size * 4, LARGEST_CHUNK)) {
    const chunk = readChunk(env, { start, end }, reverse, size, snapshot);
    yield* chunk;
    const last = chunk.at(-1);
    if (last === undefined || chunk.length < size) return;
    if (reverse) end = last.key;
    else start = Buffer.concat([last.key, Buffer.from([0])]);
  }
}

function readChunk(env: Environment, range: KeyRange, reverse: boolean, limit: number, snapshot: Snapshot): Entry[] {
  const view = snapshot === undefined ? {} : { transaction: snapshot };
  if (!reverse) return [...env.getRange({ ...range, limit, ...view })];
  // In reverse, LMDB's start is included and its end is not: the opposite of what a KeyRange says.
  const backwards = { start: range.end, end: range.start, reverse: true, limit: limit + 1 };
  const found = [...env.getRange({ ...backwards, ...view })];
  const skipped = found[0]?.key.equals(range.end) ? 1 : 0;
  return found.slice(skipped, skipped + limit);
}
