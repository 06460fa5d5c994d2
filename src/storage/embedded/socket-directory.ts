// Where the socket file lives: a short private directory, because a socket path has room for about 100 bytes only, and
// Node cuts a longer one without a word.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

const LONGEST_PATH = 100;
const PREFIX = "plantao-";
const SOCKET_NAME = "s.sock";

/** Makes a private directory and returns the path for the socket in it. */
export async function makeSocketPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), PREFIX));
  const path = join(directory, SOCKET_NAME);
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
  await rm(directory, { recursive: true, force: true });
  throw new Error(`The temporary directory ${tmpdir()} has too long a name for a socket; set TMPDIR to a shorter one`);
}

/** Removes a socket and its directory, also those that a killed process left behind. */
export async function removeSocketPath(path: string): Promise<void> {
  const directory = dirname(path);
  const ours = basename(path) === SOCKET_NAME && basename(directory).startsWith(PREFIX);
  if (ours) await rm(directory, { recursive: true, force: true });
}
