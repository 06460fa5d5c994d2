import fc from "fast-check";
import { expect, test } from "vitest";
import type { ClockHistory } from "../../../src/domain/clocks/clock-history.js";
import type { ClockEscalation, ClockSheet } from "../../../src/domain/clocks/clock-sheet.js";
import { computeClocks } from "../../../src/domain/clocks/compute-clocks.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import { historyArbitrary, nowArbitrary } from "./history-arbitrary.js";

const sheet = (history: ClockHistory, now: Date) => computeClocks(history, policy, now);
const always = (check: (history: ClockHistory, now: Date) => void, numRuns = 120) =>
  fc.assert(fc.property(historyArbitrary, nowArbitrary, check), { numRuns });

test("random histories take facts of every kind, refuse some and escalate", () => {
  const accepted = new Set<string>();
  const reasons = new Set<string>();
  let escalations = 0;
  for (const history of fc.sample(historyArbitrary, { numRuns: 600, seed: 7 })) {
    const { refusals, escalations: fired } = sheet(history, new Date("2026-11-18T12:00:00Z"));
    const refused = new Set(refusals.map(({ at, type }) => `${at.getTime()} ${type}`));
    for (const { at, kind } of history.facts) if (!refused.has(`${at.getTime()} ${kind}`)) accepted.add(kind);
    for (const { reason } of refusals) reasons.add(reason);
    escalations += fired.length;
  }
  expect(accepted.size).toBe(12);
  expect(reasons.size).toBeGreaterThan(10);
  expect(escalations).toBeGreaterThan(500);
});

test("the next instant is later than now", () => {
  always((history, now) => {
    const { nextAt } = sheet(history, now);
    if (nextAt !== null)
      expect(nextAt.getTime()).toBeGreaterThan(Math.max(now.getTime(), history.declaredAt.getTime()));
  });
});

test("nothing fires and nobody breaches between now and the next instant", () => {
  always((history, now) => {
    const quiet = { ...history, facts: history.facts.filter(({ at }) => at <= now) };
    const before = sheet(quiet, now);
    const end = before.nextAt?.getTime() ?? now.getTime() + 5 * 86_400_000;
    const after = sheet(quiet, new Date(end - 1));
    expect(after.escalations).toEqual(before.escalations);
    expect(after.rows.map(({ state, breachAt }) => [state, breachAt])).toEqual(
      before.rows.map(({ state, breachAt }) => [state, breachAt]),
    );
  });
});

test("stepping from one next instant to another gives what one computation gives", () => {
  always((history, now) => {
    const seen: ClockEscalation[] = [];
    const instants = [...history.facts.map(({ at }) => at), now].filter((at) => at <= now);
    let at: Date | null = history.declaredAt;
    while (at !== null && at <= now) {
      const step: ClockSheet = sheet(
        { ...history, facts: history.facts.filter((fact) => fact.at <= (at as Date)) },
        at,
      );
      seen.push(...step.escalations.slice(seen.length));
      at = earliest([step.nextAt, ...instants.filter((instant) => instant > (at as Date))]);
    }
    expect(seen).toEqual(sheet(history, now).escalations);
  }, 30);
});

test("what has fired stays fired", () => {
  always((history, now) => {
    const early = sheet(history, now).escalations;
    const late = sheet(history, new Date(now.getTime() + 86_400_000)).escalations;
    expect(late.slice(0, early.length)).toEqual(early);
  });
});

test("within a clock kind and cycle nothing fires twice, and percents and repeats only grow", () => {
  always((history, now) => {
    const last = new Map<string, number>();
    for (const { clock, cycle, percent, repeat } of sheet(history, now).escalations) {
      const height = percent + repeat;
      expect(height).toBeGreaterThan(last.get(`${clock} ${cycle}`) ?? 0);
      last.set(`${clock} ${cycle}`, height);
    }
  });
});

