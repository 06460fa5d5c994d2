// Reaching a person of the staff by phone. Pages have their own queue, sender and connections.
import type { PersonId } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { Notice } from "../domain/notices/notice.js";

/** Ways to reach a phone. */
export type PhoneWay = "sms" | "call";

/** One page; `key` is the same on every attempt. */
export type Page = {
  readonly key: string;
  readonly person: PersonId;
  readonly by: PhoneWay;
  readonly notice: Notice;
  readonly snapshot: IncidentSnapshot;
  /** The incident's first page to this person passes the hourly limit. */
  readonly first: boolean;
  /** Asked when the request is about to begin (invariant I2). */
  readonly stillWanted: () => Promise<boolean>;
};

/** Asked of the provider, or left out and why: limit, no_phone, not_wanted. */
export type Paged = { readonly kind: "sent" } | { readonly kind: "left-out"; readonly reason: string };

/** Phones of the staff. Throws DeliveryFault. */
export interface Pager {
  page(page: Page): Promise<Paged>;
}
