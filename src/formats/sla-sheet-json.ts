// The sheet as the JSON that programs read: instants in UTC with milliseconds, spans in minutes.
import type { ClockEscalation, ClockRow, ClockSheet, Governing } from "../domain/clocks/clock-sheet.js";

/** The sheet in the words and order of the published format. */
export function slaSheetJson(sheet: ClockSheet): object {
  return {
    clocks: sheet.rows.map(clockJson),
    governing: {
      response: governingJson(sheet.governing.response),
      resolution: governingJson(sheet.governing.resolution),
    },
    escalations: sheet.escalations.map(escalationJson),
    refusals: sheet.refusals.map(({ at, type, reason }) => ({ at: at.toISOString(), type: eventTypeOf(type), reason })),
  };
}

/** The name of an event in a scenario for the kind of fact that it became. */
export function eventTypeOf(kind: string): string {
  return kind === "merged-in" ? "merged" : kind;
}

/** Milliseconds as minutes with at most three decimals. */
export function minutesOf(ms: number): number {
  return Math.round(ms / 60) / 1_000;
}

function clockJson(row: ClockRow): object {
  const thresholds = Object.entries(row.thresholds).map(([percent, at]) => [percent, iso(at)]);
  return {
    customer: row.customer,
    clock: row.clock,
    cycle: row.cycle,
    epoch: row.epoch,
    level: row.level,
    targetMinutes: row.targetMinutes,
    calendar: row.calendar,
    startAt: iso(row.startAt),
    thresholds: Object.fromEntries(thresholds),
    state: row.state,
    stoppedAt: iso(row.stoppedAt),
    consumedMinutes: minutesOf(row.consumedMs),
    breachAt: iso(row.breachAt),
    recognizedAt: iso(row.recognizedAt),
  };
}

function governingJson(governing: Governing): object | null {
  return governing === null ? null : { customer: governing.customer, dueAt: iso(governing.dueAt) };
}

function escalationJson({ at, clock, customer, percent, repeat, collapsed, rungs }: ClockEscalation): object {
  const reached = rungs.map(({ role, how }) => ({ role, how }));
  return { at: iso(at), clock, customer, percent, repeat, collapsed, rungs: reached };
}

function iso(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
