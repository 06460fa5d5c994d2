// Performs the effects of a commit once it is stored. What does not succeed becomes a row that the sweep takes up.
import { type Commit, effectKey } from "../domain/incident/commit.js";
import type { Effect } from "../domain/incident/effects.js";
import type { Chance } from "../ports/chance.js";
import { ChatFault } from "../ports/chat-rooms.js";
import { type CommitStore, StoreFault } from "../ports/commit-store.js";
import { DeliveryFault } from "../ports/customer-delivery.js";
import type { EffectLedger, OwedEffect } from "../ports/effect-ledger.js";
import type { RealTime } from "../ports/real-time.js";
import type { Reporter } from "../ports/reporter.js";
import { type EffectLease, whileHeld } from "./effect-lease.js";
import type { PerformEffect } from "./perform-effect.js";

/** What handing out needs. */
export type HandOutDeps = {
  readonly commits: CommitStore;
  readonly ledger: EffectLedger;
  readonly perform: PerformEffect;
  readonly realTime: RealTime;
  readonly chance: Chance;
  readonly reporter: Reporter;
  /** Names this process in leases. */
  readonly owner: string;
};

/** How a commit came here. */
export type Handing = {
  /** Until when its effects are this process's own. */
  readonly until: Date;
  /** Another process, or an earlier try, may have done some of them already. */
  readonly mayExist: boolean;
  /** The row of its incident is behind, so the mark must stay for the sweep. */
  readonly keepMark: boolean;
};

/** Performs effects of commits and of rows. */
export type HandOutEffects = {
  /** Rings the phones of a commit at once, whatever its other effects wait for; answers what is still owed. */
  ring(commit: Commit, mayExist: boolean): Promise<readonly OwedEffect[]>;
  /** All effects of a commit but the phones, in order, as long as no other process has taken them over. */
  ofCommit(commit: Commit, handing: Handing, rung: Promise<readonly OwedEffect[]>): Promise<void>;
  /** One owed effect of its commit, leased until an instant. */
  owed(row: OwedEffect, effect: Effect | null, until: Date): Promise<void>;
};

const MAX_ATTEMPTS = 25;
const LONGEST_DELAY_MS = 5 * 60_000;
// A page that comes minutes late has not paged anybody.
const LONGEST_RING_DELAY_MS = 15_000;

/** How long to wait before the next attempt, in milliseconds of real time. */
const retryDelayMs = (attempts: number, asked: number | null, fraction: number, longest: number): number =>
  asked === null ? Math.min(longest, 500 * 2 ** Math.min(attempts, 12)) * (0.8 + 0.4 * fraction) : asked + 100;

type Failure = {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  readonly err: unknown;
};

const failureOf = (error: unknown): Failure => {
  if (error instanceof ChatFault || error instanceof DeliveryFault)
    return { code: error.code, retryable: error.retryable, retryAfterMs: error.retryAfterMs, err: error };
  if (error instanceof StoreFault) return { code: error.code, retryable: true, retryAfterMs: null, err: error };
  return { code: "bug", retryable: false, retryAfterMs: null, err: error };
};

