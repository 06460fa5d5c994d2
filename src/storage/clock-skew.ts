import type { Connection } from "mongoose";

/** Above this difference between the two clocks people should be warned. */
export const SKEW_WARNS_ABOVE_MS = 2_000;
/** Above this difference instants are no longer worth acting on. */
export const SKEW_UNHEALTHY_ABOVE_MS = 10_000;

/**
 * How far the server's clock is certainly ahead (positive) or behind (negative), in milliseconds. Half of the round trip
 * is in doubt and counts as no difference.
 */
export async function measureSkew(connection: Connection, now: () => number): Promise<number> {
  const sentAt = now();
  const hello = await connection.db?.command({ hello: 1 });
  const answeredAt = now();
  const localTime: unknown = hello?.["localTime"];
  if (!(localTime instanceof Date)) throw new Error("The store did not tell its time.");
  return certainSkew(localTime.getTime(), sentAt, answeredAt);
}

/** The part of the difference that the duration of the round trip cannot explain. */
export function certainSkew(serverMs: number, sentAtMs: number, answeredAtMs: number): number {
  if (serverMs > answeredAtMs) return serverMs - answeredAtMs;
  if (serverMs < sentAtMs) return serverMs - sentAtMs;
  return 0;
}
