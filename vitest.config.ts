// Three projects in one run: pure and memory-backed tests first, then one adapter at a time, then whole stories.
import { defineConfig } from "vitest/config";

// Zone mistakes show only in a zone with daylight saving time; TEST_TZ repeats the run in another one.
process.env["TZ"] = process.env["TEST_TZ"] ?? "America/New_York";

const setupFiles = ["test/support/no-outside-network.ts"];
const memoryContracts = ["test/contract/memory/**/*.test.ts", "test/contract/**/memory-*.test.ts"];

export default defineConfig({
  test: {
    pool: "forks", // lmdb is a native addon and the zone is a property of the process: neither likes threads
    maxWorkers: 3, // most of the integration tests wait for processes and sockets, not for a core
    allowOnly: false,
    reporters: ["default", "./test/support/summary-reporter.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts", ...memoryContracts],
          setupFiles,
          isolate: false, // pure code has no state to leak, and loading it once for each worker halves the time
          testTimeout: 30_000,
          hookTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.ts", "test/contract/**/*.test.ts"],
          exclude: memoryContracts,
          setupFiles,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          setupFiles,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
