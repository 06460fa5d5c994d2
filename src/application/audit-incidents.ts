// The rolling audit: every open incident is derived anew from its commits, and a row that disagrees is mended.
import type { IncidentId } from "../domain/incident/ids.js";
import { nextWakeAt } from "../domain/incident/next-wake-at.js";
import type { Clock } from "../ports/clock.js";
import { type IncidentIndex, rowOf } from "../ports/incident-index.js";
import type { Reporter } from "../ports/reporter.js";
import { faultCode } from "./fault-code.js";
import type { IncidentLoader } from "./incident-loader.js";

/** What the audit needs. */
export type AuditDeps = {
  readonly index: IncidentIndex;
  readonly loader: IncidentLoader;
  readonly clock: Clock;
  readonly reporter: Reporter;
};

const PAGE = 100;

/** Compares every open incident's row with its commits; answers how many were mended. */
export const makeAuditIncidents =
  ({ index, loader, clock, reporter }: AuditDeps) =>
  async (): Promise<number> => {
    let mended = 0;
    const auditOne = async (id: IncidentId): Promise<void> => {
      const [loaded, row] = [await loader.load(id), await index.byId(id)];
      if (loaded === null || row === null) return;
      const at = clock.now();
      const { incident } = loaded;
      const { sheet, policy } = loader.snapshot(incident, at);
      const wakeAt = nextWakeAt(incident, sheet, policy, at);
      if (row.version < incident.version) {
        reporter.auditFound({ incidentId: id, difference: "version" });
        await index.project(rowOf(incident, wakeAt));
        mended += 1;
      } else if (
        row.version === incident.version &&
        wakeAt !== null &&
        (row.nextWakeAt === null || row.nextWakeAt.getTime() > wakeAt.getTime())
      ) {
        reporter.auditFound({ incidentId: id, difference: "wake" });
        await index.settleWake(id, incident.version, wakeAt);
        mended += 1;
      }
    };
    // One incident that cannot be read must not keep the others from being looked at.
    const auditNext = (id: IncidentId): Promise<void> =>
      auditOne(id).catch((err: unknown) => {
        reporter.auditFound({ incidentId: id, difference: "unreadable" });
        reporter.storeFailed({ what: "audit", code: faultCode(err), err });
      });
    for (let after: IncidentId | null = null; ; ) {
      const ids: readonly IncidentId[] = await index.openIds(after, PAGE);
      for (const id of ids) await auditNext(id);
      after = ids.at(-1) ?? null;
      if (ids.length < PAGE) return mended;
    }
  };
