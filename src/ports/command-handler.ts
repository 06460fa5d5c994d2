// The inbound port: what the doors call. Slack, Teams, the timer and the phone are peers here.
import type { ClassificationAnswers, SaidAnswers } from "../domain/classification/answers.js";
import type { PauseReason, ReclassifyCause } from "../domain/clocks/clock-history.js";
import type { CustomerLanguage } from "../domain/customers/customer.js";
import type { SeenAudience } from "../domain/incident/commands.js";
import type { CancelReason } from "../domain/incident/events.js";
import type { CommandId, IncidentId, PersonId, Platform } from "../domain/incident/ids.js";
import type { DataStatement, DetectedBy, IncidentKind, Origin } from "../domain/incident/incident.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { CustomerNotice, WrittenSlot } from "../domain/notices/customer-notice.js";
import type { TemplateName } from "../domain/notices/message-catalogue.js";
import type { NoticeProposal } from "../domain/notices/propose-notice.js";
import type { Role } from "../domain/policy/policy.js";
import type { AudienceCount, DeliveryMode } from "./customer-delivery.js";
import type { IncidentRow } from "./incident-index.js";
import type { IncidentPlaces, RoomRef } from "./places.js";

/** Which incident is meant: by id (buttons), by code, or the one of the room. */
export type Target =
  | { readonly by: "id"; readonly id: IncidentId }
  | { readonly by: "code"; readonly code: string }
  | { readonly by: "room"; readonly platform: Platform; readonly roomId: string; readonly thread?: string };

/** A request to declare, as a person made it: texts and catalogue ids, nothing resolved. */
export type DeclareRequest = {
  readonly title: string;
  /** Catalogue id or free text; null when not said. */
  readonly service: string | null;
  readonly answers: ClassificationAnswers;
  readonly customers: readonly string[];
  readonly kind: IncidentKind;
  readonly origin: Origin;
  readonly detectedBy: DetectedBy;
  readonly startedAt: Date | null;
  readonly take: boolean;
};

/** A request about an existing incident, as a person made it. */
export type ChangeRequest =
  | { readonly type: "take" }
  | { readonly type: "note-escalation"; readonly escalation: string }
  | { readonly type: "confirm" }
  | {
      readonly type: "classify";
      readonly answers: SaidAnswers;
      readonly cause: ReclassifyCause | null;
      readonly effectiveFrom: Date | null;
      readonly reason: string | null;
    }
  | { readonly type: "identify"; readonly cause: string }
  | { readonly type: "mitigate"; readonly action: string }
  | { readonly type: "regress"; readonly what: string; readonly to: "investigating" | "identified" | null }
  | {
      readonly type: "resolve";
      readonly data: DataStatement | null;
      readonly reason: string | null;
      readonly restoredConfirmed: boolean;
    }
  | { readonly type: "reopen"; readonly reason: string }
  | { readonly type: "cancel"; readonly reason: CancelReason; readonly text: string }
  | { readonly type: "review"; readonly review: string }
  | { readonly type: "close" }
  | { readonly type: "merge"; readonly childCode: string }
  | { readonly type: "add-note"; readonly text: string; readonly happenedAt: Date | null }
  | { readonly type: "assign-role"; readonly role: Role; readonly person: PersonId; readonly summary: string | null }
  | { readonly type: "add-customer"; readonly customer: string; readonly affectedFrom: Date | null }
  | { readonly type: "remove-customer"; readonly customer: string; readonly reason: string }
  | {
      readonly type: "pause";
      readonly reason: PauseReason;
      readonly customers: readonly string[] | null;
      readonly question: string;
    }
  | { readonly type: "resume"; readonly customers: readonly string[] | null }
  | ({ readonly type: "compose-notice" } & NoticeRequest)
  | { readonly type: "approve-notice"; readonly number: number }
  | { readonly type: "discard-notice"; readonly number: number };

/** Texts for customers as a person wrote them, by slot and language. */
export type NoticeTexts = Readonly<Partial<Record<WrittenSlot, Readonly<Partial<Record<CustomerLanguage, string>>>>>>;

/** A message to customers, as a person asked for it. */
export type NoticeRequest = {
  readonly template: TemplateName;
  /** Null: everybody whom the message is for. */
  readonly customers: readonly string[] | null;
  readonly texts: NoticeTexts;
  readonly seen: SeenAudience | null;
  readonly confirmedCustomers: number | null;
};

/** A message as it would be sent now, or why it cannot be. */
export type NoticePreview =
  | {
      readonly kind: "preview";
      readonly snapshot: IncidentSnapshot;
      /** What can be sent now, the most fitting first. */
      readonly proposals: readonly NoticeProposal[];
      readonly notice: CustomerNotice;
      readonly count: AudienceCount;
      readonly mode: DeliveryMode;
      /** Another person is asked before it leaves, from when the author may go alone; null when nobody else is asked. */
      readonly secondPerson: { readonly aloneAt: Date | null } | null;
    }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly snapshot: IncidentSnapshot | null }
  | { readonly kind: "fault"; readonly code: string };

/** Who asks, through which door, with which idempotency key. */
export type Envelope = { readonly personId: PersonId; readonly commandId: CommandId; readonly door: string };

/** What became of a request, as data for the reply. */
export type Outcome =
  | { readonly kind: "done"; readonly snapshot: IncidentSnapshot; readonly repeated: boolean }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly snapshot: IncidentSnapshot | null }
  /** The store did not answer in time: `saved` tells what is known; repeating is safe. */
  | { readonly kind: "fault"; readonly saved: "no" | "unknown"; readonly code: string };

/** What the doors can ask for. No method throws for anything that a person or the store can cause. */
export interface CommandHandler {
  declare(request: DeclareRequest, envelope: Envelope, origin: RoomRef | null): Promise<Outcome>;
  change(target: Target, request: ChangeRequest, envelope: Envelope): Promise<Outcome>;
  /** The message that a template would make now; without a template the most fitting one. Nothing is stored. */
  previewNotice(
    target: Target,
    ask: { readonly template: TemplateName | null; readonly texts: NoticeTexts },
    envelope: Pick<Envelope, "personId">,
  ): Promise<NoticePreview>;
  /** Null when the target names no incident. */
  look(target: Target): Promise<{ readonly snapshot: IncidentSnapshot; readonly places: IncidentPlaces | null } | null>;
  /** Open incidents, most severe first. */
  list(limit: number): Promise<readonly IncidentRow[]>;
}
