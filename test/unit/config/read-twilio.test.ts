import { describe, expect, test } from "vitest";
import type { Config } from "../../../src/config/config.js";
import { describeProblems } from "../../../src/config/config-problem.js";
import { readConfig } from "../../../src/config/read-config.js";
import type { RawEnv } from "../../../src/config/read-values.js";

const TOKEN = "5e7c0f0e9a3b4d21b6c8a1d2e3f40517";
const account = { TWILIO_ACCOUNT_SID: "AC0123456789abcdef0123456789abcdef", TWILIO_AUTH_TOKEN: TOKEN };
const customers = "MG0123456789abcdef0123456789abcdef";
const pages = "MG123456789abcdef0123456789abcdef0";

const resultOf = (env: RawEnv) => readConfig(env, () => TOKEN);
function configOf(env: RawEnv): Config {
  const result = resultOf(env);
  if (!result.ok) throw new Error(describeProblems(result.problems));
  return result.config;
}
function problemsOf(env: RawEnv): Record<string, string> {
  const result = resultOf(env);
  return result.ok ? {} : Object.fromEntries(result.problems.map(({ variable, problem }) => [variable, problem]));
}

describe("the Twilio account", () => {
  test("is null until it is configured, and its token is never printed", () => {
    expect(configOf({}).twilio).toBeNull();
    const { twilio } = configOf({ TWILIO_ACCOUNT_SID: account.TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN_FILE: "/run/t" });
    expect(twilio?.authToken.reveal()).toBe(TOKEN);
    expect(JSON.stringify(twilio)).not.toContain(TOKEN);
  });

  test("needs both the account and its token", () => {
    expect(problemsOf({ TWILIO_ACCOUNT_SID: account.TWILIO_ACCOUNT_SID })).toHaveProperty("TWILIO_AUTH_TOKEN");
    expect(problemsOf({ TWILIO_AUTH_TOKEN: TOKEN })).toHaveProperty("TWILIO_ACCOUNT_SID");
  });

  test("pages come from the sender of the customers unless they have one of their own, and the start says so", () => {
    const shared = configOf({ ...account, TWILIO_MESSAGING_SERVICE_SID: customers });
    expect(shared.twilio?.pageMessagingServiceSid).toBe(customers);
    expect(shared.announcements.join("\n")).toContain("Pages by SMS share the sender of the customers");
    const own = configOf({
      ...account,
      TWILIO_MESSAGING_SERVICE_SID: customers,
      TWILIO_PAGE_MESSAGING_SERVICE_SID: pages,
    });
    expect(own.twilio).toMatchObject({ messagingServiceSid: customers, pageMessagingServiceSid: pages });
    expect(own.announcements.join("\n")).not.toContain("share the sender");
  });

  test("the start says which parts are off", () => {
    const { announcements } = configOf(account);
    for (const part of ["SMS to customers off", "Pages by SMS off", "Calls off", "Calls only read"])
      expect(announcements.some((line) => line.startsWith(part))).toBe(true);
  });

  test("its address is in clear only on this machine, and never there in production", () => {
    expect(problemsOf({ ...account, TWILIO_API_URL: "http://api.twilio.com" })).toHaveProperty("TWILIO_API_URL");
    expect(configOf({ ...account, TWILIO_API_URL: "http://127.0.0.1:4030/" }).twilio?.apiUrl).toBe(
      "http://127.0.0.1:4030",
    );
    const production = { NODE_ENV: "production", STORE: "embedded", DATA_DIR: "/var/lib/plantao" };
    expect(problemsOf({ ...account, ...production, TWILIO_API_URL: "http://127.0.0.1:4030" })).toHaveProperty(
      "TWILIO_API_URL",
    );
  });

  test("a clock that is not the real one is refused with the real Twilio", () => {
    expect(problemsOf({ ...account, CLOCK_SPEED: "60" })).toHaveProperty("CLOCK_SPEED");
    expect(problemsOf({ ...account, CLOCK_SPEED: "60", TWILIO_API_URL: "http://127.0.0.1:4030" })).toEqual({});
  });
});

describe("SHORT_URL", () => {
  const PUBLIC_URL = "https://plantao.example.com";
  test.each([
    ["https://aviso.example.com", "17 characters"],
    ["https://cubo.link/x", "a path"],
    ["http://cubo.link", "in clear"],
  ])("%s is refused: %s", (SHORT_URL) => {
    expect(problemsOf({ PUBLIC_URL, SHORT_URL })).toHaveProperty("SHORT_URL");
  });

  test("of sixteen characters is accepted, with or without a slash at the end", () => {
    expect(configOf({ PUBLIC_URL, SHORT_URL: "https://sixteen.cubo.ink/" }).http.shortUrl).toBe(
      "https://sixteen.cubo.ink",
    );
  });

  test("needs the public address that it leads to", () => {
    expect(problemsOf({ SHORT_URL: "https://cubo.link" })).toHaveProperty("PUBLIC_URL");
  });
});
