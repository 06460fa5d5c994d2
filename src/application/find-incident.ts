import type { IncidentId } from "../domain/incident/ids.js";
import type { Target } from "../ports/command-handler.js";
import type { IncidentIndex } from "../ports/incident-index.js";
import type { Places } from "../ports/places.js";

/** Makes the lookup of the incident that a person means; null when there is none. */
export const makeFindIncident =
  (index: IncidentIndex, places: Places): ((target: Target) => Promise<IncidentId | null>) =>
  async (target) => {
    if (target.by === "id") return target.id;
    if (target.by === "code") return (await index.byCode(target.code))?.id ?? null;
    return places.incidentIn(target);
  };
