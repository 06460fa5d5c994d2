// Fills parcels while the audience is walked through: e-mails by group of readers, up to what one request may hold;
// SMS one by one.
import { sendgridMailLimits } from "../../limits/sendgrid.js";
import type { MailContent, MailParcel, Parcels, TextParcel } from "../../ports/outbox.js";
import { type GroupWords, type MessageWords, mailWords } from "./mail-words.js";
import type { ReaderGroup } from "./readers.js";

/** Recipients of one request. */
const MAIL_SIZE = Math.min(sendgridMailLimits.recipients, sendgridMailLimits.personalizations);
const TEXTS_AT_ONCE = 1_000;
/** A parcel of 1,000 readers has some 100 KB. */
const MAILS_AT_ONCE = 4;

/** One reader of an e-mail. */
export type PlannedReader = { readonly contact: string; readonly customer: string; readonly address: string };

/** Parcels being filled. */
export type ParcelBuilder = {
  mail(group: ReaderGroup, reader: PlannedReader, name: string, customerName: string): void;
  text(planned: Omit<TextParcel, "id" | "token">): void;
  /** What is ready once it is worth a write; with `everything` also what is not full. Null while it is not worth one. */
  take(everything: boolean): Parcels | null;
};

type Group = GroupWords & { readonly id: string; open: OpenMail; parcels: number; isStored: boolean };
type OpenMail = Record<"contacts" | "customers" | "addresses" | "values", string[]>;

const emptyMail = (): OpenMail => ({ contacts: [], customers: [], addresses: [], values: [] });

/** Creates an empty set of parcels of one plan; `token` makes opaque names. */
export const createParcelBuilder = (plan: string, words: MessageWords, token: () => string): ParcelBuilder => {
  const groups = new Map<ReaderGroup, Group>();
  let contents: MailContent[] = [];
  let mails: MailParcel[] = [];
  let texts: TextParcel[] = [];
  let textCount = 0;

  const groupOf = (readers: ReaderGroup): Group => {
    const known = groups.get(readers);
    if (known !== undefined) return known;
    const id = `${plan}:email:${groups.size}`;
    const made = { ...mailWords(words, readers), id, open: emptyMail(), parcels: 0, isStored: false };
    groups.set(readers, made);
    return made;
  };
  const close = (group: Group): void => {
    const { id: contentId, open } = group;
    if (open.contacts.length === 0) return;
    if (!group.isStored) contents.push({ id: contentId, ...group.content });
    mails.push({ id: `${contentId}:${group.parcels}`, token: token(), contentId, ...open });
    Object.assign(group, { open: emptyMail(), parcels: group.parcels + 1, isStored: true });
  };

  return {
    mail(readers, { contact, customer, address }, name, customerName) {
      const group = groupOf(readers);
      const { contacts, customers, addresses, values } = group.open;
      contacts.push(contact);
      customers.push(customer);
      addresses.push(address);
      for (const value of group.valuesFor({ name, customerName })) values.push(value);
      if (contacts.length === MAIL_SIZE) close(group);
    },
    text(planned) {
      texts.push({ id: `${plan}:sms:${textCount}`, token: token(), ...planned });
      textCount += 1;
    },
    take(everything) {
      if (everything) for (const group of groups.values()) close(group);
      const isFull = mails.length >= MAILS_AT_ONCE || texts.length >= TEXTS_AT_ONCE;
      if (!isFull && !everything) return null;
      const taken = { contents, mails, texts };
      [contents, mails, texts] = [[], [], []];
      return taken;
    },
  };
};
