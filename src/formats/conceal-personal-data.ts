import type { Problem } from "./file-problem.js";

/** Whether problems may quote addresses and numbers: to a person at a terminal yes, where a log may keep them no. */
export type PersonalData = "shown" | "concealed";

const PERSONAL_FIELD = /(?:^|\.)(?:email|phone)$/;

/** Takes addresses and numbers out of problems unless they are to be shown. */
export function concealPersonalData(
  problems: readonly Problem[],
  personal: PersonalData | undefined,
): readonly Problem[] {
  if (personal === "shown") return problems;
  return problems.map((problem) =>
    PERSONAL_FIELD.test(problem.path) && "received" in problem.values
      ? { ...problem, values: { ...problem.values, received: "(…)" } }
      : problem,
  );
}
