// What `plantao doctor` finds about the vendors, asked of their stand-ins.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { examine } from "../../../src/app-examine.js";
import { examineVendors } from "../../../src/app-examine-vendors.js";
import type { DoctorCheck } from "../../../src/cli/doctor.js";
import type { Config } from "../../../src/config/config.js";
import { readConfig } from "../../../src/config/read-config.js";
import { examineSendGridKey } from "../../../src/delivery/sendgrid/examine-key.js";
import { examineTwilioAccount } from "../../../src/delivery/twilio/examine-account.js";
import { type SendGridSandbox, startSendGridSandbox } from "../../../src/sandbox/sendgrid/sendgrid-sandbox.js";
import { type RunningTeamsSandbox, startTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";
import { startTwilioSandbox, type TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";
import { examineTeamsRegistration } from "../../../src/teams/examine-registration.js";

const APP = {
  appId: "6f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b",
  appPassword: "a-client-secret-of-tests",
  tenantId: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
};
const TEAM = {
  id: "19:geral@thread.tacv2",
  name: "Plantão",
  aadGroupId: "11111111-2222-4333-8444-555555555555",
  channels: [],
};
const SILENT_MS = 300;

let sendgrid: SendGridSandbox;
let twilio: TwilioSandbox;
let teams: RunningTeamsSandbox;
let dir: string;
beforeEach(async () => {
  [sendgrid, twilio, teams, dir] = await Promise.all([
    startSendGridSandbox(),
    startTwilioSandbox(),
    startTeamsSandbox({ ...APP, people: [{ name: "Ana Souza" }], team: TEAM }),
    mkdtemp(join(tmpdir(), "plantao-doctor-")),
  ]);
});
afterEach(async () => {
  await Promise.all([sendgrid.stop(), twilio.stop(), teams.stop()]);
  await rm(dir, { recursive: true, force: true });
});

const everything = (): Record<string, string> => ({
  DATA_DIR: join(dir, "data"),
  PUBLIC_URL: "https://plantao.example.com",
  SHORT_URL: "https://cubo.link",
  SENDGRID_API_KEY: sendgrid.apiKey,
  SENDGRID_API_URL: sendgrid.url,
  SENDGRID_WEBHOOK_PUBLIC_KEY: sendgrid.webhookPublicKey,
  EMAIL_FROM: "avisos@cubo.example",
  TWILIO_ACCOUNT_SID: twilio.accountSid,
  TWILIO_AUTH_TOKEN: twilio.authToken,
  TWILIO_API_URL: twilio.url,
  TWILIO_MESSAGING_SERVICE_SID: twilio.services[0]?.sid ?? "",
  TWILIO_PAGE_MESSAGING_SERVICE_SID: twilio.services[1]?.sid ?? "",
  TWILIO_VOICE_FROM: "+551140000001",
  TEAMS_APP_ID: APP.appId,
  TEAMS_APP_PASSWORD: APP.appPassword,
  TEAMS_TENANT_ID: APP.tenantId,
  TEAMS_OPENID_METADATA_URL: teams.openIdMetadataUrl,
  TEAMS_TOKEN_URL: teams.tokenUrl,
  CUSTOMER_DELIVERY: "live",
});

function configOf(changes: Readonly<Record<string, string | undefined>>): Config {
  const read = readConfig({ ...everything(), ...changes });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}
const checksOf = (changes: Readonly<Record<string, string | undefined>> = {}) => examineVendors(configOf(changes));
const named = (checks: readonly DoctorCheck[], name: string) => checks.find((check) => check.name === name);
const states = (checks: readonly DoctorCheck[]) => Object.fromEntries(checks.map(({ name, state }) => [name, state]));

/** Whatever is in order or not, secrets and numbers stay where they are. */
function expectNothingPrivate(checks: readonly DoctorCheck[]): void {
  const said = JSON.stringify(checks);
  for (const secret of [sendgrid.apiKey, twilio.authToken, APP.appPassword, "+55", "ana@cubo.example"]) {
    expect(said).not.toContain(secret);
  }
}

describe("vendors", () => {
  test("a complete configuration is in order", async () => {
    const checks = await checksOf();
    expect(checks.filter(({ state, remedy }) => state !== "ok" || remedy !== null)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      ...["teams", "teams keys", "sendgrid", "sendgrid events"],
      ...["twilio", "sms to customers", "pages by sms", "calls", "twilio callbacks", "links in sms", "customers"],
    ]);
    expectNothingPrivate(checks);
  });

  test("without vendors each is off, and nobody is asked", async () => {
    const read = readConfig({ DATA_DIR: join(dir, "data") });
    const checks = read.ok ? await examineVendors(read.config) : [];
    expect(states(checks)).toEqual({ teams: "off", sendgrid: "off", twilio: "off", customers: "off" });
    expect(checks.every(({ remedy }) => remedy !== null)).toBe(true);
  });

  test("secrets that no vendor accepts are found, and said without being shown", async () => {
    const wrong = {
      SENDGRID_API_KEY: "SG.wrong-key",
      TWILIO_AUTH_TOKEN: "f".repeat(32),
      TEAMS_APP_PASSWORD: "wrong-one",
    };
    const checks = await checksOf(wrong);
    expect(named(checks, "sendgrid")).toMatchObject({
      state: "broken",
      finding: expect.stringContaining("sendgrid_401"),
    });
    expect(named(checks, "twilio")).toMatchObject({
      state: "broken",
      finding: expect.stringContaining("twilio_20003"),
    });
    expect(named(checks, "teams")).toEqual({
      name: "teams",
      state: "broken",
      finding: "no token: AADSTS7000215",
      remedy: "Set TEAMS_APP_PASSWORD to the value of a client secret, not to its id.",
    });
    expect(named(checks, "teams keys")?.state).toBe("ok");
    for (const secret of Object.values(wrong)) expect(JSON.stringify(checks)).not.toContain(secret);
  });

  test("vendors that are away are told apart from secrets that are wrong", async () => {
    const away = "http://127.0.0.1:9";
    const checks = await checksOf({
      ...{ SENDGRID_API_URL: away, TWILIO_API_URL: away },
      ...{ TEAMS_TOKEN_URL: `${away}/token`, TEAMS_OPENID_METADATA_URL: `${away}/openid` },
    });
    expect(named(checks, "sendgrid")?.finding).toMatch(/^cannot be asked \(sendgrid_\w+\)$/);
    expect(named(checks, "twilio")?.finding).toMatch(/^cannot be asked \(twilio_\w+\)$/);
    expect(named(checks, "teams")).toMatchObject({ state: "broken", finding: "no token: network_error" });
    expect(named(checks, "teams")?.remedy).toContain("login.microsoftonline.com");
    expect(named(checks, "teams keys")).toMatchObject({ state: "broken" });
  });

  test("vendors that do not answer are waited for only so long", async () => {
    sendgrid.misbehave.slow(2_000);
    twilio.misbehave.slow(2_000);
    teams.misbehave.slow(2_000, { on: "metadata" });
    const { customers, twilio: account, teams: registration } = configOf({});
    if (customers.mail === null || account === null || registration === null) throw new Error("Not configured.");
    const began = performance.now();
    const [key, found] = await Promise.all([
      examineSendGridKey({ ...customers.mail, timeoutMs: SILENT_MS }),
      examineTwilioAccount({ ...account, timeoutMs: SILENT_MS }),
    ]);
    expect(performance.now() - began).toBeLessThan(1_900);
    expect([key, found]).toMatchObject([
      { ok: false, refused: false },
      { ok: false, refused: false },
    ]);
    // Slowness of the stand-in holds for one operation, so each part is asked with its own.
    expect((await examineTeamsRegistration({ ...registration, timeoutMs: SILENT_MS })).keys).toEqual({
      ok: false,
      code: "timeout",
    });
    teams.misbehave.slow(2_000, { on: "token" });
    expect((await examineTeamsRegistration({ ...registration, timeoutMs: SILENT_MS })).token).toEqual({
      ok: false,
      code: "timeout",
    });
  });

  test("metadata that answers with an error is no key", async () => {
    teams.misbehave.failNext(1, 503, { on: "metadata" });
    expect(named(await checksOf(), "teams keys")?.finding).toContain("http_503");
  });

  test("without a public address receipts, key presses and bounces are missing, and it is said", async () => {
    const checks = await checksOf({ PUBLIC_URL: undefined, SHORT_URL: undefined });
    expect(states(checks)).toMatchObject({ "sendgrid events": "warning", "twilio callbacks": "warning" });
    expect(named(checks, "links in sms")).toBeUndefined();
  });

  test("parts that are left out are off or warned of", async () => {
    const none = { SENDGRID_WEBHOOK_PUBLIC_KEY: undefined, TWILIO_VOICE_FROM: undefined, SHORT_URL: undefined };
    const checks = await checksOf({ ...none, TWILIO_PAGE_MESSAGING_SERVICE_SID: undefined });
    expect(states(checks)).toMatchObject({
      "sendgrid events": "warning",
      "pages by sms": "warning",
      calls: "off",
      "links in sms": "warning",
    });
    expect(named(checks, "sendgrid events")?.finding).toContain("bounces stay unknown");
  });

  test("test mode says how many receive and not who", async () => {
    const recipients = "ana@cubo.example,@cubo.example,+5511955550101";
    const [some, nobody] = await Promise.all([
      checksOf({ CUSTOMER_DELIVERY: "test", CUSTOMER_TEST_RECIPIENTS: recipients }),
      checksOf({ CUSTOMER_DELIVERY: undefined }),
    ]);
    expect(named(some, "customers")).toMatchObject({
      state: "ok",
      finding: expect.stringContaining("(1 address, 1 domain, 1 number)"),
    });
    expect(named(nobody, "customers")).toMatchObject({ state: "warning", finding: expect.stringContaining("nobody") });
    expectNothingPrivate(some);
  });
});

describe("people on duty", () => {
  const PEOPLE = `people:
  - { id: ana-souza, name: Ana Souza, email: ana@cubo.example, phone: "+5511955550101", roles: [primary] }
  - { id: bruno-lima, name: Bruno Lima, email: bruno@cubo.example, roles: [secondary, director] }
`;

  test("those without a phone are counted by role and not named; an empty store has nobody", async () => {
    const file = join(dir, "people.yaml");
    await writeFile(file, PEOPLE);
    const withFile = await examine(configOf({ PEOPLE_FILE: file }));
    expect(named(withFile, "people on duty")).toMatchObject({
      state: "warning",
      finding: "1 of 2 without a phone: secondary, director",
    });
    expect(JSON.stringify(withFile)).not.toMatch(/bruno/i);
    expect(states(withFile)).toMatchObject({ store: "ok", files: "ok", teams: "ok", "public address": "ok" });

    await writeFile(file, PEOPLE.replace("roles: [secondary, director]", 'phone: "+5511955550102"'));
    const complete = await examine(configOf({ PEOPLE_FILE: file }));
    expect(named(complete, "people on duty")).toMatchObject({ state: "ok", finding: "everybody (1) has a phone" });

    const withoutFile = await examine(configOf({}));
    expect(named(withoutFile, "people on duty")).toMatchObject({ state: "warning" });
  });
});
