// What people ask for, as the conversation understands it. A door resolves the people and hands it to the application.
import type { ClassificationAnswers, SaidAnswers } from "../domain/classification/answers.js";
import type { PauseReason, ReclassifyCause } from "../domain/clocks/clock-history.js";
import type { CustomerLanguage } from "../domain/customers/customer.js";
import type { SeenAudience } from "../domain/incident/commands.js";
import type { CancelReason } from "../domain/incident/events.js";
import type { IncidentId, Platform } from "../domain/incident/ids.js";
import type { DataStatement, DetectedBy, IncidentKind, Origin } from "../domain/incident/incident.js";
import type { WrittenSlot } from "../domain/notices/customer-notice.js";
import type { TemplateName } from "../domain/notices/message-catalogue.js";
import type { Role } from "../domain/policy/policy.js";

/** A person as typed or picked: a chat user id, a bare name, or the one who types. */
export type PersonToken = { readonly mention: string } | { readonly name: string } | { readonly self: true };

/** A declaration, as a person made it. */
export type DeclareAsk = {
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

/** A new holder of a role, not resolved to a person yet. */
export type AssignRoleAsk = {
  readonly type: "assign-role";
  readonly role: Role;
  readonly person: PersonToken;
  readonly summary: string | null;
};

/** A request that needs nothing resolved. */
export type PlainAsk =
  | { readonly type: "take" }
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
  | { readonly type: "add-customer"; readonly customer: string; readonly affectedFrom: Date | null }
  | { readonly type: "remove-customer"; readonly customer: string; readonly reason: string }
  | {
      readonly type: "pause";
      readonly reason: PauseReason;
      readonly customers: readonly string[] | null;
      readonly question: string;
    }
  | { readonly type: "resume"; readonly customers: readonly string[] | null }
  | NoticeAsk
  | { readonly type: "approve-notice"; readonly number: number }
  | { readonly type: "discard-notice"; readonly number: number };

/** A message to customers, with texts by slot and language. */
export type NoticeAsk = {
  readonly type: "compose-notice";
  readonly template: TemplateName;
  readonly customers: readonly string[] | null;
  readonly texts: Readonly<Partial<Record<WrittenSlot, Readonly<Partial<Record<CustomerLanguage, string>>>>>>;
  readonly seen: SeenAudience | null;
  readonly confirmedCustomers: number | null;
};

/** A request about an existing incident, as a person made it. */
export type ChangeAsk = PlainAsk | AssignRoleAsk;

/** The incident that a form is about, in the terms of the command handler. */
export type FormTarget =
  | { readonly by: "id"; readonly id: IncidentId }
  | { readonly by: "code"; readonly code: string }
  | { readonly by: "room"; readonly platform: Platform; readonly roomId: string; readonly thread?: string };

/** A customer or service as the catalogue lists it. */
export type Listed = { readonly id: string; readonly name: string };
