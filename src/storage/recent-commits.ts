// The records that were read last, so that a command reads what is new and not the whole history of its incident again.
import type { Commit } from "../domain/incident/commit.js";

/** The commits of one incident from the first one on, and the hash of the last one. */
export type KnownRecord = { readonly commits: readonly Commit[]; readonly lastHash: string };

/** Records in memory. Commits never change, so what was read once stays right. */
export type RecentCommits = {
  /** The record as far as it is known; null when it has to be read from its beginning. */
  get(incidentId: string): KnownRecord | null;
  /** Keeps a record that was read from its beginning, or the same record with what follows. */
  remember(incidentId: string, record: KnownRecord): void;
  forget(incidentId: string): void;
};

/** Bounds of the memory. */
export type RecentCommitsOptions = {
  /** Most commits kept, of all records together. */
  readonly limit?: number;
  readonly maxAgeMs?: number;
  /** Real time in milliseconds. */
  readonly now?: () => number;
};

/** Some 15 MB of ordinary commits. */
const LIMIT = 5_000;
/** The one thing that may be taken out of a commit is an erased text, and it leaves this memory too. */
const MAX_AGE_MS = 10 * 60_000;

/** Creates an empty memory; the record that was used longest ago is forgotten first. */
export function createRecentCommits(options: RecentCommitsOptions = {}): RecentCommits {
  const { limit = LIMIT, maxAgeMs = MAX_AGE_MS, now = Date.now } = options;
  const records = new Map<string, KnownRecord & { readonly firstReadAt: number }>();
  let kept = 0;

  const forget = (incidentId: string): void => {
    kept -= records.get(incidentId)?.commits.length ?? 0;
    records.delete(incidentId);
  };

  return {
    forget,
    get(incidentId) {
      const known = records.get(incidentId);
      if (known === undefined || now() - known.firstReadAt < maxAgeMs) return known ?? null;
      forget(incidentId);
      return null;
    },
    remember(incidentId, { commits, lastHash }) {
      const firstReadAt = records.get(incidentId)?.firstReadAt ?? now();
      forget(incidentId);
      records.set(incidentId, { commits, lastHash, firstReadAt });
      kept += commits.length;
      for (const oldest of records.keys()) {
        if (kept <= limit) break;
        forget(oldest);
      }
    },
  };
}
