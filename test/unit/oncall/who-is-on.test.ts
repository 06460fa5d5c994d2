import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { OnCallRoster } from "../../../src/domain/oncall/who-is-on.js";
import { whoIsOn } from "../../../src/domain/oncall/who-is-on.js";

const at = new Date("2026-11-23T13:00:00Z");
const roster: OnCallRoster = {
  default: { primary: [{ personId: "bruno" }, { personId: "carla" }], director: [{ personId: "fabio" }] },
  services: { relatorios: { primary: [{ personId: "carla" }] } },
};

describe("who is on", () => {
  it("is whom the service names", () => {
    expect(whoIsOn(roster, { role: "primary", serviceId: "relatorios", at })).toEqual({
      personIds: ["carla"],
      explanation: { kind: "assigned-to-service", role: "primary", serviceId: "relatorios" },
    });
  });

  test.each([["relatorios"], ["checkout"], ["constructor"], [null]])(
    "falls back to the default when the service %j names nobody for the role",
    (serviceId) => {
      expect(whoIsOn(roster, { role: "director", serviceId, at })).toEqual({
        personIds: ["fabio"],
        explanation: { kind: "assigned-by-default", role: "director" },
      });
    },
  );

  it("keeps the order in which people are reached", () => {
    expect(whoIsOn(roster, { role: "primary", serviceId: "checkout", at }).personIds).toEqual(["bruno", "carla"]);
  });

  it("is nobody for an empty role, and says so", () => {
    expect(whoIsOn(roster, { role: "executive", serviceId: null, at })).toEqual({
      personIds: [],
      explanation: { kind: "nobody-assigned", role: "executive" },
    });
  });

  it("changes at the instant at which a period ends and another begins", () => {
    const change = new Date("2026-11-23T13:00:00Z");
    const shifts: OnCallRoster = {
      default: {
        primary: [
          { personId: "bruno", until: change },
          { personId: "carla", from: change },
        ],
      },
      services: {},
    };
    const on = (instant: Date) => whoIsOn(shifts, { role: "primary", serviceId: null, at: instant }).personIds;
    expect(on(new Date(change.getTime() - 1))).toEqual(["bruno"]);
    expect(on(change)).toEqual(["carla"]);
  });

  it("falls back to the default when the service's people are all off", () => {
    const off: OnCallRoster = {
      ...roster,
      services: { relatorios: { primary: [{ personId: "carla", until: at }] } },
    };
    expect(whoIsOn(off, { role: "primary", serviceId: "relatorios", at }).explanation.kind).toBe("assigned-by-default");
  });

  it("names a person once, and only people in a period that holds the instant", () => {
    const instant = fc.date({ min: new Date(0), max: new Date(1e12), noInvalidDate: true });
    const assignment = fc.record(
      { personId: fc.constantFrom("a", "b", "c"), from: instant, until: instant },
      { requiredKeys: ["personId"] },
    );
    fc.assert(
      fc.property(fc.array(assignment), instant, (assignments, now) => {
        const { personIds } = whoIsOn(
          { default: { primary: assignments }, services: {} },
          { role: "primary", serviceId: null, at: now },
        );
        const expected = new Set(
          assignments
            .filter(({ from = new Date(-1), until = new Date(2e12) }) => +from <= +now && +now < +until)
            .map(({ personId }) => personId),
        );
        expect(personIds).toEqual([...expected]);
      }),
    );
  });
});
