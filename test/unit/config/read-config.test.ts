import { describe, expect, test } from "vitest";
import type { Config } from "../../../src/config/config.js";
import { describeProblems } from "../../../src/config/config-problem.js";
import { ENV, ENV_NAMES } from "../../../src/config/env.js";
import { readConfig } from "../../../src/config/read-config.js";
import type { RawEnv } from "../../../src/config/read-values.js";

const TOKEN = "xoxb-123-verysecret";
const SIGNING = "0123456789abcdef";
const slack = { SLACK_BOT_TOKEN: TOKEN, SLACK_SIGNING_SECRET: SIGNING };
const teams = {
  TEAMS_APP_ID: ENV.TEAMS_APP_ID.example,
  TEAMS_APP_PASSWORD: "a-client-secret",
  TEAMS_TENANT_ID: ENV.TEAMS_TENANT_ID.example,
};
/** What the variables of a part need beside them, by the first word of their names. */
const needs: Readonly<Record<string, RawEnv>> = {
  SLACK: slack,
  TEAMS: teams,
  SENDGRID: { EMAIL_FROM: "a@example.com" },
  TWILIO: { TWILIO_ACCOUNT_SID: ENV.TWILIO_ACCOUNT_SID.example, TWILIO_AUTH_TOKEN: ENV.TWILIO_AUTH_TOKEN.example },
  SHORT: { PUBLIC_URL: ENV.PUBLIC_URL.example },
};
const noFiles = (path: string): string => {
  throw Object.assign(new Error(path), { code: "ENOENT" });
};

function configOf(env: RawEnv, readFile = noFiles): Config {
  const result = readConfig(env, readFile);
  if (!result.ok) throw new Error(describeProblems(result.problems));
  return result.config;
}
function problemsOf(env: RawEnv, readFile = noFiles): Record<string, string> {
  const result = readConfig(env, readFile);
  return result.ok ? {} : Object.fromEntries(result.problems.map(({ variable, problem }) => [variable, problem]));
}

describe("an empty environment", () => {
  test("runs on the embedded store, listens on loopback and has Slack off", () => {
    expect(configOf({})).toMatchObject({
      production: false,
      store: { kind: "embedded", dataDir: "./data" },
      http: { host: "127.0.0.1", port: 3000, publicUrl: null },
      org: { name: "Plantão", language: "pt-BR" },
      slack: null,
      policyFile: null,
      logLevel: "info",
      clock: { speed: 1, startAt: null },
    });
  });

  test("says once what is off", () => {
    expect(configOf({}).announcements).toEqual([
      "Store: embedded, data under ./data",
      "Policy: the one that ships with the program; POLICY_FILE not set",
      "Slack off: SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET not set",
      "Teams off: TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID not set",
      "SMS off: TWILIO_* not set",
      "Calls off: TWILIO_* not set",
      "Customers: test mode, only CUSTOMER_TEST_RECIPIENTS (0) receive",
      "E-mail to customers off: SENDGRID_API_KEY not set",
    ]);
  });

  test("is the same as one with empty values", () => {
    expect(configOf(Object.fromEntries(ENV_NAMES.map((name) => [name, " "])))).toEqual(configOf({}));
  });
});

