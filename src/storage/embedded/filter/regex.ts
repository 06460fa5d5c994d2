// Server regular expressions (PCRE) as JavaScript ones. What JavaScript cannot express is refused.
import { StoreError } from "../store-error.js";

const PCRE_ONLY = /\(\?(?:>|\||R|[0-9&+(])|\(\*|[*+?}]\+|\\[GKQRXh]|\[\[:/;

/** Compiles a pattern with the server's options i, m, s, x and u. */
export function compileRegex(pattern: string, options: string): RegExp {
  if (pattern.includes("\0")) throw new StoreError(2, "Regular expression cannot contain an embedded null byte");
  let flags = "";
  let source = pattern;
  let wanted = options;
  const inline = /^\(\?([imsx]+)\)/.exec(source);
  if (inline !== null) {
    source = source.slice(inline[0].length);
    wanted += inline[1];
  }
  for (const option of new Set(wanted)) {
    if (!"imsxu".includes(option)) throw new StoreError(51108, `invalid flag in regex options: ${option}`);
    if (option === "x") source = withoutComments(source);
    else if (option !== "u") flags += option;
  }
  if (PCRE_ONLY.test(source)) throw invalid(pattern, "this PCRE syntax is not supported by the embedded store");
  return build(pattern, anchors(source), flags);
}

function build(pattern: string, source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    // Escapes that PCRE allows, such as `\-`, are errors only in Unicode mode.
  }
  try {
    return new RegExp(source, flags);
  } catch (error) {
    throw invalid(pattern, error instanceof Error ? error.message : String(error));
  }
}

function invalid(pattern: string, reason: string): StoreError {
  return new StoreError(51091, `Regular expression is invalid: ${pattern}: ${reason}`);
}

/** Rewrites the anchors that JavaScript does not have. */
function anchors(source: string): string {
  return source.replace(/\\([\s\S])/g, (whole, letter: string) => {
    if (letter === "A") return "(?<![\\s\\S])";
    if (letter === "z") return "(?![\\s\\S])";
    return letter === "Z" ? "(?=\\n?(?![\\s\\S]))" : whole;
  });
}

/** Option x: white space and comments outside character classes do not count. */
function withoutComments(source: string): string {
  let kept = "";
  let inClass = false;
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] as string;
    if (char === "\\") {
      kept += char + (source[at + 1] ?? "");
      at += 1;
    } else if (!inClass && char === "#") {
      const end = source.indexOf("\n", at);
      at = end === -1 ? source.length : end;
    } else if (inClass || !/\s/.test(char)) {
      if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
      kept += char;
    }
  }
  return kept;
}
