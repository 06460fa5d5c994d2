// Every forged request of the stand-in against the real guard, the real adapter and loopback HTTP.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTenant, type TestTenant } from "../../integration/teams/tenant-fixture.js";

let at: TestTenant;
beforeAll(async () => {
  at = await startTenant();
});
afterAll(() => at.stop());

const asked = (method: string): number =>
  at.teams.transcript.entries.filter((entry) => entry.kind === "call" && entry.method === method).length;

describe("forged requests", () => {
  test("each gets the status that it must, as JSON that does not tell why, and no call goes out", async () => {
    const cases = at.teams.forge.cases();
    expect(cases.length).toBeGreaterThanOrEqual(33);
    for (const { name, mustAnswer, request } of cases) {
      await at.settle();
      const calls = asked("send") + asked("create");
      const answer = await at.teams.sendRaw(request);
      expect([name, answer.status]).toEqual([name, mustAnswer]);
      if (mustAnswer === 200 || mustAnswer === 501) continue;
      await at.settle();
      expect([name, asked("send") + asked("create")]).toEqual([name, calls]);
      const error = { 400: "bad-request", 401: "unauthorized", 413: "too-large" }[mustAnswer];
      expect([name, JSON.parse(answer.body)]).toEqual([name, { error }]);
    }
  });

  test("are reported by a reason that names nobody", () => {
    const refused = at.reported.filter(({ kind }) => kind === "requestRefused");
    expect(refused.length).toBeGreaterThanOrEqual(25);
    for (const { fact } of refused)
      expect(fact).toEqual({ status: expect.any(Number), reason: expect.stringMatching(/^[\w-]+$/) });
  });

  test("a token for another channel is refused, also when its key is endorsed", async () => {
    const { forge } = at.teams;
    const request = { token: forge.token(), body: forge.activity({ channelId: "webchat" }) };
    expect((await at.teams.sendRaw(request)).status).toBe(401);
  });

  test("a service address that is not allowed is refused, however well it is signed", async () => {
    const { forge } = at.teams;
    const serviceUrl = "https://smba.trafficmanager.net.evil.example/";
    const token = forge.token({ claims: { serviceurl: serviceUrl } });
    expect((await at.teams.sendRaw({ token, body: forge.activity({ serviceUrl }) })).status).toBe(401);
  });

  test("an activity whose handler breaks is answered without a word about why", async () => {
    const { forge } = at.teams;
    const odd = forge.activity({ type: "invoke", name: "adaptiveCard/action", value: {} });
    const answer = await at.teams.sendRaw({ token: forge.token(), body: odd });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([400, { statusCode: 400 }]);
  });
});

describe("keys", () => {
  test("are fetched once for many requests at once", async () => {
    const fresh = await startTenant();
    const { forge, transcript } = fresh.teams;
    const requests = Array.from({ length: 20 }, () => ({
      token: forge.token(),
      body: forge.activity({ type: "typing" }),
    }));
    const answers = await Promise.all(requests.map((request) => fresh.teams.sendRaw(request)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const calls = transcript.entries.map(({ method }) => method);
    expect([calls.filter((one) => one === "metadata"), calls.filter((one) => one === "keys")]).toEqual([
      ["metadata"],
      ["keys"],
    ]);
    await fresh.stop();
  });

  test("that cannot be had mean try again later, and are asked for again", async () => {
    const fresh = await startTenant();
    const { forge, misbehave } = fresh.teams;
    const request = () => ({ token: forge.token(), body: forge.activity({ type: "typing" }) });
    misbehave.failNext(1, 500, { on: "metadata" });
    const first = await fresh.teams.sendRaw(request());
    expect([first.status, JSON.parse(first.body)]).toEqual([503, { error: "try-again-later" }]);
    misbehave.failNext(1, 500, { on: "keys" });
    expect((await fresh.teams.sendRaw(request())).status).toBe(503);
    expect((await fresh.teams.sendRaw(request())).status).toBe(200);
    await fresh.stop();
  });
});
