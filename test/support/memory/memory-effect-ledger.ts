import type { EffectLedger, OwedEffect } from "../../../src/ports/effect-ledger.js";

type Held = { effect: OwedEffect; state: "owed" | "done" | "given-up"; leaseUntil: Date | null; owner: string | null };

/** Owed effects in memory, under the same contract as those in MongoDB. */
export function createMemoryEffectLedger(): EffectLedger {
  const held = new Map<string, Held>();
  const count = (state: Held["state"]) => [...held.values()].filter((one) => one.state === state).length;
  const change = (key: string, fields: Partial<Held>) => {
    const known = held.get(key);
    if (known?.state === "owed") held.set(key, { ...known, leaseUntil: null, owner: null, ...fields });
  };
  return {
    owe: async (effects) => {
      for (const effect of effects) {
        if (!held.has(effect.key)) held.set(effect.key, { effect, state: "owed", leaseUntil: null, owner: null });
      }
    },
    claimDue: async ({ now, leaseUntil, owner, limit }) => {
      const due = [...held.values()]
        .filter(({ effect, state }) => state === "owed" && effect.dueAt <= now)
        .filter((one) => one.leaseUntil === null || one.leaseUntil <= now)
        .sort((one, other) => Number(one.effect.dueAt) - Number(other.effect.dueAt))
        .slice(0, limit);
      for (const one of due) Object.assign(one, { leaseUntil, owner });
      return due.map(({ effect }) => effect);
    },
    keep: async (key, owner, leaseUntil) => {
      const known = held.get(key);
      if (known?.state !== "owed" || known.owner !== owner) return false;
      known.leaseUntil = leaseUntil;
      return true;
    },
    done: async (key) => change(key, { state: "done" }),
    retry: async (key, attempts, dueAt) => {
      const known = held.get(key);
      if (known !== undefined) change(key, { effect: { ...known.effect, attempts, dueAt } });
    },
    giveUp: async (key) => change(key, { state: "given-up" }),
    counts: async () => ({ owed: count("owed"), givenUp: count("given-up") }),
  };
}