describe("problems", () => {
  test("all are reported at once, each with an example that is accepted", () => {
    const problems = problemsOf({ PORT: "http", ORG_LANGUAGE: "pt", LOG_LEVEL: "loud", PUBLIC_URL: "plantao.example" });
    expect(Object.keys(problems).sort()).toEqual(["LOG_LEVEL", "ORG_LANGUAGE", "PORT", "PUBLIC_URL"]);
    expect(problems["ORG_LANGUAGE"]).toBe('must be pt-BR or en, but is "pt"');
  });

  test("are described with name, remedy and example", () => {
    const result = readConfig({ PORT: "70000" }, noFiles);
    expect(result.ok ? "" : describeProblems(result.problems)).toBe(
      'The configuration has 1 problem:\n  PORT: must be at most 65535, but is "70000"\n    example: PORT=3000\n',
    );
  });

  test("never show the value of a secret", () => {
    const result = readConfig({ SLACK_BOT_TOKEN: "verysecret", MONGODB_URI: "user:verysecret@host" }, noFiles);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain("verysecret");
  });

  test.each(ENV_NAMES.filter((name) => !name.startsWith("CLOCK_")))("the example of %s is accepted", (name) => {
    const others = needs[name.split("_")[0] ?? ""] ?? {};
    expect(problemsOf({ ...others, STORE: "", [name]: ENV[name].example, ...productionNeeds(name) })).toEqual({});
  });

  const productionNeeds = (name: string) => (name === "NODE_ENV" ? { MONGODB_URI: ENV.MONGODB_URI.example } : {});
});

describe("the store", () => {
  test("is MongoDB when its address is set, and the address stays secret", () => {
    const { store } = configOf({ MONGODB_URI: "mongodb://user:verysecret@host/plantao" });
    expect(store.kind === "mongodb" && store.uri.reveal()).toBe("mongodb://user:verysecret@host/plantao");
    expect(JSON.stringify(store)).toBe('{"kind":"mongodb","uri":"[secret]"}');
  });

  test.each([
    ["nothing is set", {}],
    ["only the store is named", { STORE: "embedded" }],
    ["only the directory is set", { DATA_DIR: "/var/lib/plantao" }],
  ])("refuses to start in production when %s", (_name, env) => {
    expect(problemsOf({ NODE_ENV: "production", ...env })["MONGODB_URI"]).toContain("STORE=embedded and DATA_DIR");
  });

  test("may be embedded in production when both are explicit", () => {
    const env = { NODE_ENV: "production", STORE: "embedded", DATA_DIR: "/var/lib/plantao" };
    expect(configOf(env)).toMatchObject({ production: true, store: { kind: "embedded", dataDir: "/var/lib/plantao" } });
  });

  test("must not be named in two ways", () => {
    expect(problemsOf({ STORE: "embedded", MONGODB_URI: "mongodb://host/plantao" })).toHaveProperty("STORE");
    expect(problemsOf({ STORE: "mongodb" })).toHaveProperty("MONGODB_URI");
  });

  test("is not judged twice when its address is wrong", () => {
    expect(Object.keys(problemsOf({ NODE_ENV: "production", MONGODB_URI: "postgres://host" }))).toEqual([
      "MONGODB_URI",
    ]);
  });
});

describe("Slack", () => {
  test("is on with token and signing secret", () => {
    const config = configOf({ ...slack, SLACK_API_URL: "http://127.0.0.1:4010/api" });
    expect(config.slack?.botToken.reveal()).toBe(TOKEN);
    expect(config.slack?.signingSecret.reveal()).toBe(SIGNING);
    expect(config.slack?.apiUrl).toBe("http://127.0.0.1:4010/api/");
    expect(config.announcements).toContain("Announcements off: SLACK_ANNOUNCEMENT_CHANNEL not set");
  });

  test("needs both", () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: TOKEN })).toHaveProperty("SLACK_SIGNING_SECRET");
    expect(problemsOf({ SLACK_SIGNING_SECRET: SIGNING })).toHaveProperty("SLACK_BOT_TOKEN");
  });

  test("a channel's name is not taken for its id", () => {
    expect(problemsOf({ ...slack, SLACK_ANNOUNCEMENT_CHANNEL: "#incidentes" })).toHaveProperty(
      "SLACK_ANNOUNCEMENT_CHANNEL",
    );
  });
});

