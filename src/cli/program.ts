// The `plantao` program: one table of commands. What needs the running product arrives as arguments from main.ts.

import { runClassify } from "./classify.js";
import type { CliCommand, CliIo } from "./cli-io.js";
import { EXIT_OK, EXIT_REFUSED } from "./cli-io.js";
import { runPolicy } from "./policy.js";
import { runSla } from "./sla.js";

/** Commands that need the product, the store or the sandbox. */
export type OnlineCommands = {
  readonly serve: CliCommand;
  readonly demo: CliCommand;
  readonly verify: CliCommand;
  readonly doctor: CliCommand;
  readonly import: CliCommand;
};

const SUMMARIES: Readonly<Record<string, readonly [pt: string, en: string]>> = {
  serve: ["põe o bot em funcionamento", "runs the bot"],
  demo: [
    "mostra um incidente inteiro nesta máquina (--once, --lang en, --empty, --speed N)",
    "plays a whole incident on this machine (--once, --lang en, --empty, --speed N)",
  ],
  sla: ["calcula os relógios de um cenário da entrada padrão", "computes the clocks of a scenario on standard input"],
  classify: ["dá o nível das respostas de classificação", "gives the level of classification answers"],
  policy: ["mostra, confere e compara versões da política", "shows, validates and compares policy versions"],
  import: [
    "grava pessoas, clientes, contratos e contatos de arquivos (--dry-run mostra o que mudaria)",
    "stores people, customers, contracts and contacts from files (--dry-run shows what would change)",
  ],
  verify: ["confere a cadeia de registros de todos os incidentes", "checks the chain of records of every incident"],
  doctor: [
    "confere configuração, banco, relógio e Slack, e diz o que fazer",
    "checks configuration, database, clock and Slack, and says what to do",
  ],
};

const usage = (english: boolean): string => {
  const lines = Object.entries(SUMMARIES).map(([name, [pt, en]]) => `  ${name.padEnd(10)} ${english ? en : pt}`);
  const head = english
    ? "plantao <command> [options]; every command takes --json, --lang and --help"
    : "plantao <comando> [opções]; todo comando aceita --json, --lang e --help";
  return `${[head, "", ...lines].join("\n")}\n`;
};

/** Runs the command that the arguments name and answers its exit code. */
export const runProgram = async (argv: readonly string[], io: CliIo, online: OnlineCommands): Promise<number> => {
  const commands: Readonly<Record<string, CliCommand>> = {
    ...online,
    sla: runSla,
    classify: runClassify,
    policy: runPolicy,
  };
  const [name, ...args] = argv;
  const english = argv.some((arg, index) => arg === "--lang=en" || (arg === "en" && argv[index - 1] === "--lang"));
  if (name === undefined || name === "help" || name === "--help") {
    io.stdout(usage(english));
    return EXIT_OK;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    io.stderr(`${english ? "Unknown command" : "Comando desconhecido"}: ${JSON.stringify(name)}\n\n${usage(english)}`);
    return EXIT_REFUSED;
  }
  return command(args, io);
};
