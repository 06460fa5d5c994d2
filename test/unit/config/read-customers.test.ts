import { describe, expect, test } from "vitest";
import type { Config } from "../../../src/config/config.js";
import { describeProblems } from "../../../src/config/config-problem.js";
import { readConfig } from "../../../src/config/read-config.js";
import type { RawEnv } from "../../../src/config/read-values.js";

const KEY = "SG.verysecret";
const mail = { SENDGRID_API_KEY: KEY, EMAIL_FROM: "avisos@cubo.example" };

const resultOf = (env: RawEnv) => readConfig(env, () => "");
function configOf(env: RawEnv): Config {
  const result = resultOf(env);
  if (!result.ok) throw new Error(describeProblems(result.problems));
  return result.config;
}
function problemsOf(env: RawEnv): Record<string, string> {
  const result = resultOf(env);
  return result.ok ? {} : Object.fromEntries(result.problems.map(({ variable, problem }) => [variable, problem]));
}

describe("messages to customers", () => {
  test("are in test mode with nobody on the list and no e-mail unless the environment says otherwise", () => {
    expect(configOf({}).customers).toEqual({
      mode: "test",
      testRecipients: [],
      supportContact: null,
      statusUrl: null,
      mail: null,
    });
  });

  test("take a list of addresses, domains and numbers, and refuse anything else on it", () => {
    const recipients = "ana@cubo.example, @teste.example ,+5511987654321";
    expect(configOf({ CUSTOMER_TEST_RECIPIENTS: recipients }).customers.testRecipients).toEqual([
      "ana@cubo.example",
      "@teste.example",
      "+5511987654321",
    ]);
    for (const wrong of ["ana", "@", "11987654321", "ana@cubo.example,,", "*", "+55 11 98765-4321"])
      expect(problemsOf({ CUSTOMER_TEST_RECIPIENTS: wrong })).toHaveProperty("CUSTOMER_TEST_RECIPIENTS");
  });

  test("a mode that is misspelt stops the start: it must not be taken for live, nor for test", () => {
    expect(problemsOf({ CUSTOMER_DELIVERY: "Live" })).toHaveProperty("CUSTOMER_DELIVERY");
  });

  test("the provider of e-mail needs its key and an address to write from", () => {
    expect(problemsOf({ SENDGRID_API_KEY: KEY })).toEqual({
      EMAIL_FROM: "is not set, but SENDGRID_API_KEY is; e-mail needs both",
    });
    expect(problemsOf({ ...mail, EMAIL_FROM: "Cubo <avisos@cubo.example>" })).toHaveProperty("EMAIL_FROM");
    expect(configOf(mail).customers.mail).toMatchObject({ from: "avisos@cubo.example", apiUrl: null });
    expect(JSON.stringify(configOf(mail))).not.toContain("verysecret");
  });

  test("the key travels in the clear to this machine only", () => {
    expect(problemsOf({ ...mail, SENDGRID_API_URL: "http://mail.example" })).toEqual({
      SENDGRID_API_URL: "must start with https://",
    });
    expect(problemsOf({ ...mail, SENDGRID_API_URL: "http://127.0.0.1:4030" })).toEqual({});
  });

  test("a verification key that is none stops the start: events would be refused without a word", () => {
    for (const wrong of ["key", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE", "A".repeat(120)])
      expect(problemsOf({ ...mail, SENDGRID_WEBHOOK_PUBLIC_KEY: wrong })).toHaveProperty("SENDGRID_WEBHOOK_PUBLIC_KEY");
  });

  test("a clock that is not the real one never writes to real customers", () => {
    expect(problemsOf({ ...mail, CLOCK_SPEED: "60" })).toHaveProperty("CLOCK_SPEED");
    expect(problemsOf({ ...mail, CLOCK_SPEED: "60", SENDGRID_API_URL: "http://127.0.0.1:4030" })).toEqual({});
  });

  test("the start says who receives and what is missing", () => {
    expect(configOf({ ...mail, CUSTOMER_DELIVERY: "live" }).announcements.slice(-3)).toEqual([
      "Customers: live, every message leaves",
      "E-mail to customers on",
      "E-mail events off: SENDGRID_WEBHOOK_PUBLIC_KEY not set, so bounces are not seen",
    ]);
  });
});
