// A message to customers before it is sent, as plain data: what the form that sends it shows.
import type { CustomerLanguage } from "../domain/customers/customer.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { CustomerNotice } from "../domain/notices/customer-notice.js";
import type { NoticeProposal } from "../domain/notices/propose-notice.js";

/** Whom a message would reach. */
export type PreviewedAudience = {
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

/** A message that can be sent. */
export type PreviewedNotice = {
  readonly kind: "preview";
  readonly snapshot: IncidentSnapshot;
  /** What can be sent now, the most fitting first. */
  readonly proposals: readonly NoticeProposal[];
  readonly notice: CustomerNotice;
  readonly count: PreviewedAudience;
  readonly mode: "live" | "test" | "off";
  /** Another person is asked before it leaves, from when the author may go alone; null when nobody else is asked. */
  readonly secondPerson: { readonly aloneAt: Date | null } | null;
};

/** A message as it would be sent now, or why it cannot be. */
export type NoticePreview =
  | PreviewedNotice
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly snapshot: IncidentSnapshot | null }
  | { readonly kind: "fault"; readonly code: string };
