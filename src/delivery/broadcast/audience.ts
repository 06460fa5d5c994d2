// Who is told of a notice, where. One walk through the contacts serves the preview, the plan and the question whether
// a newer notice goes to somebody too.

import type { Contact, CustomerChannel } from "../../domain/customers/contact.js";
import { channelsFor } from "../../domain/notices/channels-for.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { MessageCatalogue } from "../../domain/notices/message-catalogue.js";
import type { Contacts } from "../../ports/contacts.js";
import { mailAddressProblem } from "./mail-address.js";
import type { ReadMobile } from "./mobile-number.js";

/** A channel of a contact: where it leads, or why it leads nowhere; null when it is not used or somebody else has it. */
export type Way = { readonly address: string } | { readonly code: string } | null;

/** A contact who is told. */
export type ToldContact = {
  readonly contact: Contact;
  readonly email: Way;
  readonly sms: Way;
  /** An address that could replace an SMS which fails. */
  readonly spareAddress: string | null;
};

/** What the walk needs. */
export type AudienceQuestion = {
  readonly contacts: Pick<Contacts, "of">;
  readonly notice: Pick<CustomerNotice, "customers" | "template" | "facts">;
  readonly catalogue: MessageCatalogue;
  readonly channels: readonly CustomerChannel[];
  /** Loads the judge of numbers when the first number is met. */
  readonly mobileNumbers: () => Promise<ReadMobile>;
};

/** The channels of one contact for a notice. */
export const noticeChannels = (
  contact: Contact,
  { notice, catalogue, channels }: Omit<AudienceQuestion, "contacts" | "mobileNumbers">,
): readonly CustomerChannel[] =>
  channelsFor({ contact, level: notice.facts.level, template: notice.template, catalogue }).filter((channel) =>
    channels.includes(channel),
  );

/** Contacts with at least one channel, page by page; every address and number comes once, whatever its case. */
export async function* audienceOf(question: AudienceQuestion): AsyncGenerator<readonly ToldContact[]> {
  const { contacts, notice, mobileNumbers } = question;
  const seenAddresses = new Set<string>();
  const seenPhones = new Set<string>();
  let readMobile: ReadMobile | null = null;

  const emailWay = ({ email }: Contact): Way => {
    if (email === null) return null;
    const problem = mailAddressProblem(email);
    if (problem !== null) return { code: problem };
    return isNew(seenAddresses, email.toLowerCase()) ? { address: email } : null;
  };
  const smsWay = async ({ phone }: Contact): Promise<Way> => {
    if (phone === null) return null;
    readMobile ??= await mobileNumbers();
    const read = readMobile(phone);
    if (!read.ok) return { code: read.code };
    return isNew(seenPhones, read.phone) ? { address: read.phone } : null;
  };

  for await (const page of contacts.of(notice.customers)) {
    const told: ToldContact[] = [];
    for (const contact of page) {
      const used = noticeChannels(contact, question);
      if (used.length === 0) continue;
      const isMailed = used.includes("email");
      told.push({
        contact,
        email: isMailed ? emailWay(contact) : null,
        sms: used.includes("sms") ? await smsWay(contact) : null,
        spareAddress: isMailed ? null : spareOf(contact),
      });
    }
    yield told;
  }
}

const isNew = (seen: Set<string>, key: string): boolean => {
  const before = seen.size;
  seen.add(key);
  return seen.size > before;
};

const spareOf = ({ email }: Contact): string | null =>
  email !== null && mailAddressProblem(email) === null ? email : null;
