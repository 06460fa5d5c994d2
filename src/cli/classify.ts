// `plantao classify`: the classification rule as a tool, with no store and no environment.
import type { ClassificationAnswers, ScopeCounts } from "../domain/classification/classification.js";
import { DATA_IMPACTS, EFFECTS, EXPOSURES, SCOPES } from "../domain/classification/classification.js";
import { classify } from "../domain/classification/classify.js";
import type { RuleKind } from "../domain/policy/policy.js";
import type { Problem, ProblemLanguage } from "../formats/file-problem.js";
import type { CliCommand } from "./cli-io.js";
import { EXIT_OK } from "./cli-io.js";
import type { CliOptions } from "./cli-options.js";
import { readOptions, refuseProblems } from "./cli-options.js";

const UNKNOWN = "unknown" as const;
const COUNT_OPTIONS = ["users", "customers", "monthly-active-users"] as const;
const COUNT_FLAGS = ["whole-customer", "all-users"] as const;

/** Prints the level that the policy gives to the answers, and the rule that gave it. */
export const runClassify: CliCommand = async (args, io) => {
  const options = readOptions(args, {
    scope: "text",
    effect: "text",
    data: "text",
    exposure: "text",
    users: "text",
    customers: "text",
    "monthly-active-users": "text",
    "whole-customer": "flag",
    "all-users": "flag",
  });
  if (options.help) {
    io.stdout(HELP[options.language]);
    return EXIT_OK;
  }
  const problems = [...options.problems, ...options.positionals.map(misplaced)];
  const answers = readAnswers(options, problems);
  if (problems.length > 0) return refuseProblems(io, options, problems);
  const { level, kind, ambiguous, provisional, rule } = classify(answers, io.policy);
  if (options.json) {
    // A program reads one language: the policy's own.
    io.stdout(`${JSON.stringify({ level, kind, ambiguous, provisional, rule: rule["pt-BR"] })}\n`);
    return EXIT_OK;
  }
  const words = WORDS[options.language];
  const remark = [words.kinds[kind], ...(provisional ? [words.provisional] : [])].join("; ");
  io.stdout(`N${level}: ${rule[options.language]}\n${remark}\n`);
  return EXIT_OK;
};

function readAnswers(options: CliOptions, problems: Problem[]): ClassificationAnswers {
  const choose = <T extends string>(name: string, allowed: readonly T[], otherwise: T | null): T => {
    const received = options.text.get(name);
    const chosen = allowed.find((value) => value === received);
    if (chosen !== undefined) return chosen;
    if (received !== undefined) {
      problems.push({ path: name, code: "invalid-value", values: { received, allowed: allowed.join(", ") } });
    } else if (otherwise === null && !problems.some(({ path }) => path === name)) {
      problems.push({ path: name, code: "missing", values: {} });
    }
    return otherwise ?? (allowed[0] as T);
  };
  const hasCounts =
    COUNT_OPTIONS.some((name) => options.text.has(name)) || COUNT_FLAGS.some((name) => options.flags.has(name));
  return {
    scope: choose("scope", [...SCOPES, UNKNOWN], hasCounts ? UNKNOWN : null),
    effect: choose("effect", [...EFFECTS, UNKNOWN], null),
    data: choose("data", [...DATA_IMPACTS, UNKNOWN], UNKNOWN),
    exposure: choose("exposure", EXPOSURES, "none"),
    ...(hasCounts ? { counts: readCounts(options, problems) } : {}),
  };
}

function readCounts(options: CliOptions, problems: Problem[]): ScopeCounts {
  const [users, customers, monthlyActiveUsers] = COUNT_OPTIONS.map((name) => readCount(name, options, problems));
  return {
    ...(users === undefined ? {} : { users }),
    ...(customers === undefined ? {} : { customers }),
    ...(monthlyActiveUsers === undefined ? {} : { monthlyActiveUsers }),
    wholeCustomer: options.flags.has("whole-customer"),
    allUsers: options.flags.has("all-users"),
  };
}

function readCount(name: string, options: CliOptions, problems: Problem[]): number | undefined {
  const received = options.text.get(name);
  if (received === undefined) return undefined;
  if (/^[1-9]\d{0,11}$/.test(received)) return Number(received);
  problems.push({ path: name, code: "bad-format", values: { received, example: "12" } });
  return undefined;
}

function misplaced(received: string): Problem {
  return { path: "", code: "misplaced-argument", values: { received } };
}

type Words = { readonly kinds: Readonly<Record<RuleKind, string>>; readonly provisional: string };

const WORDS: Readonly<Record<ProblemLanguage, Words>> = {
  "pt-BR": {
    kinds: {
      T: "o texto da política decide",
      G: "nenhum nível cabe no texto: vale o mais grave seguinte",
      I: "interpretação do texto",
      H: "dois níveis cabem: vale o mais grave",
      L: "o texto cita este caso",
      D: "decidido pela resposta sobre dados",
    },
    provisional: "provisório, até se responder o que falta",
  },
  en: {
    kinds: {
      T: "the policy's text decides",
      G: "no level fits the text: the next more severe holds",
      I: "interpretation of the text",
      H: "two levels fit: the more severe wins",
      L: "the text names this case",
      D: "decided by the answer about data",
    },
    provisional: "provisional until what is missing is answered",
  },
};

const USAGE = `plantao classify --scope ${[...SCOPES, UNKNOWN].join("|")}
                 --effect ${[...EFFECTS, UNKNOWN].join("|")}
                 [--data ${[...DATA_IMPACTS, UNKNOWN].join("|")}] [--exposure ${EXPOSURES.join("|")}]
                 [--users N] [--customers N] [--monthly-active-users N] [--whole-customer] [--all-users]
                 [--json] [--lang pt-BR|en]
`;

const HELP: Readonly<Record<ProblemLanguage, string>> = {
  "pt-BR": `${USAGE}
Diz o nível de um incidente. Sem --data: unknown. Sem --exposure: none.
Com os números, o alcance é calculado e --scope pode faltar.
`,
  en: `${USAGE}
Tells the level of an incident. Without --data: unknown. Without --exposure: none.
With the numbers, the scope is computed and --scope may be left out.
`,
};
