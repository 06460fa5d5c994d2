import type { ClassificationRules, Scope } from "../policy/policy.js";
import type { ScopeCounts } from "./classification.js";

/** Computes the scope from what was counted; null when the counts do not decide it. */
export function scopeFromCounts(counts: ScopeCounts, rules: ClassificationRules): Scope | null {
  const users = counts.users ?? 0;
  if (counts.allUsers === true || users >= rules.largeUsers || isLargeShare(counts, rules)) return "large";
  if (counts.wholeCustomer === true && users >= rules.wholeCustomerMinUsers) return "small_number";
  if ((counts.customers ?? 0) >= 2 || users > rules.smallNumberAboveUsers) return "small_number";
  if (users >= 2) return "small_group";
  return users === 1 ? "single" : null;
}

function isLargeShare(
  { users = 0, monthlyActiveUsers = 0 }: ScopeCounts,
  { largeShare }: ClassificationRules,
): boolean {
  if (monthlyActiveUsers <= 0 || users <= largeShare.moreThanUsers) return false;
  return users * 100 >= monthlyActiveUsers * largeShare.percentOfMonthlyActive;
}
