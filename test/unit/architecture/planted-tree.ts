// A throw-away source tree in which the architecture tests plant violations, so that the repository never holds one.
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** The root of this repository, where the real rule files live. */
export const repositoryRoot = path.resolve(import.meta.dirname, "../../..");

/** What a checker said: its exit code and everything it printed. */
export interface Verdict {
  exitCode: number;
  output: string;
}

/** A directory of its own with planted files and copies of the real rule files. */
export interface PlantedTree {
  root: string;
  run(program: string, args: string[], env?: Record<string, string>): Promise<Verdict>;
  remove(): Promise<void>;
}

/** Writes the files and copies the named rule files of the repository beside them. */
export async function plantTree(files: Record<string, string>, ruleFiles: string[]): Promise<PlantedTree> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), "plantao-planted-")));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  for (const name of ruleFiles) await copyFile(path.join(repositoryRoot, name), path.join(root, name));
  return {
    root,
    run: (program, args, env) => runIn(root, program, args, env),
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

/** Runs a program of node_modules with Node in a directory, and answers with its verdict instead of throwing. */
export function runIn(
  cwd: string,
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Verdict> {
  const script = path.join(repositoryRoot, "node_modules", program);
  const options = {
    cwd,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", ...env },
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ exitCode, output: stdout + stderr });
    });
  });
}
