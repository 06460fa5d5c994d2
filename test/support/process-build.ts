// The program as it is shipped, src/ as JavaScript, made once for all tests that start real processes.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { eventually } from "./process-wait.js";

const root = process.cwd();
// Inside node_modules, so that the compiled files find the packages and no check looks at them.
const cache = path.join(root, "node_modules", ".cache", "plantao-program");
const KEEP_MS = 60 * 60_000;
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
};

type Source = { readonly name: string; readonly text: string };

/** Directory of the compiled program; it is compiled anew only when a source has changed. */
export const buildProgram = async (): Promise<string> => {
  const sources = await readSources();
  const built = path.join(cache, hashOf(sources));
  const making = `${built}.making`;
  if (existsSync(built)) return built;
  await mkdir(cache, { recursive: true });
  if (await isOursToMake(making)) {
    await forgetOldBuilds();
    await compile(sources, making);
    await rename(making, built);
  } else await eventually(() => existsSync(built), { ms: 60_000, what: "another test file has compiled the program" });
  return built;
};

const readSources = async (): Promise<readonly Source[]> => {
  const names = await readdir(path.join(root, "src"), { recursive: true });
  const wanted = names.filter((name) => name.endsWith(".ts")).sort();
  return Promise.all(
    wanted.map(async (name) => ({ name, text: await readFile(path.join(root, "src", name), "utf8") })),
  );
};

const hashOf = (sources: readonly Source[]): string => {
  const hash = createHash("sha256");
  for (const { name, text } of sources) hash.update(`${name}\n${text}\n`);
  return hash.digest("hex").slice(0, 16);
};

/** Making a directory is atomic, so of two test files that come together one compiles. */
const isOursToMake = async (making: string): Promise<boolean> => {
  try {
    await mkdir(making);
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    const { mtimeMs } = await stat(making);
    // Whoever began it a long time ago was killed.
    return Date.now() - mtimeMs > 60_000;
  }
};

/** Types are checked elsewhere; here only what runs matters. */
const compile = async (sources: readonly Source[], into: string): Promise<void> => {
  await writeFile(path.join(into, "package.json"), '{ "type": "module" }\n');
  for (const { name, text } of sources) {
    const file = path.join(into, name.replace(/\.ts$/, ".js"));
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, ts.transpileModule(text, { compilerOptions: OPTIONS, fileName: name }).outputText);
  }
};

const forgetOldBuilds = async (): Promise<void> => {
  for (const name of await readdir(cache)) {
    const old = path.join(cache, name);
    const { mtimeMs } = await stat(old);
    if (Date.now() - mtimeMs > KEEP_MS) await rm(old, { recursive: true, force: true });
  }
};
