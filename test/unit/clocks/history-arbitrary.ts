// Random incidents: facts in order of time, plausible or not, for properties of the clock engine.
import fc from "fast-check";
import type { ClockFact, ClockHistory, CustomerTerms } from "../../../src/domain/clocks/clock-history.js";
import { termsFor } from "../../../src/domain/customers/terms-for.js";
import type { Level } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";

const MINUTE = 60_000;
const FRIDAY = Date.parse("2026-11-13T12:00:00-03:00");
const CUSTOMERS = ["A", "B", "C"] as const;

const level = fc.constantFrom<Level>(1, 2, 3, 4);
const who = fc.option(fc.subarray([...CUSTOMERS], { minLength: 1 }), { nil: null });

/** Terms of a customer on a tier, as the policy pins them. */
export function termsOf(id: string, tier: string, rest: Partial<CustomerTerms> = {}): CustomerTerms {
  const contract = {
    id,
    customerId: id,
    version: 1,
    tier,
    validFrom: new Date(0),
    validTo: null,
    pauseOnThirdParty: tier === "premium",
  };
  return { ...termsFor({ id }, [contract], cuboSuitePolicyV1, new Date(FRIDAY)), ...rest };
}

const terms = (id: string) =>
  fc
    .record({
      tier: fc.constantFrom("basico", "padrao", "premium", "enterprise"),
      minutes: fc.integer({ min: -300, max: 300 }),
    })
    .map(({ tier, minutes }) =>
      termsOf(id, tier, minutes > 0 ? { affectedFrom: new Date(FRIDAY + minutes * MINUTE) } : {}),
    );

const someTerms = fc.constantFrom(...CUSTOMERS).chain(terms);

type Undated = ClockFact extends infer Fact ? (Fact extends unknown ? Omit<Fact, "at"> : never) : never;

const undated: fc.Arbitrary<Undated> = fc.oneof(
  fc.constant({ kind: "taken" as const }),
  fc.record({
    kind: fc.constant("reclassified" as const),
    level,
    cause: fc.constantFrom("corrected" as const, "worsened" as const, "lowered" as const),
    effectiveFrom: fc.nat(600).map((minutes) => new Date(FRIDAY + minutes * MINUTE)),
  }),
  fc.record({
    kind: fc.constant("paused" as const),
    reason: fc.constantFrom("waiting-customer" as const, "waiting-third-party" as const),
    customers: who,
  }),
  fc.record({ kind: fc.constant("resumed" as const), customers: who }),
  fc.constantFrom(
    { kind: "mitigated" as const },
    { kind: "regressed" as const },
    { kind: "resolved" as const },
    { kind: "reopened" as const },
  ),
  fc.record({ kind: fc.constant("customer-added" as const), customer: someTerms }),
  fc.record({ kind: fc.constant("customer-removed" as const), id: fc.constantFrom(...CUSTOMERS) }),
  fc.record({
    kind: fc.constant("merged-in" as const),
    customers: fc.array(
      someTerms.map((merged) => ({ ...merged, slaStartAt: new Date(FRIDAY - 60 * MINUTE) })),
      { maxLength: 2 },
    ),
  }),
  fc.record({ kind: fc.constant("inputs-changed" as const), customers: fc.array(someTerms, { maxLength: 2 }) }),
);

/** A history of up to 14 facts within a few days, with gaps from nothing to ten hours. */
export const historyArbitrary: fc.Arbitrary<ClockHistory> = fc
  .record({
    level,
    lateMinutes: fc.constantFrom(0, 0, 30, 2_000),
    customers: fc.subarray([...CUSTOMERS]).chain((ids) => fc.tuple(...ids.map(terms))),
    steps: fc.array(fc.tuple(fc.oneof(fc.constantFrom(0, 15, 60, 120), fc.nat(600)), undated), { maxLength: 14 }),
  })
  .map(({ level: first, lateMinutes, customers, steps }) => {
    const declaredAt = new Date(FRIDAY);
    let at = FRIDAY;
    const facts = steps.map(([minutes, fact]) => {
      at += minutes * MINUTE;
      return { ...fact, at: new Date(at) } as ClockFact;
    });
    return { level: first, detectedAt: new Date(FRIDAY - lateMinutes * MINUTE), declaredAt, customers, facts };
  });

/** An instant within some four days of the declaration. */
export const nowArbitrary: fc.Arbitrary<Date> = fc
  .integer({ min: 0, max: 6_000 })
  .map((minutes) => new Date(FRIDAY + minutes * MINUTE));
