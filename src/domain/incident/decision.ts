// What a decision needs and what it answers.
import type { Level, Policy } from "../policy/policy.js";
import type { Effect } from "./effects.js";
import { EVENT_VERSION, type IncidentEvent } from "./events.js";
import type { Actor, PersonId } from "./ids.js";
import type { MissingField, Refusal } from "./refusals.js";
import { TEXT_MAX, TITLE_MAX } from "./text-limits.js";

/** The circumstances of a decision: who, when, under which policy. */
export type Circumstances = {
  readonly actor: Actor;
  readonly now: Date;
  readonly policy: Policy;
  /** The actor administers the installation. */
  readonly admin: boolean;
};

/** Events and effects to store, or the reason why nothing happens. */
export type Decision =
  | { readonly ok: true; readonly events: readonly IncidentEvent[]; readonly effects: readonly Effect[] }
  | { readonly ok: false; readonly refusal: Refusal };

type WithoutVersion<E> = E extends IncidentEvent ? Omit<E, "v"> : never;

/** Stamps an event with the version of its shape. */
export const event = (body: WithoutVersion<IncidentEvent>): IncidentEvent =>
  ({ v: EVENT_VERSION, ...body }) as IncidentEvent;

/** A decision to store these events and do these effects. */
export const accept = (events: readonly IncidentEvent[], effects: readonly Effect[]): Decision => ({
  ok: true,
  events,
  effects,
});

/** A refusal; nothing is stored. */
export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal });

/** The refusal of a text that is empty or too long, or null when it is fine. */
export const textProblem = (field: MissingField, text: string): Refusal | null => {
  const max = field === "title" ? TITLE_MAX : TEXT_MAX;
  const trimmed = text.trim();
  if (trimmed.length === 0) return { reason: "missing", fields: [field] };
  return trimmed.length > max ? { reason: "too-long", field, max, actual: trimmed.length } : null;
};

/** The person who acts, or null when the clock does. */
export const personOf = (actor: Actor): PersonId | null => (actor.kind === "person" ? actor.personId : null);

/** N1 and N2, which page at any hour and ask for more care. */
export const isSevere = (level: Level): boolean => level <= 2;
