// Plants uses of Node and of the browser in the pure rooms and asserts that they do not compile there.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlantedTree, plantTree, type Verdict } from "./planted-tree.js";

const reaches: Record<string, string> = {
  "src/domain/process.ts": 'export const zone = process.env["TZ"];\n',
  "src/domain/console.ts": 'export const say = () => console.log("breach");\n',
  "src/domain/fetch.ts": 'export const get = () => fetch("https://example.com");\n',
  "src/domain/timers.ts": "export const later = (act: () => void) => setTimeout(act, 1000);\n",
  "src/domain/buffer.ts": 'export const bytes = Buffer.from("breach");\n',
  "src/domain/crypto.ts": "export const id = () => crypto.randomUUID();\n",
  "src/ports/process.ts": 'export const zone = process.env["TZ"];\n',
  "src/chat/console.ts": 'export const say = () => console.log("breach");\n',
  "src/application/timers.ts": "export const later = (act: () => void) => setTimeout(act, 1000);\n",
};

let tree: PlantedTree;
let verdict: Verdict;

beforeAll(async () => {
  const files: Record<string, string> = {
    "package.json": '{"type":"module"}',
    "src/domain/pure.ts": "export const at = (ms: number) => new Date(ms);\n",
  };
  for (const [name, code] of Object.entries(reaches)) files[name] = code;
  tree = await plantTree(files, ["tsconfig.json", "tsconfig.domain.json"]);
  verdict = await tree.run("typescript/bin/tsc", ["-p", "tsconfig.domain.json", "--pretty", "false"]);
}, 60_000);

afterAll(() => tree.remove());

test("the check ends with an error", () => {
  expect(verdict.exitCode).not.toBe(0);
});

test.each(Object.keys(reaches))("%s does not compile", (name) => {
  expect(verdict.output).toMatch(
    new RegExp(`^${name.replace(".", "\\.")}\\(1,\\d+\\): error TS2(304|580|584|591)`, "m"),
  );
});

test("a pure file compiles", () => {
  expect(verdict.output).not.toContain("src/domain/pure.ts");
});