/** Makes the functions that hand out effects. */
export const makeHandOutEffects = (deps: HandOutDeps): HandOutEffects => {
  const { commits, ledger, perform, realTime, chance, reporter, owner } = deps;

  const tryOne = async (
    commit: Pick<Commit, "incidentId">,
    key: string,
    effect: Effect,
    attempts: number,
    mayExist: boolean,
  ): Promise<Failure | null> => {
    try {
      const result = await perform({ incidentId: commit.incidentId, key, effect, mayExist });
      if (result.kind === "dropped") reporter.effectDropped({ key, kind: effect.kind, reason: result.reason });
      else reporter.effectDone({ key, kind: effect.kind, attempts });
      return null;
    } catch (error) {
      return failureOf(error);
    }
  };

  const reported = (key: string, effect: Effect, attempts: number, failure: Failure): { givenUp: boolean } => {
    const givenUp = !failure.retryable || attempts >= MAX_ATTEMPTS;
    reporter.effectFailed({ key, kind: effect.kind, code: failure.code, attempts, givenUp, err: failure.err });
    return { givenUp };
  };

  const dueAfter = (effect: Effect, attempts: number, failure: Failure): Date => {
    const longest = effect.kind === "ring" ? LONGEST_RING_DELAY_MS : LONGEST_DELAY_MS;
    const delay = retryDelayMs(attempts, failure.retryAfterMs, chance.fraction(), longest);
    return new Date(realTime.now().getTime() + delay);
  };

  /** Tries the nth effect of a commit for the first time; null when nothing is owed. */
  const firstTry = async (commit: Commit, index: number, mayExist: boolean): Promise<OwedEffect | null> => {
    const { incidentId, version } = commit;
    const effect = commit.effects[index];
    if (effect === undefined) return null;
    const key = effectKey(incidentId, version, index);
    const failure = await tryOne(commit, key, effect, 1, mayExist);
    if (failure === null || reported(key, effect, 1, failure).givenUp) return null;
    return { key, incidentId, version, index, attempts: 1, dueAt: dueAfter(effect, 1, failure) };
  };

  const settle = async ({ incidentId, version }: Commit, owed: readonly OwedEffect[], keepMark: boolean) => {
    try {
      if (owed.length > 0) await ledger.owe(owed);
      if (!keepMark) await commits.clearPending(incidentId, version);
    } catch (error) {
      // The mark stays on the commit, and the sweep takes it up when the store is back.
      const failure = failureOf(error);
      reporter.storeFailed({ what: "clear-pending", code: failure.code, err: failure.err });
    }
  };

  const ring: HandOutEffects["ring"] = async (commit, mayExist) => {
    const rings = commit.effects.flatMap((effect, index) => (effect.kind === "ring" ? [index] : []));
    const tried = await Promise.all(rings.map((index) => firstTry(commit, index, mayExist)));
    return tried.filter((row) => row !== null);
  };

  const ofCommit: HandOutEffects["ofCommit"] = async (commit, { until, mayExist, keepMark }, rung) => {
    const { incidentId, version } = commit;
    if (commit.effects.length === 0) return;
    const renew: EffectLease["renew"] = (to) => commits.keepPending(incidentId, version, { owner, until: to });
    await whileHeld({ until, renew }, realTime, async (held) => {
      const owed: OwedEffect[] = [];
      for (const [index, effect] of commit.effects.entries()) {
        if (effect.kind === "ring") continue;
        // Whoever has taken the commit over does all of it again, and finds what was done.
        if (!(await held())) return;
        const row = await firstTry(commit, index, mayExist);
        if (row !== null) owed.push(row);
      }
      await settle(commit, [...owed, ...(await rung)], keepMark);
    });
  };

  const owed: HandOutEffects["owed"] = async (row, effect, until) => {
    if (effect === null) {
      await ledger.giveUp(row.key, "effect_unknown");
      return;
    }
    const renew: EffectLease["renew"] = (to) => ledger.keep(row.key, owner, to);
    await whileHeld({ until, renew }, realTime, async (held) => {
      if (!(await held())) return;
      const failure = await tryOne(row, row.key, effect, row.attempts + 1, true);
      if (failure === null) return ledger.done(row.key);
      // Being told to wait is no failure of the effect: a crowd of incidents must not use up its tries by queueing.
      const attempts = failure.retryAfterMs === null ? row.attempts + 1 : row.attempts;
      if (reported(row.key, effect, attempts, failure).givenUp) await ledger.giveUp(row.key, failure.code);
      else await ledger.retry(row.key, attempts, dueAfter(effect, attempts, failure), failure.code);
    });
  };

  return { ring, ofCommit, owed };
};
