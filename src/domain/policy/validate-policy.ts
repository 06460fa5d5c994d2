import type { Ladder, Policy, Target } from "./policy.js";
import { LEVELS } from "./policy.js";
import type { PolicyProblem } from "./policy-problem.js";
import { validateCalendar } from "./validate-calendar.js";
import { validateClassification } from "./validate-classification.js";

const RUNGS = ["0", "50", "75", "90", "100", "repeat"] as const;

/** Finds everything wrong with the meaning of a policy, all at once; an empty list means that it can be put in force. */
export function validatePolicy(policy: Policy): PolicyProblem[] {
  return [
    ...Object.entries(policy.calendars).flatMap(([name, calendar]) => validateCalendar(calendar, `calendars.${name}`)),
    ...validateReferences(policy),
    ...validateWarnings(policy.warningPercents),
    ...Object.keys(policy.tiers).flatMap((tier) => validateTier(policy, tier)),
    ...validateFirstNotices(policy),
    ...LEVELS.flatMap((level) => validateLadder(policy.levels[level].ladder, `levels.${level}.ladder`)),
    ...validateClassification(policy.classification),
    ...validateNotes(policy),
  ];
}

function validateReferences(policy: Policy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  const tiers = Object.keys(policy.tiers);
  const calendars = Object.keys(policy.calendars);
  if (tiers.length === 0) problems.push({ path: "tiers", code: "no-tier", values: {} });
  if (!tiers.includes(policy.defaultTier)) {
    const values = { tier: policy.defaultTier, known: tiers.join(", ") };
    problems.push({ path: "defaultTier", code: "unknown-default-tier", values });
  }
  if (!calendars.includes(policy.businessCalendar)) {
    const values = { calendar: policy.businessCalendar, known: calendars.join(", ") };
    problems.push({ path: "businessCalendar", code: "unknown-business-calendar", values });
  }
  return problems;
}

function validateWarnings(percents: readonly number[]): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const [index, percent] of percents.entries()) {
    const path = `warningPercents.${index}`;
    const before = percents[index - 1];
    if (before !== undefined && before >= percent) {
      problems.push({ path, code: "warnings-not-ascending", values: { percent, before } });
    }
    if (![50, 75, 90].includes(percent)) problems.push({ path, code: "warning-without-rung", values: { percent } });
  }
  return problems;
}

function validateTier(policy: Policy, tier: string): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const level of LEVELS) {
    const targets = policy.tiers[tier]?.targets[level];
    if (targets === undefined) continue;
    const path = `tiers.${tier}.targets.${level}`;
    if (isLonger(targets.response, targets.resolution)) {
      const values = { response: targets.response.minutes, resolution: targets.resolution.minutes };
      problems.push({ path: `${path}.response`, code: "response-after-resolution", values });
    }
    const { updateEvery } = policy.levels[level];
    if (isLonger(updateEvery, targets.resolution)) {
      const values = { update: updateEvery.minutes, resolution: targets.resolution.minutes, tier };
      problems.push({ path: `levels.${level}.updateEvery`, code: "update-after-resolution", values });
    }
  }
  return problems;
}

/** Only the default tier binds the first notice: stricter tiers keep the notice that the policy gives everybody. */
function validateFirstNotices(policy: Policy): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const level of LEVELS) {
    const { firstNotice } = policy.levels[level];
    const response = policy.tiers[policy.defaultTier]?.targets[level].response;
    if (response !== undefined && isLonger(firstNotice, response)) {
      const values = { notice: firstNotice.minutes, response: response.minutes };
      problems.push({ path: `levels.${level}.firstNotice`, code: "first-notice-after-response", values });
    }
  }
  return problems;
}

function validateLadder(ladder: Ladder, path: string): PolicyProblem[] {
  const problems: PolicyProblem[] = [];
  for (const rung of RUNGS) {
    const steps = ladder[rung];
    const rungPath = `${path}.${rung}`;
    if (steps.length === 0) problems.push({ path: rungPath, code: "empty-rung", values: { rung } });
    for (const [index, step] of steps.entries()) {
      if (steps.findIndex((other) => other.role === step.role) !== index) {
        problems.push({ path: `${rungPath}.${index}.role`, code: "repeated-role", values: { role: step.role } });
      }
      if (rung !== "repeat" && step.fromRepeat !== undefined) {
        problems.push({
          path: `${rungPath}.${index}.fromRepeat`,
          code: "repeat-step-outside-repeat",
          values: { rung },
        });
      }
    }
  }
  if (ladder.repeat.length > 0 && ladder.repeat.every((step) => (step.fromRepeat ?? 1) > 1)) {
    problems.push({ path: `${path}.repeat`, code: "no-step-on-first-repeat", values: {} });
  }
  return problems;
}

function validateNotes({ interpretationNotes }: Policy): PolicyProblem[] {
  const codes = interpretationNotes.map(({ code }) => code);
  return codes.flatMap((code, index): PolicyProblem[] =>
    codes.indexOf(code) === index
      ? []
      : [{ path: `interpretationNotes.${index}.code`, code: "repeated-note", values: { note: code } }],
  );
}

/** Business minutes and minutes round the clock do not compare, so only spans counted alike are judged. */
function isLonger(one: Target, other: Target): boolean {
  return one.counted === other.counted && one.minutes > other.minutes;
}
