// Does one effect. What makes sense is asked again just before the request begins (invariant I2): a page that was
// decided a second ago is dropped when somebody has taken the incident since.
import type { Effect, Validity } from "../domain/incident/effects.js";
import type { CommandId, IncidentId } from "../domain/incident/ids.js";
import type { Incident } from "../domain/incident/incident.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import { clocksRun } from "../domain/incident/transitions.js";
import { type Audience, ChatFault, type ChatRooms } from "../ports/chat-rooms.js";
import type { CustomerDelivery } from "../ports/customer-delivery.js";
import type { Pager } from "../ports/pager.js";
import type { Places } from "../ports/places.js";
import type { Reporter } from "../ports/reporter.js";
import type { Corridor } from "./commit-command.js";
import type { IncidentLoader } from "./incident-loader.js";
import type { OpenRoom } from "./open-room.js";
import type { PostOnce } from "./post-once.js";
import type { RefreshPlaces } from "./refresh-places.js";

/** Which effect of which incident, and whether an earlier attempt may have succeeded. */
export type Performance = {
  readonly incidentId: IncidentId;
  readonly key: string;
  readonly effect: Effect;
  readonly mayExist: boolean;
};

/** Done, or dropped because it makes no sense any more. */
export type Performed = { readonly kind: "done" } | { readonly kind: "dropped"; readonly reason: string };

/** Performs one effect; throws ChatFault or StoreFault when it could not. */
export type PerformEffect = (performance: Performance) => Promise<Performed>;

/** What performing needs. */
export type PerformDeps = {
  readonly loader: IncidentLoader;
  readonly places: Places;
  readonly rooms: ReadonlyMap<string, ChatRooms>;
  readonly openRoom: OpenRoom;
  readonly refresh: RefreshPlaces;
  readonly postOnce: PostOnce;
  /** The merge's own command to the absorbed incident; resolved late because the corridor needs the effects. */
  readonly corridor: () => Corridor;
  readonly reporter: Reporter;
  /** Null when no phone can ring. */
  readonly pager: Pager | null;
  /** Null when no provider is configured. */
  readonly delivery: CustomerDelivery | null;
};

const DONE: Performed = { kind: "done" };

const outOfDate = (validWhile: Validity, incident: Incident): string | null => {
  if (validWhile === "always") return null;
  if (!clocksRun(incident.state)) return incident.state;
  return validWhile === "untaken" && incident.taken !== null ? "taken" : null;
};

