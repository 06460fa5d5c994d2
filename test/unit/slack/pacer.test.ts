import { WebAPIRateLimitedError } from "@slack/web-api";
import { describe, expect, test } from "vitest";
import { createPacer } from "../../../src/slack/pacer.js";

describe("background calls", () => {
  const start = () => {
    const clock = { now: 1_000_000 };
    const pacer = createPacer(() => clock.now, 0);
    const call = (method: "conversations.create" | "chat.postMessage", channel: string | null = null) =>
      pacer.run(method, channel, async () => "done");
    return { clock, pacer, call };
  };
  const times = async (count: number, call: () => Promise<unknown>): Promise<void> => {
    for (let at = 0; at < count; at++) await call();
  };

  test("stay within the calls a minute of their tier in any minute", async () => {
    const { clock, call } = start();
    await times(20, () => call("conversations.create"));
    await expect(call("conversations.create")).rejects.toMatchObject({
      code: "slack_rate_limited",
      retryAfterMs: 60_000,
    });
    clock.now += 59_999;
    await expect(call("conversations.create")).rejects.toMatchObject({ retryAfterMs: 1 });
    clock.now += 1;
    await times(20, () => call("conversations.create"));
  });

  test("of one channel do not hold up those of another", async () => {
    const { clock, call } = start();
    await times(5, () => call("chat.postMessage", "C1"));
    await expect(call("chat.postMessage", "C1")).rejects.toMatchObject({ code: "slack_rate_limited" });
    await call("chat.postMessage", "C2");
    clock.now += 5000;
    await call("chat.postMessage", "C1");
  });

  test("are not tried before the time that Slack named", async () => {
    const { clock, pacer, call } = start();
    const limited = pacer.run("conversations.create", null, () => Promise.reject(new WebAPIRateLimitedError(30)));
    await expect(limited).rejects.toBeInstanceOf(WebAPIRateLimitedError);
    clock.now += 29_000;
    await expect(call("conversations.create")).rejects.toMatchObject({ retryAfterMs: 1000 });
    clock.now += 1000;
    await call("conversations.create");
  });
});

test("a short wait is waited for", async () => {
  const pacer = createPacer(Date.now, 5000);
  const limited = pacer.run("pins.add", null, () => Promise.reject(new WebAPIRateLimitedError(0.05)));
  await expect(limited).rejects.toThrow();
  const from = Date.now();
  await pacer.run("pins.add", null, async () => "done");
  expect(Date.now() - from).toBeGreaterThanOrEqual(45);
});
