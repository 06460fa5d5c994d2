// A commit: one decision as one document. Its insertion is the moment at which a command has happened.
import type { Effect } from "./effects.js";
import type { IncidentEvent } from "./events.js";
import type { Actor, CommandId, IncidentId } from "./ids.js";

/** A decision ready to be stored as version `version` of the incident. */
export type Commit = {
  readonly incidentId: IncidentId;
  readonly version: number;
  readonly at: Date;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly events: readonly IncidentEvent[];
  readonly effects: readonly Effect[];
};

/** Key of the nth effect of a commit: stable across restarts, so that an effect is done once. */
export const effectKey = (incidentId: IncidentId, version: number, index: number): string =>
  `${incidentId}.${version}:${index}`;
