// Checks the personalizations of a request; it sees a thousand at a time, so it makes no garbage for valid ones.
import { sendgridMailLimits, sendgridReservedHeaders } from "../../limits/sendgrid.js";
import { isAddress, isObject, type Json, type MailProblems } from "./mail-problems.js";
import { mailboxKey } from "./mail-request.js";

const reserved = new Set<string>(sendgridReservedHeaders);
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const printable = /^[\t\x20-\x7e]*$/;

/** Checks the personalizations, with the custom_args that the message gives to all of them. */
export function checkPersonalizations(problems: MailProblems, given: unknown, shared: unknown): void {
  const { personalizations: most, recipients } = sendgridMailLimits;
  if (!Array.isArray(given) || given.length === 0) {
    const wanted = "The personalizations field is required and must have at least one personalization.";
    problems.add(wanted, "personalizations", "personalizations");
    return;
  }
  if (given.length > most) {
    problems.add(
      `The personalization block is limited to ${most} personalizations per API request. You have provided ${given.length} personalizations. Please consider splitting this into multiple requests and resending your request.`,
      "personalizations",
      "personalizations",
    );
    return;
  }
  const seen = new Set<string>();
  const sharedBytes = isObject(shared) ? sizeOf(shared) : 0;
  for (const [index, one] of given.entries()) {
    const field = `personalizations.${index}`;
    if (!isObject(one)) problems.add("Invalid type. Expected: object.", field);
    else checkOne(problems, one, field, { seen, sharedBytes });
  }
  if (seen.size > recipients)
    problems.add(`There is a limit of ${recipients} total recipients (to + cc + bcc) per request.`, "personalizations");
}

interface Context {
  readonly seen: Set<string>;
  readonly sharedBytes: number;
}

function checkOne(problems: MailProblems, one: Json, field: string, context: Context): void {
  const { to } = one;
  if (!Array.isArray(to) || to.length === 0)
    problems.add(
      "The to array is required for all personalization objects, and must have at least one email object with a valid email address.",
      `${field}.to`,
      "personalizations.to",
    );
  for (const kind of ["to", "cc", "bcc"]) checkRecipients(problems, one[kind], { field, kind, seen: context.seen });
  if (one["from"] !== undefined && !isAddress(one["from"]))
    problems.add("The from email does not contain a valid address.", `${field}.from.email`, "from");
  if (one["subject"] !== undefined && (typeof one["subject"] !== "string" || one["subject"] === ""))
    problems.add("The subject must be a string at least one character in length.", `${field}.subject`, "subject");
  if (one["dynamic_template_data"] !== undefined)
    problems.add("The sandbox does not offer templates.", `${field}.dynamic_template_data`);
  checkTexts(problems, one["substitutions"], `${field}.substitutions`);
  if (sizeOf(one["substitutions"]) > sendgridMailLimits.substitutionBytes)
    problems.add("The substitutions are limited to 10000 bytes per personalization.", `${field}.substitutions`);
  checkTexts(problems, one["custom_args"], `${field}.custom_args`);
  if (context.sharedBytes + sizeOf(one["custom_args"]) > sendgridMailLimits.customArgsBytes)
    problems.add("The custom_args are limited to 10000 bytes per personalization.", `${field}.custom_args`);
  checkHeaders(problems, one["headers"], `${field}.headers`);
  checkSendAt(problems, one["send_at"], `${field}.send_at`);
}

function checkRecipients(
  problems: MailProblems,
  given: unknown,
  { field, kind, seen }: { field: string; kind: string; seen: Set<string> },
): void {
  if (given === undefined || !Array.isArray(given)) return;
  for (const [index, address] of given.entries()) {
    if (!isAddress(address)) {
      problems.add("Does not contain a valid address.", `${field}.${kind}.${index}.email`, `personalizations.${kind}`);
      continue;
    }
    const { email } = address as { email: string };
    const key = mailboxKey(email);
    if (seen.has(key))
      problems.add(
        `Each email address in the personalization block should be unique between to, cc, and bcc. We found the first duplicate instance of [${email}] in the ${field}.${kind} field.`,
        field,
        "recipient-errors",
      );
    seen.add(key);
  }
}

/** Checks that a field is an object of strings. */
export function checkTexts(problems: MailProblems, given: unknown, field: string): void {
  if (given === undefined) return;
  if (!isObject(given)) {
    problems.add("Invalid type. Expected: object.", field);
    return;
  }
  for (const name of Object.keys(given))
    if (typeof given[name] !== "string")
      problems.add(`Invalid type. Expected: string, given: ${typeName(given[name])}.`, `${field}.${name}`);
}

/** Checks headers: none of SendGrid's own, nothing that could begin another header. */
export function checkHeaders(problems: MailProblems, given: unknown, field: string): void {
  checkTexts(problems, given, field);
  if (!isObject(given)) return;
  for (const [name, value] of Object.entries(given)) {
    if (reserved.has(name.toLowerCase()))
      problems.add(`You cannot set the reserved header ${name}.`, `${field}.${name}`, "headers");
    if (!token.test(name) || (typeof value === "string" && !printable.test(value)))
      problems.add("A header has characters that a header cannot have.", field, "headers");
  }
}

/** Checks a time of sending: whole seconds, at most 72 hours ahead. */
export function checkSendAt(problems: MailProblems, given: unknown, field: string): void {
  if (given === undefined) return;
  if (!Number.isInteger(given)) {
    problems.add("The send_at parameter must be an integer.", field, "send_at");
    return;
  }
  if ((given as number) > Date.now() / 1000 + sendgridMailLimits.sendAheadSeconds)
    problems.add("Scheduling more than 72 hours in advance is forbidden.", field, "send_at");
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : Number.isInteger(value) ? "integer" : typeof value;
}

function sizeOf(value: unknown): number {
  return isObject(value) ? Buffer.byteLength(JSON.stringify(value)) : 0;
}
