// Aggregation expressions: constants, field paths, and documents and arrays of them. Operators are refused by name.
import { splitPath } from "../bson/path.js";
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";

/** A compiled expression; undefined as a result means missing. */
export interface Expression {
  evaluate: (doc: Doc) => Value | undefined;
  /** The top-level fields it reads; undefined means all. */
  fields: ReadonlySet<string> | undefined;
}

const NO_FIELDS: ReadonlySet<string> = new Set();

/** Compiles an expression. */
export function compileExpression(expression: Value): Expression {
  if (typeof expression === "string") return compileText(expression);
  if (Array.isArray(expression)) {
    const items = expression.map(compileExpression);
    return { evaluate: (doc) => items.map(({ evaluate }) => evaluate(doc) ?? null), fields: union(items) };
  }
  if (isDoc(expression)) return compileDocument(expression);
  return { evaluate: () => expression, fields: NO_FIELDS };
}

/** The fields of several expressions together. */
export function union(expressions: readonly Pick<Expression, "fields">[]): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const { fields } of expressions) {
    if (fields === undefined) return undefined;
    for (const field of fields) all.add(field);
  }
  return all;
}

function compileText(text: string): Expression {
  if (!text.startsWith("$")) return { evaluate: () => text, fields: NO_FIELDS };
  if (text === "$$ROOT" || text === "$$CURRENT") return { evaluate: (doc) => doc, fields: undefined };
  if (text.startsWith("$$")) throw new StoreError(17276, `Use of undefined variable: ${text.slice(2)}`);
  const path = splitPath(text.slice(1));
  if (path.includes("") || path.some((part) => part.startsWith("$"))) {
    throw new StoreError(15998, `'${text}' is not a valid field path`);
  }
  return { evaluate: (doc) => readPath(doc, path, 0), fields: new Set([path[0] as string]) };
}

/** Unlike a query path, this one maps over arrays and does not count elements. */
function readPath(value: Value | undefined, path: readonly string[], at: number): Value | undefined {
  if (at === path.length || value === undefined) return value;
  if (isDoc(value)) return readPath(value.get(path[at] as string), path, at + 1);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item) => {
    const found = isDoc(item) || Array.isArray(item) ? readPath(item, path, at) : undefined;
    return found === undefined ? [] : [found];
  });
}

function compileDocument(doc: Doc): Expression {
  const parts: [string, Expression][] = [];
  for (const [name, value] of doc) {
    if (name === "$literal" && doc.size === 1) return { evaluate: () => value, fields: NO_FIELDS };
    if (name.startsWith("$")) {
      throw new StoreError(168, `Unrecognized expression '${name}': the embedded store computes field paths only`);
    }
    parts.push([name, compileExpression(value)]);
  }
  const evaluate = (source: Doc): Doc => {
    const result: Doc = new Map();
    for (const [name, expression] of parts) {
      const value = expression.evaluate(source);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
  return { evaluate, fields: union(parts.map(([, expression]) => expression)) };
}
