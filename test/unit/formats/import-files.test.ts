import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { type NamedText, parseImportFiles } from "../../../src/formats/import-files.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";

const file = (name: string, text: string): NamedText => ({ name, text });
const known = { services: ["checkout"], customers: new Map([["vida", { hasPrimary: true }]]) };
const read = (...files: NamedText[]) => parseImportFiles(files, { policy, known, language: "en" });
const found = (...files: NamedText[]) => {
  const parsed = read(...files);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
};

const people = file("p.yaml", readFileSync("docs/examples/people.yaml", "utf8"));
const customers = file("c.yaml", readFileSync("docs/examples/customers.yaml", "utf8"));
const table = (...rows: string[]) => file("t.csv", ["customer,name,email,phone,roles", ...rows].join("\n"));

describe("files imported together", () => {
  test.each([[[people, customers]], [[customers, people]]])(
    "are recognised by what they hold, in any order",
    (files) => {
      const parsed = read(...files);
      expect(parsed.ok && [parsed.value.people?.people.length, parsed.value.catalogue?.customers.length]).toEqual([
        9, 3,
      ]);
      expect(parsed.ok && parsed.value.contacts?.length).toBe(6);
    },
  );

  it("may refer to one another: the table to customers, the roster to services", () => {
    expect(found(customers, people, table("loja-norte,Rui,rui@loja-norte.example,,technical"))).toEqual([]);
    expect(found(table("loja-norte,Rui,rui@loja-norte.example,,technical"))).toEqual([
      "line.2.customer: unknown-customer-here",
    ]);
    expect(found(people)).toEqual(["roster.services.relatorios: unknown-service"]);
  });

  it("may refer to what is stored", () => {
    expect(found(table("vida,Rui,rui@vida.example,,technical"))).toEqual([]);
  });

  it("share the list of countries whose phones are accepted", () => {
    const abroad = file("c.yaml", "phoneCountries: [BR, DE]\nservices: []\ncustomers: []");
    const row = "vida,Rui,rui@vida.example,+49 1512 3456789,technical";
    expect(found(abroad, table(row))).toEqual([]);
    expect(found(table(row))).toEqual(["line.2.phone: phone-country"]);
  });

  it("tell what is wrong with each under its name", () => {
    const broken = file("b.yaml", "services: []\ncustomers: [{id: vida}]");
    expect(found(broken, table("sol,Rui,rui,,technical"), file("x.txt", "bom dia"))).toEqual([
      "x.txt#: unknown-file-kind",
      "b.yaml#customers.0.name: missing",
      "b.yaml#customers.0.services: missing",
      "t.csv#line.2.email: bad-format",
    ]);
  });

  it("may not be two of one kind, nor give one contact twice", () => {
    expect(found(people, { ...people, name: "q.yaml" })).toContain("q.yaml#: second-of-kind");
    expect(found(customers, table("loja-norte,Bia,BIA.nogueira@loja-norte.example,,technical"))).toEqual([
      "t.csv#contacts: duplicate",
    ]);
  });

  test.each(["", "bom dia", "[]", "answer: 42", "7"])("are refused when nobody can tell what %j is", (text) => {
    expect(found(file("x", text))).toEqual([": unknown-file-kind"]);
  });

  it("that are no YAML are refused with the line", () => {
    expect(found(file("x", "people: [\n"))).toEqual([": invalid-yaml"]);
  });
});
