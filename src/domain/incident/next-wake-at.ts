import type { ClockSheet } from "../clocks/clock-sheet.js";
import { nextPageAt } from "../escalation/page-again.js";
import { nextCallAt } from "../escalation/phones.js";
import type { Policy } from "../policy/policy.js";
import { isSomethingDue } from "./decide-wake.js";
import type { Incident } from "./incident.js";
import { allows, clocksRun } from "./transitions.js";

const earliest = (instants: readonly (Date | null | undefined)[]): Date | null =>
  instants.reduce<Date | null>(
    (first, at) => (at && (first === null || at.getTime() < first.getTime()) ? at : first),
    null,
  );

/**
 * The earliest instant at which a threshold, a breach, a repeat or another page is to be recorded: `now` itself while
 * something that fell due is not recorded yet, so that no command in between can hide it.
 */
export const nextWakeAt = (incident: Incident, sheet: ClockSheet, policy: Policy, now: Date): Date | null => {
  if (!allows(incident.state, "wake") || !clocksRun(incident.state)) return null;
  if (isSomethingDue(incident, sheet, policy, now)) return now;
  const dues = sheet.rows.filter((row) => row.state === "running").map((row) => row.thresholds["100"]);
  const later = [sheet.nextAt, nextPageAt(incident, sheet, policy), nextCallAt(incident, policy), ...dues].filter(
    (at) => at && at.getTime() > now.getTime(),
  );
  return earliest(later);
};
