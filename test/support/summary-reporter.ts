// Ends every test run with one plain line that a person, a script and a CI log can read the same way.
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** How many tests passed and failed; what broke outside a test counts as one failure. */
export interface Totals {
  passed: number;
  failed: number;
}

/** Counts the tests of finished modules, with each module or run that broke outside its tests as a failure. */
export function countTotals(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Totals {
  const totals = { passed: 0, failed: unhandled.length };
  for (const module of modules) {
    const before = totals.failed;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") totals.passed += 1;
      if (state === "failed") totals.failed += 1;
    }
    if (module.state() === "failed" && totals.failed === before) totals.failed += 1;
  }
  return totals;
}

/** Prints `N passed, N failed` after everything that the other reporters print. */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter from the default export of its file.
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const { passed, failed } = countTotals(modules, unhandled);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
