// What Twilio posts back: forged, replayed, reordered, oversized, or never.
import { afterEach, describe, expect, test } from "vitest";
import type { PageRow } from "../../../src/ports/page-log.js";
import type { Fields } from "../../../src/sandbox/twilio/webhook.js";
import { openPhoneWorld, type PhoneWorld, PUBLIC_URL, takenBy, type WorldOptions } from "./phone-world.js";

let world: PhoneWorld;
afterEach(() => world.stop());
const paged = async (options: WorldOptions = {}, prepare: (world: PhoneWorld) => void = () => undefined) => {
  world = await openPhoneWorld(options);
  prepare(world);
  const id = await world.declare();
  return { ...world, id };
};
const rowOf = async (): Promise<PageRow | undefined> => (await world.log.recent(["bruno" as never], new Date(0)))[0];
const statusUrlOf = (): string => (world.sandbox.accepted()[0]?.statusCallback ?? "").split("#")[0] ?? "";
const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("statuses of a page", () => {
  test("in reverse order leave the last word to the last status", async () => {
    await paged({}, ({ sandbox }) => sandbox.misbehave.reorderCallbacks(true));
    expect(await rowOf()).toMatchObject({ state: "accepted", status: "delivered" });
  });

  test("delivered twice change nothing more", async () => {
    const { sandbox } = await paged({}, (one) => one.sandbox.misbehave.duplicateCallbacks(true));
    const before = await rowOf();
    for (const callback of [...sandbox.callbacks]) expect((await sandbox.redeliver(callback)).status).toBe(204);
    expect(await rowOf()).toEqual(before);
  });

  test("say why a page did not arrive", async () => {
    await paged({ sandbox: { phones: { sms: { undelivered: 30003 } } } });
    expect(await rowOf()).toMatchObject({ state: "accepted", status: "undelivered", code: "twilio_30003" });
  });

  test("ask Twilio to try again when we could not listen", async () => {
    const { sandbox } = await paged();
    expect(sandbox.accepted()[0]?.statusCallback).toMatch(/\/webhooks\/twilio\/status\?t=[\w-]{11}#rc=5&rp=all$/);
  });

  test("of nobody's page are no reason to try again", async () => {
    const { sandbox } = await paged();
    const before = await rowOf();
    const fields = { MessageSid: "SM1", MessageStatus: "failed", ErrorCode: "30003" };
    const answer = await sandbox.post(`${PUBLIC_URL}/webhooks/twilio/status?t=AAAAAAAAAAA`, fields);
    expect([answer.status, await rowOf()]).toEqual([204, before]);
  });

  test.each<[string, Fields]>([
    ["no status", { MessageSid: "SM1" }],
    ["no name", { MessageStatus: "sent" }],
    ["a status with markup", { MessageSid: "SM1", MessageStatus: "<b>" }],
    ["nothing", {}],
  ])("with %s change nothing", async (_, fields) => {
    const { sandbox } = await paged();
    const before = await rowOf();
    expect((await sandbox.post(statusUrlOf(), fields)).status).toBe(204);
    expect(await rowOf()).toEqual(before);
  });
});

describe("forgeries", () => {
  const routes = ["status", "voice", "sms"] as const;

  test.each(routes)("a post to %s with a wrong signature, or none, is refused without a word", async (route) => {
    const { sandbox, url, refused, id } = await paged();
    sandbox.misbehave.forgeNext(1);
    const token = statusUrlOf().split("?")[1];
    const target = `/webhooks/twilio/${route}?${token}&k=1&n=1`;
    const fields = { CallSid: "CA1", Digits: "1", From: "+5511987654321", Body: "1", MessageSid: "SM1" };
    const forged = await sandbox.post(PUBLIC_URL + target, fields);
    expect([forged.status, forged.body]).toEqual([403, ""]);
    const body = new URLSearchParams(fields).toString();
    const bare = await fetch(url + target, { method: "POST", headers: FORM, body });
    expect([bare.status, await bare.text()]).toEqual([403, ""]);
    expect(refused).toEqual(["signature", "not_signed"]);
    expect(await takenBy(world, id)).toBeNull();
  });

  test("a genuine post is refused when its fields, its address or its Host-made address are others", async () => {
    const { sandbox, url, id } = await paged();
    const target = `${statusUrlOf().replace("/status", "/voice")}&k=1&n=1`;
    await sandbox.post(target, { CallSid: "CA1", Digits: "5" });
    const genuine = sandbox.callbacks.at(-1);
    if (genuine === undefined) throw new Error("Nothing was posted.");
    const path = target.slice(PUBLIC_URL.length);
    const post = (where: string, body: string, headers: Record<string, string> = {}) =>
      fetch(url + where, { method: "POST", headers: { ...genuine.headers, ...headers }, body });
    expect((await post(path, genuine.body)).status).toBe(200);
    expect((await post(path, genuine.body.replace("Digits=5", "Digits=1"))).status).toBe(403);
    expect((await post(path, `${genuine.body}&Digits=1`)).status).toBe(403);
    expect((await post(`${path}0`, genuine.body)).status).toBe(403);
    expect((await post(path, genuine.body, { "content-type": "application/json" })).status).toBe(403);
    expect(await takenBy(world, id)).toBeNull();
  });

  test("more than 64 KB is not read", async () => {
    const { sandbox, url, refused } = await paged();
    await sandbox.post(statusUrlOf(), {});
    const signature = sandbox.callbacks.at(-1)?.headers["x-twilio-signature"] ?? "";
    const answer = await fetch(`${url}/webhooks/twilio/status`, {
      method: "POST",
      headers: { ...FORM, "x-twilio-signature": signature },
      body: `x=${"y".repeat(65 * 1024)}`,
    });
    expect(answer.status).toBe(413);
    expect(refused).toEqual(["too_large"]);
  });
});
