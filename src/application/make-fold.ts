import type { Commit } from "../domain/incident/commit.js";
import { applyCommit } from "../domain/incident/evolve.js";
import type { Incident } from "../domain/incident/incident.js";

/** Folds the commits of an incident, from the first one on. */
export type Fold = (commits: readonly Commit[]) => Incident | null;

/** Makes a fold that goes on from its latest result where the store gives the very same commits again. */
export const makeFold = (): Fold => {
  const folded = new WeakMap<Commit, Incident>();
  return (commits) => {
    let known = commits.length - 1;
    while (known >= 0 && !folded.has(commits[known] as Commit)) known -= 1;
    const base = commits[known];
    const before = base === undefined ? null : (folded.get(base) ?? null);
    const incident = commits
      .slice(known + 1)
      .reduce<Incident | null>((state, commit) => applyCommit(state, commit), before);
    // Every state holds its whole timeline, so only the latest one of an incident is kept.
    if (base !== undefined) folded.delete(base);
    const last = commits.at(-1);
    if (last !== undefined && incident !== null) folded.set(last, incident);
    return incident;
  };
};
