import { expect, test } from "vitest";

type Figures = {
  percentile(values: readonly number[], share: number): number;
  figure(of: object): { readonly ratio: number | null; readonly verdict: string };
};
// The benchmarks are plain JavaScript, so their shape is stated here.
const figuresModule: string = "../../bench/figures.mjs";
const { percentile, figure } = (await import(figuresModule)) as Figures;

const judged = (value: number, budget: object, floor = 10) =>
  figure({ bench: "b", name: "n", unit: "ms", value, floor, budget });

test("a percentile is a value that was measured", () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
  expect(percentile([4, 1, 3, 2], 0.99)).toBe(4);
  expect(percentile([], 0.5)).toBeNaN();
});

test.each([
  [100, "within"],
  [101, "within noise"],
  [120, "within noise"],
  [121, "missed"],
  [Number.NaN, "missed"],
])("%s against at most 100 is %s", (value, verdict) => {
  expect(judged(value, { of: "value", atMost: 100 }).verdict).toBe(verdict);
});

test.each([
  [100, "within"],
  [90, "within noise"],
  [80, "missed"],
  [0, "missed"],
])("%s against at least 100 is %s", (value, verdict) => {
  expect(judged(value, { of: "value", atLeast: 100 }).verdict).toBe(verdict);
});

test("a budget on the ratio is judged by the ratio", () => {
  expect(judged(14, { of: "ratio", atMost: 1.5 }).verdict).toBe("within");
  expect(judged(19, { of: "ratio", atMost: 1.5 }).verdict).toBe("missed");
});

test("the ratio of a rate says how many times slower than the floor it is", () => {
  expect(figure({ bench: "b", name: "n", unit: "per s", value: 50, floor: 100, isRate: true }).ratio).toBe(2);
});
