// From zod's issues to problems with stable codes, and the small schemas that the files share.
import { z } from "zod";
import type { FileProblemCode, Problem } from "./file-problem.js";

type Issue = z.core.$ZodIssue;

/** A text that says something. */
export const textSchema = z.string().max(2_000).regex(/\S/, { error: "empty" });

/** A text in both languages of the staff. */
export const staffTextSchema = z.strictObject({ "pt-BR": textSchema, en: textSchema });

/** An id that people write by hand; the error text of a pattern is the example shown. */
export const idSchema = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, { error: "padaria-aurora" });

/** A real or impossible date; whether it exists is a question for the domain. */
const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: "2026-12-24" });

/** Hours and minutes, up to 24:00. */
const closingSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: "09:00" });

const openingSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: "09:00" });

/** A business calendar. */
export const calendarSchema = z.strictObject({
  zone: textSchema,
  open: openingSchema,
  close: closingSchema,
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  holidays: z.union([z.enum(["BR", "none"]), z.array(dateSchema).max(1_000)], { error: "BR, none, ['2026-12-24']" }),
  exceptions: z.record(dateSchema, z.tuple([openingSchema, closingSchema]).nullable()).exactOptional(),
});

/** Minutes of a target: at least one, at most a year. */
export const minutesSchema = z.int().min(1).max(525_600);

/** How a target counts its minutes. */
export const countedSchema = z.enum(["24x7", "business"]);

/** An issue that is a problem of its own, for rules that a schema alone cannot word. */
export function problemIssue(code: FileProblemCode, values: Problem["values"]) {
  return { code: "custom", params: { problem: { code, values } } } as const;
}

/** Checks a value; returns its typed form or every problem, with paths that begin with `path`. */
export function checkShape<S extends z.ZodType>(
  schema: S,
  value: unknown,
  path: readonly PropertyKey[] = [],
): { readonly value: z.output<S> } | { readonly problems: readonly Problem[] } {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { value: result.data };
  return { problems: result.error.issues.flatMap((issue) => problemsOf(issue, path)) };
}

function problemsOf(issue: Issue, prefix: readonly PropertyKey[]): Problem[] {
  const at = [...prefix, ...issue.path];
  const path = at.map(String).join(".");
  const received = shownInput(issue.input);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...at, key].map(String).join("."),
        code: "unknown-key",
        values: { key },
      }));
    case "invalid_union":
      return unionProblems(issue, at);
    case "invalid_key":
      return [{ path, code: "bad-name", values: { received: String(at.at(-1) ?? ""), example: keyExample(issue) } }];
    case "invalid_type":
      return [typeProblem(path, issue.expected, issue.input)];
    case "invalid_value":
      if (issue.input === undefined || issue.input === null) return [{ path, code: "missing", values: {} }];
      return [{ path, code: "invalid-value", values: { received, allowed: issue.values.map(String).join(", ") } }];
    case "too_small":
      if (issue.origin !== "number" && issue.origin !== "int") return [{ path, code: "empty", values: {} }];
      return [{ path, code: "too-small", values: { received, minimum: Number(issue.minimum) } }];
    case "too_big":
      if (issue.origin !== "number" && issue.origin !== "int") {
        return [{ path, code: "too-many", values: { maximum: Number(issue.maximum) } }];
      }
      return [{ path, code: "too-large", values: { received, maximum: Number(issue.maximum) } }];
    case "custom":
      if (issue.params?.["problem"] !== undefined) return [{ path, ...(issue.params["problem"] as Worded) }];
      return formatProblems(issue, path);
    case "invalid_element":
    case "invalid_format":
    case "not_multiple_of":
      return formatProblems(issue, path);
  }
}

/** What `problemIssue` put into an issue. */
type Worded = Pick<Problem, "code" | "values">;

function formatProblems(issue: Issue, path: string): Problem[] {
  if (issue.message === "empty") return [{ path, code: "empty", values: {} }];
  return [{ path, code: "bad-format", values: { received: shownInput(issue.input), example: issue.message } }];
}

function typeProblem(path: string, expected: string, input: unknown): Problem {
  // A field left blank reads as null in YAML: the writer meant to fill it in.
  if (input === undefined || input === null) return { path, code: "missing", values: {} };
  if (expected === "int" && typeof input === "number") return { path, code: "fractional", values: { received: input } };
  return { path, code: TYPE_CODES[expected] ?? "not-a-map", values: { received: shownInput(input) } };
}

/** The form that the writer meant is the one whose outermost type fits; with none, the message shows the forms. */
function unionProblems(issue: Extract<Issue, { code: "invalid_union" }>, at: readonly PropertyKey[]): Problem[] {
  const path = at.map(String).join(".");
  if (issue.input === undefined || issue.input === null) return [{ path, code: "missing", values: {} }];
  const meant = issue.errors.find((branch) => branch.every((inner) => inner.path.length > 0 || !isWrongForm(inner)));
  if (meant !== undefined) return meant.flatMap((inner) => problemsOf(inner, at));
  return [{ path, code: "bad-format", values: { received: shownInput(issue.input), example: issue.message } }];
}

function isWrongForm(issue: Issue): boolean {
  return issue.code === "invalid_type" || issue.code === "invalid_value";
}

function keyExample(issue: Extract<Issue, { code: "invalid_key" }>): string {
  return issue.issues[0]?.message ?? "";
}

const TYPE_CODES: Readonly<Record<string, FileProblemCode>> = {
  string: "not-a-text",
  number: "not-a-number",
  int: "not-a-number",
  boolean: "not-a-boolean",
  array: "not-a-list",
  tuple: "not-a-list",
};

function shownInput(input: unknown): string {
  if (Array.isArray(input)) return "[…]";
  return typeof input === "object" && input !== null ? "{…}" : String(input);
}
