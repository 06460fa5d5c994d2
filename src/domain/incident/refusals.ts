// Why a command was not carried out, as data that the person can act on. A refusal stores nothing.
import type { WrittenSlot } from "../notices/customer-notice.js";
import type { Level } from "../policy/policy.js";
import type { CommandType } from "./commands.js";
import type { PersonId } from "./ids.js";
import type { IncidentState } from "./incident.js";

/** A refusal: what is wrong, what is missing, and what is allowed instead. */
export type Refusal =
  | {
      readonly reason: "not-in-this-state";
      readonly state: IncidentState;
      readonly command: CommandType;
      readonly allowed: readonly CommandType[];
    }
  | { readonly reason: "already-taken"; readonly by: PersonId; readonly at: Date }
  | {
      readonly reason: "already-in-state";
      readonly state: IncidentState;
      readonly by: PersonId | null;
      readonly at: Date | null;
    }
  | { readonly reason: "missing"; readonly fields: readonly MissingField[] }
  | { readonly reason: "too-long"; readonly field: MissingField; readonly max: number; readonly actual: number }
  | { readonly reason: "observation-not-over"; readonly until: Date }
  | { readonly reason: "restore-not-confirmed"; readonly level: Level }
  | { readonly reason: "reopen-window-over"; readonly since: Date }
  | { readonly reason: "needs-authority"; readonly who: "commander-or-lead" | "lead" }
  | { readonly reason: "reason-too-short"; readonly min: number }
  | { readonly reason: "cause-contradicts-level"; readonly from: Level; readonly to: Level; readonly cause: string }
  | { readonly reason: "nothing-changed" }
  | { readonly reason: "real-and-drill" }
  | { readonly reason: "merge-with-itself"; readonly code: string }
  | { readonly reason: "cannot-merge"; readonly code: string; readonly state: string }
  | { readonly reason: "never-pauses"; readonly level: Level }
  | { readonly reason: "supplier-never-pauses" }
  | { readonly reason: "unknown-customer"; readonly customer: string }
  | { readonly reason: "customer-already-affected"; readonly customer: string }
  | { readonly reason: "name-the-customers" }
  | { readonly reason: "not-paused" }
  | { readonly reason: "time-in-the-future"; readonly at: Date }
  | { readonly reason: "checklist-open"; readonly items: readonly ChecklistItem[] }
  | { readonly reason: "unknown-escalation" }
  | { readonly reason: "not-a-person" }
  | { readonly reason: "role-for-a-person" }
  | { readonly reason: "unknown-incident" }
  | { readonly reason: "not-in-an-incident-channel" }
  | { readonly reason: "unknown-person"; readonly text: string }
  | { readonly reason: "not-due" }
  /** A drill never reaches a customer (invariant I3). */
  | { readonly reason: "drill-has-no-customers" }
  | { readonly reason: "nobody-to-tell" }
  | { readonly reason: "already-told"; readonly at: Date }
  /** What the person saw is no longer so. */
  | {
      readonly reason: "audience-changed";
      readonly customers: number;
      readonly level: Level;
      readonly state: IncidentState;
    }
  | { readonly reason: "repeat-the-number"; readonly customers: number }
  /** No provider is configured, so nobody could be told. */
  | { readonly reason: "delivery-off" }
  | { readonly reason: "unknown-notice" }
  | { readonly reason: "notice-expired" }
  | { readonly reason: "notice-decided"; readonly by: PersonId | null; readonly at: Date | null }
  | { readonly reason: "second-person-first"; readonly until: Date | null }
  | { readonly reason: "wrong-notice"; readonly state: IncidentState };

/** Fields that a refusal can ask for. */
export type MissingField =
  | "title"
  | "cause"
  | "action"
  | "what"
  | "reason"
  | "data"
  | "text"
  | "question"
  | "review"
  | "answers"
  | "summary"
  | WrittenSlot;

/** Duties that must be done before an incident can be closed. */
export type ChecklistItem = "review" | "waiting-period" | "data-statement" | "cause" | "commander";
