import type { ClockSheet } from "../clocks/clock-sheet.js";
import { computeClocks } from "../clocks/compute-clocks.js";
import type { Policy } from "../policy/policy.js";
import type { Incident } from "./incident.js";

const EMPTY: ClockSheet = {
  rows: [],
  governing: { response: null, resolution: null },
  escalations: [],
  refusals: [],
  nextAt: null,
};

/** The sheet at an instant; empty while the incident waits in triage. */
export const sheetOf = (incident: Incident, policy: Policy, now: Date): ClockSheet =>
  incident.declaredAt === null ? EMPTY : computeClocks(incident.history, policy, now);
