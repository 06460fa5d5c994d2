// Effects that did not succeed at once, and what has already been said where.
import type { IncidentId } from "../domain/incident/ids.js";

/** An effect still to be done; the effect itself is read from its commit. */
export type OwedEffect = {
  readonly key: string;
  readonly incidentId: IncidentId;
  readonly version: number;
  readonly index: number;
  readonly attempts: number;
  readonly dueAt: Date;
};

/** The rows of effects that are owed. Real time throughout. */
export interface EffectLedger {
  /** Records effects as owed; a row that exists stays as it is. */
  owe(effects: readonly OwedEffect[]): Promise<void>;
  /** Leases rows that are due and free. */
  claimDue(request: {
    readonly now: Date;
    readonly leaseUntil: Date;
    readonly owner: string;
    readonly limit: number;
  }): Promise<readonly OwedEffect[]>;
  /** Extends the lease of its owner; false when the row is finished or another's. */
  keep(key: string, owner: string, leaseUntil: Date): Promise<boolean>;
  done(key: string): Promise<void>;
  /** Frees the lease; the row is tried again at `dueAt`. `reason` is a code, never a vendor's text. */
  retry(key: string, attempts: number, dueAt: Date, reason: string): Promise<void>;
  /** Keeps the row for the operator, but never tries it again. */
  giveUp(key: string, reason: string): Promise<void>;
  counts(): Promise<{ readonly owed: number; readonly givenUp: number }>;
}
