// Tests that take minutes: crash loops, endurance, large fuzz. With LONG_SAMPLE=1 each takes a small sample of itself.
import { defineConfig } from "vitest/config";

process.env["TZ"] = process.env["TEST_TZ"] ?? "America/New_York";

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 1, // they measure time and kill processes, so they run one after another
    allowOnly: false,
    passWithNoTests: true,
    reporters: ["default", "./test/support/summary-reporter.ts"],
    include: ["test/long/**/*.test.ts"],
    setupFiles: ["test/support/no-outside-network.ts"],
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
  },
});
