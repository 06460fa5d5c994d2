// A message to customers as an e-mail: text, and simple HTML of the same words. A mail to many is made once, with
// keys where the names go; the provider puts the names in, as raw text, so each key's value is made for its part.
import { contactWords } from "../chat/messages/contact-words.js";
import {
  type CustomerMessage,
  groupMessage,
  type MessageSource,
  type ReaderGroup,
  type ReaderNames,
} from "../chat/messages/customer-message.js";
import type { CustomerLanguage } from "../domain/customers/customer.js";
import { escapeHtml, type Html, html } from "./escape-html.js";
import { mailStyle } from "./mail-style.js";

/** An e-mail without its addresses. */
export type CustomerMail = { readonly subject: string; readonly html: string; readonly text: string };

/** An e-mail to many: the same for all, and the values of its keys for each. */
export type CustomerMailTemplate = CustomerMail & {
  /** What to put in place of each key, everywhere, for one recipient. */
  readonly keys: (recipient: ReaderNames) => Readonly<Record<string, string>>;
};

// Texts of people never hold two percent signs in a row, so nobody can write a key.
const TEXT_KEYS: ReaderNames = { name: "%%p1:nameText%%", customerName: "%%p1:customerText%%" };
const HTML_KEYS: ReaderNames = { name: "%%p1:nameHtml%%", customerName: "%%p1:customerHtml%%" };
const NAMES = ["name", "customerName"] as const;

/** The e-mail of a message that is already made for its reader. */
export function customerMail(
  message: CustomerMessage,
  { language, orgName }: { readonly language: CustomerLanguage; readonly orgName: string },
): CustomerMail {
  const subject = message.subject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  const page = html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${subject}</title>
${mailStyle}
</head>
<body>
<div class="preheader" aria-hidden="true">${message.preheader}</div>
<div class="sheet" role="article" aria-label="${subject}">
<p class="brand">${orgName}</p>
<div class="card">
${paragraphsOf(message)}
</div>
</div>
</body>
</html>
`;
  return { subject, html: page.markup, text: `${message.text}\n` };
}

/** The e-mail of a group of readers, made once; replacing its keys equals making it for each of them. */
export function customerMailTemplate(
  source: MessageSource & { readonly group: ReaderGroup; readonly orgName: string },
): CustomerMailTemplate {
  const { group, orgName } = source;
  const mail = customerMail(groupMessage(source, group, TEXT_KEYS), { language: group.language, orgName });
  const page = NAMES.reduce((made, name) => made.replaceAll(TEXT_KEYS[name], HTML_KEYS[name]), mail.html);
  const written = `${mail.subject}\n${mail.text}`;
  const keys = (recipient: ReaderNames) => {
    const names = contactWords(recipient, group.language);
    return Object.fromEntries(
      NAMES.flatMap((name) => [
        ...(written.includes(TEXT_KEYS[name]) ? [[TEXT_KEYS[name], names[name]] as const] : []),
        ...(page.includes(HTML_KEYS[name]) ? [[HTML_KEYS[name], escapeHtml(names[name])] as const] : []),
      ]),
    );
  };
  return { ...mail, html: page, keys };
}

function paragraphsOf(message: CustomerMessage): readonly Html[] {
  return message.text.split("\n\n").flatMap((paragraph) => {
    const lines = paragraph.split("\n");
    return lines.map((line, at) => {
      const place = at < lines.length - 1 ? "fact" : "gap";
      return html`<p class="${place}">${lineOf(line, message)}</p>
`;
    });
  });
}

function lineOf(line: string, { labels, links }: CustomerMessage): Html {
  const label = labels.find((known) => line.startsWith(`${known} `));
  if (label === undefined) return withLinks(line, links);
  return html`<strong>${label}</strong>${withLinks(line.slice(label.length), links)}`;
}

// Only the message's own addresses become links, exactly as they stand; everything else stays text.
function withLinks(text: string, links: readonly string[]): Html {
  const link = links.find((address) => address.startsWith("https://") && text.includes(address));
  if (link === undefined) return html`${text}`;
  const at = text.indexOf(link);
  const rest = links.filter((address) => address !== link);
  return html`${withLinks(text.slice(0, at), rest)}<a href="${link}">${link}</a>${withLinks(text.slice(at + link.length), rest)}`;
}
