// What each answer and each failure of Twilio comes to, through the real SDK.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTwilioLine, type TwilioLine } from "../../../src/delivery/twilio/twilio-client.js";
import { startTwilioSandbox, type TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";

const MOBILE = "+5511987654321";
let sandbox: TwilioSandbox;
let line: TwilioLine;
const lineTo = (apiUrl: string, authToken = sandbox.authToken): TwilioLine =>
  createTwilioLine({
    ...{ accountSid: sandbox.accountSid, authToken: { reveal: () => authToken }, apiUrl },
    ...{ sockets: 3, timeoutMs: 300 },
  });
const sms = (with_: object = {}) => ({
  ...{ to: MOBILE, body: "Oi", statusCallback: null, validitySeconds: 600 },
  messagingServiceSid: sandbox.services[0]?.sid ?? "",
  ...with_,
});
const call = (with_: object = {}) => ({
  ...{ to: MOBILE, from: sandbox.numbers[0]?.number ?? "", statusCallback: null, ringSeconds: 25 },
  script: { twiml: "<Response><Say>Oi</Say></Response>" },
  ...with_,
});

beforeAll(async () => {
  sandbox = await startTwilioSandbox({ stepMs: [1, 2] });
  line = lineTo(sandbox.url);
});
afterAll(async () => {
  line.close();
  await sandbox.stop();
});
beforeEach(() => sandbox.misbehave.clear());

test("what is accepted has Twilio's name of it", async () => {
  expect(await line.sendSms(sms())).toEqual({ kind: "accepted", providerId: expect.stringMatching(/^SM\w{32}$/) });
  expect(await line.placeCall(call())).toEqual({ kind: "accepted", providerId: expect.stringMatching(/^CA\w{32}$/) });
  expect(sandbox.accepted().at(-1)).toMatchObject({ to: MOBILE, body: "Oi" });
});

test.each([
  ["no number", { to: "12" }, "twilio_21211", true],
  ["a landline", { to: "+551133334444" }, "twilio_21614", true],
  ["a country that is switched off", { to: "+8613912345678" }, "twilio_21408", false],
  ["too long a text", { body: "x".repeat(1_601) }, "twilio_21617", false],
])("%s is refused for good", async (_, with_, code, suppress) => {
  expect(await line.sendSms(sms(with_))).toEqual({ kind: "refused", code, suppress });
});

test("who opted out is refused and not to be asked again", async () => {
  const phone = sandbox.phone("+5531987654321");
  await line.sendSms(sms({ to: phone.number }));
  await phone.waitsForText();
  await phone.reply("STOP");
  const outcome = await line.sendSms(sms({ to: phone.number }));
  expect(outcome).toEqual({ kind: "refused", code: "twilio_21610", suppress: true });
});

test.each([
  ["an unknown sender", () => line.sendSms(sms({ messagingServiceSid: `MG${"9".repeat(32)}` })), "twilio_21705"],
  ["a caller that is not ours", () => line.placeCall(call({ from: "+5511911112222" })), "twilio_21210"],
  ["a callback that is no address", () => line.sendSms(sms({ statusCallback: "nowhere" })), "twilio_21609"],
  ["a wrong token", () => lineTo(sandbox.url, "x".repeat(32)).sendSms(sms()), "twilio_20003"],
])("%s is for the operator", async (_, ask, code) => {
  expect(await ask()).toEqual({ kind: "operator", code });
});

test("too many requests are for later, when Twilio says", async () => {
  sandbox.misbehave.rateLimitNext(1, 7);
  expect(await line.sendSms(sms())).toEqual({ kind: "later", code: "twilio_20429", retryAfterMs: 7_000 });
  expect(await line.sendSms(sms())).toMatchObject({ kind: "accepted" });
});

test.each([
  ["dropped before", () => sandbox.misbehave.dropBeforeAccept(1), "twilio_econnreset"],
  ["dropped after", () => sandbox.misbehave.dropAfterAccept(1), "twilio_econnreset"],
  ["answered 503 by a proxy", () => sandbox.misbehave.failNext(1, 503), "twilio_http_503"],
  ["answered 500 after it was taken", () => sandbox.misbehave.failNext(1, 500, "after"), "twilio_http_500"],
  ["not answered in time", () => sandbox.misbehave.slow(500), "twilio_econnaborted"],
])("a request that was %s is unknown, and not repeated by the SDK", async (_, misbehave, code) => {
  const before = sandbox.accepted().length;
  misbehave();
  expect(await line.sendSms(sms())).toEqual({ kind: "unknown", code });
  expect(sandbox.accepted().length - before).toBeLessThanOrEqual(1);
});

test("where nobody listens nothing was sent", async () => {
  const nobody = await listening((server) => server);
  const { port } = nobody.address() as AddressInfo;
  await new Promise((resolve) => nobody.close(resolve));
  expect(await lineTo(`http://127.0.0.1:${port}`).sendSms(sms())).toEqual({
    ...{ kind: "later", code: "twilio_econnrefused", retryAfterMs: null },
  });
});

test.each([
  [302, "", "operator", "twilio_http_302"],
  [403, "<html>", "operator", "twilio_http_403"],
  [404, "<html>", "operator", "twilio_http_404"],
  [400, "", "refused", "twilio_http_400"],
  [201, "no JSON", "unknown", "twilio_unreadable"],
])("an answer %i %j of something in between is %s", async (status, body, kind, code) => {
  const server = await listening((one) =>
    one.on("request", (request, response) => {
      request.resume();
      response.writeHead(status, { location: "http://127.0.0.1:1/" }).end(body);
    }),
  );
  const { port } = server.address() as AddressInfo;
  const other = lineTo(`http://127.0.0.1:${port}`);
  expect(await other.sendSms(sms())).toMatchObject({ kind, code });
  other.close();
  await new Promise((resolve) => server.close(resolve));
});

test("nothing of a request or of the account is in any outcome", async () => {
  sandbox.misbehave.dropBeforeAccept(1);
  const outcomes = [
    await line.sendSms(sms()),
    await line.sendSms(sms({ to: "+551133334444" })),
    await lineTo(sandbox.url, "wrong-token-0123456789abcdef").sendSms(sms()),
  ];
  for (const secret of [MOBILE, "33334444", sandbox.authToken, "wrong-token", sandbox.accountSid])
    expect(JSON.stringify(outcomes)).not.toContain(secret);
});

test("lists give what was sent to a number, newest first, and say why when they cannot", async () => {
  const to = "+5541987654321";
  await line.sendSms(sms({ to, body: "um" }));
  await line.sendSms(sms({ to, body: "dois" }));
  const listed = await line.listMessages({ to, limit: 20 });
  expect(listed).toMatchObject({ ok: true, sent: [{ body: "dois" }, { body: "um" }] });
  const calls = await line.listCalls({ to: MOBILE, limit: 20 });
  expect(calls).toMatchObject({ ok: true, sent: [{ from: sandbox.numbers[0]?.number }] });
  const refused = await lineTo(sandbox.url, "x".repeat(32)).listCalls({ to, limit: 20 });
  expect(refused).toEqual({ ok: false, outcome: { kind: "operator", code: "twilio_20003" } });
});

test("no more than its own connections are open at the same time, whatever proxy the environment names", async () => {
  const proxy = process.env["HTTP_PROXY"];
  process.env["HTTP_PROXY"] = "http://127.0.0.1:9";
  let open = 0;
  let most = 0;
  const server = await listening((one) =>
    one
      .on("connection", (socket) => {
        open += 1;
        most = Math.max(most, open);
        socket.on("close", () => {
          open -= 1;
        });
      })
      .on("request", (request, response) => {
        request.resume();
        response.writeHead(201, { "content-type": "application/json" }).end('{"sid":"SM1"}');
      }),
  );
  const { port } = server.address() as AddressInfo;
  const own = lineTo(`http://127.0.0.1:${port}`);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => own.sendSms(sms())));
  if (proxy === undefined) delete process.env["HTTP_PROXY"];
  else process.env["HTTP_PROXY"] = proxy;
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["accepted"]));
  expect(most).toBe(3);
  own.close();
  await new Promise((resolve) => server.close(resolve));
});

async function listening(prepare: (server: Server) => Server): Promise<Server> {
  const server = prepare(createServer());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
