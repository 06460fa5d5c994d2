import { expect, test } from "vitest";
import { loadNumbers, withNinthDigit } from "../../../../src/delivery/pager/page-number.js";

const read = await loadNumbers();

test.each([
  ["+5511987654321", { phone: "+5511987654321", mobile: true }],
  ["(11) 98765-4321", { phone: "+5511987654321", mobile: true }],
  ["+551133334444", { phone: "+551133334444", mobile: false }],
  ["+351912345678", { phone: "+351912345678", mobile: true }],
  ["+12015550123", { phone: "+12015550123", mobile: true }],
])("%s is a number", (text, number) => expect(read(text)).toEqual(number));

test.each([
  "",
  "190",
  "+5510987654321",
  "+55119876543210",
  "whatsapp:+5511987654321",
  "+5511987654321 ramal 2 ou 3",
  "tel +5511987654321\r\nX: y",
  "<+5511987654321>",
])("%j is none", (text) => expect(read(text)).toBeNull());

test("the ninth digit is added only to mobiles of Brazil that lack it", () => {
  expect(withNinthDigit("+551187654321")).toBe("+5511987654321");
  for (const whole of ["+5511987654321", "+551133334444", "+351912345678"]) expect(withNinthDigit(whole)).toBe(whole);
});
