// The people at the customers, read in pages because there can be very many.
import type { Contact } from "../domain/customers/contact.js";

/** Contacts by customer. Throws StoreFault. */
export interface Contacts {
  /** Contacts of these customers in pages of at most 1,000, ordered by id. */
  of(customers: readonly string[]): AsyncIterable<readonly Contact[]>;
  /** The contacts with a mobile number in E.164. */
  withPhone(phone: string): Promise<readonly Contact[]>;
}
