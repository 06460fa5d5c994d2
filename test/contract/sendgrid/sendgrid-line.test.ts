// The line to SendGrid with the vendor's own package, against the stand-in: what each kind of answer comes to.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { MailRequest } from "../../../src/delivery/broadcast/lines.js";
import { mailBody } from "../../../src/delivery/sendgrid/mail-body.js";
import { createSendGridLine } from "../../../src/delivery/sendgrid/sendgrid-line.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import { type SendGridSandbox, startSendGridSandbox } from "../../../src/sandbox/sendgrid/sendgrid-sandbox.js";

let sandbox: SendGridSandbox;
beforeEach(async () => {
  sandbox = await startSendGridSandbox();
});
afterEach(() => sandbox.stop());

const lineTo = (options: { readonly url?: string; readonly key?: string; readonly timeoutMs?: number } = {}) =>
  createSendGridLine({
    apiKey: { reveal: () => options.key ?? sandbox.apiKey },
    apiUrl: options.url ?? sandbox.url,
    from: { email: "avisos@cubo.example", name: "Cubo Suite" },
    guard: async () => undefined,
    timeoutMs: options.timeoutMs ?? 2_000,
  });
const request = (with_: Partial<MailRequest> = {}): MailRequest => ({
  incidentId: "i1" as IncidentId,
  token: "token0123456789",
  subject: "Problema em Checkout",
  html: "<p>%%p1:nameHtml%%</p>",
  text: "%%p1:nameText%%",
  headers: { References: "<inc-1@incidents.cubo.example>" },
  owed: true,
  addresses: ["ana@a.example", "left-out@a.example", "bob@a.example"],
  keys: ["%%p1:nameText%%", "%%p1:nameHtml%%"],
  values: ["Ana", "Ana", "", "", "Bob <b>", "Bob &lt;b&gt;"],
  indexes: [0, 2],
  ...with_,
});

test("a request reaches its readers, each with their own words, and names nobody to the others", async () => {
  expect(await lineTo().send(request())).toMatchObject({ outcome: { kind: "accepted" }, holdMs: null });
  expect(sandbox.addresses()).toEqual(["ana@a.example", "bob@a.example"]);
  const mail = await sandbox.mailbox("bob@a.example").waitsForMail();
  expect(mail).toMatchObject({
    text: "Bob <b>",
    html: "<p>Bob &lt;b&gt;</p>",
    customArgs: { b: "token0123456789", r: "2" },
    headers: { References: "<inc-1@incidents.cubo.example>" },
    visibleTo: ["bob@a.example"],
    fromName: "Cubo Suite",
  });
});

test("nothing is tracked, and only what is owed reaches those who ended a subscription", () => {
  const from = { email: "a@b.example", name: "A" };
  const body = JSON.parse(JSON.stringify(mailBody(request(), from))) as Record<string, object>;
  expect(body["tracking_settings"]).toEqual({
    click_tracking: { enable: false, enable_text: false },
    open_tracking: { enable: false },
    subscription_tracking: { enable: false },
  });
  expect(body["mail_settings"]).toEqual({ bypass_unsubscribe_management: { enable: true } });
  expect(mailBody(request({ owed: false }), from)).not.toHaveProperty("mail_settings");
  expect(JSON.stringify(body)).not.toContain("bypass_list_management");
});

describe("an answer", () => {
  test("of 429 waits until the window opens again", async () => {
    sandbox.misbehave.rateLimitNext(1, 30);
    const { outcome } = await lineTo().send(request());
    expect(outcome).toMatchObject({ kind: "later", code: "sendgrid_429" });
    const wait = outcome.kind === "later" ? (outcome.retryAfterMs ?? 0) : 0;
    expect(wait).toBeGreaterThan(25_000);
    expect(wait).toBeLessThanOrEqual(31_000);
  });

  test("with which the window ran out holds the next request", async () => {
    const last = await startSendGridSandbox({ requestsPerMinute: 1 });
    const { outcome, holdMs } = await lineTo({ url: last.url, key: last.apiKey }).send(request());
    await last.stop();
    expect(outcome.kind).toBe("accepted");
    expect(holdMs).toBeGreaterThan(1_000);
  });

  test("of 401 is for the operator", async () => {
    expect((await lineTo({ key: "SG.wrong" }).send(request())).outcome).toEqual({
      kind: "operator",
      code: "sendgrid_401",
    });
  });

  test("of 400 is a refusal that names whom it is about", async () => {
    const addresses = ["ana@a.example", "left-out@a.example", "spoils@@a"];
    expect(await lineTo().send(request({ addresses }))).toEqual({
      outcome: { kind: "refused", code: "sendgrid_400", suppress: false },
      badRecipients: [2],
      holdMs: null,
    });
    expect(sandbox.accepted()).toEqual([]);
  });

  test.each([500, 502, 503, 504])("of %s proves nothing", async (status) => {
    sandbox.misbehave.failNext(1, status, "after");
    expect((await lineTo().send(request())).outcome).toEqual({ kind: "unknown", code: `sendgrid_${status}` });
  });

  test("that never comes proves nothing", async () => {
    sandbox.misbehave.dropAfterAccept(1);
    expect((await lineTo().send(request())).outcome).toEqual({ kind: "unknown", code: "sendgrid_econnreset" });
    sandbox.misbehave.slow(300);
    expect((await lineTo({ timeoutMs: 50 }).send(request())).outcome).toEqual({
      kind: "unknown",
      code: "sendgrid_econnaborted",
    });
  });

  test("that cannot come because nobody listens is asked for again", async () => {
    const { url } = sandbox;
    await sandbox.stop();
    expect((await lineTo({ url }).send(request())).outcome).toEqual({
      kind: "later",
      code: "sendgrid_econnrefused",
      retryAfterMs: null,
    });
    sandbox = await startSendGridSandbox();
  });

  test("that leads elsewhere is not followed, because it would carry the key", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.writeHead(307, { location: `${sandbox.url}/v3/mail/send` }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { outcome } = await lineTo({ url }).send(request());
    server.closeAllConnections();
    server.close();
    expect(outcome).toEqual({ kind: "operator", code: "sendgrid_307" });
    expect([asked, sandbox.accepted().length]).toEqual([1, 0]);
  });
});

test("what a line answers never holds the key, an address or a name", async () => {
  sandbox.misbehave.failNext(1, 503);
  const answers = [await lineTo().send(request()), await lineTo({ key: "SG.wrong" }).send(request())];
  expect(JSON.stringify(answers)).not.toMatch(/SG\.|@a\.example|Bob/);
});
