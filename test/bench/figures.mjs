// Figures of the benchmarks: medians, percentiles, and the judgement against a budget.

/** How far beyond its budget a figure may lie before it counts as missed: two shared cores are noisy. */
export const NOISE_MARGIN = 0.2;

/** The value below which the given share of the values lies (nearest rank). */
export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The middle value. */
export const median = (values) => percentile(values, 0.5);

/**
 * One figure, beside its floor from the same run. `budget` is `{ of: "value" | "ratio", atMost | atLeast }`; the ratio
 * says how many times as much as the floor it takes, whether the figure is a cost or a rate (`isRate`).
 */
export function figure({ bench, name, unit, value, floor = null, ratio, isRate = false, budget = null }) {
  const compared = ratio ?? (floor === null ? null : isRate ? floor / value : value / floor);
  return {
    bench,
    figure: name,
    value: rounded(value),
    unit,
    floor: rounded(floor),
    ratio: rounded(compared),
    budget,
    verdict: budget === null ? "no budget" : verdictOf(budget.of === "ratio" ? compared : value, budget),
  };
}

function verdictOf(measured, { atMost, atLeast }) {
  // Written so that a figure that is not a number misses.
  const over = atMost === undefined ? atLeast / measured : measured / atMost;
  if (over <= 1) return "within";
  return over <= 1 + NOISE_MARGIN ? "within noise" : "missed";
}

function rounded(value) {
  return value === null ? null : Number(value.toPrecision(4));
}

/** Figures as a table for people. */
export function tableOf(figures) {
  const rows = figures.map((one) => [
    `${one.bench} ${one.figure}`,
    `${one.value} ${one.unit}`,
    one.floor === null ? "-" : String(one.floor),
    one.ratio === null ? "-" : `${one.ratio}x`,
    one.budget === null ? "-" : budgetWords(one.budget),
    one.verdict,
  ]);
  const all = [["what", "figure", "floor", "ratio", "budget", "verdict"], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function budgetWords({ of, atMost, atLeast }) {
  const bound = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  return of === "ratio" ? `${bound}x` : bound;
}
