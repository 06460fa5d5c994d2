import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Contract } from "../../../src/domain/customers/customer.js";
import { termsFor } from "../../../src/domain/customers/terms-for.js";
import type { BusinessCalendar } from "../../../src/domain/policy/policy.js";
import { LEVELS } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";

const customer = { id: "padaria" };
const at = new Date("2026-11-23T13:00:00Z");
const manaus: BusinessCalendar = {
  zone: "America/Manaus",
  open: "08:00",
  close: "18:00",
  days: [1, 2, 3, 4, 5],
  holidays: "BR",
};
const aContract = (given: Partial<Contract> = {}): Contract => ({
  id: "c1",
  customerId: "padaria",
  version: 1,
  tier: "premium",
  validFrom: new Date("2026-01-01T03:00:00Z"),
  validTo: null,
  pauseOnThirdParty: false,
  ...given,
});
const terms = (...contracts: Contract[]) => termsFor(customer, contracts, policy, at);

describe("terms", () => {
  it("of a customer without a contract are the default tier's, with no contract named", () => {
    expect(terms()).toEqual({
      id: "padaria",
      contract: null,
      calendarName: "BR-COMERCIAL",
      calendar: policy.calendars["BR-COMERCIAL"],
      targets: policy.tiers["padrao"]?.targets,
      pauseOnThirdParty: false,
      affectedFrom: null,
      flags: ["no-contract"],
    });
  });

  it("come from the contract in force", () => {
    const { contract, targets, pauseOnThirdParty, flags } = terms(aContract({ pauseOnThirdParty: true }));
    expect({ contract, pauseOnThirdParty, flags }).toEqual({
      contract: { id: "c1", version: 1 },
      pauseOnThirdParty: true,
      flags: [],
    });
    expect(targets).toEqual(policy.tiers["premium"]?.targets);
  });

  it("ignore the contracts of other customers", () => {
    expect(terms(aContract({ customerId: "hospital" })).contract).toBeNull();
  });

  it("change at the first instant of a newer version, whatever the order of the list", () => {
    const older = aContract();
    const newer = aContract({ version: 2, tier: "enterprise", validFrom: at });
    for (const list of [
      [older, newer],
      [newer, older],
    ]) {
      expect(termsFor(customer, list, policy, at).contract?.version).toBe(2);
      expect(termsFor(customer, list, policy, new Date(at.getTime() - 1)).contract?.version).toBe(1);
    }
  });

  it("of two versions that begin together come from the higher number", () => {
    expect(terms(aContract({ version: 2 }), aContract({ version: 1 })).contract?.version).toBe(2);
  });

  it("of an expired contract stay, and are flagged from the instant at which it ended", () => {
    const ending = aContract({ validTo: at });
    expect(terms(ending)).toMatchObject({ contract: { id: "c1", version: 1 }, flags: ["contract-expired"] });
    expect(termsFor(customer, [ending], policy, new Date(at.getTime() - 1)).flags).toEqual([]);
  });

  it("prefer a contract in force to one that began later and ended", () => {
    const ended = aContract({ id: "c2", validFrom: new Date("2026-06-01T00:00:00Z"), validTo: at });
    expect(terms(aContract(), ended)).toMatchObject({ contract: { id: "c1" }, flags: [] });
  });

  it("do not come from a contract that has not begun", () => {
    expect(terms(aContract({ validFrom: new Date(at.getTime() + 1) })).flags).toEqual(["no-contract"]);
  });
});

describe("a contract's calendar", () => {
  it("of its own replaces the business calendar and leaves round-the-clock targets alone", () => {
    const { calendarName, calendar, targets } = terms(aContract({ calendar: manaus }));
    expect({ calendarName, calendar }).toEqual({ calendarName: "custom", calendar: manaus });
    expect(targets).toEqual(policy.tiers["premium"]?.targets);
  });

  it("by name is the policy's", () => {
    const own = { ...policy, calendars: { ...policy.calendars, MANAUS: manaus } };
    const named = termsFor(customer, [aContract({ calendar: "MANAUS" })], own, at);
    expect(named).toMatchObject({ calendarName: "MANAUS", calendar: manaus, flags: [] });
  });

  it("round the clock counts every minute, but for cells that say otherwise", () => {
    const counted = { minutes: 60, counted: "business" } as const;
    const { targets } = terms(aContract({ calendar: "24x7", targets: { 3: { response: counted } } }));
    expect(targets[3]).toEqual({ response: counted, resolution: { minutes: 1_080, counted: "24x7" } });
    expect(targets[4].response).toEqual({ minutes: 240, counted: "24x7" });
  });

  test.each(["MANAUS", "constructor"])("that the policy does not have (%s) is flagged", (calendar) => {
    expect(terms(aContract({ calendar }))).toMatchObject({ calendarName: "BR-COMERCIAL", flags: ["unknown-calendar"] });
  });
});

describe("a contract's targets", () => {
  it("replace single cells and keep how the tier counts them", () => {
    const { targets } = terms(aContract({ targets: { 2: { resolution: { minutes: 180 } } } }));
    expect(targets[2]).toEqual({
      response: { minutes: 30, counted: "24x7" },
      resolution: { minutes: 180, counted: "24x7" },
    });
    expect(targets[1]).toEqual(policy.tiers["premium"]?.targets[1]);
  });

  test.each(["ouro", "__proto__"])(
    "of a tier that the policy does not have (%s) are the default's, flagged",
    (tier) => {
      const { targets, flags } = terms(aContract({ tier }));
      expect({ targets, flags }).toEqual({ targets: policy.tiers["padrao"]?.targets, flags: ["unknown-tier"] });
    },
  );

  it("that are overridden are exactly those that change", () => {
    const cell = fc.record({
      minutes: fc.integer({ min: 1, max: 10_000 }),
      counted: fc.constantFrom("24x7", "business"),
    });
    const overrides = fc.record(
      { 1: fc.record({ response: cell, resolution: cell }, { requiredKeys: [] }), 3: fc.record({ response: cell }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(overrides, (given) => {
        const { targets } = terms(aContract({ targets: given }));
        for (const level of LEVELS) {
          const base = policy.tiers["premium"]?.targets[level];
          const own = level === 1 || level === 3 ? given[level] : undefined;
          expect(targets[level]).toEqual({ ...base, ...own });
        }
      }),
    );
  });
});
