import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type SendGridSandbox, startSendGridSandbox } from "../../../src/sandbox/sendgrid/sendgrid-sandbox.js";
import { aMail, copyFor } from "./mails.js";
import { sendGridClient, sendRaw, type Thrown, thrownBy } from "./sendgrid-client.js";

let sandbox: SendGridSandbox;

function errorsOf({ response }: Thrown): { field: string | null; message: string }[] {
  return (response as { body: { errors: { field: string | null; message: string }[] } }).body.errors;
}

beforeEach(async () => {
  sandbox = await startSendGridSandbox();
});

afterEach(() => sandbox.stop());

describe("a mail sent with SendGrid's SDK", () => {
  it("is accepted with 202 and arrives with subject, bodies and sender", async () => {
    const { mail } = sendGridClient(sandbox);
    const [response] = await mail.send({
      to: { email: "rita@cliente.example", name: "Rita" },
      from: { email: "avisos@cubo.example", name: "Cubo" },
      subject: "[INC-7] Checkout",
      text: "Texto",
      html: "<p>Texto</p>",
      customArgs: { b: "batch-1" },
    });
    expect(response.statusCode).toBe(202);
    expect(response.body).toBe("");
    const headers = response.headers as Record<string, string>;
    expect(headers["x-message-id"]).toMatch(/^[\w-]{22}$/);
    expect(headers["x-ratelimit-remaining"]).toBe("9999");
    const arrived = await sandbox.mailbox("Rita@Cliente.example").waitsForMail("INC-7");
    expect(arrived).toMatchObject({
      ...{ messageId: headers["x-message-id"], subject: "[INC-7] Checkout", text: "Texto", html: "<p>Texto</p>" },
      ...{ from: "avisos@cubo.example", fromName: "Cubo", toName: "Rita", customArgs: { b: "batch-1" } },
    });
    expect(sandbox.accepted()).toMatchObject([{ recipients: ["rita@cliente.example"], customArgs: { b: "batch-1" } }]);
  });

  it("fills in each recipient's own values in subject, text and HTML, and merges headers", async () => {
    const substitutions = { "%%c1:name%%": "Rita", "%%c1:link%%": "https://s.example/u/1" };
    await sendRaw(
      sandbox,
      aMail({
        subject: "Olá %%c1:name%%",
        content: [{ type: "text/plain", value: "%%c1:name%%: %%c1:link%% $& %%c1:name%%" }],
        headers: { "Auto-Submitted": "auto-generated", "X-Both": "message" },
        custom_args: { b: "1" },
        personalizations: [
          copyFor("rita@cliente.example", {
            ...{
              substitutions,
              headers: { "X-Both": "own", References: "<inc-482@x.example>" },
              custom_args: { d: "2" },
            },
          }),
          copyFor("joao@cliente.example", { substitutions: { "%%c1:name%%": "$&João" }, subject: "Para %%c1:name%%" }),
        ],
      }),
    );
    expect(await sandbox.mailbox("rita@cliente.example").waitsForMail()).toMatchObject({
      ...{ subject: "Olá Rita", text: "Rita: https://s.example/u/1 $& Rita", customArgs: { b: "1", d: "2" } },
      headers: { "Auto-Submitted": "auto-generated", "X-Both": "own", References: "<inc-482@x.example>" },
    });
    const other = await sandbox.mailbox("joao@cliente.example").waitsForMail();
    expect(other).toMatchObject({ subject: "Para $&João", headers: { "X-Both": "message" } });
  });

  it("shows recipients of one personalization to one another", async () => {
    const to = [{ email: "rita@cliente.example" }, { email: "joao@cliente.example" }];
    await sendRaw(sandbox, aMail({ personalizations: [{ to }] }));
    const { visibleTo } = await sandbox.mailbox("rita@cliente.example").waitsForMail();
    expect(visibleTo).toEqual(["rita@cliente.example", "joao@cliente.example"]);
  });

  it("counts copies by address, so that a duplicate shows", async () => {
    await sendRaw(sandbox, aMail());
    expect(sandbox.duplicates()).toEqual([]);
    await sendRaw(sandbox, aMail({ personalizations: [copyFor("RITA@cliente.example"), copyFor("b@c.example")] }));
    expect(sandbox.duplicates("[INC-7] Checkout")).toEqual(["rita@cliente.example"]);
    expect(sandbox.copiesFor("rita@cliente.example")).toBe(2);
  });

  it("is checked and not sent in SendGrid's own sandbox mode", async () => {
    const answer = await sendRaw(sandbox, aMail({ mail_settings: { sandbox_mode: { enable: true } } }));
    expect(answer.status).toBe(200);
    expect(sandbox.accepted()).toEqual([]);
  });

  it("waits for its time of sending", async () => {
    const sendAt = Math.floor(Date.now() / 1000) + 3600;
    const personalizations = [copyFor("a@c.example"), copyFor("later@c.example", { send_at: sendAt })];
    await sendRaw(sandbox, aMail({ personalizations }));
    await sandbox.mailbox("a@c.example").waitsForMail();
    expect(sandbox.mailbox("later@c.example").messages()).toEqual([]);
  });
});

