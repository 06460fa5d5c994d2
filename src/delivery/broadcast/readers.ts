// In which language, zone and hours a contact is written to.
import { zoneOffsetMs } from "../../domain/calendar/zone-offsets.js";
import type { CustomerTerms } from "../../domain/clocks/clock-history.js";
import type { Contact } from "../../domain/customers/contact.js";
import type { Customer, CustomerLanguage } from "../../domain/customers/customer.js";
import { LEVELS } from "../../domain/policy/policy.js";

/** What is known of a customer, apart from its contacts. */
export type CustomerCard = Pick<Customer, "name" | "language" | "zone">;

/** Readers who get the same words apart from their names. */
export type ReaderGroup = {
  readonly language: CustomerLanguage;
  readonly zone: string;
  readonly firstContact: boolean;
};

const LANGUAGE: CustomerLanguage = "pt-BR";
const ZONE = "America/Sao_Paulo";

const isZone = (zone: string): boolean => Number.isFinite(zoneOffsetMs(zone, 0));

/** Language and zone: the contact's own, else the customer's, else those of the company. */
export const readerOf = (
  contact: Pick<Contact, "language" | "zone">,
  customer: CustomerCard | null,
): Omit<ReaderGroup, "firstContact"> => {
  const zone = [contact.zone, customer?.zone].find((one) => one !== undefined && isZone(one));
  return { language: contact.language ?? customer?.language ?? LANGUAGE, zone: zone ?? ZONE };
};

/** Gives readers of the same words the same object, which a hundred thousand look-ups can compare by identity. */
export const createReaderGroups = () => {
  const groups = new Map<CustomerLanguage | undefined, Map<string | undefined, readonly [ReaderGroup, ReaderGroup]>>();
  const made = new Map<string, ReaderGroup>();
  const make = (reader: Omit<ReaderGroup, "firstContact">, firstContact: boolean): ReaderGroup => {
    const key = JSON.stringify([reader.language, reader.zone, firstContact]);
    const group = made.get(key) ?? { ...reader, firstContact };
    made.set(key, group);
    return group;
  };
  return (contact: Pick<Contact, "language" | "zone">, customer: CustomerCard | null, first: boolean): ReaderGroup => {
    const language = contact.language ?? customer?.language;
    // A zone of the contact that is none leads to the customer's, so both take part in the key.
    const zone = contact.zone === undefined ? customer?.zone : `${contact.zone} ${customer?.zone}`;
    const known = groups.get(language)?.get(zone);
    if (known !== undefined) return first ? known[0] : known[1];
    const reader = readerOf(contact, customer);
    const pair = [make(reader, true), make(reader, false)] as const;
    groups.set(language, (groups.get(language) ?? new Map()).set(zone, pair));
    return first ? pair[0] : pair[1];
  };
};

/** Whether the contract counts every minute; its customers are told at any hour (design, section 8). */
export const isRoundTheClock = (terms: Pick<CustomerTerms, "targets"> | undefined): boolean =>
  terms !== undefined && LEVELS.every((level) => terms.targets[level].response.counted === "24x7");
