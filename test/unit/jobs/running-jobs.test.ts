import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRunningJobs } from "../../../src/jobs/running-jobs.js";

const faults: string[] = [];
const jobs = () =>
  createRunningJobs({
    touchEveryMs: 3_000,
    touchAtMostMs: 10_000,
    onFault: (job, err) => faults.push(`${job}: ${err}`),
  });
const aJob = (touch: () => Promise<void> = async () => undefined) => {
  const touched = { times: 0 };
  return {
    touched,
    touch: async () => {
      touched.times += 1;
      await touch();
    },
  };
};
function aHandler() {
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return { finish: () => finish(), handler: () => done };
}
beforeEach(() => {
  faults.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

test("a handler counts while it runs", async () => {
  const running = jobs();
  const { finish, handler } = aHandler();
  const run = running.run("clock.tick", aJob(), handler);
  expect(running.count()).toBe(1);
  finish();
  await run;
  expect(running.count()).toBe(0);
});

test("a handler that fails is reported and does not fail the job", async () => {
  const running = jobs();
  await running.run("clock.tick", aJob(), () => Promise.reject(new Error("boom")));
  expect(faults).toEqual(["clock.tick: Error: boom"]);
  expect(running.count()).toBe(0);
});

describe("the lock of a long handler", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  test("is renewed while it runs, and not afterwards", async () => {
    const job = aJob();
    const { finish, handler } = aHandler();
    const run = jobs().run("clock.tick", job, handler);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(job.touched.times).toBe(2);
    finish();
    await run;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(job.touched.times).toBe(2);
  });

  test("is let go when the handler hangs, so that another process goes on", async () => {
    const job = aJob();
    void jobs().run("clock.tick", job, aHandler().handler);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(job.touched.times).toBe(3);
  });

  test("that cannot be renewed is reported", async () => {
    const job = aJob(() => Promise.reject(new Error("canceled")));
    void jobs().run("clock.tick", job, aHandler().handler);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(faults).toEqual(["clock.tick: Error: canceled"]);
  });
});

describe("waiting for quiet", () => {
  test("ends at once when nothing runs", async () => {
    await expect(jobs().idleWithin(60_000)).resolves.toBe(true);
  });

  test("ends when the last handler does", async () => {
    const running = jobs();
    const { finish, handler } = aHandler();
    void running.run("clock.tick", aJob(), handler);
    const idle = running.idleWithin(60_000);
    finish();
    await expect(idle).resolves.toBe(true);
  });

  test("gives up on a handler that hangs", async () => {
    const running = jobs();
    void running.run("clock.tick", aJob(), aHandler().handler);
    await expect(running.idleWithin(10)).resolves.toBe(false);
  });
});