describe("a request that SendGrid would refuse", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => copyFor(`p${index}@c.example`));
  const cases: [string, string | null, Record<string, unknown>][] = [
    ["no personalizations", "personalizations", { personalizations: [] }],
    ["too many personalizations", "personalizations", { personalizations: many(1001) }],
    [
      "too many recipients",
      "personalizations",
      { personalizations: [...many(999), { to: [{ email: "a@d.example" }, { email: "b@d.example" }] }] },
    ],
    ["no receiver", "personalizations.0.to", { personalizations: [{ subject: "a" }] }],
    ["a bad address", "personalizations.0.to.0.email", { personalizations: [copyFor("rita@")] }],
    [
      "a line break in an address",
      "personalizations.0.to.0.email",
      { personalizations: [copyFor("a@b.example\r\nBcc: x@y.example")] },
    ],
    [
      "the same address twice",
      "personalizations.1",
      { personalizations: [copyFor("a@b.example"), copyFor("A@B.example")] },
    ],
    [
      "the same address in to and cc",
      "personalizations.0",
      { personalizations: [copyFor("a@b.example", { cc: [{ email: "a@b.example" }] })] },
    ],
    ["no sender", "from.email", { from: undefined }],
    ["a bad sender", "from.email", { from: { email: "cubo" } }],
    ["no subject", "subject", { subject: "" }],
    ["no content", "content", { content: [] }],
    ["empty content", "content.0.value", { content: [{ type: "text/plain", value: "" }] }],
    [
      "HTML before text",
      "content",
      {
        content: [
          { type: "text/html", value: "a" },
          { type: "text/plain", value: "a" },
        ],
      },
    ],
    [
      "two texts",
      "content",
      {
        content: [
          { type: "text/plain", value: "a" },
          { type: "text/plain", value: "b" },
        ],
      },
    ],
    ["a number as custom argument", "custom_args.b", { custom_args: { b: 1 } }],
    [
      "long custom arguments",
      "personalizations.0.custom_args",
      {
        custom_args: { a: "x".repeat(5000) },
        personalizations: [copyFor("a@b.example", { custom_args: { b: "x".repeat(5000) } })],
      },
    ],
    [
      "long substitutions",
      "personalizations.0.substitutions",
      { personalizations: [copyFor("a@b.example", { substitutions: { k: "x".repeat(10_000) } })] },
    ],
    ["a reserved header", "headers.Reply-To", { headers: { "Reply-To": "x@y.example" } }],
    [
      "a reserved header of a copy",
      "personalizations.0.headers.x-sg-id",
      { personalizations: [copyFor("a@b.example", { headers: { "x-sg-id": "1" } })] },
    ],
    ["a line break in a header", "headers", { headers: { "X-A": "1\r\nBcc: x@y.example" } }],
    ["a header that is no token", "headers", { headers: { "X A": "1" } }],
    ["too many categories", "categories", { categories: Array.from({ length: 11 }, (_, index) => `c${index}`) }],
    ["a category twice", "categories", { categories: ["a", "a"] }],
    ["a time too far ahead", "send_at", { send_at: Math.floor(Date.now() / 1000) + 73 * 3600 }],
    ["milliseconds for seconds", "send_at", { send_at: Date.now() }],
    [
      "an attachment that is not base64",
      "attachments.0.content",
      { attachments: [{ filename: "a.pdf", content: "não" }] },
    ],
    ["a template", "template_id", { template_id: "d-1" }],
    ["a misspelt field", "subjet", { subjet: "a" }],
  ];

  it.each(cases)("gets 400 for %s, naming the field", async (_name, field, changes) => {
    const thrown = await thrownBy(sendRaw(sandbox, aMail(changes)));
    expect(thrown.code).toBe(400);
    const errors = errorsOf(thrown);
    expect(errors.map((error) => error.field)).toContain(field);
    expect(errors.every(({ message }) => message.length > 0)).toBe(true);
    expect(sandbox.accepted()).toEqual([]);
  });

  it("hears of everything that is wrong at once", async () => {
    const thrown = await thrownBy(sendRaw(sandbox, { personalizations: [] }));
    expect(errorsOf(thrown).map(({ field }) => field)).toEqual([
      "from.email",
      "personalizations",
      "subject",
      "content",
    ]);
  });

  it("may have exactly 1,000 personalizations", async () => {
    expect((await sendRaw(sandbox, aMail({ personalizations: many(1000) }))).status).toBe(202);
  });

  it("is refused for a wrong key, another path, another method, another type and a broken body", async () => {
    const { mail } = sendGridClient(sandbox, "SG.wrong");
    const asked = { to: "a@b.example", from: "c@d.example", subject: "s", text: "t" };
    expect(await thrownBy(mail.send(asked))).toMatchObject({
      code: 401,
      response: { body: { errors: [{ field: null }] } },
    });
    const headers = { authorization: `Bearer ${sandbox.apiKey}`, "content-type": "application/json" };
    const post = (path: string, init: RequestInit) =>
      fetch(`${sandbox.url}${path}`, { method: "POST", headers, ...init });
    expect((await post("/v3/mail", { body: "{}" })).status).toBe(404);
    expect((await post("/v3/mail/send", { method: "DELETE" })).status).toBe(405);
    expect((await post("/v3/mail/send", { body: "{" })).status).toBe(400);
    const plain = { ...headers, "content-type": "text/plain" };
    expect((await post("/v3/mail/send", { body: "{}", headers: plain })).status).toBe(415);
  });

  it("gets an HTML page with 413 when it is longer than 30 MB", async () => {
    const content = Buffer.alloc(24 * 1024 * 1024).toString("base64");
    const thrown = await thrownBy(sendRaw(sandbox, aMail({ attachments: [{ filename: "a.bin", content }] })));
    expect(thrown.code).toBe(413);
    expect(thrown.response?.body).toContain("<html>");
  });
});

