// Runs .ci/run with a stand-in for npm, and reads its last line and its exit status.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { type PlantedTree, plantTree, repositoryRoot } from "./planted-tree.js";

let tree: PlantedTree;

beforeEach(async () => {
  const script = await readFile(path.join(repositoryRoot, ".ci/run"), "utf8");
  tree = await plantTree({ ".ci/run": script }, []);
  await chmod(path.join(tree.root, ".ci/run"), 0o755);
  await mkdir(path.join(tree.root, "bin"));
  await plantProgram("chromium", "exit 0");
});

afterEach(() => tree.remove());

async function plantProgram(name: string, body: string): Promise<void> {
  const file = path.join(tree.root, "bin", name);
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
}

/** Runs the script while npm answers as told: the arguments of npm -> what a shell does for them. */
async function run(answers: Record<string, string>) {
  const cases = Object.entries(answers).map(([args, body]) => `  "${args}") ${body} ;;`);
  const called = path.join(tree.root, "called");
  await plantProgram("npm", `echo "$*" >> ${called}\ncase "$*" in\n${cases.join("\n")}\nesac`);
  const env = { ...process.env, PATH: `${path.join(tree.root, "bin")}:${process.env["PATH"]}` };
  return new Promise<{ exitCode: number; lastLine: string; totals: string[]; calls: string[] }>((resolve) => {
    execFile(path.join(tree.root, ".ci/run"), { env, timeout: 30_000 }, (error, stdout) => {
      const exitCode = error === null ? 0 : Number(error.code);
      const calls = readFileSync(called, "utf8").trim().split("\n");
      const lines = stdout.trimEnd().split("\n");
      const totals = lines.filter((line) => /^\d+ passed, \d+ failed$/.test(line));
      resolve({ exitCode, lastLine: lines.at(-1) ?? "", totals, calls });
    });
  });
}

const allIsWell = {
  test: 'printf "Tests 12\\n\\n12 passed, 0 failed\\n"',
  "run -s test:long": 'test "$LONG_SAMPLE" = 1 && echo "3 passed, 0 failed"',
};

test("the totals of the tests and of the long sample are added up", async () => {
  expect(await run(allIsWell)).toMatchObject({ exitCode: 0, lastLine: "15 passed, 0 failed" });
});

test("only the last line reads like totals", async () => {
  expect((await run(allIsWell)).totals).toEqual(["15 passed, 0 failed"]);
});

test("every check of npm run check is run once, and so are the tests", async () => {
  const { calls } = await run(allIsWell);
  const checks = [...manifest.scripts.check.matchAll(/npm run -s (check:\w+)/g)].map(([, name]) => `run -s ${name}`);
  expect(checks.length).toBeGreaterThanOrEqual(4);
  expect(manifest.scripts.check).toMatch(/&& npm test$/);
  expect(calls).toEqual(["ci", "test", ...checks, "run -s test:long"]);
});

test("failed tests are counted and fail the run", async () => {
  const answers = { ...allIsWell, test: 'echo "10 passed, 2 failed"; exit 1' };
  expect(await run(answers)).toMatchObject({ exitCode: 1, lastLine: "13 passed, 2 failed" });
});

test("a failed check counts as one failure and the later checks still run", async () => {
  const answers = { ...allIsWell, "run -s check:types": "exit 2", "run -s check:rooms": "exit 1" };
  expect(await run(answers)).toMatchObject({ exitCode: 1, lastLine: "15 passed, 2 failed" });
});

test("a test run that dies without its totals counts as one failure", async () => {
  expect(await run({ ...allIsWell, test: "exit 137" })).toMatchObject({ exitCode: 1, lastLine: "3 passed, 1 failed" });
});

test("a test run that ends well but counted nothing is not believed", async () => {
  expect(await run({ ...allIsWell, test: "exit 0" })).toMatchObject({ exitCode: 1, lastLine: "3 passed, 1 failed" });
});

test("an exit status against clean totals counts as one failure", async () => {
  const answers = { ...allIsWell, test: 'echo "12 passed, 0 failed"; exit 1' };
  expect(await run(answers)).toMatchObject({ exitCode: 1, lastLine: "15 passed, 1 failed" });
});

test("nothing runs after an install that failed", async () => {
  const { exitCode, lastLine, calls } = await run({ ...allIsWell, ci: "exit 1" });
  expect({ exitCode, lastLine, calls }).toEqual({ exitCode: 1, lastLine: "0 passed, 1 failed", calls: ["ci"] });
});
