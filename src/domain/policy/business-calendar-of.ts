import type { BusinessCalendar, Policy } from "./policy.js";

/** The business calendar that the policy names for its own counting. */
export const businessCalendarOf = (policy: Policy): BusinessCalendar => {
  const calendar = policy.calendars[policy.businessCalendar];
  if (calendar === undefined)
    throw new Error(`The policy names a business calendar that it does not define: ${policy.businessCalendar}.`);
  return calendar;
};