test("escalations stand in order and never before the declaration nor after now", () => {
  always((history, now) => {
    const instants = sheet(history, now).escalations.map(({ at }) => at.getTime());
    expect(instants).toEqual([...instants].sort((a, b) => a - b));
    for (const at of instants) {
      expect(at).toBeGreaterThanOrEqual(history.declaredAt.getTime());
      expect(at).toBeLessThanOrEqual(now.getTime());
    }
  });
});

test("thresholds ascend, and a breach is the due instant, recognised no earlier than it happened", () => {
  always((history, now) => {
    for (const row of sheet(history, now).rows) {
      const marks = Object.values(row.thresholds).filter((at) => at !== null);
      expect(marks).toEqual([...marks].sort((a, b) => a.getTime() - b.getTime()));
      if (row.breachAt === null) expect(row.recognizedAt).toBeNull();
      else {
        expect(row.breachAt).toEqual(row.thresholds["100"]);
        expect(row.recognizedAt?.getTime()).toBeGreaterThanOrEqual(row.breachAt.getTime());
        expect(row.recognizedAt?.getTime()).toBeLessThanOrEqual(now.getTime());
      }
    }
  });
});

test("a recorded breach is never erased (I5)", () => {
  always((history, now) => {
    const later = sheet(history, new Date(now.getTime() + 3 * 86_400_000)).rows;
    for (const row of sheet(history, now).rows) {
      const same = later.find(
        (r) => r.customer === row.customer && r.clock === row.clock && r.cycle === row.cycle && r.epoch === row.epoch,
      );
      expect(same).toBeDefined();
      if (row.breachAt !== null) expect(same).toMatchObject({ breachAt: row.breachAt, recognizedAt: row.recognizedAt });
    }
  });
});

test("the governing clock runs and no running clock of its kind falls due earlier", () => {
  always((history, now) => {
    const { rows, governing } = sheet(history, now);
    for (const clock of ["response", "resolution"] as const) {
      const running = rows.filter((row) => row.clock === clock && row.stoppedAt === null && row.state === "running");
      const due = governing[clock]?.dueAt.getTime();
      if (running.length > 0) expect(due).toBeDefined();
      for (const row of running) expect(row.thresholds["100"]?.getTime()).toBeGreaterThanOrEqual(due ?? Number.NaN);
    }
  });
});

test("a worsening never lets a clock fall due later, a lowering never a resolution earlier", () => {
  always((history, now) => {
    for (const [n, fact] of history.facts.entries()) {
      if (fact.kind !== "reclassified" || fact.at > now) continue;
      const before = sheet({ ...history, facts: history.facts.slice(0, n) }, fact.at);
      const after = sheet({ ...history, facts: history.facts.slice(0, n + 1) }, fact.at);
      if (after.refusals.length > before.refusals.length) continue;
      // A pause that the level ends moves both, and is judged by its own tests.
      for (const row of before.rows.filter(
        ({ state, stoppedAt }) => stoppedAt === null && (state === "running" || state === "breached"),
      )) {
        const next = after.rows.find(
          (r) =>
            r.customer === row.customer && r.clock === row.clock && r.cycle === row.cycle && r.epoch === row.epoch + 1,
        );
        const [old, due] = [row.thresholds["100"], next?.thresholds["100"]];
        if (!old || !due) continue;
        if (fact.cause === "worsened") expect(due.getTime()).toBeLessThanOrEqual(old.getTime());
        if (fact.cause === "lowered" && row.clock === "resolution")
          expect(due.getTime()).toBeGreaterThanOrEqual(old.getTime());
      }
    }
  });
});

test("a refused fact changes nothing", () => {
  always((history, now) => {
    const refusalsOf = (count: number) =>
      sheet({ ...history, facts: history.facts.slice(0, count) }, now).refusals.length;
    const facts = history.facts.filter((_, n) => refusalsOf(n + 1) === refusalsOf(n));
    expect(sheet({ ...history, facts }, now)).toEqual({ ...sheet(history, now), refusals: [] });
  }, 60);
});

function earliest(instants: readonly (Date | null)[]): Date | null {
  const present = instants.filter((at) => at !== null).map((at) => at.getTime());
  return present.length === 0 ? null : new Date(Math.min(...present));
}
