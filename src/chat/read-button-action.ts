// What comes back when a button is pressed, parsed strictly: anything that our cards do not carry is refused, because
// a platform's message can be forged or edited on its way.
import type { IncidentId } from "../domain/incident/ids.js";
import type { ButtonAction } from "./button-action.js";
import { isFormName } from "./forms/form-registry.js";

const SHOWS = ["sla", "timeline", "more"] as const;
const DECISIONS = ["approve-notice", "discard-notice"] as const;

/** The meaning of a button's data, or null when it is not exactly what a card of ours carries. */
export function readButtonAction(data: Readonly<Record<string, unknown>>): ButtonAction | null {
  if (typeof data["incident"] !== "string" || data["incident"] === "") return null;
  const incident = data["incident"] as IncidentId;
  const keys = Object.keys(data).length;
  if (data["do"] === "take" && keys === 2) return { do: "take", incident };
  if (keys !== 3) return null;
  const { escalation, form, number, what } = data;
  const decision = DECISIONS.find((one) => one === data["do"]);
  if (decision !== undefined && typeof number === "number" && Number.isSafeInteger(number) && number > 0) {
    return { do: decision, incident, number };
  }
  if (data["do"] === "note-escalation" && typeof escalation === "string" && escalation !== "") {
    return { do: "note-escalation", incident, escalation };
  }
  if (data["do"] === "open-form" && typeof form === "string" && isFormName(form)) {
    return { do: "open-form", incident, form };
  }
  const show = SHOWS.find((one) => one === what);
  return data["do"] === "show" && show !== undefined ? { do: "show", incident, what: show } : null;
}
