import type { IncidentId } from "../../domain/incident/ids.js";
import type { IncidentKind } from "../../domain/incident/incident.js";
import { DeliveryFault } from "../../ports/customer-delivery.js";
import type { SendOutcome } from "../outcome.js";

/** Asked by each sender right before a request; rejects with DeliveryFault `drill`. */
export type DrillGuard = (incidentId: IncidentId) => Promise<void>;

/** Requests of the same second share one look: the kind of an incident never changes. */
const FRESH_MS = 1_000;
const REMEMBERED = 100;

/** Invariant I3, guard (c): the incident is read again, and what cannot be read is not sent. */
export const createDrillGuard = (
  kindOf: (id: IncidentId) => Promise<IncidentKind | null>,
  now: () => number = () => performance.now(),
): DrillGuard => {
  const looks = new Map<IncidentId, { readonly at: number; readonly kind: Promise<IncidentKind | null> }>();
  const look = (id: IncidentId): Promise<IncidentKind | null> => {
    const known = looks.get(id);
    if (known !== undefined && now() - known.at < FRESH_MS) return known.kind;
    if (looks.size >= REMEMBERED) looks.clear();
    const kind = kindOf(id);
    looks.set(id, { at: now(), kind });
    kind.catch(() => looks.delete(id));
    return kind;
  };
  return async (id) => {
    const kind = await look(id);
    if (kind === "drill") throw new DeliveryFault("drill", { retryable: false });
    if (kind === null) throw new DeliveryFault("unknown_incident", { retryable: true });
  };
};

/** Asks the guard; what could not be read is asked again later, and only a drill is thrown. */
export const heldBack = async (guard: DrillGuard, incidentId: IncidentId): Promise<SendOutcome | null> => {
  try {
    await guard(incidentId);
    return null;
  } catch (err) {
    if (err instanceof DeliveryFault && err.code === "drill") throw err;
    return { kind: "later", code: "incident_unreadable", retryAfterMs: FRESH_MS };
  }
};
