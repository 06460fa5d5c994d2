// Keeps background calls within Slack's rate tiers, so that a wave of incidents does not end in refusals.
import {
  type SlackMethodName,
  slackMethods,
  slackPostingLimit,
  slackSpecialCallsPerMinute,
  slackTierCallsPerMinute,
} from "../limits/slack-methods.js";
import { rateLimited, toChatFault } from "./slack-fault.js";

/** Runs calls when their method may be called. */
export type Pacer = {
  /** Waits for its turn; throws slack_rate_limited when that is too far away. */
  run<T>(method: SlackMethodName, channel: string | null, call: () => Promise<T>): Promise<T>;
};

const MINUTE_MS = 60_000;
// A longer wait belongs to the ledger of effects, which survives a restart.
const LONGEST_WAIT_MS = 3000;

type Window = { readonly perWindow: number; readonly windowMs: number };

/** Creates a pacer on real time. */
export function createPacer(realNow: () => number, longestWaitMs = LONGEST_WAIT_MS): Pacer {
  // Instants of the calls of each key, in order, including those that wait for their turn.
  const calls = new Map<string, number[]>();
  const blockedUntil = new Map<string, number>();

  function turn(key: string, { perWindow, windowMs }: Window): number {
    const now = realNow();
    const recent = (calls.get(key) ?? []).filter((at) => at > now - windowMs);
    const freeAt = recent.length < perWindow ? now : (recent.at(-perWindow) ?? now) + windowMs;
    const at = Math.max(now, freeAt, blockedUntil.get(key) ?? 0);
    if (at - now > longestWaitMs) throw rateLimited(at - now);
    calls.set(key, [...recent, at]);
    if (calls.size > 2000) forgetIdle(now);
    return at - now;
  }

  function forgetIdle(now: number): void {
    for (const [key, instants] of calls) if ((instants.at(-1) ?? 0) < now - MINUTE_MS) calls.delete(key);
  }

  return {
    async run(method, channel, call) {
      const window = windowOf(method);
      const key = slackMethods[method].tier === "posting" ? `${method} ${channel ?? ""}` : method;
      const waitMs = turn(key, window);
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      try {
        return await call();
      } catch (error) {
        const fault = toChatFault(error);
        if (fault.code === "slack_rate_limited") blockedUntil.set(key, realNow() + (fault.retryAfterMs ?? 1000));
        // The platform's own code decides in several places what a refusal means, so the caller translates.
        throw error;
      }
    },
  };
}

function windowOf(method: SlackMethodName): Window {
  const { tier } = slackMethods[method];
  if (tier === "posting") return { perWindow: slackPostingLimit.burst, windowMs: slackPostingLimit.burst * 1000 };
  const perWindow = tier === "special" ? slackSpecialCallsPerMinute : slackTierCallsPerMinute[tier];
  return { perWindow, windowMs: MINUTE_MS };
}
