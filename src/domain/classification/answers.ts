// The answers to the questions of requirements 2.1, as codes.
import type { DataImpact, Effect, Exposure, Scope } from "../policy/policy.js";

/** Optional numbers; when given, the scope is computed from them. */
export type AffectedCounts = {
  readonly users?: number;
  readonly customers?: number;
  readonly wholeCustomer?: boolean;
  readonly allUsers?: boolean;
  readonly monthlyActiveUsers?: number;
};

/** What is known about who is hit, what they notice and their data; "unknown" is "não sei ainda". */
export type ClassificationAnswers = {
  readonly scope: Scope | "unknown";
  readonly effect: Effect | "unknown";
  readonly data: DataImpact | "unknown";
  readonly exposure: Exposure;
  readonly counts?: AffectedCounts;
};

/** Answers as somebody gives them anew: what is left out stays as it was. */
export type SaidAnswers = Partial<ClassificationAnswers>;

/** Earlier answers with what was said anew; numbers go with the scope that they stood for. */
export const withSaid = ({ counts, ...earlier }: ClassificationAnswers, said: SaidAnswers): ClassificationAnswers => ({
  ...earlier,
  ...(counts === undefined || said.scope !== undefined ? {} : { counts }),
  ...said,
});
