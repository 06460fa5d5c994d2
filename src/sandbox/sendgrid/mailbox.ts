// Mailboxes as their owners see them: substitutions done, headers merged.
import type { WritableEventLog } from "../twilio/event-log.js";
import { type MailRequest, mailboxKey, type Personalization, type Texts } from "./mail-request.js";

/** A mail in a mailbox. */
export interface MailSight {
  /** X-Message-Id of the request that it came with. */
  readonly messageId: string;
  readonly at: Date;
  readonly to: string;
  readonly toName: string | undefined;
  readonly from: string;
  readonly fromName: string | undefined;
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly headers: Texts;
  readonly customArgs: Texts;
  readonly categories: readonly string[];
  readonly attachments: readonly { readonly filename: string; readonly type: string | undefined }[];
  /** Everybody named in the To header, who see one another. */
  readonly visibleTo: readonly string[];
}

/** A mailbox. */
export interface Mailbox {
  readonly address: string;
  /** Mails that arrived, oldest first. */
  messages(): MailSight[];
  /** Waits for a mail whose subject, text or HTML matches. */
  waitsForMail(pattern?: string | RegExp, ms?: number): Promise<MailSight>;
}

/** A copy that arrived, kept unrendered until somebody looks. */
export interface ArrivedMail {
  readonly messageId: string;
  readonly at: Date;
  readonly mail: MailRequest;
  readonly personalization: Personalization;
}

/** Makes a mailbox of an address and the list of what arrived for it. */
export function createMailbox<Entry>(
  address: string,
  arrived: () => readonly ArrivedMail[],
  log: WritableEventLog<Entry>,
): Mailbox {
  const messages = (): MailSight[] => arrived().map((mail) => mailSight(mail, address));
  const matching = (pattern: string | RegExp): MailSight | undefined =>
    messages().find(({ subject, text = "", html = "" }) => [subject, text, html].some((part) => has(part, pattern)));
  return {
    address,
    messages,
    waitsForMail: (pattern = "", ms) => log.waitUntil(() => matching(pattern), `mail to ${address}`, ms),
  };
}

function has(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
}

function mailSight({ messageId, at, mail, personalization }: ArrivedMail, address: string): MailSight {
  const fill = (text: string): string => substituted(text, personalization.substitutions);
  const part = (type: string): string | undefined => {
    const found = mail.content.find((content) => content.type === type);
    return found && fill(found.value);
  };
  const from = personalization.from ?? mail.from;
  const key = mailboxKey(address);
  return {
    messageId,
    at,
    to: address,
    toName: personalization.to.find(({ email }) => mailboxKey(email) === key)?.name,
    from: from.email,
    fromName: from.name,
    replyTo: mail.reply_to?.email ?? mail.reply_to_list?.[0]?.email,
    subject: fill(personalization.subject ?? mail.subject ?? ""),
    text: part("text/plain"),
    html: part("text/html"),
    headers: { ...mail.headers, ...personalization.headers },
    customArgs: { ...mail.custom_args, ...personalization.custom_args },
    categories: mail.categories ?? [],
    attachments: (mail.attachments ?? []).map(({ filename, type }) => ({ filename, type })),
    visibleTo: personalization.to.map(({ email }) => email),
  };
}

/** SendGrid replaces raw text, one key after the other, so a value can bring the next key with it. */
function substituted(text: string, substitutions: Texts = {}): string {
  return Object.entries(substitutions).reduce((done, [key, value]) => done.replaceAll(key, () => value), text);
}
