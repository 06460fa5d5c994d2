// `plantao import`: the company's files into the store, with what they change in words before it is written.
import type { Config } from "../config/config.js";
import { describeProblems } from "../config/config-problem.js";
import { readConfig } from "../config/read-config.js";
import type { Policy } from "../domain/policy/policy.js";
import type { FileProblem, Problem } from "../formats/file-problem.js";
import { wordProblem } from "../formats/file-problem-words.js";
import type { ImportFiles, NamedText } from "../formats/import-files.js";
import { needsStoredCustomers, parseImportFiles } from "../formats/import-files.js";
import { StoreFault } from "../ports/commit-store.js";
import type { ImportDiff, Imports } from "../ports/imports.js";
import type { CliCommand, CliIo } from "./cli-io.js";
import { EXIT_OK } from "./cli-io.js";
import type { CliOptions } from "./cli-options.js";
import { readOptions, refuse, refuseProblems } from "./cli-options.js";
import { IMPORT_WORDS, type StoreTrouble } from "./import-words.js";
import { changesAnything, printImport } from "./print-import.js";
import { EXIT_CONFIG, EXIT_FAILED } from "./running-app.js";

/** What importing needs from the process. */
export type ImportDeps = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The configured policy; rejects with a sentence for the operator. */
  readonly loadPolicy: (config: Config) => Promise<Policy>;
  /** Opens the configured store, runs the work on it and closes it. */
  readonly withImports: <T>(
    config: Config,
    work: (imports: Imports) => Promise<T>,
  ) => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: StoreTrouble }>;
};

type Job = {
  readonly files: readonly NamedText[];
  readonly policy: Policy;
  readonly options: CliOptions;
  readonly io: CliIo;
};

/** Makes the command. */
export const makeImport =
  ({ env, loadPolicy, withImports }: ImportDeps): CliCommand =>
  async (args, io) => {
    const options = readOptions(args, { "dry-run": "flag" });
    const words = IMPORT_WORDS[options.language];
    if (options.help) {
      io.stdout(words.help);
      return EXIT_OK;
    }
    const { files, problems } = await readFiles(options, io);
    if (problems.length > 0) return refuseProblems(io, options, problems);
    const read = readConfig(env);
    if (!read.ok) return troubled(io, options, describeProblems(read.problems), EXIT_CONFIG);
    try {
      const policy = await loadPolicy(read.config);
      const job: Job = { files, policy, options, io };
      const first = parseImportFiles(files, { policy, known: null, language: options.language });
      if (!first.ok && !needsStoredCustomers(files)) return refuse(io, options.json, first.problems);
      const done = await withImports(read.config, (imports) => importInto(imports, job));
      if (done.ok) return done.value;
      if (!first.ok) return refuse(io, options.json, first.problems);
      return troubled(io, options, `${words.trouble(done.trouble)}\n`, EXIT_CONFIG);
    } catch (error) {
      if (error instanceof StoreFault) return troubled(io, options, `${words.fault(error.code)}\n`, EXIT_FAILED);
      return troubled(io, options, `${error instanceof Error ? error.message : String(error)}\n`, EXIT_CONFIG);
    }
  };

async function readFiles(options: CliOptions, io: CliIo) {
  const problems: Problem[] = [...options.problems];
  if (options.positionals.length === 0 && problems.length === 0) {
    problems.push({ path: "", code: "missing-file", values: { expected: "1", received: 0 } });
  }
  const files: NamedText[] = [];
  for (const name of problems.length > 0 ? [] : options.positionals) {
    try {
      files.push({ name, text: await (name === "-" ? io.stdin() : io.readFile(name)) });
    } catch {
      problems.push({ path: name, code: "unreadable-file", values: { received: name } });
    }
  }
  return { files, problems };
}

async function importInto(imports: Imports, { files, policy, options, io }: Job): Promise<number> {
  const { language, json } = options;
  const parsed = parseImportFiles(files, { policy, known: await imports.known(), language });
  if (!parsed.ok) return refuse(io, json, parsed.problems);
  const { people, catalogue, contacts } = parsed.value;
  const content = { people, catalogue, contacts };
  const diff = await imports.compare(content);
  const clashes = clashProblems(diff, parsed.value, options, files.length > 1);
  if (clashes.length > 0) return refuse(io, json, clashes);
  const isDry = options.flags.has("dry-run");
  const changes = changesAnything(diff);
  const words = IMPORT_WORDS[language];
  if (changes && !isDry) await imports.write(content);
  if (json) {
    const { kinds, withoutPrimary } = diff;
    io.stdout(`${JSON.stringify({ dryRun: isDry, written: changes && !isDry, kinds, withoutPrimary })}\n`);
  } else {
    const outcome = isDry ? words.rehearsed : words.written;
    io.stdout(`${printImport(diff, words)}\n${changes ? outcome : words.nothing}\n`);
  }
  return EXIT_OK;
}

/** Versions of contracts are immutable: new terms need a new version. */
function clashProblems(
  { clashes }: ImportDiff,
  { catalogue, catalogueName }: ImportFiles,
  { language }: CliOptions,
  isLabelled: boolean,
): FileProblem[] {
  return clashes.map(({ contractId, version, fields, next }) => {
    const index = (catalogue?.contracts ?? []).findIndex((one) => one.id === contractId && one.version === version);
    const path = `${isLabelled ? `${catalogueName ?? ""}#` : ""}contracts.${index}.version`;
    const values = { contract: contractId, version, next, fields: fields.join(", ") };
    return wordProblem({ path, code: "contract-changed", values }, language);
  });
}

function troubled(io: CliIo, { json }: CliOptions, message: string, code: number): number {
  if (json) io.stdout(`${JSON.stringify({ errors: [{ message: message.trim() }] })}\n`);
  else io.stderr(message);
  return code;
}
