// Addresses and numbers that must not be written to. This list is the truth; the providers' own lists only help.
import type { CustomerChannel } from "../domain/customers/contact.js";

/** Why an address is left alone; an opt-out is the person's own wish and may be taken back. */
export type SuppressionReason = "opted_out" | "unsubscribed" | "bounced" | "spam_report" | "unreachable";

/** One entry. */
export type Suppression = {
  readonly channel: CustomerChannel;
  /** E-mail address in any case, or number in E.164. */
  readonly address: string;
  readonly reason: SuppressionReason;
};

/** The list of suppressed addresses. Throws StoreFault. */
export interface Suppressions {
  /** Adds entries; an address that is on the list keeps its reason. */
  add(entries: readonly Suppression[]): Promise<void>;
  /** Takes an address off the list if it is there for this reason. */
  lift(entry: Suppression): Promise<void>;
  /** Entries of the list, in lower case, with the reason: all that are among the addresses, and perhaps others. */
  among(channel: CustomerChannel, addresses: readonly string[]): Promise<ReadonlyMap<string, SuppressionReason>>;
}
