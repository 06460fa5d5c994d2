import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/config/secret.js";
import { redactText, redactValue } from "../../../src/logging/redact.js";

const shown = (value: unknown) => JSON.stringify(redactValue(value));

describe("texts", () => {
  test.each([
    ["a Slack bot token", "failed with xoxb-123-456-abcDEF", "xoxb-123"],
    ["a Slack app token", "xapp-1-A0-9-abcdef", "xapp-1"],
    ["a bearer header", "Authorization: Bearer abc.def-ghi", "abc.def"],
    ["a password in an address", "cannot reach mongodb://plantao:hunter2@db-1/plantao", "hunter2"],
    ["an incoming webhook", "https://hooks.slack.com/services/T0/B0/xyz", "xyz"],
    ["an e-mail address", "no user ana.souza@cubosuite.example here", "ana.souza"],
    ["a number in E.164", "cannot call +5511955550101", "955550101"],
    ["a number with spaces", "cannot call +55 (11) 95555-0101", "0101"],
    ["a Brazilian number", "ligar para (11) 95555-0101", "0101"],
    ["a bare number", "to 5511955550101 failed", "5511955550101"],
  ])("%s is masked", (_name, text, hidden) => {
    expect(redactText(text)).not.toContain(hidden);
  });

  test.each([
    "An effect was done.",
    "2026-11-23T13:00:00.000Z",
    "1763933100.123456",
    "inc7k2m9x0q4r8t1v5w3y6.12:0",
    "at file:///app/dist/main.js:10:25",
    "@slack/web-api/dist/client.js",
    "INC-2026-0042 is at level 2",
    "wake:inc7k2m9x0q4r8t1v5w3y6:12",
    "connect ECONNREFUSED 127.0.0.1:27017",
  ])("%s stays readable", (text) => {
    expect(redactText(text)).toBe(text);
  });
});

test.each([
  ["letters", "a".repeat(100_000)],
  ["words with dots", "a.".repeat(50_000)],
  ["digits", "1".repeat(100_000)],
  ["an endless host", `a@b${"-b".repeat(50_000)}`],
])("a long run of %s does not hold the process up", (_name, text) => {
  const startedAt = performance.now();
  redactText(text);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

describe("fields", () => {
  test.each([
    "token",
    "botToken",
    "slack_signing_secret",
    "Authorization",
    "phone",
    "phoneNumber",
    "email",
    "e-mail",
    "password",
    "cookie",
    "X-Slack-Signature",
    "apiKey",
  ])("%s is masked by its name, however deep", (name) => {
    expect(shown({ a: [{ [name]: "verysecret" }] })).not.toContain("verysecret");
    expect(shown({ [name]: { value: "verysecret" } })).not.toContain("verysecret");
    expect(shown({ [name]: 5511955550101 })).not.toContain("5511955550101");
  });

  test("a count with such a name stays", () => {
    expect(redactValue({ phoneAlerts: 3, emailSent: true })).toEqual({ phoneAlerts: 3, emailSent: true });
  });

  test("a Secret prints itself", () => {
    expect(redactValue({ uri: new Secret("verysecret") })).toEqual({ uri: "[secret]" });
  });

  test("an error keeps name, message, code and causes, masked, and loses what vendors hang on it", () => {
    const cause = Object.assign(new Error("token xoxb-1-verysecret"), {
      code: "slack_error",
      request: { body: "verysecret" },
    });
    const err = redactValue({ err: new Error("send failed", { cause }) }) as { err: Record<string, unknown> };
    expect(err.err).toMatchObject({ name: "Error", message: "send failed", cause: { code: "slack_error" } });
    expect(err.err["stack"]).toContain("redact.test");
    expect(JSON.stringify(err)).not.toContain("verysecret");
  });

  test("circles, bigints, maps, bytes and functions do no harm", () => {
    const circle: Record<string, unknown> = { n: 1n, m: new Map([["a", 1]]), b: new Uint8Array(3), f: () => 1 };
    circle["self"] = circle;
    expect(redactValue(circle)).toEqual({ n: "1", m: [["a", 1]], b: "[3 bytes]", f: "[function]", self: "[circular]" });
  });

  test("the same object twice is no circle", () => {
    const one = { a: 1 };
    expect(redactValue({ one, two: one })).toEqual({ one: { a: 1 }, two: { a: 1 } });
  });

  test("anything at all becomes JSON without an address in it", () => {
    const dirty = fc.constantFrom("ana@cubosuite.example", "+55119555501010101", "xoxb-1-2-verysecret");
    const anything = fc.anything({
      values: [fc.string(), fc.integer(), dirty],
      withDate: true,
      withMap: true,
      withBigInt: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(shown({ value }) ?? "").not.toMatch(/cubosuite|955550101|verysecret/);
      }),
    );
  });
});
