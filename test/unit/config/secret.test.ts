import { format, inspect } from "node:util";
import { expect, test } from "vitest";
import { Secret } from "../../../src/config/secret.js";

const secret = new Secret("verysecret");

test("a secret gives its value only when asked", () => {
  expect(secret.reveal()).toBe("verysecret");
});

test.each([
  ["a template", `${secret}`],
  ["JSON", JSON.stringify({ secret })],
  ["inspection", inspect({ secret }, { showHidden: true, depth: 9 })],
  ["formatting", format("%s %o %j", secret, secret, secret)],
  ["concatenation", String(secret) + secret],
  ["a copy", JSON.stringify({ ...secret })],
])("%s does not show a secret", (_name, printed) => {
  expect(printed).not.toContain("verysecret");
});
