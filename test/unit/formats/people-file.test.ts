import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { whoIsOn } from "../../../src/domain/oncall/who-is-on.js";
import { parsePeopleFile } from "../../../src/formats/people-file.js";

const zone = "America/Sao_Paulo";
const read = (text: string, serviceIds?: string[]) =>
  parsePeopleFile(text, { zone, ...(serviceIds === undefined ? {} : { serviceIds }) });
const found = (text: string, serviceIds?: string[]) => {
  const parsed = read(text, serviceIds);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
};
const value = (text: string) => {
  const parsed = read(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};

const ANA = "{id: ana, name: Ana, email: ana@cubosuite.example}";
const BRUNO = "{id: bruno, name: Bruno, email: bruno@cubosuite.example, roles: [primary]}";

describe("the example people file", () => {
  const example = value(readFileSync("docs/examples/people.yaml", "utf8"));

  it("has somebody on duty for every role of the ladder", () => {
    const at = new Date("2026-11-23T13:00:00Z");
    const primary = (serviceId: string) => whoIsOn(example.roster, { role: "primary", serviceId, at }).personIds;
    expect(Object.keys(example.roster.default).sort()).toEqual([
      "communications-lead",
      "director",
      "engineering-manager",
      "executive",
      "incident-commander",
      "on-call-lead",
      "primary",
      "responder",
      "secondary",
      "support-owner",
    ]);
    expect([primary("checkout"), primary("relatorios")]).toEqual([["bruno-lima"], ["carla-dias"]]);
  });

  it("uses only fictitious addresses and numbers", () => {
    expect(example.people).toHaveLength(9);
    for (const { email, phone } of example.people) {
      expect(email).toMatch(/@cubosuite\.example$/);
      expect(phone).toMatch(/^\+55119555501\d\d$/);
    }
  });
});

/** Any UTF-16 unit, lone surrogates too. */
const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));

