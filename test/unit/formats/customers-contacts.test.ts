import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { stringify } from "yaml";
import { parseCustomersFile } from "../../../src/formats/customers-file.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";

const read = (text: string) => parseCustomersFile(text, { policy, personal: "shown" });
const found = (text: string) => {
  const parsed = read(text);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
};
const contactsOf = (text: string) => {
  const parsed = read(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value.contacts;
};

/** A file with the customer vida and these contacts under it, and more of the file behind. */
const vida = (contacts: string, more = "") =>
  `services: []\ncustomers: [{id: vida, name: Vida, services: [], contacts: [${contacts}]}]\n${more}`;
const PRIMARY = "{name: Bia, email: bia@vida.example, roles: [incident_primary]}";

describe("the example customers file", () => {
  const contacts = contactsOf(readFileSync("docs/examples/customers.yaml", "utf8"));

  it("has somebody to tell at every customer, in three languages, by fictitious addresses and numbers", () => {
    const primaries = contacts.filter(({ roles }) => roles.includes("incident_primary"));
    expect(primaries.map(({ customerId }) => customerId)).toEqual(["padaria-aurora", "hospital-vida", "loja-norte"]);
    expect(new Set(contacts.map(({ language }) => language ?? "pt-BR"))).toEqual(new Set(["pt-BR", "en", "es"]));
    for (const { email, phone } of contacts) {
      expect(email).toMatch(/\.example$/);
      expect(phone ?? "+5511955550199").toMatch(/^\+55\d\d9555501\d\d$/);
    }
  });
});

describe("the contacts of a customers file", () => {
  it("stand under their customer, with all that they may say", () => {
    const full = `{id: bia, name: Bia, email: Bia@vida.example, phone: "92 95555-0101", language: es,
      zone: America/Manaus, roles: [technical, incident_primary, technical], sms: always, upToLevel: N3, anyHour: true}`;
    expect(contactsOf(vida(full))).toEqual([
      {
        id: "bia",
        customerId: "vida",
        name: "Bia",
        email: "Bia@vida.example",
        phone: "+5592955550101",
        language: "es",
        zone: "America/Manaus",
        roles: ["incident_primary", "technical"],
        wishes: { sms: "always", upToLevel: 3, anyHour: true },
      },
    ]);
  });

  it("may stand in a list of their own, and say nearly nothing", () => {
    const listed = `contacts: [{customer: vida, ${PRIMARY.slice(1)}]`;
    expect(contactsOf(vida("", listed))).toEqual([
      {
        id: null,
        customerId: "vida",
        name: "Bia",
        email: "bia@vida.example",
        phone: null,
        roles: ["incident_primary"],
        wishes: {},
      },
    ]);
  });

  test.each(["ti@padaria-são-joão.com.br", "a.b+c@x.example", "o'brien@sub.x.example"])(
    "take the address %s",
    (email) => {
      expect(contactsOf(vida(PRIMARY.replace("bia@vida.example", `"${email}"`)))[0]?.email).toBe(email);
    },
  );

  test.each([
    "bia",
    "bia@",
    "@vida.example",
    "a@b@c.example",
    "bia@localhost",
    "bi a@vida.example",
    "bia@vida.example ",
    "Bia <bia@vida.example>",
    "bia@vida.example\\r\\nBcc: eve@x.example",
    "bia\\u0000@vida.example",
    "bia@-vida.example",
    "bia..b@vida.example",
    "bia@vida..example",
    `${"a".repeat(65)}@vida.example`,
  ])("refuse the address %s", (email) => {
    expect(found(vida(PRIMARY.replace("bia@vida.example", `"${email}"`)))).toEqual([
      "customers.0.contacts.0.email: bad-format",
    ]);
  });

  test.each(["Bia\\nBcc: eve", "\\u202Eaib", "\\uD800"])("refuse the name %s, which would enter a header", (name) => {
    expect(found(vida(PRIMARY.replace("Bia", `"${name}"`)))).toEqual(["customers.0.contacts.0.name: bad-format"]);
  });

  test.each<[string, string, string[]]>([
    [
      "nobody who is told of everything",
      vida("{name: Bia, email: bia@vida.example, roles: [dpo]}"),
      ["customers.0.contacts: no-primary-contact"],
    ],
    [
      "a primary contact by phone only",
      vida('{name: Bia, phone: "11 95555-0101", roles: [incident_primary]}'),
      ["customers.0.contacts.0.email: primary-without-email"],
    ],
    [
      "neither address nor number",
      vida(`${PRIMARY}, {name: Caio, roles: [user]}`),
      ["customers.0.contacts.1: contact-without-address"],
    ],
    [
      "the same address and number twice at one customer",
      vida(
        '{name: A, email: A@vida.example, phone: "11 95555-0101", roles: [incident_primary]}, {name: B, email: a@VIDA.example, phone: "+5511955550101", roles: [user]}',
      ),
      ["customers.0.contacts.1.email: duplicate", "customers.0.contacts.1.phone: duplicate"],
    ],
    [
      "the same id at two customers",
      `services: []
customers: [{id: vida, name: Vida, services: [], contacts: [{id: x, ${PRIMARY.slice(1)}]}, {id: sol, name: Sol, services: [], contacts: [{id: x, ${PRIMARY.slice(1)}]}]`,
      ["customers.1.contacts.0.id: duplicate"],
    ],
    [
      "wishes that do not exist",
      vida(PRIMARY.replace("roles", "sms: sometimes, upToLevel: 5, anyHour: x, roles")),
      [
        "customers.0.contacts.0.sms: invalid-value",
        "customers.0.contacts.0.upToLevel: too-large",
        "customers.0.contacts.0.anyHour: not-a-boolean",
      ],
    ],
    [
      "an unknown customer, and none",
      vida(PRIMARY, `contacts: [{customer: sol, ${PRIMARY.slice(1)}, ${PRIMARY}]`),
      ["contacts.0.customer: unknown-customer", "contacts.1.customer: missing"],
    ],
    ["a country that does not exist", `phoneCountries: [XX]\n${vida(PRIMARY)}`, ["phoneCountries.0: bad-format"]],
  ])("with %s are refused", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("of two customers may share an address", () => {
    const text = `services: []
customers: [{id: vida, name: Vida, services: [], contacts: [${PRIMARY}]}, {id: sol, name: Sol, services: [], contacts: [${PRIMARY}]}]`;
    expect(contactsOf(text)).toHaveLength(2);
  });

  it("tell everything wrong at once, and do not blame the customer of a bad row", () => {
    const text = vida(
      `{email: bia, phone: "+55 11 3555-0101", roles: [incident_primary]}, {name: C, phone: "+49 1512 3456789", roles: [boss]}, 7`,
    );
    expect(found(text)).toEqual([
      "customers.0.contacts.0.name: missing",
      "customers.0.contacts.0.email: bad-format",
      "customers.0.contacts.0.phone: phone-not-mobile",
      "customers.0.contacts.1.phone: phone-country",
      "customers.0.contacts.1.roles.0: invalid-value",
      "customers.0.contacts.2: not-a-map",
    ]);
  });

  it("say what was read and what to write instead, in both languages", () => {
    const text = vida(PRIMARY.replace("roles", 'phone: "+55 11 3555-0101", roles'));
    const said = (language: "pt-BR" | "en") => {
      const parsed = parseCustomersFile(text, { policy, language, personal: "shown" });
      return parsed.ok ? [] : parsed.problems.map(({ message, remedy }) => `${message} ${remedy}`);
    };
    expect(said("pt-BR")).toEqual([
      '+55 11 3555-0101 não é um celular e não recebe SMS. Dê um celular, assim: "+55 11 95555-0101".',
    ]);
    expect(said("en")).toEqual([
      '+55 11 3555-0101 is not a mobile number and gets no SMS. Give a mobile number, like this: "+55 11 95555-0101".',
    ]);
  });

  it("come back from the file as they were written", () => {
    const contact = fc.record(
      {
        name: fc.stringMatching(/^[A-Za-zÀ-ú' ]*[A-Za-zÀ-ú]$/),
        phone: fc.constantFrom("+5511955550101", "+351912345678"),
        language: fc.constantFrom("pt-BR", "en", "es"),
        zone: fc.constantFrom("America/Manaus", "Europe/Lisbon"),
        sms: fc.constantFrom("never", "always"),
        upToLevel: fc.constantFrom(1, 2, 3, 4),
        anyHour: fc.boolean(),
      },
      { requiredKeys: ["name"] },
    );
    fc.assert(
      fc.property(contact, (fields) => {
        const row = { ...fields, email: "bia@vida.example", roles: ["incident_primary"] };
        const [read] = contactsOf(
          stringify({ services: [], customers: [{ id: "vida", name: "Vida", services: [], contacts: [row] }] }),
        );
        const { id: _id, customerId: _customer, phone, wishes, ...rest } = read ?? { wishes: {} };
        expect({ ...rest, ...wishes, ...(phone === null ? {} : { phone }) }).toEqual(row);
      }),
      { numRuns: 50 },
    );
  });
});
