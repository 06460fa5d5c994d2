// The terms of a customer in a scenario: a contract made up for the occasion, resolved as real contracts are.
import type { CustomerTerms } from "../domain/clocks/clock-history.js";
import type { Contract } from "../domain/customers/customer.js";
import { termsFor } from "../domain/customers/terms-for.js";
import { type BusinessCalendar, LEVELS, type Policy } from "../domain/policy/policy.js";
import { validateCalendar } from "../domain/policy/validate-calendar.js";
import type { Problem } from "./file-problem.js";
import { calendarSchema, checkShape } from "./file-schema.js";
import type { ScenarioCustomer } from "./sla-scenario-schema.js";

const EPOCH = new Date(0);
const MOST_YEARS = 100;

/** The pinned terms of a customer; a calendar of its own is called custom. */
export function scenarioTerms(customer: ScenarioCustomer, policy: Policy): CustomerTerms {
  const { id, contract, calendarName, calendar, targets, pauseOnThirdParty } = termsFor(
    { id: customer.id },
    [contractOf(customer)],
    policy,
    EPOCH,
  );
  return {
    ...{ id, contract, calendarName, calendar, targets, pauseOnThirdParty },
    affectedFrom: customer.affectedFrom ?? null,
    ...(customer.slaStartAt === undefined ? {} : { slaStartAt: customer.slaStartAt }),
  };
}

/** What is wrong with the meaning of a customer, found even where its shape is wrong elsewhere. */
export function meaningProblems(raw: unknown, path: string, policy: Policy): Problem[] {
  if (typeof raw !== "object" || raw === null) return [];
  const { tier, calendar } = raw as { readonly tier?: unknown; readonly calendar?: unknown };
  return [...tierProblems(tier, `${path}.tier`, policy), ...calendarProblems(calendar, `${path}.calendar`, policy)];
}

/** What is wrong with a customer whose shape and meaning are right: targets that its calendar can never offer. */
export function reachProblems(customer: ScenarioCustomer, path: string, policy: Policy): Problem[] {
  const { calendar, targets } = scenarioTerms(customer, policy);
  const maximum = weeklyMinutes(calendar) * 52 * MOST_YEARS;
  return LEVELS.flatMap((level) =>
    (["response", "resolution"] as const).flatMap((clock): Problem[] => {
      const { minutes, counted } = targets[level][clock];
      if (counted === "24x7" || minutes <= maximum) return [];
      return [
        {
          path: `${path}.targets.${level}.${clock}.minutes`,
          code: "too-large",
          values: { received: minutes, maximum },
        },
      ];
    }),
  );
}

function contractOf({ id, tier, calendar, targets, pauseOnThirdParty }: ScenarioCustomer): Contract {
  return {
    id,
    customerId: id,
    version: 1,
    tier,
    ...(calendar === undefined ? {} : { calendar }),
    ...(targets === undefined ? {} : { targets }),
    validFrom: EPOCH,
    validTo: null,
    pauseOnThirdParty,
  };
}

function tierProblems(tier: unknown, path: string, policy: Policy): Problem[] {
  if (typeof tier !== "string" || !/\S/.test(tier) || Object.hasOwn(policy.tiers, tier)) return [];
  return [{ path, code: "unknown-tier", values: { received: tier, known: Object.keys(policy.tiers).join(", ") } }];
}

function calendarProblems(calendar: unknown, path: string, policy: Policy): Problem[] {
  if (typeof calendar === "string") {
    if (!/\S/.test(calendar) || calendar === "24x7" || Object.hasOwn(policy.calendars, calendar)) return [];
    const known = ["24x7", ...Object.keys(policy.calendars)].join(", ");
    return [{ path, code: "unknown-calendar", values: { received: calendar, known } }];
  }
  const shaped = checkShape(calendarSchema, calendar);
  return "value" in shaped ? validateCalendar(shaped.value, path) : [];
}

function weeklyMinutes({ open, close, days }: BusinessCalendar): number {
  return (minuteOfDay(close) - minuteOfDay(open)) * days.length;
}

function minuteOfDay(time: string): number {
  const [hour, minute] = time.split(":");
  return Number(hour) * 60 + Number(minute);
}
