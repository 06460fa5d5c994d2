// Counts requests against the documented throttling, in real time.
import { type TeamsWindow, teamsThrottling } from "../../limits/teams.js";
import type { RateLimitSetting } from "../slack/rate-limiter.js";

/** Answers whether a request may go on, and counts it then. */
export type Throttle = (kind: "write" | "read" | "other", conversation: string) => boolean;

/** Creates a throttle with its own counters; a request that is refused is not counted. */
export function createThrottle(setting: RateLimitSetting): Throttle {
  if (setting === "off") return () => true;
  const scale = setting === "enforced" ? 1 : setting.scale;
  const times = new Map<string, number[]>();

  function recent(key: string, windows: readonly TeamsWindow[], now: number): readonly number[] {
    const longest = Math.max(...windows.map(({ ms }) => ms));
    const kept = (times.get(key) ?? []).filter((at) => now - at < longest);
    times.set(key, kept);
    return kept;
  }

  function fits(key: string, windows: readonly TeamsWindow[], now: number): boolean {
    const all = recent(key, windows, now);
    return windows.every(({ requests, ms }) => all.filter((at) => now - at < ms).length < requests * scale);
  }

  return (kind, conversation) => {
    const now = Date.now();
    const counted: [string, readonly TeamsWindow[]][] = [["tenant", teamsThrottling.tenant]];
    if (kind === "write") counted.push([`write ${conversation}`, teamsThrottling.writes]);
    if (kind === "read") counted.push([`read ${conversation}`, teamsThrottling.reads]);
    if (!counted.every(([key, windows]) => fits(key, windows, now))) return false;
    for (const [key] of counted) times.get(key)?.push(now);
    return true;
  };
}
