import { expect, test } from "vitest";
import { makeTurns } from "../../../src/application/make-turns.js";

const never = { wait: () => new Promise<void>(() => undefined) };
const atOnce = { wait: () => Promise.resolve() };

/** Work that ends when it is told to. */
const openWork = (value: string) => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = false;
  const run = async (): Promise<string> => {
    begun = true;
    await ended;
    return value;
  };
  return { run, end, hasBegun: () => begun };
};
const aMoment = () => new Promise((resolve) => setImmediate(resolve));

test("work for one key begins when the work before it has ended", async () => {
  const inTurn = makeTurns(never);
  const works = [openWork("a"), openWork("b"), openWork("c")] as const;
  const outcomes = works.map(({ run }) => inTurn("one", run));
  for (const [at, work] of works.entries()) {
    await aMoment();
    expect(works.map(({ hasBegun }) => hasBegun())).toEqual(works.map((_, index) => index <= at));
    work.end();
  }
  expect(await Promise.all(outcomes)).toEqual(["a", "b", "c"]);
});

test("work for another key does not wait", async () => {
  const inTurn = makeTurns(never);
  const [first, other] = [openWork("first"), openWork("other")];
  void inTurn("one", first.run);
  void inTurn("another", other.run);
  await aMoment();
  expect(other.hasBegun()).toBe(true);
});

test("work that fails tells its own caller only, and the next begins", async () => {
  const inTurn = makeTurns(never);
  const failing = inTurn("one", () => Promise.reject(new Error("no")));
  const next = inTurn("one", () => Promise.resolve("yes"));
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("yes");
});

test("nobody waits longer than the bound for work that hangs", async () => {
  const inTurn = makeTurns(atOnce);
  void inTurn("one", openWork("hangs").run);
  expect(await inTurn("one", () => Promise.resolve("goes on"))).toBe("goes on");
});

test("after everything has ended the next begins at once", async () => {
  const inTurn = makeTurns(never);
  await inTurn("one", () => Promise.resolve());
  const next = openWork("next");
  void inTurn("one", next.run);
  expect(next.hasBegun()).toBe(true);
});
