// What a person, a provider or the clock asks for, in the imperative. Everything that needs the outside world (terms,
// people on duty, codes) is resolved before and arrives as a value.

import type { ClassificationAnswers, SaidAnswers } from "../classification/answers.js";
import type { CustomerTerms, PauseReason, ReclassifyCause } from "../clocks/clock-history.js";
import type { NoticeTally, WrittenTexts } from "../notices/customer-notice.js";
import type { MessageCatalogue, TemplateName } from "../notices/message-catalogue.js";
import type { Role } from "../policy/policy.js";
import type { CancelReason } from "./events.js";
import type { IncidentId, PersonId, Platform } from "./ids.js";
import type {
  DataStatement,
  DetectedBy,
  IncidentKind,
  Moment,
  OnCallSnapshot,
  Origin,
  ServiceRef,
} from "./incident.js";

/** Declares an incident, or reports one into triage when not confirmed. */
export type DeclareIncident = {
  readonly type: "declare";
  readonly incidentId: IncidentId;
  readonly code: string;
  readonly kind: IncidentKind;
  readonly origin: Origin;
  readonly home: Platform;
  readonly title: string;
  readonly services: readonly ServiceRef[];
  readonly answers: ClassificationAnswers;
  readonly detectedBy: DetectedBy;
  readonly detectedAt: Date | null;
  readonly startedAt: Moment | null;
  readonly confirmed: boolean;
  readonly customers: readonly CustomerTerms[];
  readonly onCall: OnCallSnapshot;
  /** The declarer takes the incident in the same step. */
  readonly take: boolean;
};

/** Every command but the declaration acts on an existing incident. */
export type IncidentCommand =
  | { readonly type: "confirm"; readonly onCall: OnCallSnapshot }
  | { readonly type: "take" }
  | { readonly type: "note-escalation"; readonly escalation: string }
  | {
      readonly type: "classify";
      readonly answers: SaidAnswers;
      readonly cause: ReclassifyCause | null;
      readonly effectiveFrom: Date | null;
      readonly reason: string | null;
      readonly onCall: OnCallSnapshot;
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
  | { readonly type: "reopen"; readonly reason: string; readonly onCall: OnCallSnapshot }
  | { readonly type: "cancel"; readonly reason: CancelReason; readonly text: string }
  | { readonly type: "review"; readonly review: string }
  | { readonly type: "close" }
  | {
      readonly type: "merge";
      readonly child: {
        readonly id: IncidentId;
        readonly code: string;
        readonly kind: IncidentKind;
        readonly state: string;
        readonly customers: readonly CustomerTerms[];
      };
    }
  | { readonly type: "become-merged"; readonly parent: IncidentId; readonly parentCode: string }
  | { readonly type: "add-note"; readonly text: string; readonly happenedAt: Date | null }
  | { readonly type: "assign-role"; readonly role: Role; readonly person: PersonId; readonly summary: string | null }
  | { readonly type: "add-customer"; readonly customer: CustomerTerms }
  | { readonly type: "remove-customer"; readonly customer: string; readonly reason: string }
  | {
      readonly type: "pause";
      readonly reason: PauseReason;
      readonly customers: readonly string[] | null;
      readonly question: string;
    }
  | { readonly type: "resume"; readonly customers: readonly string[] | null }
  | {
      readonly type: "compose-notice";
      readonly template: TemplateName;
      /** Null: everybody whom the template is for. */
      readonly customers: readonly string[] | null;
      readonly texts: WrittenTexts;
      readonly catalogue: Pick<MessageCatalogue, "id" | "version" | "rules" | "slotMax">;
      /** What the author saw: the message goes only where it was said to go. */
      readonly seen: SeenAudience | null;
      /** The number of customers typed as a second confirmation. */
      readonly confirmedCustomers: number | null;
    }
  | { readonly type: "approve-notice"; readonly number: number }
  | { readonly type: "discard-notice"; readonly number: number }
  | { readonly type: "record-sent"; readonly number: number; readonly tally: NoticeTally }
  | { readonly type: "wake" };

/** What a person saw when asking for a message: how many customers, at which level and state. */
export type SeenAudience = { readonly customers: number; readonly level: number; readonly state: string };

/** Names of the commands that can be allowed or refused in a state. */
export type CommandType = IncidentCommand["type"] | "declare";
