import { beforeEach, expect, test } from "vitest";
import { effectKey } from "../../src/domain/incident/commit.js";
import type { EffectLedger, OwedEffect } from "../../src/ports/effect-ledger.js";
import { newIncidentId } from "./commit-builders.js";

const T0 = new Date("2026-11-23T13:00:00.000Z");
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1_000);
const anEffect = (dueAt: Date): OwedEffect => {
  const incidentId = newIncidentId();
  return { key: effectKey(incidentId, 1, 0), incidentId, version: 1, index: 0, attempts: 1, dueAt };
};
const lease = (seconds: number, owner = "a") => ({ now: at(seconds), leaseUntil: at(seconds + 10), owner, limit: 10 });

/** What every ledger of effects owes its callers. */
export function effectLedgerContract(emptyLedger: () => Promise<EffectLedger>): void {
  let ledger: EffectLedger;
  beforeEach(async () => {
    ledger = await emptyLedger();
  });

  test("an effect that is due is leased to one process", async () => {
    const [due, future] = [anEffect(at(1)), anEffect(at(2))];
    await ledger.owe([due, future]);
    expect(await ledger.claimDue(lease(1))).toEqual([due]);
    expect(await ledger.claimDue(lease(1, "b"))).toEqual([]);
    expect(await ledger.counts()).toEqual({ owed: 2, givenUp: 0 });
  });

  test("owing nothing is no error", async () => {
    await ledger.owe([]);
    expect(await ledger.counts()).toEqual({ owed: 0, givenUp: 0 });
  });

  test("a row that exists stays as it is, and new ones beside it are kept", async () => {
    const [effect, other] = [anEffect(at(1)), anEffect(at(1))];
    await ledger.owe([effect]);
    await ledger.owe([{ ...effect, attempts: 9, dueAt: at(99) }, other]);
    const claimed = await ledger.claimDue(lease(1));
    expect(new Set(claimed)).toEqual(new Set([effect, other]));
  });

  test("a lease that has run out is free", async () => {
    await ledger.owe([anEffect(at(1))]);
    await ledger.claimDue(lease(1));
    expect(await ledger.claimDue(lease(10, "b"))).toEqual([]);
    expect(await ledger.claimDue(lease(11, "b"))).toHaveLength(1);
  });

  test("whoever has a lease may extend it, and nobody else", async () => {
    const effect = anEffect(at(1));
    await ledger.owe([effect]);
    await ledger.claimDue(lease(1, "a"));
    expect(await ledger.keep(effect.key, "b", at(30))).toBe(false);
    expect(await ledger.keep(effect.key, "a", at(30))).toBe(true);
    expect(await ledger.claimDue(lease(29, "b"))).toEqual([]);
    expect(await ledger.claimDue(lease(30, "b"))).toEqual([effect]);
    expect(await ledger.keep(effect.key, "a", at(60))).toBe(false);
    await ledger.done(effect.key);
    expect(await ledger.keep(effect.key, "b", at(60))).toBe(false);
  });

  test("what is done is never due again, even when it is owed again", async () => {
    const effect = anEffect(at(1));
    await ledger.owe([effect]);
    await ledger.done(effect.key);
    await ledger.owe([effect]);
    expect(await ledger.claimDue(lease(99))).toEqual([]);
    expect(await ledger.counts()).toEqual({ owed: 0, givenUp: 0 });
  });

  test("what failed is due again later with its attempts, and its lease is free", async () => {
    const effect = anEffect(at(1));
    await ledger.owe([effect]);
    await ledger.claimDue(lease(1));
    await ledger.retry(effect.key, 2, at(5), "slack_rate_limited");
    expect(await ledger.claimDue(lease(4, "b"))).toEqual([]);
    expect(await ledger.claimDue(lease(5, "b"))).toEqual([{ ...effect, attempts: 2, dueAt: at(5) }]);
  });

  test("what was given up is kept and never tried again", async () => {
    const effect = anEffect(at(1));
    await ledger.owe([effect]);
    await ledger.giveUp(effect.key, "slack_room_gone");
    await ledger.owe([effect]);
    expect(await ledger.claimDue(lease(99))).toEqual([]);
    expect(await ledger.counts()).toEqual({ owed: 0, givenUp: 1 });
  });

  test("processes that claim together never get the same effect", async () => {
    await ledger.owe(Array.from({ length: 20 }, () => anEffect(at(1))));
    const claims = await Promise.all(
      ["a", "b", "c"].map((owner) => ledger.claimDue({ ...lease(1, owner), limit: 20 })),
    );
    const keys = claims.flat().map(({ key }) => key);
    expect(new Set(keys).size).toBe(20);
    expect(keys).toHaveLength(20);
  });

  test("the longest due come first, and no more than asked for", async () => {
    await ledger.owe([3, 1, 2].map((seconds) => anEffect(at(seconds))));
    const claimed = await ledger.claimDue({ ...lease(9), limit: 2 });
    expect(claimed.map(({ dueAt }) => dueAt)).toEqual([at(1), at(2)]);
  });
}
