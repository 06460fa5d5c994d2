// The read model: one row per incident, for lists, lookups and the one index of time. It can be rebuilt from commits.
import type { IncidentId, PersonId, Platform } from "../domain/incident/ids.js";
import type { Incident, IncidentKind, IncidentState, ServiceRef } from "../domain/incident/incident.js";
import type { Level } from "../domain/policy/policy.js";

/** What lists and lookups need of an incident. */
export type IncidentRow = {
  readonly id: IncidentId;
  readonly version: number;
  readonly code: string;
  readonly kind: IncidentKind;
  readonly state: IncidentState;
  readonly open: boolean;
  readonly level: Level;
  readonly title: string;
  readonly services: readonly ServiceRef[];
  readonly home: Platform;
  readonly takenBy: PersonId | null;
  readonly declaredAt: Date | null;
  readonly nextWakeAt: Date | null;
};

/** An incident that falls due, leased to one process. */
export type DueIncident = { readonly id: IncidentId; readonly version: number; readonly wakeAt: Date };

/** The rows of all incidents. Throws StoreFault when the store cannot answer. */
export interface IncidentIndex {
  /** Upserts with filter version < row.version; a newer row stays. Lease fields are never replaced. */
  project(row: IncidentRow): Promise<void>;
  byId(id: IncidentId): Promise<IncidentRow | null>;
  byCode(code: string): Promise<IncidentRow | null>;
  /** Open incidents, most severe and oldest first. */
  open(limit: number): Promise<readonly IncidentRow[]>;
  /** Leases incidents with nextWakeAt <= `until` (domain time) whose lease is free at `now` (real time). */
  claimDue(request: {
    readonly until: Date;
    readonly now: Date;
    readonly leaseUntil: Date;
    readonly owner: string;
    readonly limit: number;
  }): Promise<readonly DueIncident[]>;
  /** Sets the next wake of this version and frees the lease; ignored when the version has moved on. */
  settleWake(id: IncidentId, version: number, nextWakeAt: Date | null): Promise<void>;
  /** Frees the lease and looks again at `retryAt` (domain time) because the wake failed. */
  backOff(id: IncidentId, retryAt: Date): Promise<void>;
  /** Ids of open incidents, for the rolling audit, in pages after `after`. */
  openIds(after: IncidentId | null, limit: number): Promise<readonly IncidentId[]>;
  /** The earliest wake of any open incident. */
  earliestWake(): Promise<Date | null>;
  counts(): Promise<{ readonly open: number; readonly overdueWakes: number }>;
}

/** Row of an incident at its version. */
export const rowOf = (incident: Incident, nextWakeAt: Date | null): IncidentRow => ({
  id: incident.id,
  version: incident.version,
  code: incident.code,
  kind: incident.kind,
  state: incident.state,
  open: !["closed", "cancelled", "merged"].includes(incident.state),
  level: incident.level,
  title: incident.title,
  services: incident.services,
  home: incident.home,
  takenBy: incident.taken?.by ?? null,
  declaredAt: incident.declaredAt,
  nextWakeAt,
});
