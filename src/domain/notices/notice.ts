// What the bot has to say, as data. chat/ chooses the words and a door renders them; names, channels and addresses
// are looked up by id when the notice is rendered.
import type { CancelReason, ReachedStep } from "../incident/events.js";
import type { IncidentId, PersonId } from "../incident/ids.js";
import type { DataStatement, RecordedBreach, StoredClassification } from "../incident/incident.js";
import type { Prose } from "../incident/prose.js";
import type { ContractClock, Level, Role } from "../policy/policy.js";
import type { NoticeTally } from "./customer-notice.js";

/** A notice about one incident, said in its channel, to a person, or in the announcement channel. */
export type Notice =
  | { readonly kind: "incident-card" }
  | { readonly kind: "announcement" }
  | {
      readonly kind: "escalated";
      readonly key: string;
      readonly clock: ContractClock;
      readonly customer: string;
      readonly percent: number;
      readonly repeat: number;
      readonly level: Level;
      readonly clockDueAt: Date;
      readonly firedAt: Date;
      readonly lateMs: number;
      readonly collapsed: boolean;
      readonly steps: readonly ReachedStep[];
      readonly gaps: readonly Role[];
      /** True when nobody is on duty at all and the fallback people are mentioned instead. */
      readonly emptyLadder: boolean;
    }
  | {
      readonly kind: "repaged";
      readonly people: readonly PersonId[];
      readonly dueAt: Date;
      readonly responseDueAt: Date | null;
    }
  | { readonly kind: "breached"; readonly breaches: readonly RecordedBreach[] }
  /** A message to customers waits for a second person. */
  | { readonly kind: "notice-drafted"; readonly number: number; readonly by: PersonId | null }
  | { readonly kind: "notice-approved"; readonly number: number; readonly by: PersonId; readonly alone: boolean }
  | { readonly kind: "notice-discarded"; readonly number: number; readonly by: PersonId | null }
  | { readonly kind: "notice-sent"; readonly number: number; readonly tally: NoticeTally }
  | { readonly kind: "taken"; readonly by: PersonId; readonly at: Date }
  | { readonly kind: "noted"; readonly by: PersonId; readonly escalation: string }
  | { readonly kind: "confirmed"; readonly by: PersonId | null }
  | {
      readonly kind: "reclassified";
      readonly by: PersonId | null;
      readonly from: Level;
      readonly classification: StoredClassification;
    }
  | { readonly kind: "identified"; readonly by: PersonId | null; readonly cause: Prose }
  | {
      readonly kind: "mitigated";
      readonly by: PersonId | null;
      readonly action: Prose;
      readonly observeUntil: Date | null;
    }
  | { readonly kind: "regressed"; readonly by: PersonId | null; readonly what: Prose }
  | {
      readonly kind: "resolved";
      readonly by: PersonId | null;
      readonly data: DataStatement;
      readonly reason: Prose | null;
    }
  | { readonly kind: "reopened"; readonly by: PersonId | null; readonly reason: Prose }
  | { readonly kind: "cancelled"; readonly by: PersonId | null; readonly reason: CancelReason; readonly text: Prose }
  | { readonly kind: "reviewed"; readonly by: PersonId; readonly review: Prose }
  | { readonly kind: "closed"; readonly by: PersonId | null }
  | {
      readonly kind: "merged-in";
      readonly child: IncidentId;
      readonly childCode: string;
      readonly customers: readonly string[];
    }
  | { readonly kind: "merged-into"; readonly parent: IncidentId; readonly parentCode: string }
  | { readonly kind: "note-added"; readonly by: PersonId | null; readonly text: Prose; readonly happenedAt: Date }
  | {
      readonly kind: "role-assigned";
      readonly by: PersonId | null;
      readonly role: Role;
      readonly person: PersonId;
      readonly summary: Prose | null;
    }
  | { readonly kind: "customer-added"; readonly customer: string }
  | { readonly kind: "customer-removed"; readonly customer: string; readonly reason: Prose }
  | {
      readonly kind: "paused";
      readonly by: PersonId | null;
      readonly customers: readonly string[] | null;
      readonly question: Prose;
    }
  | { readonly kind: "resumed"; readonly by: PersonId | null; readonly customers: readonly string[] | null };

/** The notice of one kind. */
export type NoticeOf<K extends Notice["kind"]> = Extract<Notice, { readonly kind: K }>;
