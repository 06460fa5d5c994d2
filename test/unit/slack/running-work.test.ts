import { describe, expect, test } from "vitest";
import { answerWithin } from "../../../src/slack/answer-within.js";
import { createRunningWork } from "../../../src/slack/running-work.js";
import { createSeenEvents } from "../../../src/slack/seen-events.js";

describe("settling", () => {
  test("waits for work, and for work that this work starts", async () => {
    const running = createRunningWork();
    const ended: string[] = [];
    const nap = (name: string) => new Promise<void>((resolve) => setImmediate(() => resolve(void ended.push(name))));
    void running.add(nap("first").then(() => void running.add(nap("second"))));
    void running.add(Promise.reject(new Error("failed"))).catch(() => ended.push("failed"));
    await running.settle(5000);
    expect(ended.sort()).toEqual(["failed", "first", "second"]);
  });

  test("does not wait for ever", async () => {
    const running = createRunningWork();
    void running.add(new Promise(() => {}));
    await running.settle(10);
  });
});

describe("an answer", () => {
  test("in time carries its value, and a failure fails", async () => {
    expect(await answerWithin(Promise.resolve(7), 1000)).toEqual({ kind: "in-time", value: 7 });
    await expect(answerWithin(Promise.reject(new Error("bug")), 1000)).rejects.toThrow("bug");
  });

  test("that comes late is not lost", async () => {
    let finish = (_: number): void => {};
    const work = new Promise<number>((resolve) => {
      finish = resolve;
    });
    const answered = await answerWithin(work, 5);
    finish(7);
    expect(answered.kind === "late" ? await answered.later : null).toBe(7);
  });
});

describe("seen events", () => {
  test("forget the oldest first, so that memory stays bounded", async () => {
    const seen = createSeenEvents(2);
    const done: string[] = [];
    const work = (id: string) => seen.once(id, async () => void done.push(id));
    for (const id of ["a", "b", "b", "c", "a"]) await work(id);
    expect(done).toEqual(["a", "b", "c", "a"]);
  });
});
