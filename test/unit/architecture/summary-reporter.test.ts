// Runs vitest on planted test files and reads the last line that it prints.
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { type PlantedTree, plantTree, repositoryRoot } from "./planted-tree.js";

const reporter = path.join(repositoryRoot, "test/support/summary-reporter.ts");
const head = `import { expect, test } from "${path.join(repositoryRoot, "node_modules/vitest/dist/index.js")}";\n`;

let tree: PlantedTree | undefined;

afterEach(() => tree?.remove());

async function run(files: Record<string, string>) {
  tree = await plantTree({ "package.json": '{"type":"module"}', ...files }, []);
  const args = ["run", "--root", tree.root, "--reporter=default", `--reporter=${reporter}`];
  const { exitCode, output } = await tree.run("vitest/vitest.mjs", args);
  return { exitCode, output };
}

test("the last line counts tests that passed, tests that failed, and a file that broke before its tests", async () => {
  const { exitCode, output } = await run({
    "a.test.ts": `${head}test("one", () => {});\ntest("two", () => expect(1).toBe(1));\ntest.skip("three", () => {});\n`,
    "b.test.ts": `${head}test("four", () => expect(1).toBe(2));\n`,
    "c.test.ts": `${head}throw new Error("broken at load");\n`,
  });
  expect(output).toMatch(/^2 passed, 2 failed$/m);
  expect(exitCode).toBe(1);
}, 60_000);

test("an error outside every test counts as a failure", async () => {
  const { exitCode, output } = await run({
    "a.test.ts": `${head}test("one", async () => {\n  void Promise.reject(new Error("nobody caught this"));\n  await new Promise((done) => setTimeout(done, 20));\n});\n`,
  });
  expect(output).toMatch(/^1 passed, 1 failed$/m);
  expect(exitCode).toBe(1);
}, 60_000);
