// People at the customers: whom the company promised to tell, on which channels, and what they asked for.
import type { Level } from "../policy/policy.js";
import type { CustomerLanguage } from "./customer.js";

/** What a contact is for at the customer (requirements 3.2). */
export type ContactRole = "incident_primary" | "technical" | "executive" | "dpo" | "user";

/** Channels on which customers are told. */
export type CustomerChannel = "email" | "sms";

/** What a contact asked for; without a wish the policy's own rules hold. */
export type ContactWishes = {
  /** "never" turns SMS off, "always" asks for it also where the level sends it only on request. */
  readonly sms?: "never" | "always";
  /** The least severe level that this contact wants to hear of. */
  readonly upToLevel?: Level;
  /** SMS at any hour, also inside quiet hours. */
  readonly anyHour?: boolean;
};

/** A person, or a shared mailbox, at a customer. */
export type Contact = {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly email: string | null;
  /** E.164, a mobile number; null when the contact has none. */
  readonly phone: string | null;
  readonly language?: CustomerLanguage;
  /** IANA zone in which the contact reads instants. */
  readonly zone?: string;
  readonly roles: readonly ContactRole[];
  readonly wishes: ContactWishes;
};
