// Finds what a crash or a failure left undone: commits whose owner died, and effects that are owed.
import type { IncidentId } from "../domain/incident/ids.js";
import type { CommitStore } from "../ports/commit-store.js";
import type { EffectLedger } from "../ports/effect-ledger.js";
import type { RealTime } from "../ports/real-time.js";
import type { Reporter } from "../ports/reporter.js";
import { EFFECT_LEASE_MS } from "./effect-lease.js";
import { faultCode } from "./fault-code.js";
import type { HandOutEffects } from "./hand-out-effects.js";
import type { RunningWork } from "./running-work.js";

/** What the sweep needs. */
export type SweepDeps = {
  readonly commits: CommitStore;
  readonly ledger: EffectLedger;
  readonly handOut: HandOutEffects;
  readonly running: RunningWork;
  readonly realTime: RealTime;
  readonly owner: string;
  readonly reporter: Reporter;
  /** Brings the incident's row up to its commits; false when that could not be done. */
  readonly project: (id: IncidentId) => Promise<boolean>;
};

const BATCH = 50;

/** Takes up abandoned and owed effects; resolves once they are queued, in order for each incident. */
export const makeSweepEffects = ({
  commits,
  ledger,
  handOut,
  running,
  realTime,
  owner,
  reporter,
  project,
}: SweepDeps): (() => Promise<number>) => {
  // What fails here stays leased for a moment, and a later sweep takes it up again.
  const queue = (id: IncidentId, work: () => Promise<void>): void => {
    const reporting = (err: unknown) => reporter.storeFailed({ what: "sweep", code: faultCode(err), err });
    void running.run(id, () => work().catch(reporting));
  };
  return async () => {
    const now = realTime.now();
    const until = new Date(now.getTime() + EFFECT_LEASE_MS);
    const abandoned = await commits.claimAbandoned({ owner, until }, now, BATCH);
    for (const commit of abandoned) {
      const rung = handOut.ring(commit, true);
      queue(commit.incidentId, async () => {
        // Whoever died may not have reached the row either.
        const projected = await project(commit.incidentId);
        await handOut.ofCommit(commit, { until, mayExist: true, keepMark: !projected }, rung);
      });
    }
    const rows = await ledger.claimDue({ now, leaseUntil: until, owner, limit: BATCH });
    for (const row of rows) {
      queue(row.incidentId, async () => {
        const commit = (await commits.load(row.incidentId)).find((c) => c.version === row.version);
        await handOut.owed(row, commit?.effects[row.index] ?? null, until);
      });
    }
    return abandoned.length + rows.length;
  };
};
