// The primary is paged again while nobody has the incident: every few minutes until the response is due, then at the
// level's repeat interval (requirements 4.8, amended by the design, section 8).
import type { ClockSheet } from "../clocks/clock-sheet.js";
import type { Incident } from "../incident/incident.js";
import { clocksRun } from "../incident/transitions.js";
import type { Policy } from "../policy/policy.js";

const MINUTE = 60_000;

/** The response due instant that governs, passed or not; null when none runs. */
export const responseDueAt = (sheet: ClockSheet): Date | null => sheet.governing.response?.dueAt ?? null;

/** The next instant at which the primary is paged again; null when the level does not, or somebody has the incident. */
export const nextPageAt = (incident: Incident, sheet: ClockSheet, policy: Policy): Date | null => {
  const rules = policy.levels[incident.level];
  if (
    !clocksRun(incident.state) ||
    incident.taken !== null ||
    incident.lastPageAt === null ||
    rules.repageMinutes === null
  )
    return null;
  const due = responseDueAt(sheet);
  const soon = incident.lastPageAt.getTime() + rules.repageMinutes * MINUTE;
  if (due === null || soon < due.getTime()) return new Date(soon);
  // From the breach on the grid is due + k repeats; the breach itself pages by its own rung.
  const step = rules.repeatAfterBreach.minutes * MINUTE;
  const passed = Math.max(0, Math.floor((incident.lastPageAt.getTime() - due.getTime()) / step));
  return new Date(due.getTime() + (passed + 1) * step);
};

/** The last instant of the grid that is not after `now`, so that a long silence pages once and not once per step missed. */
export const latestPageAt = (incident: Incident, sheet: ClockSheet, policy: Policy, now: Date): Date | null => {
  let latest: Date | null = null;
  let at = nextPageAt(incident, sheet, policy);
  const rules = policy.levels[incident.level];
  while (at !== null && at.getTime() <= now.getTime()) {
    latest = at;
    const due = responseDueAt(sheet);
    const gap =
      (due !== null && at.getTime() >= due.getTime() ? rules.repeatAfterBreach.minutes : (rules.repageMinutes ?? 0)) *
      MINUTE;
    // Jump over a long downtime instead of walking it.
    const steps = Math.floor((now.getTime() - at.getTime()) / gap);
    const jump = due !== null && at.getTime() < due.getTime() ? 0 : Math.max(0, steps - 1);
    at = nextPageAt({ ...incident, lastPageAt: new Date(at.getTime() + jump * gap) }, sheet, policy);
  }
  return latest;
};
