import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { PHONE_COUNTRIES, readPhone } from "../../../src/formats/phone.js";

const read = (typed: string, countries = PHONE_COUNTRIES) => readPhone(typed, countries);

describe("a phone", () => {
  test.each([
    ["+55 11 95555-0101", "+5511955550101"],
    ["11 95555-0101", "+5511955550101"],
    ["011 95555-0101", "+5511955550101"],
    ["5511955550101", "+5511955550101"],
    ["+351 912 345 678", "+351912345678"],
    ["+54 9 11 2345 6789", "+5491123456789"],
    ["+52 55 1234 5678", "+525512345678"],
    ["+1 415 555 2671", "+14155552671"],
  ])("written %s is the mobile number %s", (typed, phone) => {
    expect(read(typed)).toEqual({ ok: true, phone });
  });

  test.each([
    ["+55 11 3555-0101", "phone-not-mobile"],
    ["+54 11 2345 6789", "phone-not-mobile"],
    ["0800 123 4567", "phone-not-mobile"],
    ["+1 800 555 0123", "phone-not-mobile"],
    ["+55 11 8555-0101", "phone-invalid"],
    ["+55 10 95555-0101", "phone-invalid"],
    ["+55 11 95555-0101 x12", "phone-invalid"],
    ["tel: 11 95555-0101", "phone-invalid"],
    ["+55 11 95555-0101\r\nBcc: x", "phone-invalid"],
    ["5,51196E+12", "phone-invalid"],
    ["", "phone-invalid"],
    ["+49 1512 3456789", "phone-country"],
    ["+1 787 234 5678", "phone-country"],
  ])("written %j is refused: %s", (typed, code) => {
    expect(read(typed)).toMatchObject({ ok: false, code, values: { received: typed } });
  });

  it("of a country is accepted only where the list has the country", () => {
    expect(read("+49 1512 3456789", ["DE"])).toEqual({ ok: true, phone: "+4915123456789" });
    expect(read("+55 11 95555-0101", ["DE"])).toMatchObject({ code: "phone-country", values: { allowed: "DE" } });
  });

  it("that was read is read again as itself, however it is spaced", () => {
    const number = fc.integer({ min: 0, max: 99_999_999 }).map((n) => `119${String(n).padStart(8, "0")}`);
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 10 }), fc.constantFrom(" ", "-", "."), (digits, at, gap) => {
        const written = `+55${digits.slice(0, at)}${gap}${digits.slice(at)}`;
        const first = read(written);
        if (first.ok) expect([first.phone, read(first.phone)]).toEqual([`+55${digits}`, first]);
        else expect(read(`+55${digits}`)).toMatchObject({ ok: false, code: first.code });
      }),
    );
  });

  it("of any text at all is a number in E.164 or a problem, never an exception", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const reading = read(typed);
        if (reading.ok) expect(reading.phone).toMatch(/^\+[1-9]\d{6,14}$/);
      }),
    );
  });
});
