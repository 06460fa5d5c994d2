// The answers that classify an incident and what the policy makes of them.
import type { DataImpact, Effect, Exposure, Level, RuleKind, Scope, StaffText } from "../policy/policy.js";

/** Scopes, widest first. */
export const SCOPES: readonly Scope[] = ["large", "small_number", "small_group", "single"];

/** Effects, worst first. */
export const EFFECTS: readonly Effect[] = ["outage", "significant", "affected", "little"];

/** States of the customers' data, worst first. */
export const DATA_IMPACTS: readonly DataImpact[] = ["lost", "impaired", "none"];

/** Exposures of data, worst first. */
export const EXPOSURES: readonly Exposure[] = ["confirmed", "suspected", "none"];

/** How many are affected, as far as anybody counted. */
export type ScopeCounts = {
  readonly users?: number;
  readonly customers?: number;
  /** All users of at least one customer are affected. */
  readonly wholeCustomer?: boolean;
  /** All users of the service are affected. */
  readonly allUsers?: boolean;
  /** Users of the service active in a month, against which the share is taken. */
  readonly monthlyActiveUsers?: number;
};

/** The answers of the classification questions; counts that decide the scope win over the stated scope. */
export type ClassificationAnswers = {
  readonly scope: Scope | "unknown";
  readonly effect: Effect | "unknown";
  readonly data: DataImpact | "unknown";
  readonly exposure: Exposure;
  readonly counts?: ScopeCounts;
};

/** The level that the answers give, with the rule that gave it. */
export type Classification = {
  readonly level: Level;
  readonly kind: RuleKind;
  /** True unless the policy's text alone decides. */
  readonly ambiguous: boolean;
  /** True while an answer that may change the level is unknown. */
  readonly provisional: boolean;
  readonly rule: StaffText;
  /** Levels below which the answers about data and exposure do not let the incident fall. */
  readonly floors: readonly Level[];
};
