// Reclassification: new answers, the cause of a change of level, and its effect on people and clocks (requirements 2.6, 4.7).
import { withSaid } from "../classification/answers.js";
import type { ReclassifyCause } from "../clocks/clock-history.js";
import type { Level } from "../policy/policy.js";
import { isCommanderOrLead } from "./authority.js";
import type { IncidentCommand } from "./commands.js";
import { firstPage, storedClassification } from "./decide-declare.js";
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
import { applyCommit } from "./evolve.js";
import type { Incident } from "./incident.js";
import { prose } from "./prose.js";
import type { Refusal } from "./refusals.js";

type Classify = Extract<IncidentCommand, { readonly type: "classify" }>;

const causeProblem = (from: Level, to: Level, cause: ReclassifyCause | null): Refusal | null => {
  if (from === to) return null;
  if (cause === "worsened" && to > from) return { reason: "cause-contradicts-level", from, to, cause };
  if (cause === "lowered" && to < from) return { reason: "cause-contradicts-level", from, to, cause };
  return null;
};

// Lowering N1 or N2 takes promises back, so it asks for authority and a reason that can be read later.
const loweringProblem = (
  incident: Incident,
  to: Level,
  command: Classify,
  circumstances: Circumstances,
): Refusal | null => {
  if (to <= incident.level || !isSevere(incident.level) || incident.classification.provisional) return null;
  if (!isCommanderOrLead(incident, circumstances)) return { reason: "needs-authority", who: "commander-or-lead" };
  const min = circumstances.policy.classification.overrideReasonMinLength;
  return (command.reason ?? "").trim().length < min ? { reason: "reason-too-short", min } : null;
};

const effectiveFromProblem = (incident: Incident, at: Date, now: Date): Refusal | null =>
  at.getTime() > now.getTime() || at.getTime() < incident.detectedAt.getTime()
    ? { reason: "time-in-the-future", at }
    : null;

/** Classifies again. Unknown answers that become known count as a correction, unless the person says that it got worse. */
export const decideClassify = (incident: Incident, command: Classify, circumstances: Circumstances): Decision => {
  const { policy, now, actor } = circumstances;
  const classification = storedClassification(withSaid(incident.classification.answers, command.answers), policy);
  const from = incident.level;
  const to = classification.level;
  if (JSON.stringify(classification) === JSON.stringify(incident.classification))
    return refuse({ reason: "nothing-changed" });
  const cause = from === to ? null : (command.cause ?? "corrected");
  const effectiveFrom = cause === "worsened" ? (command.effectiveFrom ?? now) : now;
  const reasonText = (command.reason ?? "").trim();
  const problem =
    causeProblem(from, to, cause) ??
    loweringProblem(incident, to, command, circumstances) ??
    effectiveFromProblem(incident, effectiveFrom, now) ??
    (reasonText === "" ? null : textProblem("reason", reasonText));
  if (problem !== null) return refuse(problem);
  const reason = reasonText === "" ? null : prose(reasonText);
  const events = [
    event({ type: "reclassified", classification, cause, effectiveFrom, reason, onCall: command.onCall }),
  ];
  const say: Effect = {
    kind: "say",
    notice: { kind: "reclassified", by: personOf(actor), from, classification },
    validWhile: "always",
  };
  if (to >= from) return accept(events, [say, { kind: "refresh" }]);
  const after = applyCommit(incident, {
    incidentId: incident.id,
    version: incident.version + 1,
    at: now,
    actor,
    events,
  });
  // A raised level brings its own people in, whoever has the incident.
  const page = firstPage(after, policy, now);
  return accept([...events, page.event], [say, ...page.effects, { kind: "refresh" }]);
};
