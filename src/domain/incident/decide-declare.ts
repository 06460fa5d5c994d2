// Declaring, confirming a report, and paging the first rung.

import type { ClassificationAnswers } from "../classification/answers.js";
import { classify } from "../classification/classify.js";
import { escalate } from "../escalation/escalate.js";
import type { Policy } from "../policy/policy.js";
import type { DeclareIncident, IncidentCommand } from "./commands.js";
import { recordBreaches } from "./decide-wake.js";
import { accept, type Circumstances, type Decision, event, personOf, refuse, textProblem } from "./decision.js";
import type { Effect } from "./effects.js";
import type { IncidentEvent } from "./events.js";
import { applyCommit } from "./evolve.js";
import type { Actor, PersonId } from "./ids.js";
import type { Incident, StoredClassification } from "./incident.js";
import { prose } from "./prose.js";
import { sheetOf } from "./sheet.js";

/** Classifies answers and keeps them with the outcome, never only the level (requirements R2-02). */
export const storedClassification = (answers: ClassificationAnswers, policy: Policy): StoredClassification => {
  const { level, kind, rule, ambiguous, provisional } = classify(answers, policy);
  return { answers, computedLevel: level, level, kind, rule, ambiguous, provisional };
};

/** Everybody that the first rungs reach, to be invited to the channel. */
const firstRungPeople = (effects: readonly Effect[], actor: Actor): readonly PersonId[] => {
  const reached = effects.flatMap((effect) => (effect.kind === "reach" ? [effect.person] : []));
  const person = personOf(actor);
  return [...new Set([...(person === null ? [] : [person]), ...reached])];
};

/** The page at 0 percent of the response clock: everybody the level wants from the start. */
export const firstPage = (
  incident: Incident,
  policy: Policy,
  now: Date,
): { event: IncidentEvent; effects: readonly Effect[] } => {
  const sheet = sheetOf(incident, policy, now);
  const earlier = incident.fired.filter((fired) => fired.percent === 0).length;
  const cycle = incident.reopenedAt.length + 1;
  const governing = sheet.governing.response;
  const page = escalate(
    incident,
    {
      clock: "response",
      customer: governing?.customer ?? "-",
      cycle,
      percent: 0,
      repeat: 0,
      level: incident.level,
      at: now,
      dueAt: governing?.dueAt ?? now,
      collapsed: false,
      rungs: policy.levels[incident.level].ladder["0"],
    },
    policy,
    now,
    // Numbered, because raising the level pages the new ladder's first rung again within one cycle.
    earlier,
  );
  // Whoever has the incident needs no message that it exists.
  const holder = incident.taken?.by;
  return { ...page, effects: page.effects.filter((effect) => effect.kind !== "reach" || effect.person !== holder) };
};

const instantProblem = (at: Date | null, now: Date): boolean => at !== null && at.getTime() > now.getTime();

const bornFrom = (
  command: DeclareIncident,
  circumstances: Circumstances,
): { events: IncidentEvent[]; incident: Incident } => {
  const { actor, now, policy } = circumstances;
  const detectedAt = command.detectedAt ?? now;
  const events: IncidentEvent[] = [
    event({
      type: "declared",
      code: command.code,
      kind: command.kind,
      origin: command.origin,
      home: command.home,
      title: prose(command.title.trim()),
      services: command.services.map((service) => ({ ...service, name: service.name.trim() })),
      classification: storedClassification(command.answers, policy),
      policy: { id: policy.id, version: policy.version },
      detectedBy: command.detectedBy,
      startedAt: command.startedAt,
      detectedAt,
      confirmed: command.confirmed,
      customers: command.customers,
      onCall: command.onCall,
    }),
  ];
  const person = personOf(actor);
  if (command.confirmed && command.take && person !== null) events.push(...takeEvents(null, person));
  const context = { incidentId: command.incidentId, version: 1, at: now, actor };
  return { events, incident: applyCommit(null, { ...context, events }) };
};

/** Taking, and with it the command of the incident until somebody else is named (design, section 8). */
export const takeEvents = (incident: Incident | null, person: PersonId): readonly IncidentEvent[] => {
  const commander = incident?.roles["incident-commander"] === undefined;
  return [
    event({ type: "taken", by: person }),
    ...(commander ? [event({ type: "role-assigned", role: "incident-commander", person, summary: null })] : []),
  ];
};

// The clocks may have started before the declaration, so rungs that have passed fire collapsed in the same commit.
const started = (events: readonly IncidentEvent[], incident: Incident, circumstances: Circumstances): Decision => {
  const { policy, now, actor } = circumstances;
  const page = firstPage(incident, policy, now);
  const breaches = recordBreaches(incident, sheetOf(incident, policy, now), now);
  const effects = [...page.effects, ...breaches.effects].filter((effect) => effect.kind !== "invite");
  return accept(
    [...events, page.event, ...breaches.events],
    [{ kind: "open-room", invite: firstRungPeople(effects, actor) }, ...effects],
  );
};

/** Decides a declaration; only the title is required. */
export const decideDeclare = (command: DeclareIncident, circumstances: Circumstances): Decision => {
  const { now, actor } = circumstances;
  const problem = textProblem("title", command.title);
  if (problem !== null) return refuse(problem);
  if (actor.kind !== "person") return refuse({ reason: "not-a-person" });
  if (instantProblem(command.startedAt?.value ?? null, now))
    return refuse({ reason: "time-in-the-future", at: command.startedAt?.value ?? now });
  if (instantProblem(command.detectedAt, now))
    return refuse({ reason: "time-in-the-future", at: command.detectedAt ?? now });
  const born = bornFrom(command, circumstances);
  return command.confirmed ? started(born.events, born.incident, circumstances) : accept(born.events, []);
};

/** Confirms a report: the clocks start and the first rung is paged. */
export const decideConfirm = (
  incident: Incident,
  command: Extract<IncidentCommand, { type: "confirm" }>,
  circumstances: Circumstances,
): Decision => {
  const events = [event({ type: "confirmed", onCall: command.onCall })];
  const context = {
    incidentId: incident.id,
    version: incident.version + 1,
    at: circumstances.now,
    actor: circumstances.actor,
  };
  return started(events, applyCommit(incident, { ...context, events }), circumstances);
};
