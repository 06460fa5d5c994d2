// Identified, mitigated, back again, resolved, reopened: the way through the states (requirements 1.4).
import { dueAt } from "../calendar/business-time.js";
import { businessCalendarOf } from "../policy/business-calendar-of.js";
import type { IncidentCommand } from "./commands.js";
import { firstPage, takeEvents } from "./decide-declare.js";
import {
  accept,
  type Circumstances,
  type Decision,
  event,
  isSevere,
  personOf,
  refuse,
  textProblem,
} from "./decision.js";
import type { Effect } from "./effects.js";
import type { IncidentEvent } from "./events.js";
import { applyCommit } from "./evolve.js";
import type { Incident } from "./incident.js";
import { prose } from "./prose.js";

type Of<T extends IncidentCommand["type"]> = Extract<IncidentCommand, { readonly type: T }>;

const MINUTE = 60_000;
const REFRESH: Effect = { kind: "refresh" };

// Who makes the effect go away has answered the call: otherwise the response clock would run out while nobody is told.
const takenByActing = (incident: Incident, { actor }: Pick<Circumstances, "actor">): readonly IncidentEvent[] => {
  const person = personOf(actor);
  return incident.taken === null && person !== null ? takeEvents(incident, person) : [];
};

/** The cause is known. */
export const decideIdentify = (_incident: Incident, command: Of<"identify">, { actor }: Circumstances): Decision => {
  const problem = textProblem("cause", command.cause);
  if (problem !== null) return refuse(problem);
  const cause = prose(command.cause.trim());
  return accept(
    [event({ type: "identified", cause })],
    [{ kind: "say", notice: { kind: "identified", by: personOf(actor), cause }, validWhile: "always" }, REFRESH],
  );
};

/** The instant until which a mitigated incident is watched; null when its level is not. */
const observeUntil = (
  incident: Pick<Incident, "level">,
  mitigatedAt: Date,
  { policy }: Pick<Circumstances, "policy">,
): Date | null => {
  const minutes = policy.levels[incident.level].observationMinutes;
  return minutes === 0 ? null : new Date(mitigatedAt.getTime() + minutes * MINUTE);
};

/** The effect is gone: the resolution clock is held while the service is watched. */
export const decideMitigate = (incident: Incident, command: Of<"mitigate">, circumstances: Circumstances): Decision => {
  const problem = textProblem("action", command.action);
  if (problem !== null) return refuse(problem);
  const action = prose(command.action.trim());
  const notice = {
    kind: "mitigated",
    by: personOf(circumstances.actor),
    action,
    observeUntil: observeUntil(incident, circumstances.now, circumstances),
  } as const;
  const taking = takenByActing(incident, circumstances);
  const person = personOf(circumstances.actor);
  const told: readonly Effect[] =
    taking.length === 0 || person === null
      ? []
      : [{ kind: "say", notice: { kind: "taken", by: person, at: circumstances.now }, validWhile: "always" }];
  return accept(
    [...taking, event({ type: "mitigated", action })],
    [...told, { kind: "say", notice, validWhile: "always" }, REFRESH],
  );
};

/** The effect is back: the clock goes on with what it had consumed. */
export const decideRegress = (incident: Incident, command: Of<"regress">, { actor }: Circumstances): Decision => {
  const problem = textProblem("what", command.what);
  if (problem !== null) return refuse(problem);
  const what = prose(command.what.trim());
  const to = command.to ?? (incident.identifiedAt === null ? "investigating" : "identified");
  return accept(
    [event({ type: "regressed", to, what })],
    [{ kind: "say", notice: { kind: "regressed", by: personOf(actor), what }, validWhile: "always" }, REFRESH],
  );
};

const earlyProblem = (
  incident: Incident,
  command: Of<"resolve">,
  circumstances: Circumstances,
): { early: boolean; refusal: Decision | null } => {
  if (incident.state !== "monitoring") {
    // Skipping the observation is for small incidents, or for somebody who has confirmed that service is back.
    const refused = isSevere(incident.level) && !command.restoredConfirmed;
    return {
      early: isSevere(incident.level),
      refusal: refused ? refuse({ reason: "restore-not-confirmed", level: incident.level }) : null,
    };
  }
  const until = observeUntil(incident, incident.mitigatedAt ?? circumstances.now, circumstances);
  const early = until !== null && circumstances.now.getTime() < until.getTime();
  return {
    early,
    refusal:
      early && (command.reason ?? "").trim() === "" && until !== null
        ? refuse({ reason: "observation-not-over", until })
        : null,
  };
};

/** Service is normal and confirmed. */
export const decideResolve = (incident: Incident, command: Of<"resolve">, circumstances: Circumstances): Decision => {
  const { early, refusal } = earlyProblem(incident, command, circumstances);
  if (refusal !== null) return refusal;
  if (command.data === null) return refuse({ reason: "missing", fields: ["data"] });
  const reason = command.reason === null || command.reason.trim() === "" ? null : prose(command.reason.trim());
  const problem = reason === null ? null : textProblem("reason", reason.prose);
  if (problem !== null) return refuse(problem);
  const notice = { kind: "resolved", by: personOf(circumstances.actor), data: command.data, reason } as const;
  return accept(
    [...takenByActing(incident, circumstances), event({ type: "resolved", data: command.data, early, reason })],
    [{ kind: "say", notice, validWhile: "always" }, REFRESH],
  );
};

/** The last instant at which a resolved incident can still be reopened. */
const reopenUntil = (
  incident: Pick<Incident, "level">,
  resolvedAt: Date,
  { policy }: Pick<Circumstances, "policy">,
): Date => {
  const { minutes, counted } = policy.levels[incident.level].reopenWindow;
  return counted === "24x7"
    ? new Date(resolvedAt.getTime() + minutes * MINUTE)
    : dueAt(businessCalendarOf(policy), resolvedAt, minutes);
};

/** The problem is back inside the window: a new cycle with a new response clock, and the first rung is paged again. */
export const decideReopen = (incident: Incident, command: Of<"reopen">, circumstances: Circumstances): Decision => {
  const problem = textProblem("reason", command.reason);
  if (problem !== null) return refuse(problem);
  const until = reopenUntil(incident, incident.resolvedAt ?? circumstances.now, circumstances);
  if (circumstances.now.getTime() > until.getTime()) return refuse({ reason: "reopen-window-over", since: until });
  const reason = prose(command.reason.trim());
  const events = [event({ type: "reopened", reason, onCall: command.onCall })];
  const reopened = applyCommit(incident, {
    incidentId: incident.id,
    version: incident.version + 1,
    at: circumstances.now,
    actor: circumstances.actor,
    events,
  });
  const page = firstPage(reopened, circumstances.policy, circumstances.now);
  const say: Effect = {
    kind: "say",
    notice: { kind: "reopened", by: personOf(circumstances.actor), reason },
    validWhile: "always",
  };
  return accept([...events, page.event], [say, ...page.effects, REFRESH]);
};
