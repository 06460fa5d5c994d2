// A message to one reader at a customer: the catalogue's words, filled with the facts of the notice, in the reader's
// language and zone. The preview, the e-mail, the SMS and the in-app message all come from here.
import type { CustomerLanguage } from "../../domain/customers/customer.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { MessageCatalogue, TemplateName } from "../../domain/notices/message-catalogue.js";
import { contactWords } from "./contact-words.js";
import { fillTemplate } from "./fill-template.js";
import { messageLinks } from "./message-links.js";
import { slotValues } from "./slot-values.js";
import { smsText } from "./sms-text.js";

/** Readers who get the same words apart from their names. */
export type ReaderGroup = {
  readonly language: CustomerLanguage;
  /** IANA zone in which instants are written. */
  readonly zone: string;
  /** True when no earlier message of the incident reached this contact. */
  readonly firstContact: boolean;
};

/** The names by which a reader is addressed. */
export type ReaderNames = { readonly name: string; readonly customerName: string };

/** What a message is made of, apart from who reads it. */
export type MessageSource = {
  readonly notice: Pick<CustomerNotice, "template" | "facts">;
  readonly incident: { readonly code: string };
  readonly catalogue: MessageCatalogue;
  readonly supportContact: string | null;
  readonly statusUrl: string | null;
};

/** A message as one reader gets it on each channel. */
export type CustomerMessage = {
  readonly subject: string;
  /** What a mailbox shows after the subject. */
  readonly preheader: string;
  readonly text: string;
  /** Null where the message does not go by SMS. */
  readonly sms: string | null;
  readonly inappTitle: string;
  readonly inappBody: string;
  /** The only addresses that may be made clickable, as they stand in the text. */
  readonly links: readonly string[];
  /** Beginnings of lines of the text that name what follows, such as "Seus dados:". */
  readonly labels: readonly string[];
};

/** The message for one reader. */
export function customerMessage(
  source: MessageSource & { readonly reader: ReaderGroup & ReaderNames },
): CustomerMessage {
  return groupMessage(source, source.reader, contactWords(source.reader, source.reader.language));
}

/** The message for a group of readers; the names are put in as they are, so that they can be keys. */
export function groupMessage(source: MessageSource, group: ReaderGroup, names: ReaderNames): CustomerMessage {
  const { catalogue, notice } = source;
  const template = catalogue.templates[notice.template][group.language];
  const links = messageLinks(source, catalogue.slotMax["shortLink"] ?? 0);
  const values = slotValues(source, group, { names, links });
  const since = group.firstContact && !SELF_CONTAINED.includes(notice.template);
  const body = since ? afterGreeting(template.body, catalogue.sinceWhen[group.language]) : template.body;
  const inappBody = fillTemplate(template.inappBody, values);
  return {
    subject: fillTemplate(template.subject, values),
    preheader: inappBody,
    text: fillTemplate(body, values),
    sms:
      template.sms === null
        ? null
        : smsText(
            { template: template.sms, values, someService: catalogue.someService[group.language] },
            catalogue.slotMax,
          ),
    inappTitle: fillTemplate(template.inappTitle, values),
    inappBody,
    links: links.clickable,
    labels: labelsOf(template.body),
  };
}

// The first notice says since when by itself, and a withdrawn notice has nothing that began.
const SELF_CONTAINED: readonly TemplateName[] = ["first_notice", "false_alarm"];

const LONGEST_LABEL = 40;

function afterGreeting(body: string, sentence: string): string {
  const end = body.indexOf("\n\n");
  return end < 0 ? `${sentence}\n\n${body}` : `${body.slice(0, end)}\n\n${sentence}${body.slice(end)}`;
}

// Read from the template, so that words of people never look like a label. The first line is the greeting.
function labelsOf(body: string): readonly string[] {
  return body
    .replace(/\{\{[#/]\w+\}\}/g, "")
    .split("\n")
    .slice(1)
    .flatMap((line) => /^([^{}:]+:) /.exec(line)?.[1] ?? [])
    .filter((label) => label.length <= LONGEST_LABEL);
}
