import { businessCalendarOf } from "../policy/business-calendar-of.js";
import type { Policy } from "../policy/policy.js";
import type { CustomerTerms } from "./clock-history.js";

/** Id of the internal pair of clocks of an incident whose customers are not known yet. */
export const PLACEHOLDER_ID = "-";

/** Terms of the internal pair: the default tier without a contract. */
export function placeholderTerms(policy: Policy): CustomerTerms {
  const targets = policy.tiers[policy.defaultTier]?.targets;
  if (targets === undefined) throw new Error(`Policy ${policy.id} lacks its default tier.`);
  return {
    id: PLACEHOLDER_ID,
    contract: null,
    calendarName: policy.businessCalendar,
    calendar: businessCalendarOf(policy),
    targets,
    pauseOnThirdParty: false,
    affectedFrom: null,
  };
}
