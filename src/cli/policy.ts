// `plantao policy`: shows the policy in force, checks policy files and tells what changes between two of them.
import type { PolicyDifference, PolicyValue } from "../domain/policy/diff-policies.js";
import { diffPolicies } from "../domain/policy/diff-policies.js";
import type { Policy } from "../domain/policy/policy.js";
import type { FileProblem, Problem, ProblemLanguage } from "../formats/file-problem.js";
import { wordProblem } from "../formats/file-problem-words.js";
import { parsePolicyFile, printPolicyFile } from "../formats/policy-file.js";
import type { CliCommand, CliIo } from "./cli-io.js";
import { EXIT_OK } from "./cli-io.js";
import type { CliOptions } from "./cli-options.js";
import { readOptions, refuse, refuseProblems } from "./cli-options.js";

type Action = {
  readonly files: number;
  readonly run: (files: readonly string[], options: CliOptions, io: CliIo) => Promise<number>;
};

const ACTIONS: Readonly<Record<string, Action>> = {
  show: { files: 0, run: show },
  validate: { files: 1, run: validate },
  diff: { files: 2, run: diff },
};

/** Runs `policy show`, `policy validate FILE` or `policy diff A B`; `-` stands for standard input. */
export const runPolicy: CliCommand = async (args, io) => {
  const options = readOptions(args, {});
  if (options.help) {
    io.stdout(HELP[options.language]);
    return EXIT_OK;
  }
  const [name, ...files] = options.positionals;
  const action = name !== undefined && Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  const problems = [...options.problems, ...commandProblems(name, action, files)];
  if (action === undefined || problems.length > 0) return refuseProblems(io, options, problems);
  return action.run(files, options, io);
};

function commandProblems(name: string | undefined, action: Action | undefined, files: readonly string[]): Problem[] {
  const allowed = Object.keys(ACTIONS).join(", ");
  if (name === undefined) return [{ path: "", code: "missing-command", values: { allowed } }];
  if (action === undefined) return [{ path: "", code: "unknown-command", values: { received: name, allowed } }];
  if (files.length < action.files) {
    return [{ path: name, code: "missing-file", values: { expected: action.files, received: files.length } }];
  }
  return files
    .slice(action.files)
    .map((received) => ({ path: name, code: "misplaced-argument", values: { received } }));
}

async function show(_: readonly string[], { json, language }: CliOptions, { policy, stdout }: CliIo): Promise<number> {
  if (json) stdout(`${JSON.stringify(policy)}\n`);
  else stdout(`${policy.confirmed ? "" : WORDS[language].unconfirmed}${printPolicyFile(policy)}`);
  return EXIT_OK;
}

async function validate([file = ""]: readonly string[], options: CliOptions, io: CliIo): Promise<number> {
  const read = await readPolicy(file, options.language, io);
  if ("problems" in read) return refuse(io, options.json, read.problems);
  const { id, version } = read.policy;
  if (options.json) io.stdout(`${JSON.stringify({ valid: true, id, version })}\n`);
  else io.stdout(`${WORDS[options.language].valid(id, version)}\n`);
  return EXIT_OK;
}

async function diff([before = "", after = ""]: readonly string[], options: CliOptions, io: CliIo): Promise<number> {
  const reads = [
    await readPolicy(before, options.language, io),
    await readPolicy(after, options.language, io),
  ] as const;
  const problems = [...inFile(before, reads[0]), ...inFile(after, reads[1])];
  if ("problems" in reads[0] || "problems" in reads[1]) return refuse(io, options.json, problems);
  const differences = diffPolicies(reads[0].policy, reads[1].policy);
  if (options.json) io.stdout(`${JSON.stringify({ differences })}\n`);
  else if (differences.length === 0) io.stdout(`${WORDS[options.language].same}\n`);
  else for (const difference of differences) io.stdout(`${lineOf(difference, options.language)}\n`);
  return EXIT_OK;
}

type Read = { readonly policy: Policy } | { readonly problems: readonly FileProblem[] };

async function readPolicy(file: string, language: ProblemLanguage, io: CliIo): Promise<Read> {
  const text = await (file === "-" ? io.stdin() : io.readFile(file)).catch(() => null);
  if (text === null) {
    return { problems: [wordProblem({ path: "", code: "unreadable-file", values: { received: file } }, language)] };
  }
  const parsed = parsePolicyFile(text, language);
  return parsed.ok ? { policy: parsed.value } : { problems: parsed.problems };
}

/** Of two files, the path says which one is wrong. */
function inFile(file: string, read: Read): FileProblem[] {
  if (!("problems" in read)) return [];
  return read.problems.map((problem) => ({ ...problem, path: problem.path === "" ? file : `${file}#${problem.path}` }));
}

function lineOf(difference: PolicyDifference, language: ProblemLanguage): string {
  const shown = (value: PolicyValue | undefined) => (value === undefined ? WORDS[language].absent : valueText(value));
  return `${difference.path}: ${shown(difference.before)} → ${shown(difference.after)}`;
}

/** A rung reads as "page director, inform executive"; other values as JSON. */
function valueText(value: PolicyValue): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  const steps = value.map((step: PolicyValue) => stepText(step));
  return steps.includes(null) ? JSON.stringify(value) : steps.join(", ");
}

function stepText(step: PolicyValue): string | null {
  if (typeof step !== "object" || step === null || !("role" in step)) return null;
  const { role, how, fromRepeat, onlyBusinessHours } = step;
  const from = fromRepeat === undefined ? "" : ` (fromRepeat ${String(fromRepeat)})`;
  return `${String(how)} ${String(role)}${from}${onlyBusinessHours === true ? " (onlyBusinessHours)" : ""}`;
}

type Words = {
  readonly unconfirmed: string;
  readonly valid: (id: string, version: number) => string;
  readonly same: string;
  readonly absent: string;
};

const WORDS: Readonly<Record<ProblemLanguage, Words>> = {
  "pt-BR": {
    unconfirmed: "# Padrão, não confirmado: o dono da política ainda não aceitou estes números.\n",
    valid: (id, version) => `Política ${id} versão ${version}: válida.`,
    same: "Nenhuma diferença.",
    absent: "(não existe)",
  },
  en: {
    unconfirmed: "# Default, not confirmed: the policy owner has not accepted these numbers yet.\n",
    valid: (id, version) => `Policy ${id} version ${version}: valid.`,
    same: "No difference.",
    absent: "(does not exist)",
  },
};

const USAGE = `plantao policy show [--json] [--lang pt-BR|en]
plantao policy validate FILE [--json] [--lang pt-BR|en]
plantao policy diff A B [--json] [--lang pt-BR|en]
`;

const HELP: Readonly<Record<ProblemLanguage, string>> = {
  "pt-BR": `${USAGE}
Mostra a política em vigor, confere um arquivo de política, ou diz o que muda de um arquivo para outro.
Um arquivo - é a entrada padrão.
`,
  en: `${USAGE}
Shows the policy in force, checks a policy file, or tells what changes from one file to another.
A file - is standard input.
`,
};
