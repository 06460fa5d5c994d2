import { expect, test } from "vitest";
import type { ScopeCounts } from "../../../src/domain/classification/classification.js";
import { scopeFromCounts } from "../../../src/domain/classification/scope-from-counts.js";
import type { Scope } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";

test.each<[ScopeCounts, Scope | null]>([
  [{ allUsers: true }, "large"],
  [{ users: 500 }, "large"],
  [{ users: 499 }, "small_number"],
  [{ users: 11, monthlyActiveUsers: 110 }, "large"],
  [{ users: 11, monthlyActiveUsers: 111 }, "small_number"],
  [{ users: 10, monthlyActiveUsers: 20 }, "small_group"],
  [{ users: 11 }, "small_number"],
  [{ users: 10 }, "small_group"],
  [{ users: 2, customers: 1 }, "small_group"],
  [{ users: 2, customers: 2 }, "small_number"],
  [{ customers: 2 }, "small_number"],
  [{ users: 5, wholeCustomer: true }, "small_number"],
  [{ users: 4, wholeCustomer: true }, "small_group"],
  [{ users: 1, wholeCustomer: true }, "single"],
  [{ wholeCustomer: true }, null],
  [{ users: 1 }, "single"],
  [{ customers: 1 }, null],
  [{}, null],
])("%j is the scope %s", (counts, scope) => {
  expect(scopeFromCounts(counts, cuboSuitePolicyV1.classification)).toBe(scope);
});
