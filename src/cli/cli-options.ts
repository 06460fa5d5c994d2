// Options of the offline commands: every mistake is reported at once, in words, and as JSON when JSON was asked for.
import { parseArgs } from "node:util";
import type { FileProblem, Problem, ProblemLanguage } from "../formats/file-problem.js";
import { wordProblem } from "../formats/file-problem-words.js";
import type { CliIo } from "./cli-io.js";
import { EXIT_REFUSED } from "./cli-io.js";

/** Options of a command by long name: a text follows, or the option alone says yes. */
export type OptionSpec = Readonly<Record<string, "text" | "flag">>;

/** The options given, with everything wrong about how they were given. */
export type CliOptions = {
  readonly text: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  readonly positionals: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
  readonly language: ProblemLanguage;
  readonly problems: readonly Problem[];
};

const LANGUAGES: readonly ProblemLanguage[] = ["pt-BR", "en"];
const COMMON: OptionSpec = { json: "flag", help: "flag", lang: "text" };

/** Reads the options of a command; --json, --help and --lang belong to every command. */
export function readOptions(args: readonly string[], spec: OptionSpec): CliOptions {
  const all = { ...spec, ...COMMON };
  const text = new Map<string, string>();
  const flags = new Set<string>();
  const positionals: string[] = [];
  const problems: Problem[] = [];
  for (const token of tokensOf(args, all)) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const problem = optionProblem(token, all, text.has(token.name) || flags.has(token.name));
    if (problem !== null) problems.push(problem);
    else if (token.value === undefined) flags.add(token.name);
    else text.set(token.name, token.value);
  }
  const lang = text.get("lang") ?? "pt-BR";
  const language = LANGUAGES.find((known) => known === lang);
  if (language === undefined) {
    problems.push({ path: "lang", code: "invalid-value", values: { received: lang, allowed: LANGUAGES.join(", ") } });
  }
  return {
    text,
    flags,
    positionals,
    json: flags.has("json"),
    help: flags.has("help"),
    language: language ?? "pt-BR",
    problems,
  };
}

/** Refuses the input: problems go to standard output as JSON, or to standard error for a person. */
export function refuse(io: CliIo, json: boolean, problems: readonly FileProblem[]): number {
  if (json) io.stdout(`${JSON.stringify({ errors: problems })}\n`);
  else
    for (const { path, message, remedy } of problems)
      io.stderr(`${path === "" ? "" : `${path}: `}${message} ${remedy}\n`);
  return EXIT_REFUSED;
}

/** Refuses problems that are not in words yet. */
export function refuseProblems(io: CliIo, options: CliOptions, problems: readonly Problem[]): number {
  return refuse(
    io,
    options.json,
    problems.map((problem) => wordProblem(problem, options.language)),
  );
}

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];
type OptionToken = Extract<Token, { kind: "option" }>;

function tokensOf(args: readonly string[], spec: OptionSpec): readonly Token[] {
  const options = Object.fromEntries(
    Object.entries(spec).map(([name, kind]) => [
      name,
      { type: kind === "text" ? ("string" as const) : ("boolean" as const) },
    ]),
  );
  return parseArgs({
    args: args.map((arg, index) => closeOption(arg, args[index + 1], spec)),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

/** "--scope --json" forgot the scope: an option must not swallow the next one as its value. */
function closeOption(arg: string, next: string | undefined, spec: OptionSpec): string {
  const name = arg.slice(2);
  const takesText = arg.startsWith("--") && Object.hasOwn(spec, name) && spec[name] === "text";
  return takesText && next?.startsWith("--") === true ? `${arg}=` : arg;
}

function optionProblem({ name, rawName, value }: OptionToken, spec: OptionSpec, isRepeated: boolean): Problem | null {
  const kind = Object.hasOwn(spec, name) ? spec[name] : undefined;
  if (kind === undefined) {
    const allowed = Object.keys(spec).map((known) => `--${known}`);
    return { path: name, code: "unknown-option", values: { received: rawName, allowed: allowed.join(" ") } };
  }
  if (isRepeated) return { path: name, code: "repeated-option", values: { received: rawName } };
  if (kind === "flag" && value !== undefined) {
    return { path: name, code: "misplaced-argument", values: { received: value } };
  }
  if (kind === "text" && !value) return { path: name, code: "missing", values: {} };
  return null;
}
