// What the company says to its customers with, and whether anybody really receives it, in memory.
import type { MessageCatalogue } from "../domain/notices/message-catalogue.js";
import type { DeliveryMode } from "./customer-delivery.js";

/** The words and the reach of messages to customers. */
export interface Outreach {
  readonly mode: DeliveryMode;
  /** How customers reach the support; null when no contact is configured, and messages then name none. */
  readonly supportContact: string | null;
  /** Where customers follow incidents; null when there is no such page, and messages then carry no link. */
  readonly statusUrl: string | null;
  /** The catalogue that new messages are written with. */
  inForce(): MessageCatalogue;
  /** The catalogue that a message was written with; throws when this process does not have it. */
  version(id: string, version: number): MessageCatalogue;
  /** Whether a contact of this customer receives messages in the present mode. */
  receives(customerId: string): boolean;
}
