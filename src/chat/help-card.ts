import type { Card, Line } from "./card.js";
import { type CommandSpec, commandSpec, commandTable, type Verb, verbName } from "./command-table.js";
import { code, plain } from "./spans.js";
import { say, sayLine } from "./texts/say.js";
import { commandOf, type Language, type Voice } from "./voice.js";

type HelpVoice = Pick<Voice, "language" | "command">;

/** Help in the reader's language: all verbs in one line each, or one verb in detail. */
export function helpCard(verb: Verb | null, voice: HelpVoice): Card {
  return verb === null ? allVerbs(voice) : oneVerb(commandSpec(verb), voice);
}

/** How a verb is typed, without the command itself: "declare [title]". */
export function usageOf(verb: Verb, language: Language): string {
  const words = commandSpec(verb).arguments.map((name) => `[${say(language, `argument.${name}`)}]`);
  return [verbName(verb, language), ...words].join(" ");
}

function verbHelp(verb: Verb, language: Language): string {
  return say(language, `command.${verb}.help`);
}

function allVerbs({ language, ...voice }: HelpVoice): Card {
  const command = commandOf({ language, ...voice });
  const verbs = commandTable.map(
    ({ verb }): Line => [code(verbName(verb, language)), plain(` ${verbHelp(verb, language)}`)],
  );
  const intro = say(language, "help.intro", { command });
  return {
    header: say(language, "help.title"),
    blocks: [
      { kind: "lines", lines: [[plain(intro)]] },
      { kind: "lines", lines: verbs },
      {
        kind: "context",
        lines: [
          sayLine(language, "help.by-code", { command, verb: verbName("take", language) }),
          sayLine(language, "help.more", { command, help: verbName("help", language) }),
        ],
      },
    ],
    summary: intro,
  };
}

function oneVerb(spec: CommandSpec, { language, ...voice }: HelpVoice): Card {
  const command = commandOf({ language, ...voice });
  const { verb } = spec;
  const help = verbHelp(verb, language);
  const shown = spec.examples[language].map((example): Line => [code(`${command} ${example}`)]);
  const other = verbName(verb, language === "en" ? "pt-BR" : "en");
  return {
    header: verbName(verb, language),
    blocks: [
      { kind: "lines", lines: [[plain(help)], [plain(say(language, `command.${verb}.detail`))]] },
      {
        kind: "fields",
        fields: [{ label: say(language, "help.usage"), value: [code(`${command} ${usageOf(verb, language)}`)] }],
      },
      { kind: "lines", lines: [[plain(say(language, "help.examples"))], ...shown] },
      {
        kind: "context",
        lines: [
          sayLine(language, `help.where.${spec.where}`),
          ...(other === verbName(verb, language) ? [] : [sayLine(language, "help.also", { names: other })]),
        ],
      },
    ],
    summary: help,
  };
}
