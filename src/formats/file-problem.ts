// What is wrong with a file that a person wrote: problems as data, and as the sentences that the person reads.
import type { PolicyProblemCode } from "../domain/policy/policy-problem.js";

/** Languages in which problems are put into words. */
export type ProblemLanguage = "pt-BR" | "en";

/** Codes of what can be wrong with a file or with the arguments of a command. */
export type FileProblemCode =
  | PolicyProblemCode
  | "bad-format"
  | "bad-name"
  | "contact-without-address"
  | "contract-changed"
  | "duplicate"
  | "duplicate-key"
  | "empty"
  | "ends-before-start"
  | "file-too-long"
  | "fractional"
  | "invalid-value"
  | "invalid-csv"
  | "invalid-yaml"
  | "misplaced-argument"
  | "missing"
  | "missing-command"
  | "missing-file"
  | "not-a-boolean"
  | "not-a-list"
  | "not-a-map"
  | "not-a-number"
  | "not-a-text"
  | "no-primary-contact"
  | "phone-country"
  | "phone-invalid"
  | "phone-not-mobile"
  | "primary-without-email"
  | "repeated-option"
  | "second-of-kind"
  | "too-large"
  | "too-many"
  | "too-small"
  | "unknown-calendar"
  | "unknown-command"
  | "unknown-customer"
  | "unknown-customer-here"
  | "unknown-file-kind"
  | "unknown-key"
  | "unknown-option"
  | "unknown-person"
  | "unknown-service"
  | "unknown-tier"
  | "unreadable-file"
  | "unsafe-key"
  | "unsupported-tag";

/** Something wrong at a dotted path; `values` fill the sentence of the code. */
export type Problem = {
  readonly path: string;
  readonly code: FileProblemCode;
  readonly values: Readonly<Record<string, string | number>>;
};

/** A problem as a person reads it: what is wrong and what to do about it. */
export type FileProblem = {
  readonly path: string;
  readonly code: FileProblemCode;
  readonly message: string;
  readonly remedy: string;
};

/** Message and remedy of one code. */
export type Sentences = readonly [message: string, remedy: string];

/** The sentences of a code in every language; `{name}` is filled from the problem's values. */
export type ProblemWords = Readonly<Record<ProblemLanguage, Sentences>>;

/** What reading a file gives: its meaning, or every problem at once. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };
