import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { termsFor } from "../../../src/domain/customers/terms-for.js";
import { parseCustomersFile } from "../../../src/formats/customers-file.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";

const read = (text: string) => parseCustomersFile(text, { policy });
const found = (text: string) => {
  const parsed = read(text);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
};
const value = (text: string) => {
  const parsed = read(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};

/** A file with one service, one customer in Manaus and the given contracts. */
const withContracts = (...contracts: string[]) => `services: [{id: checkout, name: Checkout}]
customers: [{id: vida, name: Hospital Vida, zone: America/Manaus, services: [checkout]}]
contracts: [${contracts.join(", ")}]`;

describe("the example customers file", () => {
  const example = value(readFileSync("docs/examples/customers.yaml", "utf8"));
  const at = new Date("2026-11-23T13:00:00Z");

  test.each([
    ["padaria-aurora", "padrao", "BR-COMERCIAL"],
    ["hospital-vida", "enterprise", "custom"],
    ["loja-norte", "basico", "BR-COMERCIAL"],
  ])("gives %s the tier %s and the calendar %s", (id, tier, calendarName) => {
    const terms = termsFor({ id }, example.contracts, policy, at);
    expect(terms).toMatchObject({ calendarName, targets: policy.tiers[tier]?.targets, flags: [] });
  });

  it("names the three services", () => {
    expect(example.services.map(({ name }) => name)).toEqual(["Checkout", "Login", "Relatórios"]);
  });
});

/** Any UTF-16 unit, lone surrogates too. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

describe("a customers file", () => {
  it("needs no contracts", () => {
    expect(value("services: []\ncustomers: [{id: aurora, name: Aurora, services: []}]")).toEqual({
      services: [],
      customers: [{ id: "aurora", name: "Aurora", services: [] }],
      contracts: [],
      contacts: [],
      phoneCountries: ["BR", "PT", "ES", "MX", "AR", "CL", "CO", "UY", "PY", "US"],
    });
  });

  it("reads plain dates as days of the customer's zone, the last one included", () => {
    const [contract] = value(
      withContracts("{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01, validTo: 2026-12-31}"),
    ).contracts;
    expect(contract).toEqual({
      id: "c",
      customerId: "vida",
      version: 1,
      tier: "padrao",
      validFrom: new Date("2026-01-01T04:00:00Z"),
      validTo: new Date("2027-01-01T04:00:00Z"),
      pauseOnThirdParty: false,
    });
  });

  it("reads the dates of a customer without a zone in the zone of the business calendar", () => {
    const text = withContracts("{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01}").replace(
      "zone: America/Manaus, ",
      "",
    );
    expect(value(text).contracts[0]?.validFrom).toEqual(new Date("2026-01-01T03:00:00Z"));
  });

  it("keeps overrides of single cells", () => {
    const text = withContracts(
      "{id: c, customer: vida, tier: premium, validFrom: 2026-01-01, targets: {2: {resolution: {minutes: 180}}}}",
    );
    expect(value(text).contracts[0]?.targets).toEqual({ 2: { resolution: { minutes: 180 } } });
  });

  test.each<[string, string, string[]]>([
    [
      "references to nothing",
      "{id: c, customer: nobody, tier: ouro, calendar: MARTE, validFrom: 2026-01-01}",
      [
        "contracts.0.customer: unknown-customer",
        "contracts.0.tier: unknown-tier",
        "contracts.0.calendar: unknown-calendar",
      ],
    ],
    [
      "an end before its beginning",
      "{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01, validTo: 2025-12-31}",
      ["contracts.0.validTo: ends-before-start"],
    ],
    [
      "a calendar that cannot be",
      '{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01, calendar: {zone: Marte, open: "18:00", close: "09:00", days: [1], holidays: none}}',
      ["contracts.0.calendar.zone: unknown-zone", "contracts.0.calendar.close: inverted-hours"],
    ],
    [
      "half a calendar",
      '{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01, calendar: {zone: UTC, open: "09:00", close: "18:00"}}',
      ["contracts.0.calendar.days: missing", "contracts.0.calendar.holidays: missing"],
    ],
    [
      "a response longer than its resolution",
      "{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01, targets: {1: {resolution: {minutes: 10}}}}",
      ["contracts.0.targets.1: response-after-resolution"],
    ],
    [
      "a level that does not exist",
      "{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01, targets: {5: {}}}",
      ["contracts.0.targets.5: unknown-key"],
    ],
    [
      "the same version twice",
      "{id: c, customer: vida, tier: padrao, validFrom: 2026-01-01}, {id: c, customer: vida, tier: padrao, validFrom: 2026-02-01}",
      ["contracts.1.version: duplicate"],
    ],
    [
      "no tier and no beginning",
      "{id: c, customer: vida}",
      ["contracts.0.tier: missing", "contracts.0.validFrom: missing"],
    ],
  ])("with a contract that has %s is refused", (_, contract, expected) => {
    expect(found(withContracts(contract))).toEqual(expected);
  });

  it("tells everything wrong at once, and does not blame references to a bad row", () => {
    const text = `services: [{id: checkout}, {id: login, name: Login}, {id: login, name: Login}]
customers: [{id: vida, name: Vida, services: [checkout, relatorios]}, {id: aurora, services: [login]}]
contracts: [{id: c, customer: aurora, tier: ouro, validFrom: 2026-01-01}]`;
    expect(found(text)).toEqual([
      "services.0.name: missing",
      "customers.1.name: missing",
      "services.2.id: duplicate",
      "customers.0.services.1: unknown-service",
      "contracts.0.tier: unknown-tier",
    ]);
  });

  it("of any text at all gives customers or problems, never an exception", () => {
    const anything = fc.oneof(fc.string({ unit }), fc.json());
    const rows = fc
      .jsonValue()
      .map((row) => JSON.stringify({ services: [row], customers: [row], contracts: [row, { calendar: row }] }));
    fc.assert(
      fc.property(fc.oneof(anything, rows), (text) => {
        const parsed = read(text);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});
