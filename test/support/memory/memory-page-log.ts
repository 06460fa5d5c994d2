import type { PageLog, PageRow } from "../../../src/ports/page-log.js";

type Kept = PageRow & { readonly token: string; readonly rank: number };

/** A log of pages in memory, under the same contract as the one in MongoDB. */
export function createMemoryPageLog(): PageLog {
  const rows = new Map<string, Kept>();
  const change = (key: string, fields: Partial<Kept>): void => {
    const row = rows.get(key);
    if (row !== undefined) rows.set(key, { ...row, ...fields });
  };
  const toRow = ({ token, rank, ...row }: Kept): PageRow => row;
  const found = (wanted: (row: Kept) => boolean): Kept | undefined => [...rows.values()].find(wanted);
  const belongsToAnother = (key: string, providerId: string | null): boolean =>
    providerId !== null && found((row) => row.key !== key && row.providerId === providerId) !== undefined;
  const isRinging = ({ state }: Kept): boolean => state !== "refused" && state !== "not-sent";

  return {
    async of(key) {
      const row = rows.get(key);
      return row === undefined ? null : toRow(row);
    },
    async byToken(token) {
      const row = found((one) => one.token === token);
      return row === undefined ? null : toRow(row);
    },
    async begin(page, after) {
      const row = rows.get(page.key);
      if (after === 0) {
        if (row !== undefined) return false;
        const nothing = { providerId: null, status: null, code: null, rank: 0 };
        rows.set(page.key, { ...page, ...nothing, state: "begun", attempts: 1 });
        return true;
      }
      if (row?.attempts !== after || !["begun", "unknown", "not-sent"].includes(row.state)) return false;
      const { token, asks, begunAt, alertAt, expiresAt } = page;
      change(page.key, { token, asks, begunAt, alertAt, expiresAt, state: "begun", attempts: after + 1, code: null });
      return true;
    },
    async settle(key, attempt, result) {
      const row = rows.get(key);
      if (row?.attempts !== attempt || !["begun", "unknown"].includes(row.state)) return true;
      if (result.state !== "accepted") {
        change(key, result);
        return true;
      }
      if (belongsToAnother(key, result.providerId)) return false;
      change(key, { state: "accepted", code: null, providerId: result.providerId ?? row.providerId });
      return true;
    },
    async prove(token, { providerId, status, rank, code }) {
      const row = found((one) => one.token === token);
      if (row === undefined) return false;
      if (row.state !== "accepted" && row.state !== "answered") {
        const name = belongsToAnother(row.key, providerId) ? row.providerId : providerId;
        change(row.key, { state: "accepted", providerId: name });
      }
      if (rank > row.rank) change(row.key, { status, rank, ...(code === null ? {} : { code }) });
      return true;
    },
    async answered(key) {
      change(key, { state: "answered" });
    },
    async countAlerts(person, after) {
      return [...rows.values()].filter((row) => row.person === person && row.alertAt > after && isRinging(row)).length;
    },
    async recent(people, after) {
      return [...rows.values()]
        .filter((row) => people.includes(row.person) && row.begunAt > after && isRinging(row))
        .sort((one, other) => other.begunAt.getTime() - one.begunAt.getTime())
        .map(toRow);
    },
  };
}
