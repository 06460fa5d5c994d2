import { afterEach, expect, test, vi } from "vitest";
import { createLiveView } from "../../../src/storage/live-view.js";

afterEach(() => {
  vi.useRealTimers();
});

function counting() {
  const faults: unknown[] = [];
  const state = { reads: 0, fails: false };
  const live = createLiveView({
    initial: 0,
    everyMs: 1_000,
    onFault: (err) => faults.push(err),
    read: async () => {
      state.reads += 1;
      if (state.fails) throw new Error("gone");
      return state.reads;
    },
  });
  return { live, state, faults };
}

test("the view answers before anything was read", () => {
  expect(counting().live.current()).toBe(0);
});

test("readings asked for together are one", async () => {
  const { live, state } = counting();
  expect(await Promise.all([live.refresh(), live.refresh()])).toEqual([1, 1]);
  expect(state.reads).toBe(1);
  expect(await live.refresh()).toBe(2);
});

test("a view that was started is read again at intervals until it is stopped", async () => {
  vi.useFakeTimers();
  const { live } = counting();
  await live.start();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(live.current()).toBe(3);
  live.stop();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(live.current()).toBe(3);
});

test("a failed reading is reported and leaves the view as it was", async () => {
  vi.useFakeTimers();
  const { live, state, faults } = counting();
  await live.start();
  state.fails = true;
  await vi.advanceTimersByTimeAsync(1_000);
  expect([live.current(), faults.length]).toEqual([1, 1]);
  state.fails = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(live.current()).toBe(3);
  live.stop();
});

test("a first reading that fails is the caller's to know", async () => {
  const { live, state } = counting();
  state.fails = true;
  await expect(live.start()).rejects.toThrow("gone");
});
