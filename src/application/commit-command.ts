// The corridor: load, decide, store one commit, hand out its effects. Every door and the clock pass here.

import type { IncidentCommand } from "../domain/incident/commands.js";
import type { Commit } from "../domain/incident/commit.js";
import { decide } from "../domain/incident/decide.js";
import type { Decision } from "../domain/incident/decision.js";
import { applyCommit } from "../domain/incident/evolve.js";
import type { Actor, CommandId, IncidentId } from "../domain/incident/ids.js";
import type { Incident } from "../domain/incident/incident.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { Chance } from "../ports/chance.js";
import type { Clock } from "../ports/clock.js";
import { type CommitStore, StoreFault } from "../ports/commit-store.js";
import type { Policies } from "../ports/policies.js";
import type { RealTime } from "../ports/real-time.js";
import type { Reporter } from "../ports/reporter.js";
import { EFFECT_LEASE_MS } from "./effect-lease.js";
import type { IncidentLoader } from "./incident-loader.js";
import { makeTurns } from "./make-turns.js";

/** Who asks, and under which key. */
export type Asked = { readonly actor: Actor; readonly admin: boolean; readonly door: string };

/** What became of a command. */
export type Committed =
  | { readonly kind: "done"; readonly incident: Incident; readonly commit: Commit; readonly repeated: boolean }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly incident: Incident | null }
  | { readonly kind: "fault"; readonly saved: "no" | "unknown"; readonly code: string };

/** What the corridor needs. */
export type CorridorDeps = {
  readonly commits: CommitStore;
  readonly loader: IncidentLoader;
  readonly policies: Policies;
  readonly clock: Clock;
  readonly realTime: RealTime;
  readonly chance: Chance;
  readonly reporter: Reporter;
  /** Names this process in leases. */
  readonly owner: string;
  /** Called once for each commit that this process stored, before the answer; must not throw. */
  readonly stored: (stored: StoredCommit) => Promise<void>;
};

/** A commit that this process stored, and until when (real time) its effects are this process's own. */
export type StoredCommit = { readonly commit: Commit; readonly incident: Incident; readonly ownUntil: Date };

/** What is decided at an instant, and what must be in place before it is stored. */
export type Beginning = { readonly decide: (now: Date) => Decision; readonly prepare: () => Promise<void> };

const TRIES = 5;

const latest = (a: Date, b: Date): Date => (a.getTime() >= b.getTime() ? a : b);

/** The corridor. */
export type Corridor = {
  /** Stores the first commit of an incident. */
  begin(id: IncidentId, commandId: CommandId, asked: Asked, beginning: Beginning): Promise<Committed>;
  /** Decides and stores a command about an existing incident; the key may depend on the version decided upon. */
  change(
    id: IncidentId,
    command: IncidentCommand,
    commandId: CommandId | ((incident: Incident) => CommandId),
    asked: Asked,
  ): Promise<Committed>;
};

