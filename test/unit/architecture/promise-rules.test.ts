// Plants dropped promises and an unfinished switch and asserts that the type-aware lint reports each of them.
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlantedTree, plantTree, repositoryRoot, type Verdict } from "./planted-tree.js";

const say = "declare function say(text: string): Promise<void>;\n";
const level = 'type Level = { kind: "high" } | { kind: "low" };\n';

const planted: Record<string, string> = {
  "src/dropped.ts": `${say}export function tell(): void {\n  say("breach");\n}\n`,
  "src/misused.ts": `${say}export function tell(): string {\n  return say("breach") ? "said" : "silent";\n}\n`,
  "src/callback.ts": `${say}export function tell(all: string[]): void {\n  all.forEach(async (one) => { await say(one); });\n}\n`,
  "src/unfinished.ts": `${level}export function rank(level: Level): number {\n  switch (level.kind) {\n    case "high":\n      return 1;\n  }\n  return 0;\n}\n`,
  "src/domain/swallowed.ts": `${level}export function rank(level: Level): number {\n  switch (level.kind) {\n    case "high":\n      return 1;\n    default:\n      return 0;\n  }\n}\n`,
  "test/dropped.test.ts": `${say}say("breach");\nexport {};\n`,
};
const clean: Record<string, string> = {
  "src/awaited.ts": `${say}export async function tell(): Promise<void> {\n  await say("breach");\n}\n`,
  "src/handed-on.ts": `${level}export function rank(level: Level): string {\n  switch (level.kind) {\n    case "high":\n      return "one";\n    default:\n      return level.kind;\n  }\n}\n`,
  "src/on-purpose.ts": `${say}export function tell(): void {\n  void say("breach");\n}\n`,
};

let tree: PlantedTree;
let verdict: Verdict;

beforeAll(async () => {
  const settings = JSON.stringify({
    compilerOptions: { target: "ES2022", module: "NodeNext", strict: true, noEmit: true, types: [] },
    include: ["src", "test"],
  });
  tree = await plantTree({ ...planted, ...clean, "tsconfig.json": settings, "package.json": '{"type":"module"}' }, [
    ".oxlintrc.json",
  ]);
  const tsgolint = path.join(repositoryRoot, "node_modules/.bin/tsgolint");
  verdict = await tree.run("oxlint/bin/oxlint", ["--type-aware", "--format=unix"], {
    OXLINT_TSGOLINT_PATH: tsgolint,
  });
}, 60_000);

afterAll(() => tree.remove());

test("the check ends with an error", () => {
  expect(verdict.exitCode).toBe(1);
});

test.each([
  ["a promise that nobody waits for", "src/dropped.ts", "no-floating-promises"],
  ["a promise used as a condition", "src/misused.ts", "no-misused-promises"],
  ["an async callback whose promise is thrown away", "src/callback.ts", "no-misused-promises"],
  ["a switch that leaves out a case", "src/unfinished.ts", "switch-exhaustiveness-check"],
  ["a default of the domain that would swallow a new case", "src/domain/swallowed.ts", "switch-exhaustiveness-check"],
  ["a promise that a test does not wait for", "test/dropped.test.ts", "no-floating-promises"],
])("%s is refused", (_, file, rule) => {
  const lines = verdict.output.split("\n").filter((line) => line.includes(file));
  expect(lines.join("\n")).toContain(rule);
});

test.each(Object.keys(clean))("%s passes", (file) => {
  expect(verdict.output).not.toContain(file);
});
