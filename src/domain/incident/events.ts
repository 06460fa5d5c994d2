// What has happened, in the past tense. Events hold ids and codes; free text only as Prose. A commit carries the
// actor and the instant of recording.

import type { CustomerTerms, PauseReason, ReclassifyCause } from "../clocks/clock-history.js";
import type { CustomerNotice, NoticeTally } from "../notices/customer-notice.js";
import type { ContractClock, How, Level, Role } from "../policy/policy.js";
import type { IncidentId, PersonId, Platform } from "./ids.js";
import type {
  DataStatement,
  DetectedBy,
  IncidentKind,
  Moment,
  OnCallSnapshot,
  Origin,
  RecordedBreach,
  ServiceRef,
  StoredClassification,
} from "./incident.js";
import type { Prose } from "./prose.js";

/** Who a rung reached: the step of the ladder and the people found for it. */
export type ReachedStep = { readonly role: Role; readonly how: How; readonly people: readonly PersonId[] };

/** Why a responder called the incident off. */
export type CancelReason = "false-alarm" | "duplicate" | "customer-side" | "planned-maintenance" | "other";

/** Version of the event shapes written by this code; a replica refuses events that it does not know. */
export const EVENT_VERSION = 1;

type Body =
  | {
      readonly type: "declared";
      readonly code: string;
      readonly kind: IncidentKind;
      readonly origin: Origin;
      readonly home: Platform;
      readonly title: Prose;
      readonly services: readonly ServiceRef[];
      readonly classification: StoredClassification;
      readonly policy: { readonly id: string; readonly version: number };
      readonly detectedBy: DetectedBy;
      readonly startedAt: Moment | null;
      readonly detectedAt: Date;
      /** False for a report that waits in triage. */
      readonly confirmed: boolean;
      readonly customers: readonly CustomerTerms[];
      readonly onCall: OnCallSnapshot;
    }
  | { readonly type: "confirmed"; readonly onCall: OnCallSnapshot }
  | { readonly type: "taken"; readonly by: PersonId }
  | { readonly type: "noted"; readonly by: PersonId; readonly escalation: string }
  | {
      readonly type: "reclassified";
      readonly classification: StoredClassification;
      readonly cause: ReclassifyCause | null;
      readonly effectiveFrom: Date;
      readonly reason: Prose | null;
      readonly onCall: OnCallSnapshot;
    }
  | { readonly type: "identified"; readonly cause: Prose }
  | { readonly type: "mitigated"; readonly action: Prose }
  | { readonly type: "regressed"; readonly to: "investigating" | "identified"; readonly what: Prose }
  | { readonly type: "resolved"; readonly data: DataStatement; readonly early: boolean; readonly reason: Prose | null }
  | { readonly type: "reopened"; readonly reason: Prose; readonly onCall: OnCallSnapshot }
  | { readonly type: "cancelled"; readonly reason: CancelReason; readonly text: Prose }
  | { readonly type: "reviewed"; readonly review: Prose; readonly approvedBy: PersonId }
  | { readonly type: "closed" }
  | {
      readonly type: "merged-in";
      readonly child: IncidentId;
      readonly childCode: string;
      readonly customers: readonly CustomerTerms[];
    }
  | { readonly type: "merged-into"; readonly parent: IncidentId; readonly parentCode: string }
  | { readonly type: "note-added"; readonly text: Prose; readonly happenedAt: Date }
  | { readonly type: "role-assigned"; readonly role: Role; readonly person: PersonId; readonly summary: Prose | null }
  | { readonly type: "customer-added"; readonly customer: CustomerTerms }
  | { readonly type: "customer-removed"; readonly customer: string; readonly reason: Prose }
  | {
      readonly type: "paused";
      readonly reason: PauseReason;
      readonly customers: readonly string[] | null;
      readonly question: Prose;
    }
  | { readonly type: "resumed"; readonly customers: readonly string[] | null }
  | {
      readonly type: "escalated";
      readonly key: string;
      readonly clock: ContractClock;
      readonly customer: string;
      readonly cycle: number;
      readonly percent: number;
      readonly repeat: number;
      readonly level: Level;
      /** The instant at which this escalation fell due, not the clock's due. */
      readonly dueAt: Date;
      /** The due instant of the clock that fired. */
      readonly clockDueAt: Date;
      readonly collapsed: boolean;
      readonly lateMs: number;
      readonly steps: readonly ReachedStep[];
      readonly gaps: readonly Role[];
      /** Whose phones were reached as well; they are called later unless somebody takes the incident. */
      readonly phones?: readonly PersonId[];
    }
  | { readonly type: "repaged"; readonly dueAt: Date; readonly people: readonly PersonId[] }
  | { readonly type: "called"; readonly escalation: string; readonly people: readonly PersonId[] }
  | {
      readonly type: "notice-drafted";
      readonly notice: Omit<CustomerNotice, "draftedBy" | "draftedAt" | "approved" | "discardedAt" | "sent">;
    }
  | { readonly type: "notice-approved"; readonly number: number; readonly by: PersonId; readonly alone: boolean }
  | { readonly type: "notice-discarded"; readonly number: number }
  | { readonly type: "notice-sent"; readonly number: number; readonly tally: NoticeTally }
  | { readonly type: "breached"; readonly breaches: readonly RecordedBreach[] };

/** An event, with the version of its shape. */
export type IncidentEvent = Body & { readonly v: number };

/** The event of one type. */
export type EventOf<T extends Body["type"]> = Extract<IncidentEvent, { readonly type: T }>;

/** All event types that this code understands. */
export type EventType = Body["type"];