/** Makes the corridor. */
export const makeCorridor = (deps: CorridorDeps): Corridor => {
  const { commits, loader, policies, clock, realTime, chance, reporter, owner } = deps;

  const again = async (commit: Commit): Promise<Committed> => {
    try {
      const loaded = await loader.load(commit.incidentId);
      if (loaded === null) throw new Error("A stored commit belongs to no incident.");
      return { kind: "done", incident: loaded.incident, commit, repeated: true };
    } catch (error) {
      // It is saved, whatever the store answers now, so nobody may be told that it is not.
      throw error instanceof StoreFault ? new StoreFault(error.code, "unknown", error) : error;
    }
  };

  // A reply that was lost says nothing about the write: the command's key tells whether it was stored.
  const afterFault = async (fault: StoreFault, commandId: CommandId): Promise<Committed> => {
    reporter.storeFailed({ what: "append", code: fault.code, err: fault });
    if (fault.outcome === "not-saved") return { kind: "fault", saved: "no", code: fault.code };
    try {
      const found = await commits.findByCommand(commandId);
      return found === null ? { kind: "fault", saved: "unknown", code: fault.code } : await again(found);
    } catch {
      return { kind: "fault", saved: "unknown", code: fault.code };
    }
  };

  const store = async (
    commit: Commit,
    before: Incident | null,
    asked: Asked,
    startedAt: Date,
  ): Promise<Committed | "conflict"> => {
    const ownUntil = new Date(realTime.now().getTime() + EFFECT_LEASE_MS);
    const result = await commits.append(commit, commit.effects.length === 0 ? null : { owner, until: ownUntil });
    if (result.kind === "conflict") return "conflict";
    if (result.kind === "repeated") return again(result.commit);
    const incident = applyCommit(before, commit);
    await deps.stored({ commit, incident, ownUntil });
    const events = commit.events.map((event) => event.type);
    const tookMs = realTime.now().getTime() - startedAt.getTime();
    reporter.committed({
      incidentId: incident.id,
      code: incident.code,
      version: incident.version,
      actor: asked.actor.kind,
      events,
      door: asked.door,
      tookMs,
    });
    return { kind: "done", incident, commit, repeated: false };
  };

  const refused = (refusal: Refusal, incident: Incident | null, command: string, asked: Asked): Committed => {
    reporter.refused({ incidentId: incident?.id ?? null, command, reason: refusal.reason, door: asked.door });
    return { kind: "refused", refusal, incident };
  };

  const begin: Corridor["begin"] = async (id, commandId, asked, { decide: decideAt, prepare }) => {
    const startedAt = realTime.now();
    const at = clock.now();
    const decision = decideAt(at);
    if (!decision.ok) return refused(decision.refusal, null, "declare", asked);
    const commit: Commit = {
      incidentId: id,
      version: 1,
      at,
      actor: asked.actor,
      commandId,
      events: decision.events,
      effects: decision.effects,
    };
    await prepare();
    try {
      const result = await store(commit, null, asked, startedAt);
      return result === "conflict" ? { kind: "fault", saved: "no", code: "incident_id_taken" } : result;
    } catch (error) {
      if (error instanceof StoreFault) return afterFault(error, commandId);
      throw error;
    }
  };

  const tryOnce = async (
    id: IncidentId,
    command: IncidentCommand,
    key: Parameters<Corridor["change"]>[2],
    asked: Asked,
    startedAt: Date,
  ): Promise<Committed | "conflict"> => {
    const loaded = await loader.load(id);
    if (loaded === null) return refused({ reason: "unknown-incident" }, null, command.type, asked);
    const { incident } = loaded;
    const commandId = typeof key === "function" ? key(incident) : key;
    const earlier = loaded.commits.find((commit) => commit.commandId === commandId);
    if (earlier !== undefined) return { kind: "done", incident, commit: earlier, repeated: true };
    const now = latest(clock.now(), loaded.commits.at(-1)?.at ?? clock.now());
    const policy = policies.version(incident.policy.id, incident.policy.version);
    const decision = decide(incident, command, { actor: asked.actor, admin: asked.admin, now, policy });
    if (!decision.ok)
      return command.type === "wake"
        ? { kind: "refused", refusal: decision.refusal, incident }
        : refused(decision.refusal, incident, command.type, asked);
    const commit: Commit = {
      incidentId: id,
      version: incident.version + 1,
      at: now,
      actor: asked.actor,
      commandId,
      events: decision.events,
      effects: decision.effects,
    };
    try {
      return await store(commit, incident, asked, startedAt);
    } catch (error) {
      if (error instanceof StoreFault) return afterFault(error, commandId);
      throw error;
    }
  };

  const inTurn = makeTurns(realTime);
  const change: Corridor["change"] = async (id, command, key, asked) => {
    const startedAt = realTime.now();
    try {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const result = await inTurn(id, () => tryOnce(id, command, key, asked, startedAt));
        if (result !== "conflict") return result;
        await realTime.wait(5 + chance.fraction() * 20 * (attempt + 1));
      }
      return { kind: "fault", saved: "no", code: "too_many_conflicts" };
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      reporter.storeFailed({ what: "load", code: error.code, err: error });
      return { kind: "fault", saved: "no", code: error.code };
    }
  };

  return { begin, change };
};
