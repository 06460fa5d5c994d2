// From problem codes to the sentences that a person reads: what is wrong, then what to do.
import type { FileProblem, FileProblemCode, Problem, ProblemLanguage, ProblemWords } from "./file-problem.js";
import { FILE_WORDS } from "./file-words.js";
import { POLICY_WORDS } from "./policy-words.js";

const WORDS: Readonly<Record<FileProblemCode, ProblemWords>> = { ...POLICY_WORDS, ...FILE_WORDS };

const LONGEST_VALUE = 200;

/** Puts a problem into words. */
export function wordProblem({ path, code, values }: Problem, language: ProblemLanguage): FileProblem {
  const [message, remedy] = WORDS[code][language];
  return { path, code, message: fill(message, values), remedy: fill(remedy, values) };
}

function fill(sentence: string, values: Problem["values"]): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => shown(values[name] ?? ""));
}

/** What the person typed is shown clipped and without control characters, so that it cannot disturb a terminal. */
function shown(value: string | number): string {
  const plain = [...String(value).replace(/\p{C}/gu, "?")];
  return plain.length <= LONGEST_VALUE ? plain.join("") : `${plain.slice(0, LONGEST_VALUE).join("")}…`;
}

/** Puts many problems into words as the refusal of a file. */
export function refuseFile(
  problems: readonly Problem[],
  language: ProblemLanguage,
): { readonly ok: false; readonly problems: readonly FileProblem[] } {
  return { ok: false, problems: problems.map((problem) => wordProblem(problem, language)) };
}
