// What the clock engine reads: the facts of one incident that move its contract clocks, free of everything else.
import type { BusinessCalendar, ContractClock, Level, Target } from "../policy/policy.js";

/** A customer's terms as pinned when the customer joined the incident. */
export type CustomerTerms = {
  readonly id: string;
  /** Null when no contract is recorded: the clock is then an internal target, never called SLA. */
  readonly contract: { readonly id: string; readonly version: number } | null;
  /** Name of the business calendar, for display: "BR-COMERCIAL", "custom", ... */
  readonly calendarName: string;
  readonly calendar: BusinessCalendar;
  readonly targets: Readonly<Record<Level, Readonly<Record<ContractClock, Target>>>>;
  readonly pauseOnThirdParty: boolean;
  readonly affectedFrom: Date | null;
  /** Set for customers absorbed by a merge, which keep their own start. */
  readonly slaStartAt?: Date;
};

/** Why a clock is paused. */
export type PauseReason = "waiting-customer" | "waiting-third-party";

/** Why a level changed. */
export type ReclassifyCause = "corrected" | "worsened" | "lowered";

/** A fact that moves clocks; `at` is the instant of the event in the order of the incident. */
export type ClockFact =
  | { readonly kind: "taken"; readonly at: Date }
  | {
      readonly kind: "reclassified";
      readonly at: Date;
      readonly level: Level;
      readonly cause: ReclassifyCause;
      readonly effectiveFrom: Date;
    }
  | {
      readonly kind: "paused";
      readonly at: Date;
      readonly reason: PauseReason;
      readonly customers: readonly string[] | null;
    }
  | { readonly kind: "resumed"; readonly at: Date; readonly customers: readonly string[] | null }
  | { readonly kind: "mitigated"; readonly at: Date }
  | { readonly kind: "regressed"; readonly at: Date }
  | { readonly kind: "resolved"; readonly at: Date }
  | { readonly kind: "reopened"; readonly at: Date }
  | { readonly kind: "customer-added"; readonly at: Date; readonly customer: CustomerTerms }
  | { readonly kind: "customer-removed"; readonly at: Date; readonly id: string }
  | { readonly kind: "merged-in"; readonly at: Date; readonly customers: readonly CustomerTerms[] }
  | { readonly kind: "inputs-changed"; readonly at: Date; readonly customers: readonly CustomerTerms[] }
  | { readonly kind: "cancelled"; readonly at: Date };

/** Everything that the clocks of one incident depend on, apart from the policy and now. */
export type ClockHistory = {
  readonly level: Level;
  readonly detectedAt: Date;
  readonly declaredAt: Date;
  /** Customers affected at declaration; empty means one internal pair with customer "-" on the default tier. */
  readonly customers: readonly CustomerTerms[];
  readonly facts: readonly ClockFact[];
};
