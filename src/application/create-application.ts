// Assembles the use cases from the ports; app.ts hands in the adapters.
import type { IncidentId } from "../domain/incident/ids.js";
import { nextWakeAt } from "../domain/incident/next-wake-at.js";
import type { Chance } from "../ports/chance.js";
import type { ChatRooms } from "../ports/chat-rooms.js";
import type { Claims } from "../ports/claims.js";
import type { Clock } from "../ports/clock.js";
import type { CommandHandler } from "../ports/command-handler.js";
import type { CommitStore } from "../ports/commit-store.js";
import type { CustomerDelivery } from "../ports/customer-delivery.js";
import type { Catalogue, Directory } from "../ports/directory.js";
import type { EffectLedger } from "../ports/effect-ledger.js";
import { type IncidentIndex, rowOf } from "../ports/incident-index.js";
import type { Outreach } from "../ports/outreach.js";
import type { Pager } from "../ports/pager.js";
import type { Places } from "../ports/places.js";
import type { Policies } from "../ports/policies.js";
import type { RealTime } from "../ports/real-time.js";
import type { Reporter } from "../ports/reporter.js";
import { makeAuditIncidents } from "./audit-incidents.js";
import { type Corridor, makeCorridor } from "./commit-command.js";
import { faultCode } from "./fault-code.js";
import { makeHandOutEffects } from "./hand-out-effects.js";
import { makeCommandHandler } from "./handle-command.js";
import { makeIncidentLoader } from "./incident-loader.js";
import { makeOpenRoom } from "./open-room.js";
import { makePerformEffect } from "./perform-effect.js";
import { makePostOnce } from "./post-once.js";
import { makePreviewNotice } from "./preview-notice.js";
import { makeRefreshPlaces } from "./refresh-places.js";
import { makeReportDeliveries } from "./report-deliveries.js";
import { createRunningWork } from "./running-work.js";
import { makeSweepEffects } from "./sweep-effects.js";
import { makeWakeIncidents } from "./wake-incidents.js";

/** Everything the application needs from the world. */
export type World = {
  readonly commits: CommitStore;
  readonly index: IncidentIndex;
  readonly ledger: EffectLedger;
  readonly places: Places;
  readonly claims: Claims;
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly realTime: RealTime;
  readonly chance: Chance;
  readonly reporter: Reporter;
  readonly owner: string;
  /** Chat platforms by name; filled before the first command. */
  readonly rooms: ReadonlyMap<string, ChatRooms>;
  /** Phones of the staff; left out when none can ring. */
  readonly pager?: Pager;
  /** The way to the customers; left out when no provider is configured. */
  readonly delivery?: CustomerDelivery;
  /** Words of messages to customers; left out where none can be sent. */
  readonly outreach?: Outreach;
};

/** The use cases, and the duties that the jobs call. */
export type Application = {
  readonly handler: CommandHandler;
  readonly tick: () => Promise<number>;
  readonly sweep: () => Promise<number>;
  readonly audit: () => Promise<number>;
  /** Records messages to customers whose last recipient has been served. */
  readonly reportDeliveries: () => Promise<number>;
  /** Resolves when nothing runs in the background. */
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
};

/** Assembles the application. */
export const createApplication = (world: World): Application => {
  const { index, places, clock, reporter } = world;
  const running = createRunningWork();
  const loader = makeIncidentLoader(world);
  const postOnce = makePostOnce(places);
  const late: { corridor: Corridor | null } = { corridor: null };
  const corridorOf = (): Corridor => {
    if (late.corridor === null) throw new Error("The corridor is used before the application is assembled.");
    return late.corridor;
  };
  const perform = makePerformEffect({
    loader,
    places,
    rooms: world.rooms,
    openRoom: makeOpenRoom({ places, postOnce }),
    refresh: makeRefreshPlaces(places, postOnce, async (id) => {
      const loaded = await loader.load(id);
      return loaded === null ? null : loader.snapshot(loaded.incident);
    }),
    postOnce,
    corridor: corridorOf,
    reporter,
    pager: world.pager ?? null,
    delivery: world.delivery ?? null,
  });
  const handOut = makeHandOutEffects({ ...world, perform });
  const waking = makeWakeIncidents({ ...world, corridor: corridorOf, loader, running });

  // The commit stands without its row; the mark on the commit stays until a sweep has written it.
  const project = async (row: Parameters<IncidentIndex["project"]>[0]): Promise<boolean> => {
    try {
      await index.project(row);
      return true;
    } catch (err) {
      reporter.storeFailed({ what: "project", code: faultCode(err), err });
      return false;
    }
  };
  const projectAnew = async (id: IncidentId): Promise<boolean> => {
    const loaded = await loader.load(id);
    if (loaded === null) return true;
    const at = clock.now();
    const { sheet, policy } = loader.snapshot(loaded.incident, at);
    return project(rowOf(loaded.incident, nextWakeAt(loaded.incident, sheet, policy, at)));
  };
  const corridor = makeCorridor({
    ...world,
    loader,
    stored: async ({ commit, incident, ownUntil }) => {
      const at = clock.now();
      const { sheet, policy } = loader.snapshot(incident, at);
      const wakeAt = nextWakeAt(incident, sheet, policy, at);
      // A wake-up arms the next one itself, once it has seen that this one got anywhere.
      if (commit.actor.kind === "person" || commit.actor.name !== "clock") waking.arm(incident.id, wakeAt);
      const projected = await project(rowOf(incident, wakeAt));
      const handing = { until: ownUntil, mayExist: false, keepMark: !projected };
      const rung = handOut.ring(commit, false);
      void running.run(incident.id, () => handOut.ofCommit(commit, handing, rung));
    },
  });
  late.corridor = corridor;
  return {
    handler: {
      ...makeCommandHandler({ ...world, corridor, loader }),
      previewNotice: makePreviewNotice({ ...world, loader }),
    },
    tick: waking.tick,
    sweep: makeSweepEffects({ ...world, handOut, running, project: projectAnew }),
    reportDeliveries: makeReportDeliveries({ delivery: world.delivery ?? null, corridor, reporter }),
    audit: makeAuditIncidents({ index, loader, clock, reporter }),
    idle: running.idle,
    stop: waking.stop,
  };
};
