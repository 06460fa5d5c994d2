import { commandNamed, commandSpec, type Verb } from "./command-table.js";
import { nearestVerb } from "./nearest-verb.js";
import type { ParseContext, Parsed, TypedTarget } from "./parsed.js";
import { readArguments } from "./read-arguments.js";
import { takeTarget } from "./read-tokens.js";

/** Longest alias, in words. */
const MOST_VERB_WORDS = 3;
/** Longer than any name of a verb; longer words are not looked up. */
const LONGEST_NAME = 40;

/** Understands a typed command. Total: every text has an outcome, and what is not understood is a problem to explain. */
export function parseCommand(text: string, context: ParseContext = {}): Parsed {
  const before = takeTarget(text.trim());
  if (before.rest === "") return withoutVerb(before.target);
  const found = takeVerb(before.rest);
  if (!found) return unknownVerb(before.rest);
  const { verb } = found;
  if (commandSpec(verb).where === "anywhere") {
    if (before.target.by !== "implied") return { kind: "problem", problem: { code: "incident-not-expected", verb } };
    return readArguments(verb, found.rest, before.target, context);
  }
  // A merge names its other incident in the same place where other verbs name theirs.
  const after =
    before.target.by === "implied" && verb !== "merge"
      ? takeTarget(found.rest)
      : { target: before.target, rest: found.rest };
  return readArguments(verb, after.rest, after.target, context);
}

function withoutVerb(target: TypedTarget): Parsed {
  if (target.by === "implied") return { kind: "open-form", form: "declare", prefill: {}, target };
  return { kind: "query", query: "sla", target };
}

function takeVerb(text: string): { readonly verb: Verb; readonly rest: string } | null {
  const pieces = [...text.matchAll(/\S+/gu)].slice(0, MOST_VERB_WORDS);
  for (let count = pieces.length; count > 0; count -= 1) {
    const last = pieces[count - 1];
    if (!last) continue;
    const end = last.index + last[0].length;
    if (end > LONGEST_NAME) continue;
    const words = text.slice(0, end);
    const spec = commandNamed(words) ?? commandNamed(words.replace(/[:,;.!]+$/u, ""));
    if (spec) return { verb: spec.verb, rest: text.slice(end).trim() };
  }
  return null;
}

function unknownVerb(text: string): Parsed {
  const word = /^\S+/u.exec(text)?.[0] ?? text;
  return { kind: "problem", problem: { code: "unknown-verb", word, text, suggestion: nearestVerb(word) } };
}
