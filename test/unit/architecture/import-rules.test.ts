// Plants one violation of every import rule in a throw-away tree and asserts that exactly those are reported.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import extractDepcruiseConfig from "dependency-cruiser/config-utl/extract-depcruise-config";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allowedImports, type PlantedImport, plantedImports } from "./planted-imports.js";
import { type PlantedTree, plantTree, repositoryRoot } from "./planted-tree.js";

const rooms =
  "domain ports application chat formats render limits slack teams http delivery storage jobs config logging cli sandbox";
const devPackages = ["vitest"];
const unlistedPackages = ["unlisted"];

let tree: PlantedTree;
let found: string[];
let ruleNames: string[];

beforeAll(async () => {
  tree = await plantTree(plantedFiles(), [".dependency-cruiser.mjs", "tsconfig.json"]);
  await writeFile(path.join(tree.root, "package.json"), JSON.stringify(manifest()));
  const config = await extractDepcruiseConfig(path.join(repositoryRoot, ".dependency-cruiser.mjs"));
  const ruleSet = config as IFlattenedRuleSet;
  ruleNames = (ruleSet.forbidden ?? []).map((rule) => rule.name ?? "");
  const { output } = await cruise(["src"], { ...config.options, baseDir: tree.root, ruleSet, validate: true });
  found = (output as ICruiseResult).summary.violations.map((v) => `${v.from} breaks ${v.rule.name}`);
}, 60_000);

afterAll(() => tree.remove());

test.each(plantedImports)("$from may not import $imports", ({ from, rules }) => {
  expect(found.filter((line) => line.startsWith(`src/${from} `)).sort()).toEqual(
    rules.map((rule) => `src/${from} breaks ${rule}`).sort(),
  );
});

test("two files that need each other are reported as a cycle", () => {
  expect(found).toContain("src/domain/cycle-a.ts breaks no-cycles");
});

test("a file that nothing uses and that uses nothing is reported as an orphan", () => {
  expect(found).toContain("src/domain/orphan.ts breaks no-orphans");
});

test("imports that follow the rules are not reported", () => {
  const wrongFiles = [...plantedImports.map((p) => `src/${p.from}`), "src/domain/cycle-", "src/domain/orphan.ts"];
  expect(found.filter((line) => !wrongFiles.some((file) => line.startsWith(file)))).toEqual([]);
});

test("every rule of the rule file is fired by a planted violation", () => {
  const fired = new Set(found.map((line) => line.slice(line.indexOf(" breaks ") + " breaks ".length)));
  expect(ruleNames.filter((name) => !fired.has(name))).toEqual([]);
});

/** The text of every planted file, and of the clean files and packages that they import. */
function plantedFiles(): Record<string, string> {
  const files: Record<string, string> = {
    "src/domain/orphan.ts": "export const orphan = 1;\n",
    "src/domain/cycle-a.ts": 'import { b } from "./cycle-b.js";\nexport const a = () => b;\n',
    "src/domain/cycle-b.ts": 'import { a } from "./cycle-a.js";\nexport const b = () => a;\n',
    "src/storage/embedded/start-x.ts": "export const x = 1;\n",
    "test/support/x.ts": "export const x = 1;\n",
  };
  for (const room of rooms.split(" ")) files[`src/${room}/x.ts`] = "export const x = 1;\n";
  const allowed = allowedImports.map(([from, imports]) => ({ from, imports, rules: [] }));
  for (const planted of [...allowed, ...plantedImports]) {
    files[`src/${planted.from}`] = `${files[`src/${planted.from}`] ?? ""}${importLine(planted)}`;
    const name = packageOf(planted.imports);
    if (name === undefined) continue;
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, version: "1.0.0", main: "index.js" });
    files[`node_modules/${name}/index.js`] = "exports.x = 1;\n";
  }
  for (const room of rooms.split(" ")) files["src/app.ts"] += `export * as ${room}X from "./${room}/x.js";\n`;
  return files;
}

function importLine({ from, imports, typeOnly }: PlantedImport): string {
  const isPackage = packageOf(imports) !== undefined || imports.startsWith("node:");
  const target = path.posix.relative(path.posix.dirname(from), imports);
  const specifier = isPackage ? imports : `${target.startsWith(".") ? "" : "./"}${target}.js`;
  return typeOnly
    ? `import type * as it from "${specifier}";\nexport type It = typeof it;\n`
    : `import * as it from "${specifier}";\nexport const used = it;\n`;
}

/** The npm package that an import means, or undefined when it means a file of the tree or of Node. */
function packageOf(imports: string): string | undefined {
  if (imports.startsWith("node:") || imports.startsWith("..")) return undefined;
  const [first = ""] = imports.split("/");
  if (first.startsWith("@")) return imports;
  return rooms.split(" ").includes(first) || ["app", "app-part", "main"].includes(first) ? undefined : first;
}

function manifest() {
  const names = [...plantedImports.map((p) => p.imports), ...allowedImports.map(([, imports]) => imports)]
    .map(packageOf)
    .filter((name) => name !== undefined && !unlistedPackages.includes(name)) as string[];
  const versions = (list: string[]) => Object.fromEntries(list.map((name) => [name, "1.0.0"]));
  return {
    name: "planted",
    dependencies: versions(names.filter((name) => !devPackages.includes(name))),
    devDependencies: versions(devPackages),
  };
}
