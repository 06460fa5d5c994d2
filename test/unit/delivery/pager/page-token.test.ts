import fc from "fast-check";
import { expect, test } from "vitest";
import { createPageTokens } from "../../../../src/delivery/pager/page-token.js";

const secret = (value: string) => ({ reveal: () => value });
const tokenOf = createPageTokens(secret("one secret"));

test("a page has the same token on every attempt, of 11 characters that an SMS and an address carry as they are", () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      expect(tokenOf(key)).toMatch(/^[A-Za-z0-9_-]{11}$/);
      expect(createPageTokens(secret("one secret"))(key)).toBe(tokenOf(key));
    }),
  );
});

test("another page and another secret have another token", () => {
  const keys = Array.from({ length: 5_000 }, (_, index) => `incident:${index}:0`);
  expect(new Set(keys.map(tokenOf)).size).toBe(keys.length);
  expect(createPageTokens(secret("another"))("k")).not.toBe(tokenOf("k"));
});
