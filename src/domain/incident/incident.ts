// The incident as its events leave it: the state that decisions read. It is only ever made by evolve.
import type { ClassificationAnswers } from "../classification/answers.js";
import type { ClockHistory, CustomerTerms } from "../clocks/clock-history.js";
import type { CustomerNotice } from "../notices/customer-notice.js";
import type { ContractClock, Level, Role, RuleKind, StaffText } from "../policy/policy.js";
import type { IncidentId, PersonId, Platform } from "./ids.js";

/** States of requirements 1.3. */
export type IncidentState =
  | "triage"
  | "investigating"
  | "identified"
  | "monitoring"
  | "resolved"
  | "reviewed"
  | "closed"
  | "cancelled"
  | "merged";

/** Fixed at declaration for ever. */
export type IncidentKind = "real" | "drill";

/** Who noticed it first (requirements R1-07). */
export type DetectedBy = "monitoring" | "staff" | "customer" | "supplier";

/** How the incident came in. */
export type Origin = "command" | "form" | "shortcut" | "alert" | "report";

/** A service named by the catalogue (`id`) or by free text (`id` null, unconfirmed). */
export type ServiceRef = { readonly id: string | null; readonly name: string };

/** The people on duty for each role at one instant, resolved before the decision and kept with it. */
export type OnCallSnapshot = {
  readonly byRole: Readonly<Partial<Record<Role, readonly PersonId[]>>>;
  /** Mentioned when a whole ladder is empty: the administrators at that instant. */
  readonly fallback: readonly PersonId[];
  /** Who of all of them has a phone that may ring; left out in records made before phones rang. */
  readonly byPhone?: readonly PersonId[];
};

/** The outcome of classification as stored with the record. */
export type StoredClassification = {
  readonly answers: ClassificationAnswers;
  readonly computedLevel: Level;
  readonly level: Level;
  readonly kind: RuleKind | null;
  readonly rule: StaffText;
  readonly ambiguous: boolean;
  readonly provisional: boolean;
};

/** An instant that a person may correct. */
export type Moment = { readonly value: Date; readonly estimated: boolean };

/** What the resolution tells about the customers' data. */
export type DataStatement = "not-affected" | "recovered" | "lost" | "under-assessment";

/** An escalation that has been recorded. */
export type FiredEscalation = {
  readonly key: string;
  readonly clock: ContractClock;
  readonly cycle: number;
  readonly percent: number;
  readonly repeat: number;
  /** The instant at which it fell due. */
  readonly dueAt: Date;
  /** The instant at which it was recorded. */
  readonly firedAt: Date;
};

/** A breach that has been recorded; never erased. */
export type RecordedBreach = {
  readonly customer: string;
  readonly clock: ContractClock;
  readonly cycle: number;
  readonly epoch: number;
  readonly breachAt: Date;
  readonly recognizedAt: Date;
};

/** One line of the timeline; the texts stay codes and prose until chat writes them. */
export type TimelineEntry = {
  readonly at: Date;
  readonly recordedAt: Date;
  readonly by: PersonId | null;
  readonly what: string;
  readonly text: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
};

/** A call that is due when nobody has taken the incident by then. */
export type PendingCall = { readonly escalation: string; readonly people: readonly PersonId[]; readonly firedAt: Date };

/** An incident at one version. */
export type Incident = {
  readonly id: IncidentId;
  readonly code: string;
  readonly version: number;
  readonly kind: IncidentKind;
  readonly origin: Origin;
  readonly home: Platform;
  readonly state: IncidentState;
  readonly title: string;
  readonly services: readonly ServiceRef[];
  readonly classification: StoredClassification;
  readonly level: Level;
  readonly policy: { readonly id: string; readonly version: number };
  readonly declaredBy: PersonId | null;
  readonly detectedBy: DetectedBy;
  readonly startedAt: Moment | null;
  readonly detectedAt: Date;
  /** Null while in triage. */
  readonly declaredAt: Date | null;
  readonly identifiedAt: Date | null;
  readonly mitigatedAt: Date | null;
  readonly firstMitigatedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly reopenedAt: readonly Date[];
  readonly reviewedAt: Date | null;
  readonly closedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly mergedInto: { readonly id: IncidentId; readonly code: string } | null;
  /** Who has it in the present cycle; null while nobody does. */
  readonly taken: { readonly by: PersonId; readonly at: Date } | null;
  readonly firstTakenAt: Date | null;
  readonly roles: Readonly<Partial<Record<Role, PersonId>>>;
  readonly cause: string | null;
  readonly actionTaken: string | null;
  readonly dataStatement: DataStatement | null;
  readonly review: { readonly text: string; readonly approvedBy: PersonId } | null;
  readonly customers: readonly CustomerTerms[];
  readonly onCall: OnCallSnapshot;
  readonly history: ClockHistory;
  readonly fired: readonly FiredEscalation[];
  readonly breaches: readonly RecordedBreach[];
  /** Escalation keys that each person has marked as noted. */
  readonly noted: Readonly<Record<string, readonly PersonId[]>>;
  /** The grid instant of the latest page of the primary; null when nobody is re-paged. */
  readonly lastPageAt: Date | null;
  readonly repages: number;
  readonly gaps: readonly Role[];
  readonly lastActedAt: Date;
  /** When each person last did something about this incident. */
  readonly actedAt: Readonly<Record<string, Date>>;
  /** Everybody whose phone this incident has rung. */
  readonly rung: readonly PersonId[];
  /** Calls that follow unless somebody takes the incident first. */
  readonly pendingCalls: readonly PendingCall[];
  readonly notices: readonly CustomerNotice[];
  readonly timeline: readonly TimelineEntry[];
};
