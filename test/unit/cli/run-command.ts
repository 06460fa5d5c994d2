// Runs a command of the program on files in memory.
import type { CliCommand } from "../../../src/cli/cli-io.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";

/** What a run left behind. */
export type Run = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Runs a command; `-` reads the file named "-". */
export async function runWithFiles(
  command: CliCommand,
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const readFile = async (path: string) => {
    const text = files[path];
    if (text === undefined) throw new Error(`ENOENT: ${path}`);
    return text;
  };
  const exitCode = await command([...args], {
    stdin: () => readFile("-"),
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    readFile,
    policy: cuboSuitePolicyV1,
  });
  return { exitCode, stdout: out.join(""), stderr: err.join("") };
}
