// Events written by earlier code are brought to the present shapes when they are read; events written by later code
// are refused, because acting on half of a record is worse than not acting.
import { EVENT_VERSION, type EventType, type IncidentEvent } from "../domain/incident/events.js";

type StoredEvent = Readonly<Record<string, unknown>>;

/** Pure steps by event type: the step at index n turns version n + 1 into version n + 2. */
export type Upcasters = Readonly<Partial<Record<string, readonly ((event: StoredEvent) => StoredEvent)[]>>>;

/** The event shapes that a process understands. */
export type EventShapes = {
  readonly version: number;
  readonly types: ReadonlySet<string>;
  readonly upcasters: Upcasters;
};

/** An event that this code does not know. */
export class UnreadableEvent extends Error {
  readonly code: "event_newer_than_code" | "event_unknown";
  constructor(code: "event_newer_than_code" | "event_unknown", message: string) {
    super(message);
    this.name = "UnreadableEvent";
    this.code = code;
  }
}

const TYPES: Readonly<Record<EventType, true>> = {
  declared: true,
  confirmed: true,
  taken: true,
  noted: true,
  reclassified: true,
  identified: true,
  mitigated: true,
  regressed: true,
  resolved: true,
  reopened: true,
  cancelled: true,
  reviewed: true,
  closed: true,
  "merged-in": true,
  "merged-into": true,
  "note-added": true,
  "role-assigned": true,
  "customer-added": true,
  "customer-removed": true,
  paused: true,
  resumed: true,
  escalated: true,
  repaged: true,
  breached: true,
  called: true,
  "notice-drafted": true,
  "notice-approved": true,
  "notice-discarded": true,
  "notice-sent": true,
};

const PRESENT: EventShapes = { version: EVENT_VERSION, types: new Set(Object.keys(TYPES)), upcasters: {} };

/** Brings stored events to the present shapes; throws UnreadableEvent on unknown types and versions. */
export function upcastEvents(stored: readonly unknown[], shapes: EventShapes = PRESENT): IncidentEvent[] {
  return stored.map((event) => upcast(event as StoredEvent, shapes) as IncidentEvent);
}

function upcast(stored: StoredEvent, shapes: EventShapes): StoredEvent {
  const { type, v } = stored;
  if (typeof v !== "number" || !Number.isInteger(v) || v < 1) {
    throw new UnreadableEvent("event_unknown", `An event of type ${String(type)} carries no version of its shape.`);
  }
  if (v > shapes.version) {
    const found = `An event of type ${String(type)} has version ${v}; this program reads up to ${shapes.version}.`;
    throw new UnreadableEvent("event_newer_than_code", `${found} Run the newer program.`);
  }
  if (typeof type !== "string" || !shapes.types.has(type)) {
    throw new UnreadableEvent("event_unknown", `This program does not know events of type ${String(type)}.`);
  }
  const steps = shapes.upcasters[type]?.slice(v - 1) ?? [];
  const raised = steps.reduce((event, step) => step(event), stored);
  return raised["v"] === shapes.version ? raised : { ...raised, v: shapes.version };
}
