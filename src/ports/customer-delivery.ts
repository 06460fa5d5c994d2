// Telling customers: what the application asks of the delivery room. A notice is handed over once and then goes its
// own way; what became of it is asked for.
import type { CustomerLanguage } from "../domain/customers/customer.js";
import type { IncidentId } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { CustomerNotice, NoticeTally } from "../domain/notices/customer-notice.js";

/** live: everybody; test: only the allow-list; off: no provider is configured. */
export type DeliveryMode = "live" | "test" | "off";

/** Whom a notice would reach, before anything is sent. */
export type AudienceCount = {
  readonly customers: number;
  readonly contacts: number;
  readonly emails: number;
  readonly texts: number;
  /** Customers of whom no contact can be reached. */
  readonly unreachable: readonly string[];
  readonly languages: readonly CustomerLanguage[];
  /** Customers of whom at least one contact really receives it in the present mode. */
  readonly receiving: number;
};

/** How far a notice has come. */
export type BroadcastProgress = {
  readonly incidentId: IncidentId;
  readonly notice: number;
  /** Recipients whose outcome is still open. */
  readonly waiting: number;
  readonly tally: NoticeTally;
};

/** The way to the customers. Throws DeliveryFault or StoreFault. */
export interface CustomerDelivery {
  readonly mode: DeliveryMode;
  /** Counts whom a notice would reach. */
  count(notice: CustomerNotice, snapshot: IncidentSnapshot): Promise<AudienceCount>;
  /** Freezes the recipients and queues their messages; repeating it changes nothing. Refuses a drill. */
  begin(notice: CustomerNotice, snapshot: IncidentSnapshot): Promise<void>;
  /** Notices begun and not yet reported as finished. */
  underWay(limit: number): Promise<readonly BroadcastProgress[]>;
  /** Marks a notice as reported. */
  finish(incidentId: IncidentId, notice: number): Promise<void>;
}

/** What a notice cannot be handed over for. */
export class DeliveryFault extends Error {
  /** Stable code such as drill, delivery_off, provider_refused. */
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  constructor(
    code: string,
    options: { readonly retryable: boolean; readonly retryAfterMs?: number | null; readonly cause?: unknown },
  ) {
    super(`It could not be delivered (${code}).`, { cause: options.cause });
    this.name = "DeliveryFault";
    this.code = code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
