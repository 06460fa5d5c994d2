#!/usr/bin/env node
// The process: environment and signals in, exit code out. Everything heavy is loaded by the command that needs it, so
// that `plantao sla` answers at once.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { makeDemo } from "./cli/demo.js";
import { makeDoctor } from "./cli/doctor.js";
import { makeImport } from "./cli/import.js";
import { runProgram } from "./cli/program.js";
import type { StartApp } from "./cli/running-app.js";
import { makeServe } from "./cli/serve.js";
import { makeVerify } from "./cli/verify.js";
import { cuboSuitePolicyV1 } from "./formats/policies/cubo-suite-v1.js";

const startApp: StartApp = async (config, options) => {
  const { loadCompanyData } = await import("./app-data.js");
  const { createApp } = await import("./app.js");
  const { createSystemClock } = await import("./app-time.js");
  const clock = createSystemClock(config.clock);
  const app = await createApp(config, await loadCompanyData(config), { ...options, clock });
  const { url } = await app.start();
  return { url, now: clock.now, untilReady: app.untilReady, stop: app.stop };
};

const untilAskedToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });

const { env } = process;
const code = await runProgram(
  process.argv.slice(2),
  {
    stdin: () => text(process.stdin),
    stdout: (words) => void process.stdout.write(words),
    stderr: (words) => void process.stderr.write(words),
    readFile: (path) => readFile(path, "utf8"),
    policy: cuboSuitePolicyV1,
  },
  {
    serve: makeServe({ env, startApp, untilAskedToEnd }),
    demo: makeDemo({
      startApp,
      untilAskedToEnd,
      startSandbox: async (options) => (await import("./sandbox/start-sandbox.js")).startSandbox(options),
    }),
    verify: makeVerify(env, async (config) => (await import("./app-examine.js")).verifyStore(config)),
    import: makeImport({
      env,
      loadPolicy: async (config) => (await import("./app-import.js")).loadPolicy(config),
      withImports: async (config, work) => (await import("./app-import.js")).withImports(config, work),
    }),
    doctor: makeDoctor(env, async (config) => (await import("./app-examine.js")).examine(config)),
  },
);

// Vendors' timers may still wait for nothing; what was written is out before the process ends.
await new Promise((resolve) => process.stdout.write("", resolve));
process.exit(code);
