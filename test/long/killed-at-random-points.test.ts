// Invariant I1: kill the process at any instant, and after the restart nothing acknowledged is lost and nothing is said
// twice. SEED repeats the choice of the instants, RUNS the number of runs.
import { beforeAll, expect, test } from "vitest";
import { buildProgram } from "../support/process-build.js";
import { playUnderDeaths, type RunReport } from "./kill-run.js";
import { deathsOf, describeDeath } from "./random-kills.js";

const IS_SAMPLE = process.env["LONG_SAMPLE"] === "1";
const RUNS = Number(process.env["RUNS"] ?? (IS_SAMPLE ? 4 : 50));
const SEED = Number(process.env["SEED"] ?? Math.floor(Math.random() * 1_000_000));
// A run mostly waits for leases to expire, so a few fit side by side on two cores.
const SIDE_BY_SIDE = 3;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

let program: string;
beforeAll(async () => {
  program = await buildProgram();
});

test("a bot killed at any instant loses nothing that it acknowledged and says nothing twice", async () => {
  const undisturbed = await playUnderDeaths(program, []);
  expect(undisturbed.problems).toEqual([]);
  say(
    `seed ${SEED} (repeat with SEED=${SEED}); undisturbed: ${undisturbed.length.ms} ms, ${undisturbed.length.calls} calls`,
  );

  const reports: RunReport[] = [];
  const failures: string[] = [];
  const waiting = Array.from({ length: RUNS }, (_, run) => run);
  const worker = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const deaths = deathsOf(run, SEED, undisturbed.length);
      const what = `run ${run}, ${deaths.map(describeDeath).join(" and ")}`;
      try {
        const report = await playUnderDeaths(program, deaths);
        reports.push(report);
        failures.push(...report.problems.map((problem) => `${what}: ${problem}`));
        say(`${what}: ${report.length.ms} ms, ${report.problems.length} problems`);
      } catch (error) {
        failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
  for (const line of summaryOf(reports)) say(line);
  expect(failures).toEqual([]);
  expect(reports.reduce((sum, report) => sum + report.kills, 0)).toBeGreaterThanOrEqual(RUNS);
});

const summaryOf = (reports: readonly RunReport[]): readonly string[] => {
  const sum = (of: (report: RunReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const rows: Readonly<Record<string, string | number>> = {
    runs: reports.length,
    kills: sum(({ kills }) => kills),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    lost: sum(({ lost }) => lost),
    duplicated: sum(({ duplicated }) => duplicated),
    "dropped because taken": sum(({ dropped }) => dropped),
    "restart to ready, ms": spread(reports.flatMap(({ restartMs }) => restartMs)),
    "escalation told late by, ms": spread(reports.flatMap(({ latenessMs }) => latenessMs)),
  };
  return Object.entries(rows).map(([name, value]) => `${name.padEnd(28)} ${value}`);
};

const spread = (values: readonly number[]): string => {
  const sorted = values.map(Math.round).sort((a, b) => a - b);
  if (sorted.length === 0) return "none";
  return `p50 ${sorted[Math.floor(sorted.length / 2)]}, max ${sorted.at(-1)}`;
};
