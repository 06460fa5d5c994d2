// An incident as readers see it: the record, its clock sheet at one instant, and the policy that it is pinned to.
import type { ClockSheet } from "../clocks/clock-sheet.js";
import type { Policy } from "../policy/policy.js";
import type { Incident } from "./incident.js";

/** What cards, lists and replies are made from. */
export type IncidentSnapshot = {
  readonly incident: Incident;
  readonly sheet: ClockSheet;
  readonly policy: Policy;
  readonly at: Date;
};
