// Time is another user: at a wake-up the clocks are computed anew and whatever is due and not yet recorded fires once.
import type { ClockSheet } from "../clocks/clock-sheet.js";
import { type DueEscalation, escalate, escalationKey } from "../escalation/escalate.js";
import { latestPageAt, responseDueAt } from "../escalation/page-again.js";
import { dueCalls, ringEffects, withPhone } from "../escalation/phones.js";
import { resolveSteps } from "../escalation/resolve-steps.js";
import type { ContractClock, Policy } from "../policy/policy.js";
import { accept, type Circumstances, type Decision, event, refuse } from "./decision.js";
import type { Effect } from "./effects.js";
import type { IncidentEvent } from "./events.js";
import type { Incident, RecordedBreach } from "./incident.js";
import { sheetOf } from "./sheet.js";
import { clocksRun } from "./transitions.js";

const CLOCKS: readonly ContractClock[] = ["response", "resolution"];

// Of everything that fell due while nobody was looking, the last one speaks for the others (requirements R4-06).
const dueOf = (clock: ContractClock, incident: Incident, sheet: ClockSheet): DueEscalation | null => {
  const fired = incident.fired.filter((f) => f.clock === clock && f.percent > 0);
  const keys = new Set(fired.map((f) => f.key));
  const lastAt = Math.max(0, ...fired.map((f) => f.dueAt.getTime()));
  const due = sheet.escalations.filter(
    (e) => e.clock === clock && !keys.has(escalationKey(e)) && e.at.getTime() >= lastAt,
  );
  const last = due.at(-1);
  return last === undefined ? null : { ...last, collapsed: last.collapsed || due.length > 1 };
};

const newBreaches = (incident: Incident, sheet: ClockSheet, now: Date): readonly RecordedBreach[] => {
  const known = new Set(incident.breaches.map((b) => `${b.customer} ${b.clock} ${b.cycle} ${b.epoch}`));
  return sheet.rows
    .filter(
      (row) =>
        row.breachAt !== null && !row.internal && !known.has(`${row.customer} ${row.clock} ${row.cycle} ${row.epoch}`),
    )
    .map((row) => ({
      customer: row.customer,
      clock: row.clock,
      cycle: row.cycle,
      epoch: row.epoch,
      breachAt: row.breachAt ?? now,
      recognizedAt: row.recognizedAt ?? now,
    }));
};

/** The breaches not recorded yet, as an event and its one message. */
export const recordBreaches = (
  incident: Incident,
  sheet: ClockSheet,
  now: Date,
): { events: readonly IncidentEvent[]; effects: readonly Effect[] } => {
  const breaches = newBreaches(incident, sheet, now);
  if (breaches.length === 0) return { events: [], effects: [] };
  return {
    events: [event({ type: "breached", breaches })],
    effects: [{ kind: "say", notice: { kind: "breached", breaches }, validWhile: "always" }],
  };
};

type Firing = { readonly events: readonly IncidentEvent[]; readonly effects: readonly Effect[] };

const pageAgain = (incident: Incident, sheet: ClockSheet, policy: Policy, now: Date): Firing => {
  const dueAt = latestPageAt(incident, sheet, policy, now);
  if (dueAt === null) return { events: [], effects: [] };
  const ladder = policy.levels[incident.level].ladder;
  const { steps } = resolveSteps([{ role: "primary", how: "page" }], "0", ladder, incident);
  const people = [...new Set(steps.flatMap((step) => step.people))];
  if (people.length === 0) return { events: [], effects: [] };
  const notice = { kind: "repaged", people, dueAt, responseDueAt: responseDueAt(sheet) } as const;
  return {
    events: [event({ type: "repaged", dueAt, people })],
    effects: [
      // Somebody who is paged again has had the message already, so the phone calls.
      ...ringEffects(incident, { people: withPhone(incident, people), by: "call" }, notice),
      { kind: "say", notice, validWhile: "untaken" },
      ...people.map((person): Effect => ({ kind: "reach", person, how: "page", notice, validWhile: "untaken" })),
    ],
  };
};

// Whoever got an SMS and did not take the incident is called.
const callPhones = (incident: Incident, sheet: ClockSheet, policy: Policy, now: Date): Firing => {
  const due = dueCalls(incident, policy, now);
  if (due.length === 0) return { events: [], effects: [] };
  const people = [...new Set(due.flatMap((call) => call.people))];
  const notice = { kind: "repaged", people, dueAt: now, responseDueAt: responseDueAt(sheet) } as const;
  return {
    events: due.map((call) => event({ type: "called", escalation: call.escalation, people: call.people })),
    effects: ringEffects(incident, { people, by: "call" }, notice),
  };
};

const dueEscalations = (incident: Incident, sheet: ClockSheet): readonly DueEscalation[] =>
  CLOCKS.map((clock) => dueOf(clock, incident, sheet)).filter((due) => due !== null);

/** Whether a wake-up at `now` would record anything; its sheet must be of the same instant. */
export const isSomethingDue = (incident: Incident, sheet: ClockSheet, policy: Policy, now: Date): boolean =>
  clocksRun(incident.state) &&
  (dueEscalations(incident, sheet).length > 0 ||
    newBreaches(incident, sheet, now).length > 0 ||
    dueCalls(incident, policy, now).length > 0 ||
    pageAgain(incident, sheet, policy, now).events.length > 0);

// A call and the next page of one person may fall due together; one ring is enough.
const withoutSecondCall = (calls: readonly Effect[], pages: readonly Effect[]): readonly Effect[] => {
  const ringing = new Set(pages.flatMap((effect) => (effect.kind === "ring" ? [effect.person] : [])));
  return calls.filter((effect) => effect.kind !== "ring" || !ringing.has(effect.person));
};

/** Fires what is due at `now` and not yet recorded; refuses when nothing is. */
export const decideWake = (incident: Incident, { policy, now }: Circumstances): Decision => {
  if (!clocksRun(incident.state)) return refuse({ reason: "not-due" });
  const sheet = sheetOf(incident, policy, now);
  const escalations = dueEscalations(incident, sheet).map((due) => escalate(incident, due, policy, now));
  const breaches = recordBreaches(incident, sheet, now);
  const pages = pageAgain(incident, sheet, policy, now);
  const calls = callPhones(incident, sheet, policy, now);
  const events = [...escalations.map((e) => e.event), ...breaches.events, ...pages.events, ...calls.events];
  if (events.length === 0) return refuse({ reason: "not-due" });
  return accept(events, [
    ...escalations.flatMap((e) => e.effects),
    ...breaches.effects,
    ...pages.effects,
    ...withoutSecondCall(calls.effects, pages.effects),
    { kind: "refresh" },
  ]);
};
