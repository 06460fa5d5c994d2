import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { teamsThrottling } from "../../../src/limits/teams.js";
import { ChatFault } from "../../../src/ports/chat-rooms.js";
import { createPacer } from "../../../src/teams/pacer.js";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Makes as many calls as are accepted and tells when each was made. */
async function made(calls: number, conversation: (n: number) => string): Promise<readonly number[]> {
  const pacer = createPacer(Date.now, Number.POSITIVE_INFINITY);
  const at: number[] = [];
  const all = Array.from({ length: calls }, (_, n) => pacer.run(conversation(n), async () => void at.push(Date.now())));
  await vi.runAllTimersAsync();
  await Promise.all(all);
  return at;
}

const mostWithin = (instants: readonly number[], ms: number): number =>
  Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + ms).length));

describe("calls", () => {
  test("in one conversation stay within what Teams takes", async () => {
    const instants = await made(120, () => "c1");
    for (const { requests, ms } of teamsThrottling.writes)
      expect(mostWithin(instants, ms)).toBeLessThanOrEqual(requests);
  });

  test("of the tenant stay within what Teams takes", async () => {
    const instants = await made(200, (n) => `c${n}`);
    expect(mostWithin(instants, 1_000)).toBeLessThanOrEqual(40);
    expect(Math.max(...instants) - Math.min(...instants)).toBeLessThanOrEqual(5_000);
  });

  test("that would wait too long are left to the ledger", async () => {
    const pacer = createPacer(Date.now, 1_000);
    for (let n = 0; n < 5; n += 1) await pacer.run("c1", async () => n);
    await expect(pacer.run("c1", async () => 6)).rejects.toMatchObject({
      code: "teams_rate_limited",
      retryAfterMs: 5000,
    });
    await expect(pacer.run("c2", async () => "other")).resolves.toBe("other");
  });

  test("stop in a conversation that Teams throttles, for as long as it says", async () => {
    const pacer = createPacer(Date.now, 1_000);
    const throttled = new ChatFault("teams_rate_limited", { retryable: true, retryAfterMs: 9_000 });
    await expect(pacer.run("c1", () => Promise.reject(throttled))).rejects.toBe(throttled);
    await expect(pacer.run("c1", async () => 1)).rejects.toMatchObject({ retryAfterMs: 9_000 });
    vi.advanceTimersByTime(9_000);
    await expect(pacer.run("c1", async () => 1)).resolves.toBe(1);
  });
});

describe("updates of one message", () => {
  test("the newest takes the place of those that wait, and all learn its outcome", async () => {
    const pacer = createPacer(Date.now);
    const done: string[] = [];
    const update = (what: string) =>
      pacer.update("c1", "m1", async () => {
        done.push(what);
        return what;
      });
    await update("first");
    const later = Promise.all([update("second"), update("third"), update("fourth")]);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(done).toEqual(["first"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await later).toEqual(["fourth", "fourth", "fourth"]);
    expect(done).toEqual(["first", "fourth"]);
  });

  test("of other messages do not wait", async () => {
    const pacer = createPacer(Date.now);
    const outcomes = await Promise.all(["m1", "m2"].map((message) => pacer.update("c1", message, async () => message)));
    expect(outcomes).toEqual(["m1", "m2"]);
  });

  test("one that failed does not stand in the way of the next", async () => {
    const pacer = createPacer(Date.now);
    await expect(pacer.update("c1", "m1", () => Promise.reject(new Error("odd")))).rejects.toThrow("odd");
    const next = pacer.update("c1", "m1", async () => "next");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await next).toBe("next");
  });
});
