// Keeps calls within what Teams takes, so that a wave of incidents does not end in refusals, and spares it updates of a
// card that a newer one replaces at once.
import { type TeamsWindow, teamsThrottling } from "../limits/teams.js";
import { rateLimited, toChatFault } from "./teams-fault.js";

/** Runs calls when they may be made. */
export type Pacer = {
  /** Waits for its turn in a conversation; throws teams_rate_limited when that is too far away. */
  run<T>(conversation: string, call: () => Promise<T>): Promise<T>;
  /** The same for the update of one message: a newer update takes the place of one that still waits. */
  update<T>(conversation: string, messageId: string, call: () => Promise<T>): Promise<T>;
};

// Below the documented numbers, because other bots write there too: one a second on average, with room for the few
// messages that belong together when an incident opens.
const CONVERSATION: readonly TeamsWindow[] = [
  { requests: 5, ms: 5_000 },
  { requests: 50, ms: 30_000 },
  ...teamsThrottling.writes.filter(({ ms }) => ms >= 3_600_000),
];
const TENANT: readonly TeamsWindow[] = [{ requests: 40, ms: 1_000 }];
const BETWEEN_UPDATES_MS = 2_000;
// A longer wait belongs to the ledger of effects, which survives a restart.
const LONGEST_WAIT_MS = 5_000;
const KEPT_CONVERSATIONS = 2_000;

/** Creates a pacer on real time. */
export function createPacer(realNow: () => number, longestWaitMs = LONGEST_WAIT_MS): Pacer {
  // Instants of the calls of each key, in order, including those that wait for their turn.
  const calls = new Map<string, number[]>();
  const blockedUntil = new Map<string, number>();
  const updatedAt = new Map<string, number>();
  const waiting = new Map<string, { call: () => Promise<unknown>; readonly outcome: Promise<unknown> }>();

  function freeAt(key: string, windows: readonly TeamsWindow[], now: number): number {
    const made = calls.get(key) ?? [];
    const turns = windows.map(({ requests, ms }) => (made.at(-requests) ?? Number.NEGATIVE_INFINITY) + ms);
    return Math.max(now, ...turns, blockedUntil.get(key) ?? 0);
  }

  function turn(conversation: string): number {
    const now = realNow();
    const at = Math.max(freeAt(conversation, CONVERSATION, now), freeAt("", TENANT, now));
    if (at - now > longestWaitMs) throw rateLimited(at - now);
    for (const [key, windows] of [[conversation, CONVERSATION] as const, ["", TENANT] as const]) {
      const longest = Math.max(...windows.map(({ ms }) => ms));
      calls.set(key, [...(calls.get(key) ?? []).filter((made) => made > now - longest), at]);
    }
    if (calls.size > KEPT_CONVERSATIONS) forgetOld(now);
    return at - now;
  }

  function forgetOld(now: number): void {
    for (const [key, made] of calls) if (key !== "" && (made.at(-1) ?? 0) < now - 3_600_000) calls.delete(key);
    for (const [key, at] of updatedAt) if (at < now - BETWEEN_UPDATES_MS) updatedAt.delete(key);
    for (const [key, until] of blockedUntil) if (until < now) blockedUntil.delete(key);
  }

  async function run<T>(conversation: string, call: () => Promise<T>): Promise<T> {
    const waitMs = turn(conversation);
    if (waitMs > 0) await wait(waitMs);
    try {
      return await call();
    } catch (error) {
      const fault = toChatFault(error);
      if (fault.code === "teams_rate_limited")
        blockedUntil.set(conversation, realNow() + (fault.retryAfterMs ?? 2_000));
      throw error;
    }
  }

  function update<T>(conversation: string, messageId: string, call: () => Promise<T>): Promise<T> {
    const key = `${conversation} ${messageId}`;
    const earlier = waiting.get(key);
    if (earlier !== undefined) {
      earlier.call = call;
      return earlier.outcome as Promise<T>;
    }
    const untilNext = (updatedAt.get(key) ?? Number.NEGATIVE_INFINITY) + BETWEEN_UPDATES_MS - realNow();
    const begin = async (): Promise<unknown> => {
      if (untilNext > 0) await wait(untilNext);
      return run(conversation, () => {
        waiting.delete(key);
        updatedAt.set(key, realNow());
        return held.call();
      });
    };
    const held = { call: call as () => Promise<unknown>, outcome: Promise.resolve() as Promise<unknown> };
    const outcome = begin().finally(() => {
      if (waiting.get(key)?.outcome === outcome) waiting.delete(key);
    });
    waiting.set(key, Object.assign(held, { outcome }));
    return outcome as Promise<T>;
  }

  return { run, update };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