describe("secrets from files", () => {
  const files = (path: string): string =>
    path === "/run/token" ? `${TOKEN}\n` : path === "/empty" ? "\n" : noFiles(path);

  test("are read without the line's end", () => {
    const config = configOf({ ...slack, SLACK_BOT_TOKEN: undefined, SLACK_BOT_TOKEN_FILE: "/run/token" }, files);
    expect(config.slack?.botToken.reveal()).toBe(TOKEN);
  });

  test("must be readable, not empty, and the only source", () => {
    expect(problemsOf({ SLACK_BOT_TOKEN_FILE: "/none" }, files)["SLACK_BOT_TOKEN_FILE"]).toContain("ENOENT");
    expect(problemsOf({ SLACK_BOT_TOKEN_FILE: "/empty" }, files)["SLACK_BOT_TOKEN_FILE"]).toContain("is empty");
    expect(problemsOf({ ...slack, SLACK_BOT_TOKEN_FILE: "/run/token" }, files)["SLACK_BOT_TOKEN"]).toContain("twice");
  });
});

describe("the clock of the sandbox", () => {
  const fast = { CLOCK_SPEED: "60", CLOCK_START: "2026-11-23T12:00:00Z" };

  test("may run fast and start anywhere", () => {
    expect(configOf(fast).clock).toEqual({ speed: 60, startAt: new Date("2026-11-23T12:00:00Z") });
    expect(configOf({ ...fast, ...slack, SLACK_API_URL: "http://127.0.0.1:4010/api/" }).clock.speed).toBe(60);
  });

  test("is refused in production and with the real Slack", () => {
    const production = { NODE_ENV: "production", MONGODB_URI: "mongodb://host/plantao" };
    expect(Object.keys(problemsOf({ ...production, ...fast }))).toEqual(["CLOCK_SPEED", "CLOCK_START"]);
    expect(Object.keys(problemsOf({ ...slack, ...fast }))).toEqual(["CLOCK_SPEED", "CLOCK_START"]);
    expect(problemsOf({ ...slack, CLOCK_SPEED: "1" })).toEqual({});
  });

  test.each(["0", "-1", "fast", "1e9", "Infinity"])("a speed of %s is refused", (speed) => {
    expect(problemsOf({ CLOCK_SPEED: speed })).toHaveProperty("CLOCK_SPEED");
  });
});

describe("Teams", () => {
  test("needs its three values together", () => {
    expect(problemsOf({ TEAMS_APP_ID: teams.TEAMS_APP_ID })).toEqual({
      TEAMS_APP_PASSWORD: "is not set, but TEAMS_APP_ID is; Teams needs all three",
      TEAMS_TENANT_ID: "is not set, but TEAMS_APP_ID is; Teams needs all three",
    });
  });

  test("is told once where incidents open", () => {
    expect(configOf(teams).announcements).toEqual(
      expect.arrayContaining([
        "Teams on",
        "Teams: TEAMS_CHANNEL_ID not set, so incidents open where they are declared",
      ]),
    );
  });

  test("takes addresses of this machine outside production only, and others only over https", () => {
    const local = {
      TEAMS_SERVICE_URLS: "http://127.0.0.1:4020/teams/",
      TEAMS_TOKEN_URL: "http://127.0.0.1:4020/token",
    };
    expect(configOf({ ...teams, ...local }).teams).toMatchObject({ serviceUrls: [local.TEAMS_SERVICE_URLS] });
    const production = { NODE_ENV: "production", MONGODB_URI: ENV.MONGODB_URI.example };
    expect(Object.keys(problemsOf({ ...teams, ...local, ...production }))).toEqual([
      "TEAMS_TOKEN_URL",
      "TEAMS_SERVICE_URLS",
    ]);
    expect(problemsOf({ ...teams, TEAMS_TOKEN_URL: "http://login.example/token" })).toEqual({
      TEAMS_TOKEN_URL: "must start with https://",
    });
  });

  test("refuses a clock that is not the real one when its token is the real one", () => {
    expect(Object.keys(problemsOf({ ...teams, CLOCK_SPEED: "60" }))).toEqual(["CLOCK_SPEED"]);
    expect(problemsOf({ ...teams, CLOCK_SPEED: "60", TEAMS_TOKEN_URL: "http://127.0.0.1:4020/token" })).toEqual({});
  });
});
