// Plants breaches of the rules inside a file (time, chance, size, names) and asserts that Biome reports each of them.
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlantedTree, plantTree, type Verdict } from "./planted-tree.js";

const lines = (count: number) => Array.from({ length: count }, (_, n) => `export const line${n} = ${n};\n`).join("");

const pureRooms = ["domain/calendar", "chat", "application", "ports"];
const impurities: Record<string, string> = {
  "date-now": "Date.now()",
  "new-date": "new Date()",
  "date-call": "Date()",
  "math-random": "Math.random()",
  "performance-now": "performance.now()",
  "random-uuid": "crypto.randomUUID()",
  "global-uuid": "globalThis.crypto.randomUUID()",
};
const planted = pureRooms.flatMap((room) =>
  Object.entries(impurities).map(([name, code]) => ({ file: `src/${room}/${name}.ts`, code })),
);

let tree: PlantedTree;
let verdict: Verdict;
let reported: Set<string>;

beforeAll(async () => {
  const files: Record<string, string> = {
    "src/domain/given-instant.ts": "export const at = (ms: number) => new Date(ms);\n",
    "src/storage/time.ts": "export const at = () => Date.now() + Math.random();\n",
    "src/domain/full.ts": lines(300),
    "src/domain/too-long.ts": lines(301),
    "src/app.ts": lines(301),
    "test/unit/full.test.ts": lines(500),
    "test/unit/too-long.test.ts": lines(501),
    "src/domain/camelCase.ts": "export const a = 1;\n",
    "src/domain/default-export.ts": "export default 1;\n",
  };
  for (const { file, code } of planted) files[file] = `export const value = () => ${code};\n`;
  tree = await plantTree(files, ["biome.json", "purity.grit"]);
  verdict = await tree.run("@biomejs/biome/bin/biome", ["lint", "--reporter=github", "--max-diagnostics=none"]);
  const errors = verdict.output.split("\n").filter((line) => line.startsWith("::error"));
  reported = new Set(errors.map((line) => `${/title=([^,]*)/.exec(line)?.[1]} ${fileOf(line)}`));
}, 60_000);

afterAll(() => tree.remove());

/** The file that a line of the report names, relative to the planted tree. */
function fileOf(line: string): string {
  return path.relative(tree.root, path.resolve(tree.root, /file=([^,]*)/.exec(line)?.[1] ?? ""));
}

test("the check ends with an error", () => {
  expect(verdict.exitCode).toBe(1);
});

test.each(planted)("$code is refused in $file", ({ file }) => {
  expect(reported).toContain(`plugin ${file}`);
});

test("a pure room may build an instant from a given number", () => {
  expect(verdict.output).not.toContain("given-instant.ts");
});

test("a room with adapters may read the clock", () => {
  expect(verdict.output).not.toContain("src/storage/time.ts");
});

test.each(["src/domain/too-long.ts", "src/app.ts", "test/unit/too-long.test.ts"])(
  "%s is over the limit by one line and refused",
  (file) => {
    expect(reported).toContain(`lint/style/noExcessiveLinesPerFile ${file}`);
  },
);

test.each(["src/domain/full.ts", "test/unit/full.test.ts"])("%s is exactly at the limit and passes", (file) => {
  expect(verdict.output).not.toContain(file);
});

test("a file name that is not kebab-case is refused", () => {
  expect(reported).toContain("lint/style/useFilenamingConvention src/domain/camelCase.ts");
});

test("a default export is refused", () => {
  expect(reported).toContain("lint/style/noDefaultExport src/domain/default-export.ts");
});
