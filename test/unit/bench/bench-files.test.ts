// The benchmarks run on built code, which no type check sees: what they take from it must be there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const directory = fileURLToPath(new URL("../../bench", import.meta.url));
const files = readdirSync(directory).filter((name) => name.endsWith(".mjs"));
const IMPORT = /import \{([^}]+)\} from "\.\.\/\.\.\/dist\/([^"]+)\.js"/g;

const taken = files.flatMap((file) =>
  [...readFileSync(path.join(directory, file), "utf8").matchAll(IMPORT)].flatMap(([, names = "", module = ""]) =>
    names.split(",").map((name) => ({ file, module, name: name.trim().split(" ")[0] ?? "" })),
  ),
);

test("the benchmarks take something from the built code", () => {
  expect(taken.length).toBeGreaterThan(10);
});

test.each(taken)("$name, which $file takes, is exported by $module", ({ module, name }) => {
  const source = path.join(directory, "../../src", `${module}.ts`);
  expect(existsSync(source)).toBe(true);
  expect(readFileSync(source, "utf8")).toMatch(new RegExp(`^export (async function|function|const) ${name}\\b`, "m"));
});
