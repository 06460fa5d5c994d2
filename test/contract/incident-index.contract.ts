import { beforeEach, describe, expect, test } from "vitest";
import type { IncidentId } from "../../src/domain/incident/ids.js";
import type { IncidentIndex, IncidentRow } from "../../src/ports/incident-index.js";
import { newIncidentId } from "./commit-builders.js";

/** The instant at which the clock of the domain stands in these tests. */
export const NOW = new Date("2026-11-23T13:00:00.000Z");
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

let code = 0;
const aRow = (fields: Partial<IncidentRow> = {}): IncidentRow => {
  code += 1;
  return {
    id: newIncidentId(),
    version: 1,
    code: `INC-${code}`,
    kind: "real",
    state: "investigating",
    open: true,
    level: 2,
    title: "Checkout fora do ar",
    services: [{ id: null, name: "Checkout" }],
    home: "slack",
    takenBy: null,
    declaredAt: NOW,
    nextWakeAt: null,
    ...fields,
  };
};
const lease = (seconds: number, owner = "a") => ({
  until: at(seconds),
  now: at(seconds),
  leaseUntil: at(seconds + 10),
  owner,
  limit: 10,
});

/** What every read model owes its callers; the domain's clock stands at NOW. */
export function incidentIndexContract(emptyIndex: () => Promise<IncidentIndex>): void {
  let index: IncidentIndex;
  beforeEach(async () => {
    index = await emptyIndex();
  });

  describe("projecting", () => {
    test("a row is found by id and by code", async () => {
      const row = aRow({ takenBy: null, declaredAt: null, nextWakeAt: at(5) });
      await index.project(row);
      expect(await index.byId(row.id)).toEqual(row);
      expect(await index.byCode(row.code)).toEqual(row);
      expect(await index.byId(newIncidentId())).toBeNull();
      expect(await index.byCode("INC-0")).toBeNull();
    });

    test("a newer version replaces the row and an older one is ignored", async () => {
      const row = aRow();
      const newer = { ...row, version: 3, state: "identified" as const };
      await index.project(row);
      await index.project(newer);
      await index.project({ ...row, version: 2 });
      await index.project({ ...newer, state: "closed" });
      expect(await index.byId(row.id)).toEqual(newer);
    });

    test("first projections in any order leave the newest", async () => {
      const row = aRow();
      await Promise.all([3, 1, 5, 2, 4].map((version) => index.project({ ...row, version })));
      expect((await index.byId(row.id))?.version).toBe(5);
    });
  });

  test("open incidents come most severe first, then oldest", async () => {
    const rows = [
      aRow({ level: 3 }),
      aRow({ level: 1, declaredAt: at(60) }),
      aRow({ level: 1 }),
      aRow({ level: 1, open: false, state: "closed" }),
    ];
    for (const row of rows) await index.project(row);
    expect((await index.open(9)).map(({ id }) => id)).toEqual([rows[2]?.id, rows[1]?.id, rows[0]?.id]);
    expect(await index.open(1)).toEqual([rows[2]]);
  });

  test("ids of open incidents come in pages", async () => {
    const rows = [aRow(), aRow(), aRow(), aRow({ open: false })];
    for (const row of rows) await index.project(row);
    const first = await index.openIds(null, 2);
    const second = await index.openIds(first.at(-1) as IncidentId, 2);
    expect([...first, ...second]).toEqual(
      rows
        .slice(0, 3)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await index.openIds(second.at(-1) as IncidentId, 2)).toEqual([]);
  });

  describe("waking", () => {
    test("what is due is leased to one process and nothing else", async () => {
      const due = aRow({ nextWakeAt: at(5) });
      for (const row of [due, aRow({ nextWakeAt: at(6) }), aRow()]) await index.project(row);
      expect(await index.claimDue(lease(5))).toEqual([{ id: due.id, version: 1, wakeAt: at(5) }]);
      expect(await index.claimDue(lease(5, "b"))).toEqual([]);
    });

    test("a lease that has run out is free", async () => {
      await index.project(aRow({ nextWakeAt: at(5) }));
      await index.claimDue(lease(5));
      expect(await index.claimDue(lease(14, "b"))).toEqual([]);
      expect(await index.claimDue(lease(15, "b"))).toHaveLength(1);
    });

    test("processes that claim together never get the same incident", async () => {
      await Promise.all(Array.from({ length: 30 }, () => index.project(aRow({ nextWakeAt: at(1) }))));
      const claims = await Promise.all(
        ["a", "b", "c"].map((owner) => index.claimDue({ ...lease(5, owner), limit: 12 })),
      );
      const ids = claims.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.length).toBeGreaterThanOrEqual(12);
    });

    test("the earliest come first, and no more than asked for", async () => {
      for (const seconds of [3, 1, 2]) await index.project(aRow({ nextWakeAt: at(seconds) }));
      const claimed = await index.claimDue({ ...lease(5), limit: 2 });
      expect(claimed.map(({ wakeAt }) => wakeAt)).toEqual([at(1), at(2)]);
    });

    test("settling sets the next wake and frees the lease", async () => {
      const row = aRow({ nextWakeAt: at(1) });
      await index.project(row);
      await index.claimDue(lease(1));
      await index.settleWake(row.id, 1, at(3));
      expect(await index.claimDue(lease(3, "b"))).toEqual([{ id: row.id, version: 1, wakeAt: at(3) }]);
    });

    test("settling a version that has moved on changes nothing", async () => {
      const row = aRow({ nextWakeAt: at(1) });
      await index.project(row);
      await index.claimDue(lease(1));
      await index.project({ ...row, version: 2, nextWakeAt: at(4) });
      await index.settleWake(row.id, 1, null);
      expect((await index.byId(row.id))?.nextWakeAt).toEqual(at(4));
      expect(await index.claimDue(lease(4, "b"))).toEqual([]);
    });

    test("a projection does not free the lease", async () => {
      const row = aRow({ nextWakeAt: at(1) });
      await index.project(row);
      await index.claimDue(lease(1));
      await index.project({ ...row, version: 2, nextWakeAt: at(2) });
      expect(await index.claimDue(lease(3, "b"))).toEqual([]);
    });

    test("a failed wake backs off alone", async () => {
      const failed = aRow({ nextWakeAt: at(1) });
      const other = aRow({ nextWakeAt: at(1) });
      for (const row of [failed, other]) await index.project(row);
      await index.claimDue(lease(1));
      await index.backOff(failed.id, at(61));
      expect(await index.claimDue(lease(12, "b"))).toEqual([{ id: other.id, version: 1, wakeAt: at(1) }]);
      expect((await index.byId(failed.id))?.nextWakeAt).toEqual(at(61));
    });

    test("an incident that waits for nothing is never claimed", async () => {
      const row = aRow({ nextWakeAt: at(1) });
      await index.project(row);
      await index.settleWake(row.id, 1, null);
      expect(await index.claimDue(lease(1e6))).toEqual([]);
    });

    test("the earliest wake of open incidents is known", async () => {
      expect(await index.earliestWake()).toBeNull();
      await index.project(aRow({ nextWakeAt: at(7) }));
      await index.project(aRow({ nextWakeAt: at(5) }));
      await index.project(aRow({ nextWakeAt: at(1), open: false }));
      await index.project(aRow());
      expect(await index.earliestWake()).toEqual(at(5));
    });
  });

  test("open incidents and overdue wakes are counted", async () => {
    await index.project(aRow({ nextWakeAt: at(-1) }));
    await index.project(aRow({ nextWakeAt: at(1) }));
    await index.project(aRow({ open: false }));
    expect(await index.counts()).toEqual({ open: 2, overdueWakes: 1 });
  });
}
