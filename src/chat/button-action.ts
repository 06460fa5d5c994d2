// What a button means. Doors carry it as an opaque string; parsing refuses anything that this code did not write.
import type { IncidentId } from "../domain/incident/ids.js";

/** Forms that can be opened from a card or a command. */
export type FormName =
  | "declare"
  | "classify"
  | "identify"
  | "mitigate"
  | "regress"
  | "resolve"
  | "reopen"
  | "cancel"
  | "note"
  | "role"
  | "affected"
  | "pause"
  | "review"
  | "merge"
  | "notify";

/** The meaning of a button. */
export type ButtonAction =
  | { readonly do: "take"; readonly incident: IncidentId }
  | { readonly do: "note-escalation"; readonly incident: IncidentId; readonly escalation: string }
  | { readonly do: "open-form"; readonly incident: IncidentId; readonly form: FormName }
  | { readonly do: "approve-notice" | "discard-notice"; readonly incident: IncidentId; readonly number: number }
  | { readonly do: "show"; readonly incident: IncidentId; readonly what: "sla" | "timeline" | "more" };
