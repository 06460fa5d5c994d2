import { ENV, type EnvName } from "./env.js";

/** One thing that is wrong with the environment. */
export type ConfigProblem = {
  readonly variable: string;
  /** What is wrong, without the value of a secret. */
  readonly problem: string;
  readonly example: string;
};

/** A problem of a variable of the table, with the example from there. */
export const problemOf = (variable: EnvName, problem: string): ConfigProblem => ({
  variable,
  problem,
  example: `${variable}=${ENV[variable].example}`,
});

/** All problems as lines for a person, ready for stderr. */
export function describeProblems(problems: readonly ConfigProblem[]): string {
  const lines = problems.map(({ variable, problem, example }) => `  ${variable}: ${problem}\n    example: ${example}`);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [`The configuration has ${count}:`, ...lines, ""].join("\n");
}
