// How long a piece of work may take, on a clock that the test moves.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pacer } from "../../../../src/storage/embedded/engine/pacer.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("work pauses after a slice, and again after the next", async () => {
  const pacer = new Pacer(0);
  expect(pacer.due).toBe(false);
  vi.advanceTimersByTime(10);
  expect(pacer.due).toBe(true);
  await pacer.pause();
  expect(pacer.due).toBe(false);
});

test("work stops at its limit", async () => {
  const pacer = new Pacer(100);
  vi.advanceTimersByTime(90);
  await pacer.pause();
  vi.advanceTimersByTime(20);
  await expect(pacer.pause()).rejects.toMatchObject({ code: 50 });
});

test("the time a client takes between two batches does not count", async () => {
  const pacer = new Pacer(100);
  vi.advanceTimersByTime(60);
  pacer.rest();
  vi.advanceTimersByTime(10_000);
  pacer.resume();
  vi.advanceTimersByTime(30);
  await pacer.pause();
  vi.advanceTimersByTime(20);
  await expect(pacer.pause()).rejects.toMatchObject({ code: 50 });
});
