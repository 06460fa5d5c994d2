import { EFFECTS, SCOPES } from "../classification/classification.js";
import type { ClassificationRules, Level } from "./policy.js";
import type { PolicyProblem } from "./policy-problem.js";

/** Finds where more users, more effect or more damage to data would lower the level, and thresholds out of order. */
export function validateClassification(rules: ClassificationRules): PolicyProblem[] {
  return [...validateMatrix(rules), ...validateData(rules), ...validateExposure(rules), ...validateThresholds(rules)];
}

function validateMatrix({ matrix }: ClassificationRules): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const [row, scope] of SCOPES.entries()) {
    for (const [column, effect] of EFFECTS.entries()) {
      const level = matrix[scope][effect].level;
      // Comparing with the next milder neighbours is enough: monotone steps make a monotone matrix.
      const fewer = SCOPES[row + 1];
      const milder = EFFECTS[column + 1];
      const path = `classification.matrix.${scope}.${effect}`;
      if (fewer) problems.push(...atLeastAsSevere(path, level, `${fewer}.${effect}`, matrix[fewer][effect].level));
      if (milder) problems.push(...atLeastAsSevere(path, level, `${scope}.${milder}`, matrix[scope][milder].level));
    }
  }
  return problems;
}

function validateData({ dataEffect: { impaired, lost } }: ClassificationRules): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  if (EFFECTS.indexOf(lost.atLeast) > EFFECTS.indexOf(impaired.atLeast)) {
    const values = { worse: "lost", milder: "impaired", worseValue: lost.atLeast, milderValue: impaired.atLeast };
    problems.push({ path: "classification.dataEffect.lost.atLeast", code: "classification-not-monotone", values });
  }
  if (impaired.floor !== null && (lost.floor === null || lost.floor > impaired.floor)) {
    const worseValue = lost.floor === null ? "-" : `N${lost.floor}`;
    const values = { worse: "lost", milder: "impaired", worseValue, milderValue: `N${impaired.floor}` };
    problems.push({ path: "classification.dataEffect.lost.floor", code: "classification-not-monotone", values });
  }
  return problems;
}

function validateExposure({ exposureFloor }: ClassificationRules): PolicyProblem[] {
  const path = "classification.exposureFloor.confirmed";
  return atLeastAsSevere(path, exposureFloor.confirmed, "suspected", exposureFloor.suspected);
}

function validateThresholds(rules: ClassificationRules): PolicyProblem[] {
  const { largeUsers, smallNumberAboveUsers, largeShare } = rules;
  const problems: PolicyProblem[] = [];
  const mustExceed = (path: string, large: number) => {
    if (large <= smallNumberAboveUsers) {
      problems.push({ path, code: "thresholds-not-ordered", values: { large, small: smallNumberAboveUsers } });
    }
  };
  mustExceed("classification.largeUsers", largeUsers);
  mustExceed("classification.largeShare.moreThanUsers", largeShare.moreThanUsers + 1);
  return problems;
}

function atLeastAsSevere(path: string, level: Level, milder: string, milderLevel: Level): PolicyProblem[] {
  if (level <= milderLevel) return [];
  const worse = path.split(".").slice(2).join(".");
  const values = { worse, milder, worseValue: `N${level}`, milderValue: `N${milderLevel}` };
  return [{ path, code: "classification-not-monotone", values }];
}
