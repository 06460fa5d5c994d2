import type { Claims } from "../../../src/ports/claims.js";

/** Claims and counters in memory, under the same contract as those in MongoDB. */
export function createMemoryClaims(): Claims {
  const holders = new Map<string, string>();
  const counters = new Map<string, number>();
  return {
    claim: async (key, holder) => {
      if (holders.has(key)) return false;
      holders.set(key, holder);
      return true;
    },
    next: async (series) => {
      const value = (counters.get(series) ?? 0) + 1;
      counters.set(series, value);
      return value;
    },
  };
}
