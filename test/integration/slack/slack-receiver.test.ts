import { request as httpRequest } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { commandBody, type Door, eventBody, FORM, post, signed, startDoor } from "./receiver-fixture.js";

let door: Door;
afterEach(() => door.stop());
const json = "application/json";
const now = (): number => Math.floor(Date.now() / 1000);

describe("a hostile request is refused and reaches no listener", () => {
  const body = commandBody();
  const cases: readonly (readonly [string, number, string, Record<string, string>])[] = [
    ["without a signature", 401, "no-signature", { "content-type": FORM }],
    ["with a signature of another secret", 401, "mismatch", { "content-type": FORM, ...signed(body, now(), "other") }],
    ["with a signature of another body", 401, "mismatch", { "content-type": FORM, ...signed(`${body}x`) }],
    [
      "with a signature of another length",
      401,
      "mismatch",
      { "content-type": FORM, ...signed(body), "x-slack-signature": "v0=0" },
    ],
    ["with a timestamp of 301 s ago", 401, "stale", { "content-type": FORM, ...signed(body, now() - 302) }],
    ["with a timestamp of an hour ahead", 401, "future", { "content-type": FORM, ...signed(body, now() + 3600) }],
    ["with a timestamp that is no number", 401, "no-signature", { "content-type": FORM, ...signed(body, "soon") }],
    ["with a timestamp that overflows", 401, "no-signature", { "content-type": FORM, ...signed(body, "9".repeat(30)) }],
    ["of another media type", 415, "media-type", { "content-type": "text/plain", ...signed(body) }],
    ["without a media type", 415, "media-type", { "content-type": "", ...signed(body) }],
  ];
  test.each(cases)("%s", async (_, status, reason, headers) => {
    door = await startDoor();
    const answer = await fetch(door.url, { method: "POST", body, headers });
    expect([answer.status, await answer.json()]).toEqual([status, { error: reason }]);
    expect(door.refused).toEqual([{ status, reason }]);
    expect(door.heard).toEqual([]);
  });

  const bodies: readonly (readonly [string, string, string, string])[] = [
    ["JSON that is none", json, "{", "malformed-json"],
    ["JSON that is no object", json, "[1]", "malformed-json"],
    [
      "an event without its id",
      json,
      JSON.stringify({ type: "event_callback", event: { type: "x" } }),
      "missing-event_id",
    ],
    ["an event without its event", json, JSON.stringify({ type: "event_callback", event_id: "E" }), "missing-event"],
    [
      "an event that is a text",
      json,
      JSON.stringify({ type: "event_callback", event_id: "E", event: "x" }),
      "missing-event",
    ],
    ["an unknown type", json, JSON.stringify({ type: "app_rate_limited" }), "unknown-type"],
    ["a challenge without one", json, JSON.stringify({ type: "url_verification" }), "missing-challenge"],
    ["an empty form", FORM, "", "missing-command"],
    ["a command without its user", FORM, commandBody({ user_id: "" }), "missing-user_id"],
    ["a command without its trigger", FORM, commandBody({ trigger_id: "" }), "missing-trigger_id"],
    ["a payload that is no JSON", FORM, "payload=%7B", "malformed-payload"],
    ["an interaction of nobody", FORM, `payload=${JSON.stringify({ type: "block_actions" })}`, "missing-user"],
    [
      "an action without actions",
      FORM,
      `payload=${JSON.stringify({ type: "block_actions", user: { id: "U" } })}`,
      "missing-actions",
    ],
    [
      "a submission without a view",
      FORM,
      `payload=${JSON.stringify({ type: "view_submission", user: { id: "U" } })}`,
      "missing-view",
    ],
    ["any binary", FORM, "\u0000\uFFFD%ff%00&&==", "missing-command"],
  ];
  test.each(bodies)("that carries %s", async (_, type, sent, reason) => {
    door = await startDoor();
    const answer = await post(door, sent, { "content-type": type });
    expect([answer.status, await answer.json()]).toEqual([400, { error: reason }]);
    expect(door.heard).toEqual([]);
  });

  test("larger than a megabyte, announced", async () => {
    door = await startDoor();
    const large = "x".repeat(1024 * 1024 + 1);
    const answer = await post(door, large);
    expect([answer.status, await answer.json()]).toEqual([413, { error: "too-large" }]);
  });

  test("larger than a megabyte, in chunks of unknown length", async () => {
    door = await startDoor();
    const status = await new Promise<number | undefined>((resolve) => {
      const sending = httpRequest(door.url, { method: "POST", headers: { "content-type": FORM } }, (answer) => {
        resolve(answer.statusCode);
        sending.destroy();
      });
      sending.on("error", () => {});
      for (let chunk = 0; chunk < 20; chunk++) sending.write("x".repeat(64 * 1024));
    });
    expect(status).toBe(413);
  });

  test("by another method", async () => {
    door = await startDoor();
    const answer = await fetch(door.url);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });
});

