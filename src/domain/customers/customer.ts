// The customers, what they contracted and the services that they use.
import type { BusinessCalendar, ContractClock, Level, Target } from "../policy/policy.js";

/** Languages in which customers are written to. */
export type CustomerLanguage = "pt-BR" | "en" | "es";

/** A service offered to customers. */
export type Service = { readonly id: string; readonly name: string; readonly aliases?: readonly string[] };

/** A customer company. */
export type Customer = {
  readonly id: string;
  readonly name: string;
  readonly language?: CustomerLanguage;
  /** IANA zone in which the customer reads instants. */
  readonly zone?: string;
  /** Ids of the services that the customer uses. */
  readonly services: readonly string[];
};

/** A target of a contract; without `counted` it is counted as the tier counts that cell. */
export type TargetOverride = { readonly minutes: number; readonly counted?: Target["counted"] };

/** Cells of the tier's targets that a contract replaces. */
export type TargetOverrides = Readonly<
  Partial<Record<Level, Readonly<Partial<Record<ContractClock, TargetOverride>>>>>
>;

/** One immutable version of a contract, valid in [validFrom, validTo). */
export type Contract = {
  readonly id: string;
  readonly customerId: string;
  readonly version: number;
  readonly tier: string;
  /** Name of a calendar of the policy, "24x7", or a calendar of the customer's own. */
  readonly calendar?: string | BusinessCalendar;
  readonly targets?: TargetOverrides;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  /** The resolution clock also pauses while a third party is waited for. */
  readonly pauseOnThirdParty: boolean;
};
