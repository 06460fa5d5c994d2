import type { CustomerTerms } from "../clocks/clock-history.js";
import { businessCalendarOf } from "../policy/business-calendar-of.js";
import type { BusinessCalendar, ContractClock, Level, LevelTargets, Policy, Target } from "../policy/policy.js";
import type { Contract, Customer, TargetOverride } from "./customer.js";

/** What somebody should look into about a customer's terms. */
export type TermsFlag = "no-contract" | "contract-expired" | "unknown-tier" | "unknown-calendar";

/** A customer's terms with what is irregular about them. */
export type FlaggedTerms = CustomerTerms & { readonly flags: readonly TermsFlag[] };

type NamedCalendar = { readonly name: string; readonly calendar: BusinessCalendar; readonly roundTheClock: boolean };

/** Resolves the terms that bind at an instant, which is the start of the customer's clock; other customers' contracts are ignored. */
export function termsFor(
  customer: Pick<Customer, "id">,
  contracts: readonly Contract[],
  policy: Policy,
  at: Date,
): FlaggedTerms {
  const own = contracts.filter(({ customerId }) => customerId === customer.id);
  const contract =
    latest(own.filter((version) => isInForce(version, at))) ?? latest(own.filter(({ validFrom }) => validFrom <= at));
  const flags: TermsFlag[] = [];
  if (contract === null) flags.push("no-contract");
  else if (!isInForce(contract, at)) flags.push("contract-expired");
  const calendar = calendarOf(contract, policy, flags);
  return {
    id: customer.id,
    contract: contract === null ? null : { id: contract.id, version: contract.version },
    calendarName: calendar.name,
    calendar: calendar.calendar,
    targets: targetsOf(contract, policy, calendar.roundTheClock, flags),
    pauseOnThirdParty: contract?.pauseOnThirdParty ?? false,
    affectedFrom: null,
    flags,
  };
}

function isInForce({ validFrom, validTo }: Contract, at: Date): boolean {
  return validFrom <= at && (validTo === null || at < validTo);
}

/** The version that began last binds; of two that began together, the higher number. */
function latest(contracts: readonly Contract[]): Contract | null {
  return contracts.reduce<Contract | null>((best, contract) => {
    if (best === null) return contract;
    const later = contract.validFrom.getTime() - best.validFrom.getTime() || contract.version - best.version;
    return later > 0 ? contract : best;
  }, null);
}

function calendarOf(contract: Contract | null, policy: Policy, flags: TermsFlag[]): NamedCalendar {
  const wanted = contract?.calendar ?? policy.businessCalendar;
  if (typeof wanted !== "string") return { name: "custom", calendar: wanted, roundTheClock: false };
  const business = businessCalendarOf(policy);
  // A cell that the contract still counts in business minutes needs a calendar, so the policy's stays.
  if (wanted === "24x7") return { name: policy.businessCalendar, calendar: business, roundTheClock: true };
  const calendar = Object.hasOwn(policy.calendars, wanted) ? policy.calendars[wanted] : undefined;
  if (calendar !== undefined) return { name: wanted, calendar, roundTheClock: false };
  flags.push("unknown-calendar");
  return { name: policy.businessCalendar, calendar: business, roundTheClock: false };
}

function targetsOf(
  contract: Contract | null,
  policy: Policy,
  roundTheClock: boolean,
  flags: TermsFlag[],
): Readonly<Record<Level, LevelTargets>> {
  const wanted = contract?.tier ?? policy.defaultTier;
  const isKnown = Object.hasOwn(policy.tiers, wanted);
  if (!isKnown) flags.push("unknown-tier");
  const tier = policy.tiers[isKnown ? wanted : policy.defaultTier];
  if (tier === undefined) throw new Error(`Policy ${policy.id} lacks its default tier.`);
  const cell = (level: Level, clock: ContractClock) =>
    resolveTarget(tier.targets[level][clock], contract?.targets?.[level]?.[clock], roundTheClock);
  const both = (level: Level): LevelTargets => ({
    response: cell(level, "response"),
    resolution: cell(level, "resolution"),
  });
  return { 1: both(1), 2: both(2), 3: both(3), 4: both(4) };
}

/** A contract round the clock counts every minute, unless its own cell says otherwise. */
function resolveTarget(base: Target, override: TargetOverride | undefined, roundTheClock: boolean): Target {
  const minutes = override?.minutes ?? base.minutes;
  return { minutes, counted: override?.counted ?? (roundTheClock ? "24x7" : base.counted) };
}
