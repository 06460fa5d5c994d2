// What must never stand in a log line (invariant I8): secrets by the name of their field and by their look, and the
// phone numbers and addresses of people.
import { serialiseError } from "./serialise-error.js";

const REDACTED = "[redacted]";
const MAX_DEPTH = 8;
const MAX_ITEMS = 200;

const SECRET_FIELD =
  /token|secret|passw|authori[sz]ation|cookie|signature|credential|api[-_]?key|private[-_]?key|phone|e-?mail|mongodb_?uri/i;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\bx(?:ox[a-z]|app)-[\w-]+/g, REDACTED],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\bhooks\.slack\.com\/\S+/g, `hooks.slack.com/${REDACTED}`],
  [/\b([a-z][a-z\d+.-]{0,20}:\/\/)[^\s/@]+@/gi, `$1${REDACTED}@`],
  [/[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})+/gi, "[e-mail]"],
  [/\+\d(?:[\s().-]{0,2}\d){7,14}/g, "[phone]"],
  // Brazilian numbers as people write them, and long runs of digits that are neither instants nor parts of ids.
  [/(?<![\w.-])\(?\d{2}\)?[\s-]?9?\d{4}[\s-]\d{4}(?![\w-])/g, "[phone]"],
  [/(?<![\w.:-])\d{10,15}(?![\w-]|\.\d)/g, "[phone]"],
];

/** Masks what a text must not show. */
export function redactText(text: string): string {
  return PATTERNS.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), text);
}

/** A copy fit for a log line: masked, errors serialised, circles cut, nothing that JSON cannot carry. */
export function redactValue(value: unknown, field = "", parents: readonly unknown[] = []): unknown {
  if (value === null || value === undefined || typeof value === "boolean") return value;
  if (SECRET_FIELD.test(field) && !isSmallNumber(value)) return REDACTED;
  if (typeof value === "string") return redactText(value);
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "object") return redactObject(value, field, parents);
  return `[${typeof value}]`;
}

function redactObject(value: object, field: string, parents: readonly unknown[]): unknown {
  if (parents.includes(value)) return "[circular]";
  if (parents.length >= MAX_DEPTH) return "[deep]";
  const inside = [...parents, value];
  if (value instanceof Error) return redactValue(serialiseError(value), field, inside);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
  if ("toJSON" in value && typeof value.toJSON === "function") return redactValue(value.toJSON(), field, inside);
  if (value instanceof Map || value instanceof Set) return redactValue([...value], field, inside);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redactValue(item, field, inside));
  const fields = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(fields.map(([key, item]) => [key, redactValue(item, key, inside)]));
}

/** Counts such as `phoneAlerts: 3` say nothing about anybody. */
const isSmallNumber = (value: unknown) => typeof value === "number" && Math.abs(value) < 1_000_000;
