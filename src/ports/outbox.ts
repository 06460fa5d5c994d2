// Messages to customers on their way to the providers. A plan of a notice is written first and chosen at once: rows of
// a plan that was not chosen are never sent, so a hand-over that was cut short is simply planned again.
import type { CustomerChannel } from "../domain/customers/contact.js";
import type { IncidentId } from "../domain/incident/ids.js";
import type { NoticeTally } from "../domain/notices/customer-notice.js";
import type { TemplateName } from "../domain/notices/message-catalogue.js";
import type { Level } from "../domain/policy/policy.js";

/** One notice of one incident. */
export type BroadcastRef = { readonly incidentId: IncidentId; readonly notice: number };

/** Words of an e-mail that many get; keys in them stand for what differs from reader to reader. */
export type MailContent = {
  readonly id: string;
  readonly keys: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

/** One request for at most 1,000 people. The lists run in parallel; `values` holds one value for each key and person. */
export type MailParcel = {
  readonly id: string;
  /** Opaque name of the parcel for the provider; its events carry it back. */
  readonly token: string;
  readonly contentId: string;
  readonly contacts: readonly string[];
  readonly customers: readonly string[];
  readonly addresses: readonly string[];
  readonly values: readonly string[];
};

/** One SMS. */
export type TextParcel = {
  readonly id: string;
  /** Opaque and unguessable name of the message for the provider; its status callbacks carry it back. */
  readonly token: string;
  readonly contact: string;
  readonly customer: string;
  /** E.164. */
  readonly phone: string;
  readonly body: string;
  /** IANA zone whose night is kept quiet; null when every hour is welcome. */
  readonly quietZone: string | null;
  /** Where to write when the SMS fails; null when the contact was told by e-mail already, or has none. */
  readonly elseAddress: { readonly address: string; readonly name: string } | null;
};

/** Rows to be added together. */
export type Parcels = {
  readonly contents: readonly MailContent[];
  readonly mails: readonly MailParcel[];
  readonly texts: readonly TextParcel[];
};

/** Recipients that were never queued. */
export type LeftOut = { readonly failed: number; readonly dropped: number };

/** A plan of a notice, as it is chosen. */
export type BroadcastPlan = {
  readonly ref: BroadcastRef;
  readonly plan: string;
  readonly level: Level;
  readonly template: TemplateName;
  readonly leftOut: Readonly<Record<CustomerChannel, LeftOut>>;
  /** Why recipients were left out as failed, by code. */
  readonly codes: Readonly<Record<string, number>>;
};

/** A notice that was begun and not yet reported as finished. */
export type OpenBroadcast = Pick<BroadcastPlan, "ref" | "plan" | "level" | "template">;

/** What a call that takes rows asks for; all instants are real time. */
export type ParcelLease = {
  readonly plan: string;
  readonly now: Date;
  readonly leaseUntil: Date;
  readonly limit: number;
};

/** A row in the hands of one call. */
export type Claimed<P> = {
  readonly parcel: P;
  readonly lease: string;
  /** Answers of the provider so far that asked to come again. */
  readonly attempts: number;
  /** When the first request may have begun (real time). */
  readonly firstBegunAt: Date;
  /** It waited for the end of quiet hours. */
  readonly wasHeld: boolean;
};

/** A claimed request, with the recipients that it left out last time. */
export type ClaimedMail = Claimed<MailParcel> & MailCut;

/** What became of rows of one claim. */
export type Settlement =
  | { readonly kind: "accepted" }
  | { readonly kind: "dropped"; readonly code: string }
  | { readonly kind: "failed"; readonly code: string }
  /** Asked again at `dueAt`, and the attempt counts. */
  | { readonly kind: "later"; readonly code: string; readonly dueAt: Date }
  /** Not to be looked at before `lookAt`; the request began at `begunAt` or later. */
  | { readonly kind: "unknown"; readonly code: string; readonly lookAt: Date; readonly begunAt: Date }
  /** Still unknown: nothing was asked of the provider, or it could not tell. */
  | { readonly kind: "unclear"; readonly lookAt: Date }
  /** Domain time. */
  | { readonly kind: "held"; readonly until: Date }
  /** Waits as before; no attempt was made. */
  | { readonly kind: "back"; readonly dueAt: Date };

/** Rows with the same end. */
export type SettledRows = { readonly ids: readonly string[]; readonly change: Settlement };

/** Which recipients of a parcel a request leaves out: dropped ones, and those that the provider refuses. */
export type MailCut = { readonly dropped: readonly number[]; readonly refused: readonly number[] };

/** A recipient whose e-mail came to nothing. `sent` says that the provider had taken it. */
export type MailException = {
  readonly mail: string;
  readonly index: number;
  readonly contact: string;
  readonly customer: string;
  readonly code: string;
  readonly sent: boolean;
};

/** A recipient whose message came to nothing and whose other channel is to be tried. */
export type Detour =
  | { readonly from: "email"; readonly id: string; readonly contact: string; readonly customer: string }
  | {
      readonly from: "sms";
      readonly id: string;
      readonly contact: string;
      readonly customer: string;
      readonly elseAddress: TextParcel["elseAddress"];
    };

/** How far a plan has come. */
export type PlanProgress = {
  readonly waiting: number;
  readonly tally: NoticeTally;
  readonly codes: Readonly<Record<string, number>>;
};

/** Plans and their rows. Throws StoreFault, and DeliveryFault `drill`. */
export interface Outbox {
  isPlanned(ref: BroadcastRef): Promise<boolean>;
  /** Adds rows; those that exist stay as they are. Refuses an incident that is a drill, read anew for every call. */
  add(ref: BroadcastRef, plan: string, parcels: Parcels): Promise<void>;
  /** Makes a plan the plan of its notice and forgets the others; false when another one was chosen before. */
  choose(plan: BroadcastPlan): Promise<boolean>;
  /** Broadcasts not finished, the most severe first. */
  open(): Promise<readonly OpenBroadcast[]>;
  finish(ref: BroadcastRef): Promise<void>;
  progress(plan: string): Promise<PlanProgress>;
  /** Contacts to whom a message of an earlier notice of the incident was accepted. */
  toldBefore(ref: BroadcastRef): Promise<ReadonlySet<string>>;
  content(id: string): Promise<MailContent | null>;

  /** Marks rows that are due as being sent, before any request begins. */
  claimMails(lease: ParcelLease): Promise<readonly ClaimedMail[]>;
  claimTexts(lease: ParcelLease): Promise<readonly Claimed<TextParcel>[]>;
  /** Takes rows whose outcome is unknown: an unclear answer, or a sender that died. */
  claimUnsettledMails(lease: ParcelLease): Promise<readonly ClaimedMail[]>;
  claimUnsettledTexts(lease: ParcelLease): Promise<readonly Claimed<TextParcel>[]>;
  /** Settles every row of a claim. An acceptance always counts; anything else only while the claim is the row's own. */
  settle(channel: CustomerChannel, lease: string, changes: readonly SettledRows[]): Promise<void>;
  /** Notes whom the request of a parcel leaves out. */
  cutMail(claimed: ClaimedMail, cut: MailCut): Promise<void>;
  /** Frees rows whose quiet hours have ended (domain time). */
  releaseHeld(plan: string, domainNow: Date): Promise<void>;

  /** Events of these parcels arrived, so the provider has them. */
  proveMails(tokens: readonly string[]): Promise<void>;
  mailsByToken(tokens: readonly string[]): Promise<readonly MailParcel[]>;
  /** Repeating it changes nothing. */
  addExceptions(exceptions: readonly MailException[]): Promise<void>;
  /** A status of this message arrived, so the provider has it; with a code it failed. False for an unknown token. */
  proveText(token: string, failedWith: string | null): Promise<boolean>;

  detours(plan: string, limit: number): Promise<readonly Detour[]>;
  endDetours(from: CustomerChannel, ids: readonly string[]): Promise<void>;
}