describe("a request from Slack", () => {
  test("with a charset after its media type is taken", async () => {
    door = await startDoor();
    const answer = await post(door, commandBody(), { "content-type": `${FORM}; charset=utf-8` });
    expect([answer.status, await answer.json()]).toEqual([200, { response_type: "ephemeral", text: "ok" }]);
    expect(door.heard).toHaveLength(1);
  });

  test("within five minutes on either side is taken", async () => {
    door = await startDoor();
    for (const offset of [-295, 295]) {
      const body = commandBody();
      expect((await post(door, body, signed(body, now() + offset))).status).toBe(200);
    }
  });

  test("reaches the listener with any Unicode unharmed", async () => {
    door = await startDoor();
    const text = "declarar 支払い 👩‍👩‍👧 \u202E & < > = + % \u0000 é";
    await post(door, commandBody({ text }));
    expect(door.heard).toMatchObject([{ text, command: "/incident" }]);
  });

  test("that checks the address gets its challenge back", async () => {
    door = await startDoor();
    const body = JSON.stringify({ type: "url_verification", challenge: "c-1" });
    expect(await (await post(door, body, { "content-type": json })).json()).toEqual({ challenge: "c-1" });
  });

  test("that probes the certificate is answered without a signature, and heard by nobody", async () => {
    door = await startDoor();
    const answer = await fetch(door.url, {
      method: "POST",
      body: "ssl_check=1&token=x",
      headers: { "content-type": FORM },
    });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(door.heard).toEqual([]);
  });

  test("that nobody listens to is answered at once", async () => {
    door = await startDoor(() => {});
    const started = Date.now();
    expect(await (await post(door, commandBody())).json()).toEqual({ text: "unheard" });
    expect(Date.now() - started).toBeLessThan(1000);
  });

  test("whose listener takes too long is answered in time, and the work goes on", async () => {
    let finish = (): void => {};
    let done = false;
    door = await startDoor(
      (app) =>
        app.command(/^\//, async ({ ack }) => {
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
          await ack({ text: "too late" });
          done = true;
        }),
      { deadlineMs: 50 },
    );
    expect(await (await post(door, commandBody())).json()).toEqual({ text: "late" });
    expect(door.late).toEqual(["command"]);
    finish();
    await door.stop();
    expect(done).toBe(true);
  });

  test("whose listener fails is answered, and the mistake is reported", async () => {
    door = await startDoor((app) => app.command(/^\//, async () => Promise.reject(new Error("bug"))));
    expect(await (await post(door, commandBody())).json()).toEqual({ text: "broke" });
    expect(door.broken).toHaveLength(1);
  });
});

describe("an event", () => {
  const mention = { type: "app_mention", user: "U1", channel: "C1", text: "oi", ts: "1.1" };
  const sendEvent = (id = "Ev1", headers = {}) =>
    post(door, eventBody(mention, id), { "content-type": json, ...headers });

  test("is dealt with once, however often Slack repeats it", async () => {
    door = await startDoor((app, heard) => app.event("app_mention", async ({ body }) => void heard.push(body)));
    const retry = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" };
    const answers = await Promise.all([sendEvent(), sendEvent("Ev1", retry), sendEvent("Ev2")]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(door.heard).toHaveLength(2);
  });

  test("is answered only when it is dealt with, so that Slack sends it again after a crash", async () => {
    let finish = (): void => {};
    door = await startDoor(
      (app, heard) =>
        app.event("app_mention", async ({ body }) => {
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
          heard.push(body);
        }),
      { deadlineMs: 50 },
    );
    expect((await sendEvent()).status).toBe(503);
    expect(door.heard).toEqual([]);
    finish();
    const again = await sendEvent("Ev1", { "x-slack-retry-num": "1" });
    expect([again.status, door.heard.length]).toEqual([200, 1]);
  });

  test("that failed is tried again when Slack repeats it", async () => {
    let tries = 0;
    door = await startDoor((app, heard) =>
      app.event("app_mention", async ({ body }) => {
        tries += 1;
        if (tries === 1) throw new Error("bug");
        heard.push(body);
      }),
    );
    await sendEvent();
    await sendEvent();
    expect([tries, door.heard.length, door.broken.length]).toEqual([2, 1, 1]);
  });
});
