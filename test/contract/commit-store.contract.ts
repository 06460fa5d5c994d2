import { beforeEach, describe, expect, test } from "vitest";
import type { CommitStore, PendingMark } from "../../src/ports/commit-store.js";
import { aCommit, aNote, newCommandId, newIncidentId } from "./commit-builders.js";

const T0 = new Date("2026-11-23T13:00:00.000Z");
const plus = (seconds: number) => new Date(T0.getTime() + seconds * 1_000);
const markOf = (owner: string, until: Date): PendingMark => ({ owner, until });

/** What every store of commits owes its callers; `emptyStore` gives one without commits. */
export function commitStoreContract(emptyStore: () => Promise<CommitStore>): void {
  let store: CommitStore;
  beforeEach(async () => {
    store = await emptyStore();
  });

  describe("appending", () => {
    test("a commit comes back as it was stored", async () => {
      const commit = aCommit({ effects: [{ kind: "invite", people: [] }] });
      expect(await store.append(commit, null)).toEqual({ kind: "appended" });
      expect(await store.load(commit.incidentId)).toEqual([commit]);
    });

    test("commits come back in order of version, and none for an unknown incident", async () => {
      const incidentId = newIncidentId();
      const commits = [1, 2, 3].map((version) => aCommit({ incidentId, version }));
      for (const commit of commits) await store.append(commit, null);
      expect(await store.load(incidentId)).toEqual(commits);
      expect(await store.load(newIncidentId())).toEqual([]);
    });

    test("the same command again gives the earlier commit and changes nothing", async () => {
      const commit = aCommit();
      await store.append(commit, null);
      const again = { ...commit, version: 2, events: [aNote("outra")] };
      expect(await store.append(again, null)).toEqual({ kind: "repeated", commit });
      expect(await store.append({ ...commit, incidentId: newIncidentId() }, null)).toEqual({
        kind: "repeated",
        commit,
      });
      expect(await store.load(commit.incidentId)).toEqual([commit]);
    });

    test("the same command at the same version is a repetition, not a conflict", async () => {
      const commit = aCommit();
      await store.append(commit, null);
      expect(await store.append(commit, null)).toEqual({ kind: "repeated", commit });
    });

    test("another command at a taken version is a conflict", async () => {
      const commit = aCommit();
      await store.append(commit, null);
      const late = { ...aCommit(), incidentId: commit.incidentId };
      expect(await store.append(late, null)).toEqual({ kind: "conflict" });
      expect(await store.load(commit.incidentId)).toEqual([commit]);
    });

    test("of many appends of one version at once exactly one is stored", async () => {
      const incidentId = newIncidentId();
      const results = await Promise.all(Array.from({ length: 10 }, () => store.append(aCommit({ incidentId }), null)));
      expect(results.filter(({ kind }) => kind === "appended")).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === "conflict")).toHaveLength(9);
      expect(await store.load(incidentId)).toHaveLength(1);
    });

    test("of many deliveries of one command at once exactly one is stored", async () => {
      const commandId = newCommandId();
      const results = await Promise.all(Array.from({ length: 10 }, () => store.append(aCommit({ commandId }), null)));
      expect(results.filter(({ kind }) => kind === "appended")).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === "repeated")).toHaveLength(9);
    });

    test("a version without the one before it is refused", async () => {
      await expect(store.append(aCommit({ version: 2 }), null)).rejects.toThrow("no version before it");
    });
  });

  test("a commit is found by its command", async () => {
    const commit = aCommit();
    await store.append(commit, null);
    expect(await store.findByCommand(commit.commandId)).toEqual(commit);
    expect(await store.findByCommand(newCommandId())).toBeNull();
  });

  describe("abandoned effects", () => {
    test("a commit whose mark has run out is taken over once", async () => {
      const commit = aCommit();
      await store.append(commit, markOf("a", plus(10)));
      expect(await store.claimAbandoned(markOf("b", plus(40)), plus(10), 5)).toEqual([commit]);
      expect(await store.claimAbandoned(markOf("c", plus(60)), plus(11), 5)).toEqual([]);
      expect(await store.claimAbandoned(markOf("c", plus(60)), plus(40), 5)).toEqual([commit]);
    });

    test("a commit whose mark still holds, or that has none, stays", async () => {
      await store.append(aCommit(), markOf("a", plus(10)));
      await store.append(aCommit(), null);
      expect(await store.claimAbandoned(markOf("b", plus(40)), plus(9), 5)).toEqual([]);
    });

    test("whoever holds the mark may extend it, and nobody else", async () => {
      const commit = aCommit();
      const { incidentId, version } = commit;
      await store.append(commit, markOf("a", plus(10)));
      expect(await store.keepPending(incidentId, version, markOf("b", plus(30)))).toBe(false);
      expect(await store.keepPending(incidentId, version, markOf("a", plus(30)))).toBe(true);
      expect(await store.claimAbandoned(markOf("b", plus(60)), plus(29), 5)).toEqual([]);
      expect(await store.claimAbandoned(markOf("b", plus(60)), plus(30), 5)).toEqual([commit]);
      expect(await store.keepPending(incidentId, version, markOf("a", plus(90)))).toBe(false);
      await store.clearPending(incidentId, version);
      expect(await store.keepPending(incidentId, version, markOf("b", plus(90)))).toBe(false);
    });

    test("a finished commit is never taken over", async () => {
      const commit = aCommit();
      await store.append(commit, markOf("a", plus(10)));
      await store.clearPending(commit.incidentId, commit.version);
      expect(await store.claimAbandoned(markOf("b", plus(40)), plus(99), 5)).toEqual([]);
      expect(await store.load(commit.incidentId)).toEqual([commit]);
    });

    test("the longest abandoned come first, and no more than asked for", async () => {
      const commits = [3, 1, 2].map((seconds) => ({ commit: aCommit(), seconds }));
      for (const { commit, seconds } of commits) await store.append(commit, markOf("a", plus(seconds)));
      const claimed = await store.claimAbandoned(markOf("b", plus(99)), plus(9), 2);
      expect(claimed.map(({ commandId }) => commandId)).toEqual([1, 2].map((n) => commits[n]?.commit.commandId));
    });
  });
}
