import type { Commit } from "../../../src/domain/incident/commit.js";
import type { CommitStore, PendingMark } from "../../../src/ports/commit-store.js";

/** Commits in memory, under the same contract as those in MongoDB. */
export function createMemoryCommitStore(): CommitStore {
  const commits: { commit: Commit; pending: PendingMark | null }[] = [];
  const stored = (commit: Commit): Commit => structuredClone(commit);
  return {
    append: async (commit, pending) => {
      const repeated = commits.find((one) => one.commit.commandId === commit.commandId);
      if (repeated !== undefined) return { kind: "repeated", commit: stored(repeated.commit) };
      const own = commits.filter((one) => one.commit.incidentId === commit.incidentId);
      if (own.some((one) => one.commit.version === commit.version)) return { kind: "conflict" };
      if (own.length !== commit.version - 1) {
        throw new Error(`Version ${commit.version} of an incident has no version before it.`);
      }
      commits.push({ commit: stored(commit), pending });
      return { kind: "appended" };
    },
    load: async (incidentId) =>
      commits.filter(({ commit }) => commit.incidentId === incidentId).map(({ commit }) => stored(commit)),
    findByCommand: async (commandId) => {
      const found = commits.find(({ commit }) => commit.commandId === commandId);
      return found === undefined ? null : stored(found.commit);
    },
    keepPending: async (incidentId, version, mark) => {
      const found = commits.find(({ commit }) => commit.incidentId === incidentId && commit.version === version);
      if (found?.pending?.owner !== mark.owner) return false;
      found.pending = mark;
      return true;
    },
    clearPending: async (incidentId, version) => {
      const found = commits.find(({ commit }) => commit.incidentId === incidentId && commit.version === version);
      if (found !== undefined) found.pending = null;
    },
    claimAbandoned: async (mark, now, limit) => {
      const abandoned = commits
        .filter(({ pending }) => pending !== null && pending.until <= now)
        .sort((one, other) => Number(one.pending?.until) - Number(other.pending?.until))
        .slice(0, limit);
      for (const one of abandoned) one.pending = mark;
      return abandoned.map(({ commit }) => stored(commit));
    },
  };
}
