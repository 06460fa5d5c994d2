import type { CustomerLanguage } from "../../domain/customers/customer.js";
import type { AudienceCount, DeliveryMode } from "../../ports/customer-delivery.js";
import type { Suppressions } from "../../ports/suppressions.js";
import type { AllowList } from "./allow-list.js";
import { type AudienceQuestion, audienceOf, type ToldContact, type Way } from "./audience.js";
import { type CustomerCard, readerOf } from "./readers.js";
import { isSuppressed } from "./suppressed.js";

/** What the count depends on besides the notice. */
export type CountDeps = {
  readonly suppressions: Pick<Suppressions, "among">;
  readonly customer: (id: string) => CustomerCard | null;
  readonly mode: DeliveryMode;
  readonly isAllowed: AllowList;
};

/** Counts whom a notice would reach, without keeping anybody. */
export const countAudience = async (question: AudienceQuestion, deps: CountDeps): Promise<AudienceCount> => {
  const reached = new Set<string>();
  const receiving = new Set<string>();
  const languages = new Set<CustomerLanguage>();
  const counts = { contacts: 0, emails: 0, texts: 0 };
  for await (const page of audienceOf(question)) {
    const { addressesOf } = await openWays(page, question, deps);
    for (const told of page) {
      const { email, sms } = addressesOf(told);
      if (email === null && sms === null) continue;
      const { customerId } = told.contact;
      counts.contacts += 1;
      counts.emails += email === null ? 0 : 1;
      counts.texts += sms === null ? 0 : 1;
      reached.add(customerId);
      languages.add(readerOf(told.contact, deps.customer(customerId)).language);
      if ([email, sms].some((address) => address !== null && receives(address, deps))) receiving.add(customerId);
    }
  }
  const { customers } = question.notice;
  return {
    customers: customers.length,
    ...counts,
    unreachable: customers.filter((id) => !reached.has(id)),
    languages: [...languages],
    receiving: receiving.size,
  };
};

const receives = (address: string, { mode, isAllowed }: CountDeps): boolean =>
  mode === "live" || (mode === "test" && isAllowed(address));

/** The page's addresses that are not on the list of those left alone. */
const openWays = async (page: readonly ToldContact[], { notice }: AudienceQuestion, { suppressions }: CountDeps) => {
  const { level } = notice.facts;
  const [emails, phones] = await Promise.all([
    suppressions.among(
      "email",
      page.flatMap(({ email }) => listOf(email)),
    ),
    suppressions.among(
      "sms",
      page.flatMap(({ sms }) => listOf(sms)),
    ),
  ]);
  const open = (way: Way, list: typeof emails): string | null => {
    const [address] = listOf(way);
    return address === undefined || isSuppressed(list.get(address.toLowerCase()), level) ? null : address;
  };
  return { addressesOf: ({ email, sms }: ToldContact) => ({ email: open(email, emails), sms: open(sms, phones) }) };
};

const listOf = (way: Way): string[] => (way !== null && "address" in way ? [way.address] : []);