describe("the rate limit", () => {
  it("answers 429 with the time at which it ends", async () => {
    sandbox.misbehave.rateLimitNext(1, 7);
    const thrown = await thrownBy(sendRaw(sandbox, aMail()));
    expect(thrown).toMatchObject({ code: 429, response: { body: { errors: [{ message: "too many requests" }] } } });
    const headers = thrown.response?.headers ?? {};
    expect(headers["x-ratelimit-remaining"]).toBe("0");
    const seconds = Number(headers["x-ratelimit-reset"]) - Date.now() / 1000;
    expect(seconds).toBeGreaterThan(5);
    expect(seconds).toBeLessThan(9);
  });

  it("is kept: the request after the last of a minute is refused", async () => {
    await sandbox.stop();
    sandbox = await startSendGridSandbox({ requestsPerMinute: 2 });
    await sendRaw(sandbox, aMail());
    await sendRaw(sandbox, aMail());
    expect(await thrownBy(sendRaw(sandbox, aMail()))).toMatchObject({ code: 429 });
    expect(sandbox.accepted()).toHaveLength(2);
  });
});

describe("a request that goes wrong", () => {
  it("is carried out or not as the drop says", async () => {
    sandbox.misbehave.dropBeforeAccept(1);
    expect(await thrownBy(sendRaw(sandbox, aMail()))).toMatchObject({ code: "ECONNRESET" });
    expect(sandbox.accepted()).toEqual([]);
    sandbox.misbehave.dropAfterAccept(1);
    expect(await thrownBy(sendRaw(sandbox, aMail()))).toMatchObject({ code: "ECONNRESET" });
    expect(sandbox.accepted()).toHaveLength(1);
  });

  it("can fail with a page instead of JSON", async () => {
    sandbox.misbehave.failNext(1, 503);
    const thrown = await thrownBy(sendRaw(sandbox, aMail()));
    expect(thrown.code).toBe(503);
    expect(thrown.response?.body).toContain("nginx");
  });
});

describe("a large run", () => {
  it("of 20,000 recipients is counted without keeping mailboxes", async () => {
    await sandbox.stop();
    sandbox = await startSendGridSandbox({ lean: true });
    for (let batch = 0; batch < 20; batch += 1) {
      const personalizations = Array.from({ length: 1000 }, (_, index) =>
        copyFor(`p${batch}-${index}@c.example`, {
          custom_args: { d: `${batch}-${index}` },
          substitutions: { "%%k%%": "v" },
        }),
      );
      await sendRaw(sandbox, aMail({ personalizations }));
    }
    expect(sandbox.addresses()).toHaveLength(20_000);
    expect(sandbox.duplicates()).toEqual([]);
    await sandbox.settled();
    expect(sandbox.mailbox("p0-0@c.example").messages()).toEqual([]);
    expect(sandbox.copiesFor("p0-0@c.example")).toBe(1);
  });
});
