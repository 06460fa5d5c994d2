// Posts of the event webhook: whose they are, and what they say.
import { generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readEvents } from "../../../../src/delivery/sendgrid/read-events.js";
import { createEventVerifier, readEventKey } from "../../../../src/delivery/sendgrid/verify-event-signature.js";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const NOW = new Date("2026-11-23T13:00:00Z");
const NOW_SECONDS = NOW.getTime() / 1000;
const verify = createEventVerifier(publicKey, () => NOW);
const signed = (body: Buffer, timestamp: number) => ({
  body,
  timestamp: String(timestamp),
  signature: sign("sha256", Buffer.concat([Buffer.from(String(timestamp)), body]), privateKey).toString("base64"),
});

describe("a signature", () => {
  const body = Buffer.from('[{"event":"processed","email":"a@b.example"}]\n');

  test("over the timestamp and the raw bytes is the vendor's, up to a day later", () => {
    expect(verify(signed(body, NOW_SECONDS))).toBe(true);
    expect(verify(signed(Buffer.from([0xff, 0xfe, 0x0d]), NOW_SECONDS))).toBe(true);
    expect(verify(signed(body, NOW_SECONDS - 24 * 3600))).toBe(true);
  });

  test("that is older than a day, or from the future, is not taken", () => {
    expect(verify(signed(body, NOW_SECONDS - 24 * 3600 - 1))).toBe(false);
    expect(verify(signed(body, NOW_SECONDS + 301))).toBe(false);
  });

  test("over other bytes or another timestamp is refused", () => {
    const post = signed(body, NOW_SECONDS);
    expect(verify({ ...post, body: Buffer.from(JSON.stringify(JSON.parse(body.toString()))) })).toBe(false);
    expect(verify({ ...post, timestamp: String(NOW_SECONDS - 1) })).toBe(false);
  });

  test("that is none at all is refused and never throws", () => {
    expect(verify({ body, signature: undefined, timestamp: String(NOW_SECONDS) })).toBe(false);
    fc.assert(fc.property(fc.string(), fc.string(), (signature, timestamp) => !verify({ body, signature, timestamp })));
  });

  test("needs a key on a curve, as the console shows it", () => {
    const spki = publicKey.export({ type: "spki", format: "der" }).toString("base64");
    expect(readEventKey(spki)).not.toBeNull();
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey;
    expect(readEventKey(rsa.export({ type: "spki", format: "der" }).toString("base64"))).toBeNull();
    expect(readEventKey("not a key")).toBeNull();
  });
});

describe("events", () => {
  const token = "abcdef0123456789";
  const read = (fields: object) => readEvents(JSON.stringify([{ b: token, r: "7", ...fields }]))?.[0];

  test.each([
    [{ event: "processed" }, null, null],
    [{ event: "deferred" }, null, null],
    [{ event: "delivered" }, null, null],
    [{ event: "open" }, null, null],
    [{ event: "bounce", type: "bounce" }, "mail_bounced", "bounced"],
    [{ event: "bounce" }, "mail_bounced", "bounced"],
    [{ event: "bounce", type: "blocked" }, "mail_blocked", null],
    [{ event: "dropped", reason: "Bounced Address" }, "mail_dropped", "bounced"],
    [{ event: "dropped", reason: "Spam Reporting Address" }, "mail_dropped", "spam_report"],
    [{ event: "dropped", reason: "Unsubscribed Address" }, "mail_dropped", "unsubscribed"],
    [{ event: "dropped", reason: "Invalid" }, "mail_dropped", "unreachable"],
    [{ event: "dropped", reason: "something new" }, "mail_dropped", null],
    [{ event: "spamreport" }, "mail_spam_report", "spam_report"],
    [{ event: "group_unsubscribe" }, null, "unsubscribed"],
  ])("%o: failure %s, list %s", (fields, failure, suppress) => {
    expect(read(fields)).toEqual({ token, index: 7, failure, suppress });
  });

  test("of mails that are not ours are left alone, and places that are none are no place", () => {
    expect(readEvents(JSON.stringify([{ event: "bounce" }, { event: "bounce", b: "x", r: "1" }, null, 7]))).toEqual([]);
    expect(read({ event: "bounce", r: "-1" })?.index).toBeNull();
    expect(read({ event: "bounce", r: 7 })?.index).toBeNull();
  });

  test("that are no list are refused, and nothing throws", () => {
    expect(readEvents("{}")).toBeNull();
    expect(readEvents("[")).toBeNull();
    fc.assert(
      fc.property(fc.json(), (text) => {
        readEvents(text);
      }),
    );
    expect(readEvents(`[{"event":"bounce","__proto__":{"b":"${token}","r":"1"}}]`)).toEqual([]);
  });
});
