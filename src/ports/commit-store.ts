// Where decisions are kept. One insert is the whole transaction: unique on (incident, version) and on the command id.
import type { Commit } from "../domain/incident/commit.js";
import type { CommandId, IncidentId } from "../domain/incident/ids.js";

/** What became of an append. */
export type AppendResult =
  | { readonly kind: "appended" }
  /** The same command was stored before: nothing changed, the earlier commit is returned. */
  | { readonly kind: "repeated"; readonly commit: Commit }
  /** Somebody else stored this version first: load and decide again. */
  | { readonly kind: "conflict" };

/** Marks who performs the effects of a commit and until when (real time). */
export type PendingMark = { readonly owner: string; readonly until: Date };

/** The append-only record of all incidents. Throws StoreFault when the store cannot answer. */
export interface CommitStore {
  /** Inserts with majority and journal; `pending` is the one field outside the hash. */
  append(commit: Commit, pending: PendingMark | null): Promise<AppendResult>;
  /** All commits of an incident in order of version; empty when there is none. */
  load(incidentId: IncidentId): Promise<readonly Commit[]>;
  findByCommand(commandId: CommandId): Promise<Commit | null>;
  /** Extends the mark of its owner; false when the commit has none or another's. */
  keepPending(incidentId: IncidentId, version: number, mark: PendingMark): Promise<boolean>;
  /** Removes the mark once every effect is done or has a row of its own. */
  clearPending(incidentId: IncidentId, version: number): Promise<void>;
  /** Takes over commits whose mark expired before `now` (real time), at most `limit`. */
  claimAbandoned(mark: PendingMark, now: Date, limit: number): Promise<readonly Commit[]>;
}

/** The store could not answer. `outcome` says what is known of a write: "unknown" may or may not have been saved. */
export class StoreFault extends Error {
  readonly code: string;
  readonly outcome: "not-saved" | "unknown";
  constructor(code: string, outcome: "not-saved" | "unknown", cause?: unknown) {
    super(`The store could not answer (${code}).`, { cause });
    this.name = "StoreFault";
    this.code = code;
    this.outcome = outcome;
  }
}
