// Counts Web API calls against the documented tiers, in real time.
import {
  type SlackMethodFacts,
  slackPostingLimit,
  slackSpecialCallsPerMinute,
  slackTierCallsPerMinute,
} from "../../limits/slack-methods.js";

/** "enforced" applies the documented tiers, a scale multiplies them (for clocks that run fast), "off" applies none. */
export type RateLimitSetting = "enforced" | "off" | { readonly scale: number };

/** Answers how many seconds a caller must wait, or 0 when the call may go on (and is then counted). */
export type RateLimiter = (method: string, token: string, facts: SlackMethodFacts, channel: string) => number;

const windowMs = 60_000;

/** Creates a limiter with its own counters. */
export function createRateLimiter(setting: RateLimitSetting): RateLimiter {
  if (setting === "off") return () => 0;
  const scale = setting === "enforced" ? 1 : setting.scale;
  const calls = new Map<string, number[]>();
  const buckets = new Map<string, { tokens: number; at: number }>();

  function inWindow(key: string, allowed: number): number {
    const now = Date.now();
    const recent = (calls.get(key) ?? []).filter((at) => now - at < windowMs);
    calls.set(key, recent);
    const [oldest] = recent;
    if (recent.length >= allowed && oldest !== undefined)
      return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
    recent.push(now);
    return 0;
  }

  function inBucket(key: string): number {
    const now = Date.now();
    const burst = slackPostingLimit.burst * scale;
    const rate = slackPostingLimit.refillPerSecond * scale;
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / rate));
  }

  return (method, token, { tier }, channel) => {
    if (tier === "posting") return inBucket(`${token} ${channel}`);
    const perMinute = tier === "special" ? slackSpecialCallsPerMinute : slackTierCallsPerMinute[tier];
    return inWindow(`${token} ${method}`, perMinute * scale);
  };
}
