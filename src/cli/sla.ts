// `plantao sla`: the clock engine as a tool, with no store and no environment.
import { computeClocks } from "../domain/clocks/compute-clocks.js";
import { explainClocks } from "../domain/clocks/explain-clocks.js";
import { businessCalendarOf } from "../domain/policy/business-calendar-of.js";
import type { ProblemLanguage } from "../formats/file-problem.js";
import { parseSlaScenario, type SlaScenario } from "../formats/sla-scenario.js";
import { slaSheetJson } from "../formats/sla-sheet-json.js";
import { printSlaSheet } from "../formats/sla-sheet-table.js";
import type { CliCommand, CliIo } from "./cli-io.js";
import { EXIT_OK } from "./cli-io.js";
import { type CliOptions, readOptions, refuse, refuseProblems } from "./cli-options.js";

/** Computes the clocks of the scenario on standard input and prints the sheet. */
export const runSla: CliCommand = async (args, io) => {
  const options = readOptions(args, { explain: "flag" });
  if (options.help) {
    io.stdout(HELP[options.language]);
    return EXIT_OK;
  }
  const misplaced = options.positionals.map(
    (received) => ({ path: "", code: "misplaced-argument", values: { received } }) as const,
  );
  const problems = [...options.problems, ...misplaced];
  if (problems.length > 0) return refuseProblems(io, options, problems);
  const parsed = parseSlaScenario(await io.stdin(), { policy: io.policy, language: options.language });
  if (!parsed.ok) return refuse(io, options.json, parsed.problems);
  io.stdout(sheetText(parsed.value, options, io));
  return EXIT_OK;
};

/** JSON is for programs, so it is complete without --explain. */
function sheetText({ history, until }: SlaScenario, { json, flags, language }: CliOptions, { policy }: CliIo): string {
  const sheet = computeClocks(history, policy, until);
  if (json) return `${JSON.stringify(slaSheetJson(sheet))}\n`;
  const counted = flags.has("explain") ? explainClocks(history, policy, until) : null;
  return printSlaSheet(sheet, { language, zone: businessCalendarOf(policy).zone, counted });
}

const USAGE = `plantao sla [--explain] [--json] [--lang pt-BR|en] < scenario.json
`;

const HELP: Readonly<Record<ProblemLanguage, string>> = {
  "pt-BR": `${USAGE}
Calcula os relógios de um cenário: um incidente, seus clientes e o que aconteceu.
Com --explain, mostra também os limiares e os dias que contaram de cada relógio.
`,
  en: `${USAGE}
Computes the clocks of a scenario: an incident, its customers and what happened.
With --explain, it also shows the thresholds and the days that counted of each clock.
`,
};
