// A message to customers as part of the incident: what it says, to whom, who approved it and what became of it.
import type { CustomerLanguage } from "../customers/customer.js";
import type { PersonId } from "../incident/ids.js";
import type { Prose } from "../incident/prose.js";
import type { Effect, Level } from "../policy/policy.js";
import type { CustomerDataStatement, CustomerStatus, TemplateName } from "./message-catalogue.js";

/** Slots that people write; each in the languages that they wrote. */
export type WrittenSlot =
  | "whatChanged"
  | "impact"
  | "workaround"
  | "action"
  | "causeSummary"
  | "customerAction"
  | "residualImpact"
  | "reasonShort"
  | "dataLossDetail";

/** All written slots, in the order in which a form asks for them. */
export const WRITTEN_SLOTS: readonly WrittenSlot[] = [
  "whatChanged",
  "impact",
  "workaround",
  "action",
  "causeSummary",
  "customerAction",
  "residualImpact",
  "reasonShort",
  "dataLossDetail",
];

/** A text by language; a language that is missing gets the catalogue's own sentence, never another language. */
export type WrittenTexts = Readonly<Partial<Record<WrittenSlot, Readonly<Partial<Record<CustomerLanguage, Prose>>>>>>;

/** What the message says, frozen when it was drafted, so that everybody gets what was previewed. */
export type NoticeFacts = {
  readonly level: Level;
  /** Name of the service as customers know it; null while it is not known. */
  readonly service: string | null;
  readonly status: CustomerStatus;
  readonly effect: Effect | "unknown";
  readonly data: CustomerDataStatement;
  /** True when lost data is back, which the statement then says. */
  readonly dataRecovered: boolean;
  readonly startedAt: Date;
  readonly nextUpdateAt: Date | null;
  readonly mitigatedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly reopenedAt: Date | null;
  /** When the service worked again; null while it does not. */
  readonly restoredAt: Date | null;
  readonly observationMinutes: number;
  readonly texts: WrittenTexts;
};

/** How many recipients a message reached, by channel. */
export type ChannelTally = {
  readonly sent: number;
  readonly failed: number;
  /** Not sent because a newer message took its place, the contact opted out, or test mode withheld it. */
  readonly dropped: number;
};

/** What became of a message. */
export type NoticeTally = { readonly email: ChannelTally; readonly sms: ChannelTally };

/** One message to customers; numbered from 1 within its incident. */
export type CustomerNotice = {
  readonly number: number;
  readonly template: TemplateName;
  readonly catalogue: { readonly id: string; readonly version: number };
  /** The customers told, frozen with the draft (requirements R3-04). */
  readonly customers: readonly string[];
  readonly facts: NoticeFacts;
  readonly draftedBy: PersonId | null;
  readonly draftedAt: Date;
  /** State of the incident for which it was drafted; an approval does not outlive a change. */
  readonly draftedIn: { readonly state: string; readonly level: Level };
  readonly expiresAt: Date;
  /** From then on the author may approve alone; null when only somebody else may. */
  readonly aloneAt: Date | null;
  readonly approved: { readonly by: PersonId; readonly at: Date; readonly alone: boolean } | null;
  readonly discardedAt: Date | null;
  /** When the last message had been handed to the providers; null until then. */
  readonly sent: { readonly at: Date; readonly tally: NoticeTally } | null;
};

/** Customers whom an approved message has told. */
export const toldCustomers = (notices: readonly CustomerNotice[]): ReadonlySet<string> =>
  new Set(notices.flatMap((notice) => (notice.approved === null ? [] : notice.customers)));
