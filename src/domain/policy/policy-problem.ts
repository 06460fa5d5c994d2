/** Codes of what can be wrong with a policy whose shape is right. */
export type PolicyProblemCode =
  | "classification-not-monotone"
  | "empty-rung"
  | "first-notice-after-response"
  | "impossible-date"
  | "inverted-hours"
  | "no-step-on-first-repeat"
  | "no-tier"
  | "repeat-step-outside-repeat"
  | "repeated-day"
  | "repeated-note"
  | "repeated-role"
  | "response-after-resolution"
  | "thresholds-not-ordered"
  | "unknown-business-calendar"
  | "unknown-default-tier"
  | "unknown-zone"
  | "update-after-resolution"
  | "warning-without-rung"
  | "warnings-not-ascending";

/** Something wrong with a policy, by dotted path; `values` fill the sentence that a door makes of the code. */
export type PolicyProblem = {
  readonly path: string;
  readonly code: PolicyProblemCode;
  readonly values: Readonly<Record<string, string | number>>;
};
