// Collects what is wrong with a request, in the form of SendGrid's errors.

/** One of the errors of an answer. */
export interface MailProblem {
  readonly message: string;
  readonly field: string | null;
  readonly help: string | null;
}

/** What was found so far. */
export interface MailProblems {
  readonly found: readonly MailProblem[];
  /** Adds a problem; the anchor names its section of SendGrid's page of errors. */
  add(message: string, field?: string, anchor?: string): void;
}

/** A JSON object of unknown content. */
export type Json = Readonly<Record<string, unknown>>;

const helpPage = "http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.";

/** Starts with nothing found. */
export function createMailProblems(): MailProblems {
  const found: MailProblem[] = [];
  return {
    found,
    add(message, field, anchor) {
      found.push({ message, field: field ?? null, help: anchor === undefined ? null : helpPage + anchor });
    },
  };
}

/** Says whether a value is a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Says whether a value looks like an address that mail can be sent to. */
export function isAddress(value: unknown): boolean {
  return isObject(value) && typeof value["email"] === "string" && addressPattern.test(value["email"]);
}

const addressPattern = /^[^\s@<>()[\]\\,;:"\p{Cc}]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/iu;
