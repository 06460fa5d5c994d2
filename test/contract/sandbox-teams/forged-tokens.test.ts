// Each forged request is wrong in exactly the way that its name says: an independent check with jose finds that fault and
// no other, and the real botbuilder answers what was measured of it, holes included.
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ForgedCase } from "../../../src/sandbox/teams/forge.js";
import type { RunningTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";
import { type RealBot, startRealBot } from "./real-bot.js";
import { startTenant } from "./tenant-fixture.js";

let sandbox: RunningTeamsSandbox;
let bot: RealBot;

beforeAll(async () => {
  sandbox = await startTenant();
  bot = await startRealBot(sandbox);
  bot.handle(async () => ({ statusCode: 501 }));
});

afterAll(async () => {
  await bot.stop();
  await sandbox.stop();
});

const caseOf = (name: string): ForgedCase => {
  const found = sandbox.forge.cases().find((one) => one.name === name);
  if (!found) throw new Error(`There is no case "${name}"`);
  return found;
};

const faultOfToken = async (token: string): Promise<string> => {
  const { jwks_uri } = (await (await fetch(sandbox.openIdMetadataUrl)).json()) as { jwks_uri: string };
  try {
    const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
      algorithms: ["RS256"],
      issuer: sandbox.issuer,
      audience: sandbox.appId,
      clockTolerance: 300,
      requiredClaims: ["exp", "serviceurl"],
    });
    if (typeof payload.aud !== "string") return "aud is a list";
    const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: { kid: string; endorsements: string[] }[] };
    const { kid } = decodeProtectedHeader(token);
    const endorsed = keys.find((key) => key.kid === kid)?.endorsements.includes("msteams") === true;
    return endorsed ? `serviceurl ${String(payload["serviceurl"])}` : "not endorsed";
  } catch (error) {
    if (error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired)
      return `${error.claim} ${error.reason}`;
    return error instanceof errors.JOSEError ? error.code : String(error);
  }
};

describe("the fault of a forged token, found independently", () => {
  test.each([
    ["expired 2 minutes ago", "good"],
    ["garbage bearer", "ERR_JWS_INVALID"],
    ["wrong issuer", "iss check_failed"],
    ["wrong audience", "aud check_failed"],
    ["audience is a list that includes ours", "aud is a list"],
    ["expired 10 minutes ago", "exp check_failed"],
    ["not valid before an hour from now", "nbf check_failed"],
    ["serviceurl claim differs from the activity's", "serviceurl https://elsewhere.example/"],
    ["serviceurl claim absent", "serviceurl missing"],
    ["bad signature under a known kid", "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"],
    ["unknown kid", "ERR_JWKS_NO_MATCHING_KEY"],
    ["key not endorsed for msteams", "not endorsed"],
    ["alg none", "ERR_JOSE_ALG_NOT_ALLOWED"],
    ["HS256 under a known kid", "ERR_JOSE_ALG_NOT_ALLOWED"],
    ["no exp", "exp missing"],
    ["emulator-style, our audience", "serviceurl missing"],
    ["skill-style", "serviceurl missing"],
    ["another tenant in the activity", "good"],
    ["activity without serviceUrl", "good"],
  ])("%s: %s", async (name, fault) => {
    const found = await faultOfToken(caseOf(name).request.token ?? "");
    expect(found).toBe(fault === "good" ? `serviceurl ${sandbox.serviceUrl}` : fault);
  });
});

describe("what botbuilder alone answers", () => {
  test.each([
    ["valid token and activity", 200],
    ["expired 2 minutes ago", 200],
    ["unknown type of activity", 200],
    ["invoke with an unknown name", 501],
    ["no Authorization header", 401],
    ["Basic header", 401],
    ["garbage bearer", 401],
    ["wrong issuer", 401],
    ["wrong audience", 401],
    ["audience is a list that includes ours", 401],
    ["expired 10 minutes ago", 401],
    ["serviceurl claim differs from the activity's", 401],
    ["serviceurl claim absent", 401],
    ["bad signature under a known kid", 500],
    ["unknown kid", 401],
    ["key not endorsed for msteams", 401],
    ["alg none", 500],
    ["HS256 under a known kid", 500],
    ["no exp", 200],
    ["activity without serviceUrl", 200],
    ["activity with an empty serviceUrl", 200],
    ["another tenant in the activity", 200],
    ["channelId missing", 500],
    ["no type", 500],
    ["emulator-style, audience of the connector", 500],
    ["emulator-style, another audience and serviceUrl", 401],
    ["emulator-style, our audience", 200],
    ["emulator-style, our audience and any serviceUrl", 200],
    ["skill-style", 401],
    ["forged, channelId AseChannel", 401],
  ])("%s: %i", async (name, status) => {
    const complaints = vi.spyOn(console, "error").mockImplementation(() => {});
    const answer = await sandbox.sendRaw(caseOf(name).request);
    complaints.mockRestore();
    expect(answer.status).toBe(status);
  });
});

test("the token of an ordinary message passes the independent check", async () => {
  expect(await faultOfToken(sandbox.forge.token())).toBe(`serviceurl ${sandbox.serviceUrl}`);
});

test("after the keys are rotated new tokens name a key that was not published before", async () => {
  const before = decodeProtectedHeader(sandbox.forge.token()).kid;
  const old = sandbox.forge.token();
  await sandbox.rotateKeys();
  expect(decodeProtectedHeader(sandbox.forge.token()).kid).not.toBe(before);
  expect(await faultOfToken(sandbox.forge.token())).toBe(`serviceurl ${sandbox.serviceUrl}`);
  expect(await faultOfToken(old)).toBe("ERR_JWKS_NO_MATCHING_KEY");
});
