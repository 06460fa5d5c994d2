// Time at work: what falls due soon is leased and fired at its instant by a timer in this process.
import type { CommandId, IncidentId } from "../domain/incident/ids.js";
import type { Incident } from "../domain/incident/incident.js";
import { nextWakeAt } from "../domain/incident/next-wake-at.js";
import type { Clock } from "../ports/clock.js";
import { StoreFault } from "../ports/commit-store.js";
import { type IncidentIndex, rowOf } from "../ports/incident-index.js";
import type { RealTime } from "../ports/real-time.js";
import type { Reporter } from "../ports/reporter.js";
import type { Corridor } from "./commit-command.js";
import type { IncidentLoader } from "./incident-loader.js";
import type { RunningWork } from "./running-work.js";

/** What waking needs. */
export type WakeDeps = {
  readonly corridor: () => Corridor;
  readonly index: IncidentIndex;
  readonly loader: IncidentLoader;
  readonly clock: Clock;
  readonly realTime: RealTime;
  readonly running: RunningWork;
  readonly reporter: Reporter;
  readonly owner: string;
};

/** Fires what falls due. */
export type WakeIncidents = {
  /** Leases what falls due within the look-ahead and arms it. */
  tick(): Promise<number>;
  /** Arms an incident whose next wake lies within the look-ahead; called after each commit of this process. */
  arm(id: IncidentId, wakeAt: Date | null): void;
  /** Disarms everything; what is not fired stays leased for a moment and is taken up by another process. */
  stop(): void;
};

const LOOK_AHEAD_MS = 2_000;
const LEASE_MS = 10_000;
const BATCH = 100;
/** Domain time: an incident that throws backs off alone. */
const BACK_OFF_MS = 60_000;
/** Real time: the store may be back at once, and a page must not wait for more than that. */
const STORE_RETRY_MS = 2_000;

/** Makes the functions that fire what falls due. */
export const makeWakeIncidents = ({
  corridor,
  index,
  loader,
  clock,
  realTime,
  running,
  reporter,
  owner,
}: WakeDeps): WakeIncidents => {
  const armed = new Map<IncidentId, () => void>();
  let stopped = false;

  const failed = async (id: IncidentId, error: unknown): Promise<void> => {
    reporter.wakeFailed({ incidentId: id, err: error });
    try {
      const isStore = error instanceof StoreFault;
      const retryAt = isStore ? clock.after(STORE_RETRY_MS) : new Date(clock.now().getTime() + BACK_OFF_MS);
      await index.backOff(id, retryAt);
    } catch (err) {
      reporter.wakeFailed({ incidentId: id, err });
    }
  };

  const settle = async (incident: Incident): Promise<void> => {
    const at = clock.now();
    const { sheet, policy } = loader.snapshot(incident, at);
    const next = nextWakeAt(incident, sheet, policy, at);
    // A crash may have left the row behind its commits; both writes ignore rows that are newer.
    await index.project(rowOf(incident, next));
    await index.settleWake(incident.id, incident.version, next);
    arm(incident.id, next);
  };

  // What a wake-up leaves due at its own instant it would leave due for ever.
  const mustHaveSettled = (incident: Incident, at: Date): void => {
    const { sheet, policy } = loader.snapshot(incident, at);
    const next = nextWakeAt(incident, sheet, policy, at);
    if (next !== null && next.getTime() <= at.getTime()) throw new Error("A wake-up left something due.");
  };

  const wake = async (id: IncidentId, wakeAt: Date): Promise<void> => {
    const asked = { actor: { kind: "system", name: "clock" }, admin: false, door: "clock" } as const;
    const keyOf = (incident: Incident): CommandId => `wake:${incident.id}:${incident.version}` as CommandId;
    const result = await corridor().change(id, { type: "wake" }, keyOf, asked);
    if (result.kind === "fault") throw new StoreFault(result.code, "unknown");
    if (result.kind === "done" && !result.repeated) {
      const { at, events } = result.commit;
      const lateMs = Math.max(0, clock.now().getTime() - wakeAt.getTime());
      reporter.woke({ incidentId: id, lateMs, events: events.length });
      mustHaveSettled(result.incident, at);
    }
    if (result.incident !== null) await settle(result.incident);
  };

  const arm = (id: IncidentId, wakeAt: Date | null): void => {
    // What is armed for an earlier instant may fire all the same: it finds nothing due and frees the lease of the row.
    if (stopped || wakeAt === null || wakeAt.getTime() > clock.after(LOOK_AHEAD_MS).getTime()) return;
    armed.get(id)?.();
    const cancel = clock.at(wakeAt, () => {
      armed.delete(id);
      void running.run(`wake:${id}`, () => wake(id, wakeAt).catch((error: unknown) => failed(id, error)));
    });
    armed.set(id, cancel);
  };

  const tick = async (): Promise<number> => {
    let claimed = 0;
    for (;;) {
      const now = realTime.now();
      const due = await index.claimDue({
        until: clock.after(LOOK_AHEAD_MS),
        now,
        leaseUntil: new Date(now.getTime() + LEASE_MS),
        owner,
        limit: BATCH,
      });
      for (const { id, wakeAt } of due) arm(id, wakeAt);
      claimed += due.length;
      if (due.length < BATCH || stopped) return claimed;
    }
  };

  const stop = (): void => {
    stopped = true;
    for (const cancel of armed.values()) cancel();
    armed.clear();
  };

  return { tick, arm, stop };
};