describe("a people file", () => {
  it("of one person needs no roster, chat or phone", () => {
    expect(value(`people: [${ANA}]`)).toEqual({
      people: [{ id: "ana", name: "Ana", email: "ana@cubosuite.example", chat: {} }],
      roster: { default: {}, services: {} },
    });
  });

  test.each(["+55 (11) 95555-0101", "11 95555-0101", "(011) 95555.0101"])(
    "takes the phone %s as people write it",
    (phone) => {
      const text = `people: [{id: ana, name: Ana, email: ana@cubosuite.example, phone: "${phone}"}]`;
      expect(value(text).people[0]?.phone).toBe("+5511955550101");
    },
  );

  it("quotes addresses and numbers to a person at a terminal only", () => {
    const text = 'people: [{id: ana, name: Ana, email: ana-at-home, phone: "+55 11 3555-0101"}]';
    const said = (personal: "shown" | "concealed") => JSON.stringify(parsePeopleFile(text, { zone, personal }));
    expect(said("concealed")).not.toMatch(/ana-at-home|3555/);
    expect(said("shown")).toMatch(/ana-at-home.*3555-0101/);
    expect(said("concealed")).toBe(JSON.stringify(read(text)));
  });

  it("lets the roster replace what roles say, role by role", () => {
    const text = `people: [${ANA}, ${BRUNO}]\nroster: {default: {primary: [ana], director: [bruno]}}`;
    expect(value(text).roster.default).toEqual({ primary: [{ personId: "ana" }], director: [{ personId: "bruno" }] });
    expect(value(`people: [${ANA}, ${BRUNO}]`).roster.default).toEqual({ primary: [{ personId: "bruno" }] });
  });

  it("reads plain dates as whole days of the zone, the last one included", () => {
    const text = `people: [${ANA}]\nroster: {services: {login: {primary: [{person: ana, from: 2026-12-24, until: 2026-12-24}]}}}`;
    expect(value(text).roster.services["login"]?.primary).toEqual([
      { personId: "ana", from: new Date("2026-12-24T03:00:00Z"), until: new Date("2026-12-25T03:00:00Z") },
    ]);
  });

  it("reads a date and time at its own offset", () => {
    const text = `people: [${ANA}]\nroster: {default: {primary: [{person: ana, from: "2026-12-24T18:00:00-04:00"}]}}`;
    expect(value(text).roster.default.primary).toEqual([{ personId: "ana", from: new Date("2026-12-24T22:00:00Z") }]);
  });

  test.each<[string, string, string[]]>([
    ["no people", "roster: {}", ["people: missing"]],
    ["people that are no list", "people: {}", ["people: not-a-list"]],
    ["a person that is no map", "people: [ana]", ["people.0: not-a-map"]],
    ["an id with capitals", "people: [{id: Ana, name: Ana, email: a@b.example}]", ["people.0.id: bad-format"]],
    ["an e-mail that is none", "people: [{id: ana, name: Ana, email: ana}]", ["people.0.email: bad-format"]],
    [
      "a phone without quotes",
      "people: [{id: ana, name: Ana, email: a@b.example, phone: +5511955550101}]",
      ["people.0.phone: not-a-text"],
    ],
    [
      "a landline, a number that cannot exist, and one of a country left out",
      `phoneCountries: [BR]
people:
  - {id: ana, name: Ana, email: a@b.example, phone: "+55 11 3555-0101"}
  - {id: bia, name: Bia, email: b@b.example, phone: "+55 11 9555-0101"}
  - {id: caio, name: Caio, email: c@b.example, phone: "+351 912 345 678"}`,
      ["people.0.phone: phone-not-mobile", "people.1.phone: phone-invalid", "people.2.phone: phone-country"],
    ],
    [
      "an unknown zone, language, role and platform",
      "people: [{id: ana, name: Ana, email: a@b.example, zone: Marte, language: fr, roles: [boss], chat: {irc: ana}}]",
      [
        "people.0.chat.irc: unknown-key",
        "people.0.language: invalid-value",
        "people.0.zone: bad-format",
        "people.0.roles.0: invalid-value",
      ],
    ],
    [
      "an unknown person on duty",
      `people: [${ANA}]\nroster: {default: {primary: [bia]}}`,
      ["roster.default.primary.0: unknown-person"],
    ],
    [
      "an unknown role on duty",
      `people: [${ANA}]\nroster: {default: {boss: [ana]}}`,
      ["roster.default.boss: unknown-key"],
    ],
    [
      "a period that ends before it begins",
      `people: [${ANA}]\nroster: {default: {primary: [{person: ana, from: 2026-12-24, until: 2026-12-23}]}}`,
      ["roster.default.primary.0.until: ends-before-start"],
    ],
    [
      "a time without an offset",
      `people: [${ANA}]\nroster: {default: {primary: [{person: ana, from: "2026-12-24T18:00:00"}]}}`,
      ["roster.default.primary.0.from: bad-format"],
    ],
    [
      "an impossible day",
      `people: [${ANA}]\nroster: {default: {primary: [{person: ana, from: 2026-02-30}]}}`,
      ["roster.default.primary.0.from: bad-format"],
    ],
    [
      "the same id, e-mail and account twice",
      "people: [{id: a, name: A, email: a@b.example, chat: {slack: U1}}, {id: a, name: B, email: A@b.example, chat: {slack: U1, teams: U1}}]",
      ["people.1.id: duplicate", "people.1.email: duplicate", "people.1.chat.slack: duplicate"],
    ],
  ])("with %s is refused", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("tells everything wrong at once, and does not blame references to a bad row", () => {
    const text = `people: [{id: ana, email: ana}, ${BRUNO}, {id: carla, name: Carla, email: bruno@cubosuite.example}]
roster: {default: {primary: [ana, bia]}, services: {login: {director: [carla]}}}`;
    expect(found(text, ["checkout"])).toEqual([
      "people.0.name: missing",
      "people.0.email: bad-format",
      "people.2.email: duplicate",
      "roster.default.primary.1: unknown-person",
      "roster.services.login: unknown-service",
    ]);
  });

  it("of any text at all gives people or problems, never an exception", () => {
    const anything = fc.oneof(fc.string({ unit }), fc.json());
    const rows = fc
      .jsonValue()
      .map((row) => JSON.stringify({ people: [row], roster: { default: row, services: row } }));
    fc.assert(
      fc.property(fc.oneof(anything, rows), (text) => {
        const parsed = read(text);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});
