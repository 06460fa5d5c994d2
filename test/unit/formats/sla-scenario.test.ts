import { describe, expect, test } from "vitest";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import { parseSlaScenario } from "../../../src/formats/sla-scenario.js";

const at = "2026-11-23T10:00:00-03:00";
const incident = { level: 3, kind: "real", detectedAt: at, declaredAt: at };
const manaus = { zone: "America/Manaus", open: "08:00", close: "18:00", days: [1, 2, 3, 4, 5], holidays: "BR" };

const parse = (scenario: unknown) => parseSlaScenario(JSON.stringify(scenario), { policy, language: "en" });

function accepted(scenario: object) {
  const parsed = parse({ incident, ...scenario });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

function problems(scenario: unknown): string[] {
  const parsed = parse(scenario);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path} ${code}`);
}

const customer = (rest: object) => ({ incident, customers: [{ id: "A", tier: "padrao", ...rest }] });
const event = (rest: object) => ({ incident, events: [rest] });

describe("a scenario", () => {
  test("needs only what is declared", () => {
    const { history, until } = accepted({ incident: { level: 2, declaredAt: at } });
    expect(history).toEqual({
      level: 2,
      detectedAt: new Date(at),
      declaredAt: new Date(at),
      customers: [],
      facts: [],
    });
    expect(until).toEqual(new Date(at));
  });

  test("ends with its latest event unless it says otherwise", () => {
    const events = [
      { at: "2026-11-23T12:00:00-03:00", type: "taken" },
      { at: "2026-11-23T11:00:00-03:00", type: "mitigated" },
    ];
    expect(accepted({ events }).until).toEqual(new Date("2026-11-23T12:00:00-03:00"));
    expect(accepted({ events, until: "2026-11-27T00:00:00-03:00" }).until).toEqual(
      new Date("2026-11-27T00:00:00-03:00"),
    );
  });

  test("cannot end before its declaration", () => {
    expect(problems({ incident, until: "2026-11-23T09:59:00-03:00" })).toEqual(["until ends-before-start"]);
  });

  test("turns its events into facts in the same order", () => {
    const events = [
      { at, type: "reclassified", level: 1, cause: "worsened" },
      { at, type: "reclassified", level: 2, cause: "lowered", effectiveFrom: "2026-11-23T09:00:00-03:00" },
      { at, type: "paused", reason: "waiting-customer", customers: ["A"] },
      { at, type: "resumed" },
      { at, type: "customer-added", customer: { id: "C", tier: "enterprise" } },
      { at, type: "customer-removed", id: "A", reason: "not affected" },
      { at, type: "merged", customers: [{ id: "D", tier: "padrao", slaStartAt: at }] },
    ];
    expect(accepted({ events }).history.facts).toMatchObject([
      { kind: "reclassified", level: 1, cause: "worsened", effectiveFrom: new Date(at) },
      { kind: "reclassified", level: 2, cause: "lowered", effectiveFrom: new Date("2026-11-23T12:00:00Z") },
      { kind: "paused", reason: "waiting-customer", customers: ["A"] },
      { kind: "resumed", customers: null },
      { kind: "customer-added", customer: { id: "C" } },
      { kind: "customer-removed", id: "A" },
      { kind: "merged-in", customers: [{ id: "D", slaStartAt: new Date(at) }] },
    ]);
  });
});

describe("a customer's terms", () => {
  test("are those of the tier", () => {
    const [terms] = accepted(customer({})).history.customers;
    expect(terms).toMatchObject({ calendarName: "BR-COMERCIAL", pauseOnThirdParty: false, affectedFrom: null });
    expect(terms?.targets).toEqual(policy.tiers["padrao"]?.targets);
  });

  test("take overrides cell by cell and keep how the tier counts them", () => {
    const targets = { "3": { resolution: { minutes: 600 } }, "2": { response: { minutes: 20, counted: "business" } } };
    const [terms] = accepted(customer({ targets })).history.customers;
    expect(terms?.targets[3]).toEqual({
      response: { minutes: 240, counted: "business" },
      resolution: { minutes: 600, counted: "business" },
    });
    expect(terms?.targets[2]).toEqual({
      response: { minutes: 20, counted: "business" },
      resolution: { minutes: 480, counted: "24x7" },
    });
  });

  test("name a calendar of their own custom", () => {
    const calendar = { ...manaus, exceptions: { "2026-12-24": ["08:00", "14:00"], "2027-02-08": null } };
    const [terms] = accepted(customer({ calendar })).history.customers;
    expect(terms).toMatchObject({ calendarName: "custom", calendar });
  });
});

describe("what is wrong", () => {
  test.each([
    [
      "an unknown zone",
      customer({ calendar: { ...manaus, zone: "America/Manau" } }),
      ["customers.0.calendar.zone unknown-zone"],
    ],
    [
      "an offset for a zone",
      customer({ calendar: { ...manaus, zone: "-04:00" } }),
      ["customers.0.calendar.zone unknown-zone"],
    ],
    [
      "inverted hours",
      customer({ calendar: { ...manaus, open: "19:00" } }),
      ["customers.0.calendar.close inverted-hours"],
    ],
    [
      "inverted special hours",
      customer({ calendar: { ...manaus, exceptions: { "2026-12-24": ["14:00", "08:00"] } } }),
      ["customers.0.calendar.exceptions.2026-12-24 inverted-hours"],
    ],
    [
      "a date that does not exist",
      customer({ calendar: { ...manaus, holidays: ["2026-02-30"] } }),
      ["customers.0.calendar.holidays.0 impossible-date"],
    ],
    ["an unknown calendar", customer({ calendar: "US" }), ["customers.0.calendar unknown-calendar"]],
    ["an unknown tier", customer({ tier: "gold" }), ["customers.0.tier unknown-tier"]],
    ["no tier", { incident, customers: [{ id: "A" }] }, ["customers.0.tier missing"]],
    [
      "a repeated id",
      {
        incident,
        customers: [
          { id: "A", tier: "padrao" },
          { id: "A", tier: "basico" },
        ],
      },
      ["customers.1.id duplicate"],
    ],
    [
      "a target of no time",
      customer({ targets: { "1": { response: { minutes: 0 } } } }),
      ["customers.0.targets.1.response.minutes too-small"],
    ],
    [
      "a target that the calendar never offers",
      customer({ calendar: { ...manaus, open: "08:00", close: "08:01", days: [1] } }),
      ["customers.0.targets.4.resolution.minutes too-large"],
    ],
    ["a misspelt field", customer({ affectedfrom: at }), ["customers.0.affectedfrom unknown-key"]],
    ["a level that does not exist", { incident: { ...incident, level: 5 } }, ["incident.level invalid-value"]],
    [
      "an instant without its offset",
      { incident: { ...incident, declaredAt: "2026-11-23T10:00:00" } },
      ["incident.declaredAt bad-format"],
    ],
    [
      "an instant that does not exist",
      { incident: { ...incident, declaredAt: "2026-02-30T10:00:00Z" } },
      ["incident.declaredAt bad-format"],
    ],
    [
      "a year out of reach",
      { incident: { ...incident, declaredAt: "1900-01-01T10:00:00Z" } },
      ["incident.declaredAt bad-format"],
    ],
    ["an unknown event", event({ at, type: "exploded" }), ["events.0.type invalid-value"]],
    ["an event without a type", event({ at }), ["events.0.type missing"]],
    ["an event that is a number", { incident, events: [3] }, ["events.0 not-a-map"]],
    ["an unknown pause reason", event({ at, type: "paused", reason: "lunch" }), ["events.0.reason invalid-value"]],
    [
      "an unknown cause",
      event({ at, type: "reclassified", level: 1, cause: "luck" }),
      ["events.0.cause invalid-value"],
    ],
    [
      "a merge without starts",
      event({ at, type: "merged", customers: [{ id: "C", tier: "padrao" }] }),
      ["events.0.customers.0.slaStartAt missing"],
    ],
    ["nothing", null, [" missing"]],
    ["a list", [], [" not-a-map"]],
  ])("%s is said with its path and code", (_, scenario, expected) => {
    expect(problems(scenario)).toEqual(expected);
  });

  test("is all said at once, meaning and shape alike", () => {
    const scenario = {
      incident: { ...incident, level: 9, extra: 1 },
      customers: [{ tier: "gold", calendar: { ...manaus, zone: "X" } }],
      events: [
        { type: "customer-added", at: "yesterday", customer: { id: "B", tier: "silver" } },
        { type: "merged", at, customers: [{ id: "C", tier: "padrao", calendar: "MARS", slaStartAt: "soon" }] },
      ],
    };
    expect(problems(scenario).sort()).toEqual([
      "customers.0.calendar.zone unknown-zone",
      "customers.0.id missing",
      "customers.0.tier unknown-tier",
      "events.0.at bad-format",
      "events.0.customer.tier unknown-tier",
      "events.1.customers.0.calendar unknown-calendar",
      "events.1.customers.0.slaStartAt bad-format",
      "incident.extra unknown-key",
      "incident.level invalid-value",
    ]);
  });

  test("is said in Portuguese by default, with what to do", () => {
    const parsed = parseSlaScenario("{", { policy });
    expect(parsed).toMatchObject({ ok: false, problems: [{ path: "", code: "invalid-yaml" }] });
    expect(JSON.stringify(parsed)).toContain("JSON válido");
  });
});
