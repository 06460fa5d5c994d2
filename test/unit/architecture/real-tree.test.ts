// Runs the import rules on the real src/, and proves that the checker really read the code.
import { readdirSync } from "node:fs";
import path from "node:path";
import type { ICruiseResult, IFlattenedRuleSet } from "dependency-cruiser";
import extractDepcruiseConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import { beforeAll, expect, test } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { repositoryRoot, runIn } from "./planted-tree.js";

let ruleSet: IFlattenedRuleSet;
let result: ICruiseResult;

beforeAll(async () => {
  const config = await extractDepcruiseConfig(path.join(repositoryRoot, ".dependency-cruiser.mjs"));
  ruleSet = config as IFlattenedRuleSet;
  const args = ["--config", ".dependency-cruiser.mjs", "--output-type", "json", "src"];
  const { output } = await runIn(repositoryRoot, "dependency-cruiser/bin/dependency-cruise.mjs", args);
  result = JSON.parse(output);
}, 60_000);

test("every room imports only what its rule allows", () => {
  expect(result.summary.violations.map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`)).toEqual([]);
});

test("the checker read every source file", () => {
  // With an unsupported TypeScript the checker sees no module at all and reports success.
  const names = readdirSync(path.join(repositoryRoot, "src"), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => name.endsWith(".ts")).map((name) => `src/${name}`);
  const read = new Set(result.modules.map((module) => module.source));
  expect(result.summary.totalCruised).toBeGreaterThan(200);
  expect(files.filter((file) => !read.has(file))).toEqual([]);
});

test("every room of src has rules of its own", () => {
  const entries = readdirSync(path.join(repositoryRoot, "src"), { withFileTypes: true });
  const rooms = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const governed = rulesWith("from");
  expect(rooms.filter((room) => !governed.some((from) => new RegExp(from).test(`src/${room}/x.ts`)))).toEqual([]);
});

test("every runtime dependency has one home", () => {
  const homes = rulesWith("to", /^sdk-lives-in-/);
  const homeless = Object.keys(manifest.dependencies).filter(
    (name) => homes.filter((to) => new RegExp(to).test(`node_modules/${name}/`)).length !== 1,
  );
  expect(homeless).toEqual([]);
});

test("every rule tells the person who broke it what to do", () => {
  const rules = ruleSet.forbidden ?? [];
  expect(rules.filter((rule) => (rule.comment ?? "").length < 30).map((rule) => rule.name)).toEqual([]);
});

/** The path patterns on one side of the rules whose names match, leaving out those that speak of all of src. */
function rulesWith(side: "from" | "to", name = /./): string[] {
  const rules = (ruleSet.forbidden ?? []).filter((rule) => name.test(rule.name ?? ""));
  return rules.flatMap((rule) => {
    const pattern = (rule as Partial<Record<"from" | "to", { path?: string | string[] }>>)[side]?.path;
    return typeof pattern === "string" && pattern !== "^src/" ? [pattern] : [];
  });
}
