// `plantao doctor`: is everything that the bot relies on in order, and if not, what to do.

import type { Config } from "../config/config.js";
import { describeProblems } from "../config/config-problem.js";
import { readConfig } from "../config/read-config.js";
import type { CliCommand } from "./cli-io.js";
import { EXIT_OK, EXIT_REFUSED } from "./cli-io.js";
import { readOptions, refuseProblems } from "./cli-options.js";
import { EXIT_CONFIG } from "./running-app.js";

/** One thing that was looked at. */
export type DoctorCheck = {
  readonly name: string;
  readonly state: "ok" | "warning" | "broken" | "off";
  readonly finding: string;
  /** What to do about it; null when nothing needs doing. */
  readonly remedy: string | null;
};

/** Looks at everything that a configuration relies on. */
export type Examine = (config: Config) => Promise<readonly DoctorCheck[]>;

const MARKS: Readonly<Record<DoctorCheck["state"], string>> = {
  ok: "ok  ",
  warning: "warn",
  broken: "FAIL",
  off: "off ",
};

const HELP =
  "plantao doctor [--json]\n\nchecks the configuration, the store, the clock, the company's files and Slack.\n";

/** Makes the command. */
export const makeDoctor =
  (env: Readonly<Record<string, string | undefined>>, examine: Examine): CliCommand =>
  async (args, io) => {
    const options = readOptions(args, {});
    if (options.help) {
      io.stdout(HELP);
      return EXIT_OK;
    }
    if (options.problems.length > 0) return refuseProblems(io, options, options.problems);
    const read = readConfig(env);
    if (!read.ok) {
      if (options.json) io.stdout(`${JSON.stringify({ checks: [], errors: read.problems })}\n`);
      else io.stderr(describeProblems(read.problems));
      return EXIT_CONFIG;
    }
    const checks = await examine(read.config);
    if (options.json) io.stdout(`${JSON.stringify({ checks })}\n`);
    else
      for (const { name, state, finding, remedy } of checks)
        io.stdout(`${MARKS[state]}  ${name}: ${finding}${remedy === null ? "" : `\n      -> ${remedy}`}\n`);
    return checks.some((check) => check.state === "broken") ? EXIT_REFUSED : EXIT_OK;
  };
