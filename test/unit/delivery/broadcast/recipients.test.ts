// Who may be written to, where, and in whose words.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAllowList } from "../../../../src/delivery/broadcast/allow-list.js";
import { mailAddressProblem } from "../../../../src/delivery/broadcast/mail-address.js";
import { loadMobileNumbers } from "../../../../src/delivery/broadcast/mobile-number.js";
import { createReaderGroups, isRoundTheClock, readerOf } from "../../../../src/delivery/broadcast/readers.js";
import { isSuppressed } from "../../../../src/delivery/broadcast/suppressed.js";
import { customer } from "../../../support/incident-builders.js";

describe("the allow-list", () => {
  const isAllowed = createAllowList(["Ana@Cubo.example", " @teste.example", "+5511987654321"]);

  test.each(["ana@cubo.example", "ANA@CUBO.EXAMPLE", "qualquer@teste.example", "+5511987654321"])(
    "lets %s in",
    (one) => {
      expect(isAllowed(one)).toBe(true);
    },
  );

  test.each(["bob@cubo.example", "ana@cubo.example.br", "x@sub.teste.example", "+5511987654322", "@", ""])(
    "keeps %s out",
    (one) => {
      expect(isAllowed(one)).toBe(false);
    },
  );

  test("an empty list lets nobody in", () => {
    fc.assert(fc.property(fc.oneof(fc.emailAddress(), fc.string()), (one) => !createAllowList([])(one)));
  });
});

describe("an e-mail address", () => {
  test.each(["ana@cubo.example", "ana.souza+avisos@mail.cubo.com.br", "josé@café.example", "a@b.co"])(
    "%s may be written to",
    (address) => {
      expect(mailAddressProblem(address)).toBeNull();
    },
  );

  test.each([
    "",
    "ana",
    "ana@",
    "@cubo.example",
    "ana@cubo",
    "ana@@cubo.example",
    "a b@cubo.example",
    "ana@cubo..example",
    "ana@-cubo.example",
    "<ana@cubo.example>",
    "ana@cubo.example,bob@cubo.example",
    `${"a".repeat(250)}@cubo.example`,
  ])("%j may not", (address) => {
    expect(mailAddressProblem(address)).toBe("address_invalid");
  });

  test("with a control or an invisible character anywhere is refused for that", () => {
    const hidden = fc.constantFrom("\r", "\n", "\0", "\t", "\u202e", "\u200b", "\u2028", "\ufeff");
    fc.assert(
      fc.property(fc.emailAddress(), hidden, fc.nat(), (address, character, at) => {
        const place = at % (address.length + 1);
        const spoilt = `${address.slice(0, place)}${character}${address.slice(place)}`;
        return mailAddressProblem(spoilt) === "address_control_characters";
      }),
    );
  });
});

describe("a number", () => {
  test.each([
    ["+5511987654321", "+5511987654321"],
    ["(11) 98765-4321", "+5511987654321"],
    ["+14155552671", "+14155552671"],
    ["+351912345678", "+351912345678"],
  ])("%s gets SMS as %s", async (typed, phone) => {
    expect((await loadMobileNumbers())(typed)).toEqual({ ok: true, phone });
  });

  test.each([
    ["+551132345678", "phone_landline"],
    ["+5510987654321", "phone_invalid"],
    ["+551198765432", "phone_invalid"],
    ["+447911123456", "phone_country"],
    ["whatsapp:+5511987654321", "phone_invalid"],
    ["+5511987654321\r\nX: y", "phone_invalid"],
    ["0800 123 4567", "phone_landline"],
    ["", "phone_invalid"],
  ])("%j gets none: %s", async (typed, code) => {
    expect((await loadMobileNumbers())(typed)).toEqual({ ok: false, code });
  });

  test("of a country that the company named is taken", async () => {
    expect((await loadMobileNumbers(["GB"]))("+447400123456")).toEqual({ ok: true, phone: "+447400123456" });
    expect((await loadMobileNumbers(["GB"]))("+5511987654321")).toEqual({ ok: false, code: "phone_country" });
  });
});

describe("a reader", () => {
  const company = { name: "Aurora", language: "es", zone: "America/Bogota" } as const;

  test("is written to as the contact asked, else as the customer is, else as the company does", () => {
    expect(readerOf({ language: "en", zone: "Europe/Lisbon" }, company)).toEqual({
      language: "en",
      zone: "Europe/Lisbon",
    });
    expect(readerOf({}, company)).toEqual({ language: "es", zone: "America/Bogota" });
    expect(readerOf({}, null)).toEqual({ language: "pt-BR", zone: "America/Sao_Paulo" });
  });

  test("with a zone that is none gets the next one that is", () => {
    expect(readerOf({ zone: "Mars/Olympus" }, company).zone).toBe("America/Bogota");
    expect(readerOf({ zone: "Mars/Olympus" }, { name: "A", zone: "nowhere" }).zone).toBe("America/Sao_Paulo");
  });

  test("of the same words is of the same group, also through another customer", () => {
    const groupOf = createReaderGroups();
    const own = groupOf({ language: "es", zone: "America/Bogota" }, null, true);
    expect(groupOf({}, company, true)).toBe(own);
    expect(groupOf({}, company, false)).not.toBe(own);
    expect(groupOf({ zone: "nowhere" }, company, true)).toBe(own);
    expect(groupOf({ zone: "nowhere" }, null, true)).toMatchObject({ zone: "America/Sao_Paulo" });
  });
});

test("only a contract that counts every minute of every level is round the clock", () => {
  const terms = customer("aurora");
  const always = JSON.parse(JSON.stringify(terms.targets).replaceAll('"business"', '"24x7"')) as typeof terms.targets;
  expect(isRoundTheClock(terms)).toBe(false);
  expect(isRoundTheClock({ targets: always })).toBe(true);
  expect(isRoundTheClock(undefined)).toBe(false);
});

test.each([
  ["bounced", 1, true],
  ["spam_report", 2, true],
  ["opted_out", 1, true],
  ["unreachable", 1, true],
  ["unsubscribed", 1, false],
  ["unsubscribed", 2, false],
  ["unsubscribed", 3, true],
  [undefined, 4, false],
] as const)("an address with the entry %s and a message of N%s: left alone %s", (reason, level, left) => {
  expect(isSuppressed(reason, level)).toBe(left);
});
