import type { Clock } from "../../../src/ports/clock.js";
import type { IncidentIndex, IncidentRow } from "../../../src/ports/incident-index.js";

type Held = { row: IncidentRow; leaseUntil: Date | null };

const byNumbers = (...differences: number[]): number => differences.find((difference) => difference !== 0) ?? 0;
const byId = (one: IncidentRow, other: IncidentRow): number => (one.id < other.id ? -1 : 1);
const mostSevereFirst = (one: IncidentRow, other: IncidentRow): number =>
  byNumbers(one.level - other.level, Number(one.declaredAt) - Number(other.declaredAt), byId(one, other));

/** Rows in memory, under the same contract as those in MongoDB. */
export function createMemoryIncidentIndex(clock: Pick<Clock, "now">): IncidentIndex {
  const held = new Map<string, Held>();
  const rows = () => [...held.values()].map(({ row }) => row);
  const wakes = (open: boolean) =>
    rows()
      .filter((row) => !open || row.open)
      .flatMap(({ nextWakeAt }) => (nextWakeAt === null ? [] : [nextWakeAt]))
      .sort((one, other) => Number(one) - Number(other));
  return {
    project: async (row) => {
      const known = held.get(row.id);
      if (known === undefined) held.set(row.id, { row: structuredClone(row), leaseUntil: null });
      else if (known.row.version < row.version) known.row = structuredClone(row);
    },
    byId: async (id) => held.get(id)?.row ?? null,
    byCode: async (code) => rows().find((row) => row.code === code) ?? null,
    open: async (limit) =>
      rows()
        .filter((row) => row.open)
        .sort(mostSevereFirst)
        .slice(0, limit),
    claimDue: async ({ until, now, leaseUntil, limit }) => {
      const due = [...held.values()]
        .filter(({ row }) => row.nextWakeAt !== null && row.nextWakeAt <= until)
        .filter((one) => one.leaseUntil === null || one.leaseUntil <= now)
        .sort((one, other) => Number(one.row.nextWakeAt) - Number(other.row.nextWakeAt))
        .slice(0, limit);
      for (const one of due) one.leaseUntil = leaseUntil;
      return due.flatMap(({ row: { id, version, nextWakeAt } }) =>
        nextWakeAt === null ? [] : [{ id, version, wakeAt: nextWakeAt }],
      );
    },
    settleWake: async (id, version, nextWakeAt) => {
      const known = held.get(id);
      if (known?.row.version === version) held.set(id, { row: { ...known.row, nextWakeAt }, leaseUntil: null });
    },
    backOff: async (id, retryAt) => {
      const known = held.get(id);
      if (known !== undefined) held.set(id, { row: { ...known.row, nextWakeAt: retryAt }, leaseUntil: null });
    },
    openIds: async (after, limit) =>
      rows()
        .filter((row) => row.open && (after === null || row.id > after))
        .sort(byId)
        .slice(0, limit)
        .map(({ id }) => id),
    earliestWake: async () => wakes(true)[0] ?? null,
    counts: async () => ({
      open: rows().filter((row) => row.open).length,
      overdueWakes: wakes(false).filter((wakeAt) => wakeAt < clock.now()).length,
    }),
  };
}