/** Makes the function that performs effects. */
export const makePerformEffect = (deps: PerformDeps): PerformEffect => {
  const { loader, places, postOnce, reporter } = deps;

  const roomsOf = (incident: Incident): ChatRooms => {
    const rooms = deps.rooms.get(incident.home);
    if (rooms === undefined) throw new ChatFault("platform_off", { retryable: true });
    return rooms;
  };

  const roomOf = async (incident: Incident): Promise<Audience> => {
    const known = await places.of(incident.id);
    if (known?.room) return { kind: "room", room: known.room };
    throw new ChatFault("room_not_open", { retryable: true });
  };

  const staleNow = async (validWhile: Validity, id: IncidentId): Promise<string | null> => {
    if (validWhile === "always") return null;
    const latest = await loader.load(id);
    return latest === null ? "no_incident" : outOfDate(validWhile, latest.incident);
  };

  const ring = async (
    key: string,
    snapshot: IncidentSnapshot,
    { person, by, notice, first, validWhile }: Extract<Effect, { kind: "ring" }>,
  ): Promise<Performed> => {
    if (deps.pager === null) return { kind: "dropped", reason: "phone_off" };
    const stale = outOfDate(validWhile, snapshot.incident);
    if (stale !== null) return { kind: "dropped", reason: stale };
    const stillWanted = async () => (await staleNow(validWhile, snapshot.incident.id)) === null;
    const paged = await deps.pager.page({ key, person, by, notice, snapshot, first, stillWanted });
    return paged.kind === "sent" ? DONE : { kind: "dropped", reason: paged.reason };
  };

  const broadcast = async (number: number, snapshot: IncidentSnapshot): Promise<Performed> => {
    if (deps.delivery === null) return { kind: "dropped", reason: "delivery_off" };
    const notice = snapshot.incident.notices.find((one) => one.number === number);
    if (notice === undefined || notice.approved === null) return { kind: "dropped", reason: "not_approved" };
    await deps.delivery.begin(notice, snapshot);
    return DONE;
  };

  const send = async (
    { key, mayExist }: Performance,
    snapshot: IncidentSnapshot,
    effect: Extract<Effect, { kind: "say" | "reach" }>,
  ): Promise<Performed> => {
    let stale = outOfDate(effect.validWhile, snapshot.incident);
    if (stale !== null) return { kind: "dropped", reason: stale };
    // Finding people and waiting for a turn take time, in which somebody may have taken the incident.
    const stillWanted = async (): Promise<boolean> => {
      stale = await staleNow(effect.validWhile, snapshot.incident.id);
      return stale === null;
    };
    const to: Audience =
      effect.kind === "say" ? await roomOf(snapshot.incident) : { kind: "person", person: effect.person };
    try {
      await postOnce(roomsOf(snapshot.incident), { to, notice: effect.notice, snapshot, key, mayExist, stillWanted });
    } catch (error) {
      if (stale !== null) return { kind: "dropped", reason: stale };
      throw error;
    }
    return DONE;
  };

  const open = async ({ key, mayExist, effect }: Performance, snapshot: IncidentSnapshot): Promise<Performed> => {
    if (effect.kind !== "open-room") return DONE;
    const shortfalls = await deps.openRoom({
      rooms: roomsOf(snapshot.incident),
      snapshot,
      invite: effect.invite,
      key,
      mayExist,
    });
    for (const { step, code } of shortfalls)
      reporter.effectFailed({ key, kind: `open-room.${step}`, code, attempts: 1, givenUp: true, err: null });
    return DONE;
  };

  const invite = async (
    snapshot: IncidentSnapshot,
    effect: Extract<Effect, { kind: "invite" }>,
  ): Promise<Performed> => {
    const to = await roomOf(snapshot.incident);
    if (to.kind === "room" && to.room.thread === undefined)
      await roomsOf(snapshot.incident).invite(to.room, effect.people);
    return DONE;
  };

  const mergeChild = async (effect: Extract<Effect, { kind: "merge-child" }>, key: string): Promise<Performed> => {
    const command = { type: "become-merged", parent: effect.parent, parentCode: effect.parentCode } as const;
    const result = await deps.corridor().change(effect.child, command, `merge:${key}` as CommandId, {
      actor: { kind: "system", name: "merge" },
      admin: false,
      door: "merge",
    });
    if (result.kind === "fault") throw new ChatFault("merge_not_saved", { retryable: true });
    return result.kind === "refused" ? { kind: "dropped", reason: result.refusal.reason } : DONE;
  };

  return async (performance) => {
    const loaded = await loader.load(performance.incidentId);
    if (loaded === null) return { kind: "dropped", reason: "no_incident" };
    const snapshot = loader.snapshot(loaded.incident);
    const { effect, key, mayExist } = performance;
    switch (effect.kind) {
      case "open-room":
        return open(performance, snapshot);
      case "invite":
        return invite(snapshot, effect);
      case "refresh":
        await deps.refresh(roomsOf(snapshot.incident), snapshot, key, mayExist);
        return DONE;
      case "say":
      case "reach":
        return send(performance, snapshot, effect);
      case "ring":
        return ring(key, snapshot, effect);
      case "broadcast":
        return broadcast(effect.number, snapshot);
      case "merge-child":
        return mergeChild(effect, key);
    }
  };
};
