// YAML or JSON text into plain values, refusing what the two notations allow and a hand-written file never needs.
import { parseDocument } from "yaml";
import type { Problem } from "./file-problem.js";

const LONGEST_TEXT = 1_000_000;
const MOST_SYNTAX_PROBLEMS = 10;
const UNSAFE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/** Reads YAML or JSON text; anything but plain maps, lists, texts, numbers and booleans is a problem. */
export function readFileText(text: string): { readonly value: unknown } | { readonly problems: readonly Problem[] } {
  if (text.length > LONGEST_TEXT) {
    return { problems: [{ path: "", code: "file-too-long", values: { maximum: LONGEST_TEXT } }] };
  }
  const document = parseDocument(text.replace(/^\uFEFF/, ""), { version: "1.2", logLevel: "error" });
  const issues = [...document.errors, ...document.warnings].slice(0, MOST_SYNTAX_PROBLEMS);
  if (issues.length > 0) return { problems: issues.map(({ code, linePos }) => syntaxProblem(code, linePos?.[0])) };
  const value = toPlain(document);
  if (value === TOO_MANY_ALIASES) return { problems: [syntaxProblem("RESOURCE_EXHAUSTION", undefined)] };
  const problems = unsafeKeys(value, "");
  return problems.length > 0 ? { problems } : { value };
}

const TOO_MANY_ALIASES = Symbol("too many aliases");

/** The library throws when aliases multiply a small text into a huge value. */
function toPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ReferenceError) return TOO_MANY_ALIASES;
    throw error;
  }
}

function syntaxProblem(code: string, position: { line: number; col: number } | undefined): Problem {
  const values = { line: position?.line ?? 1, column: position?.col ?? 1 };
  if (code === "DUPLICATE_KEY") return { path: "", code: "duplicate-key", values };
  return { path: "", code: code === "TAG_RESOLVE_FAILED" ? "unsupported-tag" : "invalid-yaml", values };
}

function unsafeKeys(value: unknown, path: string): Problem[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): Problem[] => {
    const innerPath = path === "" ? key : `${path}.${key}`;
    if (UNSAFE_KEYS.has(key)) return [{ path: innerPath, code: "unsafe-key", values: { key } }];
    return unsafeKeys(inner, innerPath);
  });
}
