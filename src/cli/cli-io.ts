import type { Policy } from "../domain/policy/policy.js";

/** What a command of the program may touch; the program hands it over, so that commands run without a process. */
export type CliIo = {
  /** The whole of standard input, as text. */
  readonly stdin: () => Promise<string>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The text of a file; rejects when it cannot be read. */
  readonly readFile: (path: string) => Promise<string>;
  /** The policy in force for this run. */
  readonly policy: Policy;
};

/** A command of the program: its arguments in, its exit code out. */
export type CliCommand = (args: string[], io: CliIo) => Promise<number>;

/** The command did what was asked. */
export const EXIT_OK = 0;

/** The command refused its input and said why. */
export const EXIT_REFUSED = 2;
