// Small checks that combine into descriptions of JSON shapes and report every problem with its JSON pointer.
import { isJson } from "./wire.js";

/** Receives one problem: what is wrong and where. */
export type Report = (problem: string, pointer: string) => void;

/** Checks one value that stands at a JSON pointer. */
export type Check = (value: unknown, pointer: string, report: Report) => void;

/** Runs a check and answers its problems in Slack's wording. */
export function problemsOf(check: Check, value: unknown, pointer: string): string[] {
  const problems: string[] = [];
  check(value, pointer, (problem, at) => problems.push(`${problem} [json-pointer:${at}]`));
  return problems;
}

/** A string within bounds; an empty one is too short unless `min` is 0. */
export function string(max: number, min = 1): Check {
  return (value, at, report) => {
    if (typeof value !== "string") report("must be a string", at);
    else if (value.length > max) report(`must be less than ${max + 1} characters`, at);
    else if (value.length < min) report(`must be more than ${min - 1} characters`, at);
  };
}

/** True or false. */
export const boolean: Check = (value, at, report) => {
  if (typeof value !== "boolean") report("must be a boolean", at);
};

/** A whole number within bounds. */
export function integer(min: number, max: number): Check {
  return (value, at, report) => {
    if (!Number.isInteger(value)) report("must be an integer", at);
    else if ((value as number) < min) report(`must be at least ${min}`, at);
    else if ((value as number) > max) report(`must be at most ${max}`, at);
  };
}

/** One of a few strings. */
export function oneOf(...allowed: readonly string[]): Check {
  return (value, at, report) => {
    if (typeof value !== "string" || !allowed.includes(value)) report(`must be one of: ${allowed.join(", ")}`, at);
  };
}

/** A string of a given form. */
export function matching(pattern: RegExp, description: string): Check {
  return (value, at, report) => {
    if (typeof value !== "string" || !pattern.test(value)) report(description, at);
  };
}

/** An absolute web address. */
export function webAddress(max: number): Check {
  return (value, at, report) => {
    string(max)(value, at, report);
    if (typeof value === "string" && !(URL.canParse(value) && /^(https?|mailto|slack):/i.test(value))) {
      report("must be a valid URL", at);
    }
  };
}

/** An array within bounds whose items all pass a check. */
export function list(item: Check, min: number, max: number): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return report("must be an array", at);
    if (value.length > max) report(`no more than ${max} items allowed`, at);
    if (value.length < min) report(`no less than ${min} items allowed`, at);
    value.forEach((entry, index) => {
      item(entry, `${at}/${index}`, report);
    });
  };
}

/** An object with the given fields and no others. */
export function object(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value, at, report) => {
    if (!isJson(value)) return report("must be an object", at);
    for (const [name, check] of Object.entries(required)) {
      if (value[name] === undefined) report(`missing required field: ${name}`, at);
      else check(value[name], `${at}/${name}`, report);
    }
    for (const [name, entry] of Object.entries(value)) {
      if (Object.hasOwn(required, name) || entry === undefined) continue;
      const check = Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (check) check(entry, `${at}/${name}`, report);
      else report(`invalid additional property: ${name}`, at);
    }
  };
}

/** An object whose `type` field decides which description applies. */
export function byType(shapes: Readonly<Record<string, Check>>, thing: string): Check {
  return (value, at, report) => {
    if (!isJson(value)) return report("must be an object", at);
    const { type } = value;
    if (type === undefined) return report("missing required field: type", at);
    const shape = typeof type === "string" && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
    if (shape) shape(value, at, report);
    else report(`unsupported type: ${String(type)} (not a ${thing} of this workspace)`, `${at}/type`);
  };
}

/** All of several checks. */
export function all(...checks: readonly Check[]): Check {
  return (value, at, report) => {
    for (const check of checks) check(value, at, report);
  };
}
