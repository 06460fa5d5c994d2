import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { isContactsCsv, parseContactsCsv } from "../../../src/formats/contacts-csv.js";

const customers = new Map([
  ["vida", { hasPrimary: true }],
  ["sol", { hasPrimary: false }],
]);
const read = (text: string) => parseContactsCsv(text, { customers, personal: "shown" });
const found = (text: string) => {
  const parsed = read(text);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${path}: ${code}`);
};
const value = (text: string) => {
  const parsed = read(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};

const BIA = {
  id: null,
  customerId: "vida",
  name: "Bia",
  email: "bia@vida.example",
  phone: "+5511955550101",
  roles: ["incident_primary"],
  wishes: {},
};

describe("a table of contacts", () => {
  test.each([
    ["commas", "customer,name,email,phone,roles\nvida,Bia,bia@vida.example,11 95555-0101,incident_primary\n"],
    ["semicolons", "cliente;nome;e-mail;telefone;papeis\nvida;Bia;bia@vida.example;11 95555-0101;principal\n"],
    ["tabs", "Cliente\tNome\tE-mail\tCelular\tPapéis\nvida\tBia\tbia@vida.example\t11 95555-0101\tPRINCIPAL\n"],
    [
      "a byte order mark",
      "\uFEFFcliente;nome;email;phone;papel\r\nvida;Bia;bia@vida.example;5511955550101;principal\r\n",
    ],
    [
      "quotation marks",
      '"customer","name","email","phone","roles"\n"vida","Bia","bia@vida.example","11 95555-0101","incident_primary"',
    ],
    [
      "rows without content",
      "customer,name,email,phone,roles\n,,,,\n\nvida,Bia,bia@vida.example,11 95555-0101,incident_primary\n,,,,\n",
    ],
    [
      "columns in another order",
      "roles,phone,email,name,customer\nincident_primary,11 95555-0101,bia@vida.example,Bia,vida",
    ],
  ])("with %s is read", (_, text) => {
    expect(isContactsCsv(text)).toBe(true);
    expect(value(text)).toEqual([BIA]);
  });

  it("may have every column, in words of both languages", () => {
    const text = `cliente;id;nome;e-mail;telefone;idioma;fuso;papéis;sms;até o nível;qualquer hora
vida;bia;Bia;bia@vida.example;;es;America/Manaus;"principal, técnico; encarregado";sempre;n3;sim
vida;caio;Caio;caio@vida.example;;PT-BR;;user;nunca;2;não`;
    expect(value(text).map(({ language, zone, roles, wishes }) => ({ language, zone, roles, wishes }))).toEqual([
      {
        language: "es",
        zone: "America/Manaus",
        roles: ["incident_primary", "technical", "dpo"],
        wishes: { sms: "always", upToLevel: 3, anyHour: true },
      },
      { language: "pt-BR", zone: undefined, roles: ["user"], wishes: { sms: "never", upToLevel: 2, anyHour: false } },
    ]);
  });

  test.each(['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)"])(
    "takes the cell %s as the text that it is",
    (name) => {
      const cell = `"${name.replaceAll('"', '""')}"`;
      expect(value(`customer,name,email,roles\nvida,${cell},bia@vida.example,user`)[0]?.name).toBe(name);
    },
  );

  it("tells everything wrong at once, line by line, under the headings of the table", () => {
    const text = `cliente;nome;e-mail;telefone;papeis
vida;"Bia
Melo";bia;+55 11 3555-0101;principal

sol;Caio;caio@sol.example;;chefe
lua;Duda;duda@lua.example;+49 1512 3456789;principal
;Edu;;;user;;sobra
vida;Fábio;f@vida.example;;user
vida;Gil;F@vida.example;;user`;
    expect(found(text)).toEqual([
      "line.2.nome: bad-format",
      "line.2.e-mail: bad-format",
      "line.2.telefone: phone-not-mobile",
      "line.5.papeis: invalid-value",
      "line.5.papeis: no-primary-contact",
      "line.6.telefone: phone-country",
      "line.6.cliente: unknown-customer-here",
      "line.7: too-many",
      "line.7.cliente: missing",
      "line.9.e-mail: duplicate",
    ]);
  });

  test.each<[string, string, string[]]>([
    [
      "an unknown and a repeated column",
      "customer,name,email,roles,cor,e-mail\nvida,Bia,bia@vida.example,user,azul,x",
      ["line.1.cor: unknown-key", "line.1.e-mail: duplicate"],
    ],
    ["columns left out", "customer,name\nvida,Bia", ["line.1.roles: missing", "line.1.email: missing"]],
    [
      "nothing",
      "",
      ["line.1.customer: missing", "line.1.name: missing", "line.1.roles: missing", "line.1.email: missing"],
    ],
    [
      "an open quotation mark, after rows that are wrong too",
      'customer,name,email,roles\nvida,Bia,bia,user\nvida,"Caio,c@vida.example,user\nvida,D,d@vida.example,user',
      [": invalid-csv", "line.2.email: bad-format"],
    ],
  ])("with %s is refused", (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("names the line of an open quotation mark", () => {
    const parsed = read('customer,name,email,roles\nvida,Bia,bia@vida.example,user\nvida,"Caio,c@vida.example,user');
    expect(parsed.ok ? "" : parsed.problems[0]?.message).toMatch(/linha 3/);
  });

  it("does not check customers that are not known yet", () => {
    const text = "customer,name,email,roles\nlua,Bia,bia@lua.example,user";
    expect(parseContactsCsv(text, { customers: null }).ok).toBe(true);
    expect(found(text)).toEqual(["line.2.customer: unknown-customer-here"]);
  });

  test.each(["people: []", "services: []\ncustomers: []", '{"customer": 1, "name": 2}', "", "Bia,11 95555-0101"])(
    "is not what %j is",
    (text) => {
      expect(isContactsCsv(text)).toBe(false);
    },
  );

  it("gives back any cell that was written with quotation marks", () => {
    const name = fc
      .stringMatching(/^[\p{L}",;=' -]*\p{L}$/u)
      .filter((text) => text.length <= 200 && text === text.trim());
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(",", ";", "\t"),
        (names, separator) => {
          const rows = names.map((one, n) => ["vida", one.replaceAll('"', '""'), `x${n}@vida.example`, "user"]);
          const line = (cells: readonly string[]) => cells.map((cell) => `"${cell}"`).join(separator);
          const text = [["customer", "name", "email", "roles"], ...rows].map(line).join("\r\n");
          expect(value(text).map((contact) => contact.name)).toEqual(names);
        },
      ),
    );
  });

  it("of any text at all gives contacts or problems, never an exception", () => {
    const unit = fc.oneof(
      fc.constantFrom(",", ";", '"', "\n", "\r", "=", "+55"),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    const noise = fc.array(unit).map((parts) => parts.join(""));
    const headed = noise.map((text) => `customer,name,email,phone,roles\n${text}`);
    fc.assert(
      fc.property(fc.oneof(noise, headed), (text) => {
        const parsed = read(text);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
