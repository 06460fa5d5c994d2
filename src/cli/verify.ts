// `plantao verify`: has any stored decision been changed, removed or put in between.

import type { Config } from "../config/config.js";
import { describeProblems } from "../config/config-problem.js";
import { readConfig } from "../config/read-config.js";
import type { CliCommand } from "./cli-io.js";
import { EXIT_OK, EXIT_REFUSED } from "./cli-io.js";
import { readOptions, refuseProblems } from "./cli-options.js";
import { EXIT_CONFIG } from "./running-app.js";

/** What was checked and what was found. */
export type Verification = {
  readonly incidents: number;
  readonly commits: number;
  readonly problems: readonly { readonly incidentId: string; readonly version: number; readonly problem: string }[];
};

/** Checks the hash chains of the configured store. */
export type VerifyStore = (config: Config) => Promise<Verification>;

const HELP =
  "plantao verify [--json]\n\nrecomputes every hash of every incident's record; exit status 2 when one differs.\n";

/** Makes the command. */
export const makeVerify =
  (env: Readonly<Record<string, string | undefined>>, verifyStore: VerifyStore): CliCommand =>
  async (args, io) => {
    const options = readOptions(args, {});
    if (options.help) {
      io.stdout(HELP);
      return EXIT_OK;
    }
    if (options.problems.length > 0) return refuseProblems(io, options, options.problems);
    const read = readConfig(env);
    if (!read.ok) {
      io.stderr(describeProblems(read.problems));
      return EXIT_CONFIG;
    }
    const report = await verifyStore(read.config);
    if (options.json) io.stdout(`${JSON.stringify(report)}\n`);
    else {
      for (const { incidentId, version, problem } of report.problems)
        io.stdout(`${incidentId} version ${version}: ${problem}\n`);
      io.stdout(`${report.incidents} incidents, ${report.commits} commits, ${report.problems.length} problems\n`);
    }
    return report.problems.length === 0 ? EXIT_OK : EXIT_REFUSED;
  };
