import type {
  ClassificationRules,
  DataImpact,
  Effect,
  Exposure,
  Level,
  Policy,
  RuleKind,
  Scope,
  StaffText,
} from "../policy/policy.js";
import type { Classification, ClassificationAnswers } from "./classification.js";
import { EFFECTS } from "./classification.js";
import { scopeFromCounts } from "./scope-from-counts.js";

type Decision = { readonly level: Level; readonly kind: RuleKind; readonly rule: StaffText };

/** Gives the level that the policy prescribes for the answers; the same answers always give the same level. */
export function classify(answers: ClassificationAnswers, policy: Pick<Policy, "classification">): Classification {
  const rules = policy.classification;
  const scope = (answers.counts && scopeFromCounts(answers.counts, rules)) ?? answers.scope;
  // Unknown data never raises the level by itself: it only keeps the level provisional.
  const data = answers.data === "unknown" ? "none" : answers.data;
  const decided =
    answers.effect === "unknown" ? decideUnclassified(scope, data, rules) : decide(scope, answers.effect, data, rules);
  const { level, kind, rule } = raiseForExposure(decided, answers.exposure, rules);
  return {
    level,
    kind,
    ambiguous: kind !== "T",
    provisional: scope === "unknown" || answers.effect === "unknown" || answers.data === "unknown",
    rule,
    floors: floorsOf(data, answers.exposure, rules),
  };
}

function decide(scope: Scope | "unknown", effect: Effect, data: DataImpact, rules: ClassificationRules): Decision {
  const dataRule = data === "none" ? null : rules.dataEffect[data];
  const effectAfterData = dataRule === null ? effect : worseEffect(effect, dataRule.atLeast);
  const row = rules.matrix[scope === "unknown" ? assumedScope(effectAfterData) : scope];
  const answered = row[effect];
  const cell = row[effectAfterData];
  const level = moreSevere(cell.level, dataRule?.floor ?? null);
  // Data decides where it changes the level or the kind of rule; otherwise the answered cell says why.
  if (dataRule !== null && (level !== answered.level || cell.kind !== answered.kind)) {
    return { level, kind: "D", rule: dataRule.why };
  }
  return { level, kind: answered.kind, rule: answered.why };
}

/** An unknown effect takes the level that the policy reserves for it, unless the other answers already force a worse one. */
function decideUnclassified(scope: Scope | "unknown", data: DataImpact, rules: ClassificationRules): Decision {
  const unclassified: Decision = { level: rules.unclassifiedLevel, kind: "I", rule: rules.unclassifiedWhy };
  const effectIsForced = data !== "none" && rules.dataEffect[data].atLeast === EFFECTS[0];
  if (scope === "unknown" && !effectIsForced) return unclassified;
  const leastPossible = decide(scope, "little", data, rules);
  return leastPossible.level < unclassified.level || effectIsForced ? leastPossible : unclassified;
}

function raiseForExposure(decided: Decision, exposure: Exposure, rules: ClassificationRules): Decision {
  if (exposure === "none") return decided;
  const floor = rules.exposureFloor[exposure];
  return floor < decided.level ? { level: floor, kind: "D", rule: rules.exposureWhy[exposure] } : decided;
}

function floorsOf(data: DataImpact, exposure: Exposure, rules: ClassificationRules): readonly Level[] {
  const dataFloor = data === "none" ? null : rules.dataEffect[data].floor;
  const exposureFloor = exposure === "none" ? null : rules.exposureFloor[exposure];
  return [dataFloor, exposureFloor].filter((floor) => floor !== null);
}

/** A grave effect on nobody knows whom is taken as many; anything less as a small number. */
function assumedScope(effect: Effect): Scope {
  return effect === "outage" || effect === "significant" ? "large" : "small_number";
}

function worseEffect(one: Effect, other: Effect): Effect {
  return EFFECTS.indexOf(one) <= EFFECTS.indexOf(other) ? one : other;
}

function moreSevere(level: Level, floor: Level | null): Level {
  return floor !== null && floor < level ? floor : level;
}
