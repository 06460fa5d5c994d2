// People, duties and what the company serves to whom.
import type { CustomerTerms } from "../domain/clocks/clock-history.js";
import type { CustomerLanguage } from "../domain/customers/customer.js";
import type { PersonId, Platform } from "../domain/incident/ids.js";
import type { OnCallSnapshot, ServiceRef } from "../domain/incident/incident.js";
import type { Policy } from "../domain/policy/policy.js";

/** Languages of the staff. */
export type StaffLanguage = "pt-BR" | "en";

/** What the bot knows of a person. */
export type PersonCard = {
  readonly id: PersonId;
  readonly name: string;
  readonly email: string | null;
  readonly chat: Readonly<Partial<Record<Platform, string>>>;
  /** Null: the organisation's language. */
  readonly language: StaffLanguage | null;
  readonly zone: string | null;
  readonly admin: boolean;
  /** E.164; null when no phone may ring. */
  readonly phone?: string | null;
};

/** Who the people are, kept in memory by the adapter so that forms and cards need no store. */
export interface Directory {
  person(id: PersonId): PersonCard | null;
  /** The person behind a chat identity, entering the directory on the first act (minute one). */
  whoActs(identity: {
    readonly platform: Platform;
    readonly userId: string;
    readonly name: string;
    readonly email: string | null;
    readonly admin: boolean;
  }): Promise<PersonCard>;
  byChat(platform: Platform, userId: string): PersonCard | null;
  all(): readonly PersonCard[];
  /** The people on duty for a service at an instant, for every role, with the administrators as fallback. */
  onDuty(serviceId: string | null, at: Date): OnCallSnapshot;
}

/** What the bot knows of a customer; without a language or a zone the company's own ones hold. */
export type CustomerCard = {
  readonly id: string;
  readonly name: string;
  readonly language?: CustomerLanguage;
  readonly zone?: string;
};

/** What the company serves to whom, in memory. */
export interface Catalogue {
  services(): readonly { readonly id: string; readonly name: string }[];
  service(text: string): ServiceRef;
  customers(): readonly CustomerCard[];
  customerName(id: string): string;
  /** The customers who use a service; empty when unknown. */
  customersOf(serviceId: string): readonly string[];
  /** Terms as of an instant; null for an unknown customer. */
  terms(customerId: string, policy: Policy, at: Date): CustomerTerms | null;
}
