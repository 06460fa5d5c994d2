// Checks a request to send mail as SendGrid does, and answers with all that is wrong.
import { sendgridMailLimits } from "../../limits/sendgrid.js";
import {
  createMailProblems,
  isAddress,
  isObject,
  type Json,
  type MailProblem,
  type MailProblems,
} from "./mail-problems.js";
import type { MailRequest } from "./mail-request.js";
import { checkHeaders, checkPersonalizations, checkSendAt, checkTexts } from "./read-personalizations.js";

/** A request that is valid, or what is wrong with it. */
export type ReadMail =
  | { readonly ok: true; readonly mail: MailRequest }
  | { readonly ok: false; readonly problems: readonly MailProblem[] };

const fields = new Set([
  ...["personalizations", "from", "reply_to", "reply_to_list", "subject", "content", "attachments", "headers"],
  ...["categories", "custom_args", "send_at", "asm", "ip_pool_name", "mail_settings", "tracking_settings"],
]);
const notOffered = new Map([
  ["template_id", "templates"],
  ["sections", "sections"],
  ["batch_id", "batches"],
]);

/** Reads the body of a request. */
export function readMail(body: string): ReadMail {
  const problems = createMailProblems();
  const json = parsed(body);
  if (!isObject(json)) {
    problems.add("Bad Request");
    return { ok: false, problems: problems.found };
  }
  checkFields(problems, json);
  checkSender(problems, json);
  checkPersonalizations(problems, json["personalizations"], json["custom_args"]);
  checkSubject(problems, json);
  checkContent(problems, json["content"]);
  checkAttachments(problems, json["attachments"]);
  checkHeaders(problems, json["headers"], "headers");
  checkTexts(problems, json["custom_args"], "custom_args");
  checkCategories(problems, json["categories"]);
  checkSendAt(problems, json["send_at"], "send_at");
  if (problems.found.length > 0) return { ok: false, problems: problems.found };
  return { ok: true, mail: json as unknown as MailRequest };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function checkFields(problems: MailProblems, json: Json): void {
  for (const name of Object.keys(json)) {
    const missing = notOffered.get(name);
    if (missing) problems.add(`The sandbox does not offer ${missing}.`, name);
    else if (!fields.has(name)) problems.add(`Additional property ${name} is not allowed`, name);
  }
}

function checkSender(problems: MailProblems, json: Json): void {
  const { from, reply_to: replyTo, reply_to_list: replyToList } = json;
  if (!isObject(from) || from["email"] === undefined)
    problems.add(
      'The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.  e.g. {"email" : "example@example.com"}  or {"email" : "example@example.com", "name" : "Example Recipient"}.',
      "from.email",
    );
  else if (!isAddress(from)) problems.add("The from email does not contain a valid address.", "from.email", "from");
  if (replyTo !== undefined && !isAddress(replyTo))
    problems.add("The reply_to email does not contain a valid address.", "reply_to.email", "reply_to");
  if (replyToList !== undefined && !(Array.isArray(replyToList) && replyToList.every(isAddress)))
    problems.add("The reply_to_list does not contain a valid address.", "reply_to_list", "reply_to_list");
}

function checkSubject(problems: MailProblems, { subject, personalizations }: Json): void {
  if (typeof subject === "string" && subject !== "") return;
  const own = (one: unknown): boolean => isObject(one) && typeof one["subject"] === "string";
  if (Array.isArray(personalizations) && personalizations.length > 0 && personalizations.every(own)) return;
  problems.add(
    "The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.",
    "subject",
    "subject",
  );
}

function checkContent(problems: MailProblems, content: unknown): void {
  if (!Array.isArray(content) || content.length === 0) {
    problems.add(
      "Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block. We typically suggest both text/plain and text/html blocks are included, but only one block is required.",
      "content",
      "content",
    );
    return;
  }
  for (const [index, part] of content.entries()) {
    const { type, value } = isObject(part) ? part : {};
    if (typeof value !== "string" || value === "")
      problems.add(
        "The content value must be a string at least one character in length.",
        `content.${index}.value`,
        "content.value",
      );
    if (typeof type !== "string" || !/^[\w.+-]+\/[\w.+-]+/.test(type))
      problems.add("The content type must be a valid MIME type.", `content.${index}.type`, "content.type");
  }
  const ranks = content.map((part) => rankOfType(isObject(part) ? part["type"] : undefined));
  if (ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0) || (rank < 2 && ranks.indexOf(rank) < index)))
    problems.add(
      "Following RFC 1341, section 7.2, if either text/html or text/plain are to be sent in your email: text/plain needs to be first, followed by text/html, followed by any other content.",
      "content",
    );
}

function rankOfType(type: unknown): number {
  const order = ["text/plain", "text/html"].indexOf(String(type));
  return order < 0 ? 2 : order;
}

function checkAttachments(problems: MailProblems, attachments: unknown): void {
  if (attachments === undefined) return;
  if (!Array.isArray(attachments)) {
    problems.add("Invalid type. Expected: array.", "attachments");
    return;
  }
  for (const [index, one] of attachments.entries()) {
    const { content, filename } = isObject(one) ? one : {};
    if (typeof content !== "string" || !/^[A-Za-z0-9+/]+={0,2}$/.test(content))
      problems.add(
        "The attachment content must be base64 encoded.",
        `attachments.${index}.content`,
        "attachments.content",
      );
    if (typeof filename !== "string" || filename === "")
      problems.add(
        "The attachment filename parameter is required.",
        `attachments.${index}.filename`,
        "attachments.filename",
      );
  }
}

function checkCategories(problems: MailProblems, categories: unknown): void {
  if (categories === undefined) return;
  const { categories: most, categoryCharacters } = sendgridMailLimits;
  const names = Array.isArray(categories) ? (categories as unknown[]) : [undefined];
  if (names.some((name) => typeof name !== "string")) {
    problems.add("The categories must be an array of strings.", "categories", "categories");
    return;
  }
  if (names.length > most) problems.add(`You may not have more than ${most} categories.`, "categories", "categories");
  if (new Set(names).size < names.length) problems.add("The categories must be unique.", "categories", "categories");
  if (names.some((name) => String(name).length > categoryCharacters))
    problems.add(`A category may not be longer than ${categoryCharacters} characters.`, "categories", "categories");
}
