import { describeProblems } from "../config/config-problem.js";
import { readConfig } from "../config/read-config.js";
import type { CliCommand } from "./cli-io.js";
import { EXIT_OK } from "./cli-io.js";
import { EXIT_CONFIG, EXIT_FAILED, type StartApp, type UntilAskedToEnd } from "./running-app.js";

/** What serving needs from the process. */
export type ServeDeps = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly startApp: StartApp;
  readonly untilAskedToEnd: UntilAskedToEnd;
};

/** `plantao serve`: runs until the process is asked to end or cannot go on. */
export const makeServe =
  ({ env, startApp, untilAskedToEnd }: ServeDeps): CliCommand =>
  async (_args, io) => {
    const read = readConfig(env);
    if (!read.ok) {
      io.stderr(describeProblems(read.problems));
      return EXIT_CONFIG;
    }
    let fail: (reason: string) => void = () => undefined;
    const failed = new Promise<string>((resolve) => {
      fail = resolve;
    });
    let app: Awaited<ReturnType<StartApp>>;
    try {
      app = await startApp(read.config, { onFatal: fail });
    } catch (error) {
      io.stderr(`${error instanceof Error ? error.message : String(error)}\n`);
      return EXIT_CONFIG;
    }
    const reason = await Promise.race([failed, untilAskedToEnd().then(() => null)]);
    await app.stop();
    if (reason === null) return EXIT_OK;
    io.stderr(`${reason}\n`);
    return EXIT_FAILED;
  };
