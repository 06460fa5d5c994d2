// Messages to customers in words for the staff: whom they reach, whether anything really leaves, and what each reader
// gets, exactly as it is sent.
import type { CustomerLanguage } from "../domain/customers/customer.js";
import type { Incident } from "../domain/incident/incident.js";
import { type CustomerNotice, toldCustomers } from "../domain/notices/customer-notice.js";
import type { MessageCatalogue } from "../domain/notices/message-catalogue.js";
import { customerMessage } from "./messages/customer-message.js";
import type { PreviewedAudience } from "./notice-preview.js";
import { say } from "./texts/say.js";
import type { CustomerWords, Language, Voice } from "./voice.js";

/** Languages of customers, in the order in which they are shown. */
export const CUSTOMER_LANGUAGES: readonly CustomerLanguage[] = ["pt-BR", "en", "es"];

const NAMES_SHOWN = 10;

/** Whom a message would reach, in one sentence (requirements R3-02). */
export function audienceWords(count: PreviewedAudience, { language, customerName }: Voice): string {
  const { customers, contacts, emails, texts, unreachable } = count;
  const audience = say(language, "form.notify.audience", { customers, contacts, emails, texts });
  if (unreachable.length === 0) return audience;
  const names = unreachable.slice(0, NAMES_SHOWN).map(customerName).join(", ");
  const n = unreachable.length - NAMES_SHOWN;
  return say(language, "form.notify.unreachable", {
    audience,
    n: unreachable.length,
    names: n > 0 ? say(language, "form.notify.more-names", { names, n }) : names,
  });
}

/** What keeps messages from customers; null where everybody really receives them. */
export function modeWords(
  mode: CustomerWords["mode"],
  { receiving, customers }: { readonly receiving: number; readonly customers: number },
  language: Language,
): string | null {
  if (mode === "live") return null;
  return mode === "off" ? say(language, "mode.off") : say(language, "mode.test", { n: receiving, all: customers });
}

/** One message as its readers in one language get it. */
export type ReaderText = {
  readonly language: CustomerLanguage;
  readonly subject: string;
  readonly text: string;
  /** Null where no SMS is sent. */
  readonly sms: string | null;
};

/** Customers of a message whom no message of the incident has told before. */
export function firstTold({ notices }: Pick<Incident, "notices">, notice: CustomerNotice): readonly string[] {
  const before = toldCustomers(notices.filter(({ number }) => number !== notice.number));
  return notice.customers.filter((customer) => !before.has(customer));
}

/** A message as it is sent, once for each language, with a placeholder where the reader's name stands. */
export function readerTexts(
  incident: Pick<Incident, "code" | "notices">,
  notice: CustomerNotice,
  languages: readonly CustomerLanguage[],
  voice: Voice & { readonly outreach: CustomerWords },
): readonly ReaderText[] {
  const { outreach } = voice;
  const catalogue = outreach.catalogue(notice.catalogue);
  const reader = {
    name: say(voice.language, "form.notify.contact-name"),
    customerName: say(voice.language, "form.notify.customer-name"),
    zone: voice.zone,
    firstContact: firstTold(incident, notice).length === notice.customers.length,
  };
  return languages.map((language) => {
    const { subject, text, sms } = customerMessage({
      notice,
      incident: { code: incident.code },
      catalogue,
      reader: { ...reader, language },
      supportContact: outreach.supportContact,
      statusUrl: outreach.statusUrl,
    });
    return { language, subject, text, sms: goesBySms(notice, catalogue) ? sms : null };
  });
}

/** Languages in which somebody wrote, else the staff's own: the readers' languages are not part of the record. */
export function writtenLanguages(notice: CustomerNotice, staff: Language): readonly CustomerLanguage[] {
  const texts = Object.values(notice.facts.texts);
  const written = CUSTOMER_LANGUAGES.filter((language) => texts.some((text) => text[language] !== undefined));
  return written.length === 0 ? [staff] : written;
}

function goesBySms({ template, facts }: CustomerNotice, { rules }: Pick<MessageCatalogue, "rules">): boolean {
  return rules.sms[facts.level] !== "never" && rules.smsFor.includes(template);
}
