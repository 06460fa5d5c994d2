import type { Line } from "../card.js";
import { clipText } from "../clip-text.js";
import { verbName } from "../command-table.js";
import { usageOf } from "../help-card.js";
import type { ParseProblem } from "../parsed.js";
import { code } from "../spans.js";
import { sayLine } from "../texts/say.js";
import { commandOf, type Voice } from "../voice.js";

/** Longest piece of what was typed that is repeated in the answer. */
const TYPED_MAX = 80;

/** What was not understood, and how to say it. */
export function problemLines(problem: ParseProblem, voice: Voice): readonly Line[] {
  const { language } = voice;
  const command = commandOf(voice);
  if (problem.code === "unknown-verb") return unknownVerb(problem, voice);
  const usage = [code(`${command} ${usageOf(problem.verb, language)}`)];
  const verb = verbName(problem.verb, language);
  switch (problem.code) {
    case "unexpected-text":
      return [sayLine(language, "problem.unexpected-text", { verb, usage, text: clipText(problem.text, TYPED_MAX) })];
    case "unknown-word":
      return [sayLine(language, "problem.unknown-word", { usage, word: clipText(problem.word, TYPED_MAX) })];
    case "incident-not-expected":
      return [sayLine(language, "problem.incident-not-expected", { verb, usage })];
  }
}

function unknownVerb(problem: Extract<ParseProblem, { readonly code: "unknown-verb" }>, voice: Voice): readonly Line[] {
  const { language } = voice;
  const command = commandOf(voice);
  const word = clipText(problem.word, TYPED_MAX);
  const help = verbName("help", language);
  if (problem.suggestion !== null) {
    const suggestion = [code(`${command} ${verbName(problem.suggestion, language)}`)];
    return [sayLine(language, "problem.suggestion", { word, suggestion })];
  }
  const unknown = sayLine(language, "problem.unknown-verb", { word, command, help });
  // Several words look like a title typed by habit.
  if (!/\s/u.test(problem.text.trim())) return [unknown];
  const title = clipText(problem.text.replace(/\s+/gu, " "), TYPED_MAX);
  const example = [code(`${command} ${verbName("declare", language)} ${title}`)];
  return [unknown, sayLine(language, "problem.declare", { example })];
}
