// Turns an escalation that has fallen due into the event that records it and the messages that carry it.

import { isOpen } from "../calendar/business-time.js";
import { event } from "../incident/decision.js";
import type { Effect, Validity } from "../incident/effects.js";
import type { EventOf, IncidentEvent } from "../incident/events.js";
import type { PersonId } from "../incident/ids.js";
import type { Incident } from "../incident/incident.js";
import type { Notice } from "../notices/notice.js";
import { businessCalendarOf } from "../policy/business-calendar-of.js";
import type { ContractClock, How, Level, Policy, RungStep } from "../policy/policy.js";
import { phonesOf, ringEffects } from "./phones.js";
import { resolveSteps, rungName } from "./resolve-steps.js";

/** An escalation to fire: which clock, how far, and the steps that apply. */
export type DueEscalation = {
  readonly clock: ContractClock;
  readonly customer: string;
  readonly cycle: number;
  readonly percent: number;
  readonly repeat: number;
  readonly level: Level;
  readonly at: Date;
  readonly dueAt: Date;
  readonly collapsed: boolean;
  readonly rungs: readonly RungStep[];
};

/** Identity of an escalation within its incident: what has fired counts per clock and cycle, not per customer. */
export const escalationKey = (e: Pick<DueEscalation, "clock" | "cycle" | "percent" | "repeat">): string =>
  `${e.clock}:${e.cycle}:${e.percent}:${e.repeat}`;

// Once somebody has the incident, rungs inform by chat and nobody is paged (design, section 8).
const softened = (how: How, incident: Incident): How => (how === "page" && incident.taken !== null ? "inform" : how);

// Ciente silences the repeats of that threshold for that person, and nothing else (requirements R4-02).
const stillToTell = (people: readonly PersonId[], due: DueEscalation, incident: Incident): readonly PersonId[] => {
  if (due.repeat === 0) return people;
  const threshold = `${due.clock}:${due.cycle}:${due.percent}:`;
  const noted = Object.entries(incident.noted).flatMap(([key, who]) => (key.startsWith(threshold) ? who : []));
  return people.filter((person) => !noted.includes(person));
};

const noticeOf = (fired: EventOf<"escalated">, firedAt: Date, emptyLadder: boolean): Notice => ({
  kind: "escalated",
  key: fired.key,
  clock: fired.clock,
  customer: fired.customer,
  percent: fired.percent,
  repeat: fired.repeat,
  level: fired.level,
  clockDueAt: fired.clockDueAt,
  firedAt,
  lateMs: fired.lateMs,
  collapsed: fired.collapsed,
  steps: fired.steps,
  gaps: fired.gaps,
  emptyLadder,
});

/** The event and the effects of one escalation fired at `now`; `occurrence` numbers first pages within one cycle. */
export const escalate = (
  incident: Incident,
  due: DueEscalation,
  policy: Policy,
  now: Date,
  occurrence = 0,
): { event: IncidentEvent; effects: readonly Effect[] } => {
  const name = rungName(due.percent, due.repeat);
  const awake = isOpen(businessCalendarOf(policy), now);
  const rungs = due.rungs.map((step) =>
    step.onlyBusinessHours && !awake ? { ...step, how: "inform" as const } : step,
  );
  const rung = resolveSteps(rungs, name, policy.levels[due.level].ladder, incident);
  const wanted = rung.steps
    .map((step) => ({ ...step, wanted: step.how, people: stillToTell(step.people, due, incident) }))
    .filter((step) => step.people.length > 0);
  const steps = wanted.map(({ role, how, people }) => ({ role, how: softened(how, incident), people }));
  const phones = phonesOf(incident, { repeat: due.repeat, steps: wanted }, policy, now);
  const fired = event({
    type: "escalated",
    key: occurrence === 0 ? escalationKey(due) : `${escalationKey(due)}:${occurrence}`,
    clock: due.clock,
    customer: due.customer,
    cycle: due.cycle,
    percent: due.percent,
    repeat: due.repeat,
    level: due.level,
    dueAt: due.at,
    clockDueAt: due.dueAt,
    collapsed: due.collapsed,
    lateMs: Math.max(0, now.getTime() - due.at.getTime()),
    steps,
    gaps: rung.gaps,
    ...(phones.people.length === 0 ? {} : { phones: phones.people }),
  }) as EventOf<"escalated">;
  const notice = noticeOf(fired, now, rung.emptyLadder);
  const validWhile: Validity = due.clock === "response" && incident.taken === null ? "untaken" : "running";
  const reaches = steps.flatMap((step) =>
    step.people.map((person): Effect => ({ kind: "reach", person, how: step.how, notice, validWhile })),
  );
  const people = [...new Set(steps.flatMap((step) => step.people))];
  // A mention reaches only members of the channel, so whoever is paged is let in first.
  const invite: readonly Effect[] = people.length === 0 ? [] : [{ kind: "invite", people }];
  return {
    event: fired,
    effects: [...ringEffects(incident, phones, notice), ...invite, { kind: "say", notice, validWhile }, ...reaches],
  };
};
