// Loads an incident from its commits and shows it as readers see it.

import type { Commit } from "../domain/incident/commit.js";
import type { IncidentId } from "../domain/incident/ids.js";
import type { Incident } from "../domain/incident/incident.js";
import { sheetOf } from "../domain/incident/sheet.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { Clock } from "../ports/clock.js";
import type { CommitStore } from "../ports/commit-store.js";
import type { Policies } from "../ports/policies.js";
import { makeFold } from "./make-fold.js";

/** What loading needs. */
export type LoaderDeps = { readonly commits: CommitStore; readonly policies: Policies; readonly clock: Clock };

/** The incident with the commits that made it; null when there is none. */
export type Loaded = { readonly incident: Incident; readonly commits: readonly Commit[] };

/** Reads incidents. */
export type IncidentLoader = {
  load(id: IncidentId): Promise<Loaded | null>;
  snapshot(incident: Incident, at?: Date): IncidentSnapshot;
};

/** Makes the loader. */
export const makeIncidentLoader = ({ commits, policies, clock }: LoaderDeps): IncidentLoader => {
  const fold = makeFold();
  return {
    load: async (id) => {
      const stored = await commits.load(id);
      const incident = fold(stored);
      if (incident === null) return null;
      // A newer process may have declared it under a policy that came after this one started.
      await policies.learn(incident.policy.id, incident.policy.version);
      return { incident, commits: stored };
    },
    snapshot: (incident, at = clock.now()) => {
      const policy = policies.version(incident.policy.id, incident.policy.version);
      return { incident, policy, at, sheet: sheetOf(incident, policy, at) };
    },
  };
};
