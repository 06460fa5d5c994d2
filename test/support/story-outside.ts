// Everybody in a story who has no chat: phones of the staff, and the customers with their mailboxes and phones.
import type { Phone } from "../../src/sandbox/twilio/phone.js";
import type { Story } from "./story.js";

/** Phones of the staff of the examples. */
export const STAFF_PHONES = {
  bruno: "+5511955550102",
  carla: "+5511955550103",
  diego: "+5511955550104",
  helena: "+5511955550108",
  igor: "+5511955550109",
} as const;

/** Contacts of the customers of the examples. */
export const CONTACTS = {
  marina: { email: "marina.alves@padaria-aurora.example", phone: "+5511955550151" },
  tom: { email: "tom.baker@padaria-aurora.example", phone: null },
  plantao: { email: "ti@hospital-vida.example", phone: "+5592955550152" },
  lucia: { email: "lucia.fernandez@hospital-vida.example", phone: "+5592955550153" },
  rafael: { email: "encarregado@hospital-vida.example", phone: null },
  bia: { email: "bia.nogueira@loja-norte.example", phone: "+5591955550154" },
} as const;

/** Somebody of the staff or of a customer, by first name. */
export type ContactName = keyof typeof CONTACTS;
type StaffName = keyof typeof STAFF_PHONES;

/** What reaches people outside of chat. */
export type Outside = {
  readonly twilio: NonNullable<Story["sandbox"]["twilio"]>;
  readonly sendgrid: NonNullable<Story["sandbox"]["sendgrid"]>;
  phone(name: StaffName): Phone;
  /** E-mails of a contact, oldest first. */
  mails(name: ContactName): readonly { readonly subject: string; readonly text: string }[];
  /** SMS on the phone of a contact, oldest first. */
  texts(name: ContactName): readonly string[];
  /** How often each contact was written to, as "e-mails + SMS". */
  counts(): Readonly<Record<ContactName, string>>;
  /** SMS accepted for staff phones, whoever they belong to. */
  pages(): readonly string[];
};

/** Phones and mailboxes of a story; it fails where the story has none. */
export const outsideOf = (story: Story): Outside => {
  const { twilio, sendgrid } = story.sandbox;
  if (twilio === null || sendgrid === null) throw new Error("The story has no phones and mailboxes.");
  const names = Object.keys(CONTACTS) as readonly ContactName[];
  const staff = new Set<string>(Object.values(STAFF_PHONES));
  const acceptedFor = (number: string | null): number => twilio.accepted().filter(({ to }) => to === number).length;
  return {
    twilio,
    sendgrid,
    phone: (name) => twilio.phone(STAFF_PHONES[name]),
    mails: (name) =>
      sendgrid
        .mailbox(CONTACTS[name].email)
        .messages()
        .map(({ subject, text = "" }) => ({ subject, text })),
    texts(name) {
      const { phone } = CONTACTS[name];
      return phone === null
        ? []
        : twilio
            .phone(phone)
            .texts()
            .map(({ body }) => body);
    },
    counts: () =>
      Object.fromEntries(
        names.map((name) => [
          name,
          `${sendgrid.copiesFor(CONTACTS[name].email)} + ${acceptedFor(CONTACTS[name].phone)}`,
        ]),
      ) as Record<ContactName, string>,
    pages: () =>
      twilio
        .accepted()
        .filter(({ to }) => staff.has(to))
        .map(({ to, body }) => `${to}: ${body}`),
  };
};
