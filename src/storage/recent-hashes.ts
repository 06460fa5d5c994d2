/** Hashes of latest commits, so that an append after a load needs no further read. Commits never change. */
export type RecentHashes = {
  get(incidentId: string, version: number): string | null;
  remember(incidentId: string, version: number, hash: string): void;
};

/** Remembers the latest hash of at most `limit` incidents. */
export function createRecentHashes(limit = 10_000): RecentHashes {
  const latest = new Map<string, { readonly version: number; readonly hash: string }>();
  return {
    get(incidentId, version) {
      const known = latest.get(incidentId);
      return known?.version === version ? known.hash : null;
    },
    remember(incidentId, version, hash) {
      latest.delete(incidentId);
      latest.set(incidentId, { version, hash });
      const oldest = latest.keys().next();
      if (latest.size > limit && oldest.done !== true) latest.delete(oldest.value);
    },
  };
}
