// Which index a query uses, and when the order of an index may be trusted.
import { expect, test } from "vitest";
import type { Collection, Index } from "../../../../src/storage/embedded/engine/collection.js";
import { idIndex, parseIndexSpec } from "../../../../src/storage/embedded/engine/index-spec.js";
import { choosePlan, type Plan } from "../../../../src/storage/embedded/engine/planner.js";
import { parseFilter } from "../../../../src/storage/embedded/filter/parse-filter.js";
import { parseSort } from "../../../../src/storage/embedded/filter/sort-order.js";
import { toDoc } from "./bson-values.js";

interface IndexOptions {
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: object;
  multikey?: boolean;
  lossy?: boolean;
  ready?: boolean;
}

function index(key: object, options: IndexOptions = {}): Index {
  const { multikey = false, lossy = false, ready = true, ...spec } = options;
  return { ...parseIndexSpec(toDoc({ key, ...spec }), 9), multikey, lossy, ready };
}

function plan(indexes: Index[], filter: object, sort: object = {}): Plan {
  const collection: Collection = {
    id: 1,
    namespace: "d.c",
    indexes: [idIndex(2), ...indexes],
    nextRecordId: 1,
    revision: 0,
    durableRevision: 0,
    writesBegun: 0,
    writesSettled: 0,
  };
  return choosePlan({ collection, node: parseFilter(toDoc(filter)), sort: parseSort(toDoc(sort)) });
}

const summary = (chosen: Plan): [string | undefined, boolean, boolean] => [
  chosen.index?.name,
  chosen.ordered,
  chosen.reverse,
];

const AGENDA = index({ name: 1, nextRunAt: 1, priority: -1, lockedAt: 1, disabled: 1 });

test("agenda's search for the next job goes straight to the name, in the order it asks for", () => {
  const now = new Date(5);
  const filter = {
    name: "tick",
    disabled: { $ne: true },
    $or: [{ lockedAt: { $eq: null }, nextRunAt: { $lte: now } }, { lockedAt: { $lte: now } }],
  };
  const chosen = plan([AGENDA], filter, { nextRunAt: 1, priority: -1 });
  expect(summary(chosen)).toEqual([AGENDA.name, true, false]);
  expect(chosen.ranges).toHaveLength(1);
});

test("an index gives its order in both directions, and no other order", () => {
  const indexes = [index({ a: 1, b: -1 })];
  expect(summary(plan(indexes, {}, { a: 1, b: -1 }))).toEqual(["a_1_b_-1", true, false]);
  expect(summary(plan(indexes, {}, { a: -1, b: 1 }))).toEqual(["a_1_b_-1", true, true]);
  expect(summary(plan(indexes, { a: 5 }, { b: 1 }))).toEqual(["a_1_b_-1", true, true]);
  expect(summary(plan(indexes, {}, { a: 1, b: 1 }))).toEqual([undefined, false, false]);
  expect(plan(indexes, { a: { $in: [1, 2] } }, { b: 1 }).ordered).toBe(false);
  expect(plan(indexes, { a: { $in: [1, 2] } }, { a: 1, b: -1 }).ordered).toBe(true);
});

test("an index over arrays or with cut keys finds, but does not order", () => {
  for (const flaw of [{ multikey: true }, { lossy: true }]) {
    expect(summary(plan([index({ a: 1 }, flaw)], { a: { $gte: 1 } }, { a: 1 }))).toEqual(["a_1", false, false]);
    expect(summary(plan([index({ a: 1 }, flaw)], {}, { a: 1 }))).toEqual([undefined, false, false]);
  }
});

test("below one array only one field may bound the search", () => {
  const bounds = (multikey: boolean): number => {
    const [range] = plan([index({ "a.x": 1, "a.y": 1 }, { multikey })], { "a.x": 1, "a.y": 2 }).ranges;
    return range?.start.length ?? 0;
  };
  expect(bounds(true)).toBeLessThan(bounds(false));
});

test("in an array the two ends of a range do not belong together", () => {
  const filter = { a: { $gte: 3, $lt: 5 } };
  const ends = (multikey: boolean): string | undefined =>
    plan([index({ a: 1 }, { multikey })], filter).ranges[0]?.end.toString("hex");
  const open = plan([index({ a: 1 })], { a: { $gte: 3 } }).ranges[0]?.end.toString("hex");
  expect(ends(true)).toBe(open);
  expect(ends(false)).not.toBe(open);
});

test("a partial index is used only when the filter implies its condition", () => {
  const partial = [index({ a: 1 }, { partialFilterExpression: { open: true, n: { $gt: 5 } } })];
  expect(plan(partial, { a: 1 }).index).toBeUndefined();
  expect(plan(partial, { a: 1, open: true }).index).toBeUndefined();
  expect(plan(partial, { a: 1, open: true, n: { $gte: 5 } }).index).toBeUndefined();
  expect(plan(partial, { a: 1, open: true, n: { $gt: 5 } }).index?.name).toBe("a_1");
  expect(plan(partial, { a: 1, open: true, n: 6 }).index?.name).toBe("a_1");
  expect(plan(partial, { $or: [{ a: 1, open: true, n: 6 }] }).index).toBeUndefined();
  const present = [index({ a: 1 }, { partialFilterExpression: { a: { $exists: true } } })];
  expect(plan(present, { a: "x" }).index?.name).toBe("a_1");
  expect(plan(present, { a: { $lte: 5 } }).index?.name).toBe("a_1");
  expect(plan(present, { a: null }).index).toBeUndefined();
});

test("a sparse index is used only when missing fields cannot match", () => {
  const sparse = [index({ a: 1 }, { sparse: true })];
  expect(plan(sparse, { a: 1 }).index?.name).toBe("a_1");
  expect(plan(sparse, { a: { $gt: 1 } }).index?.name).toBe("a_1");
  expect(plan(sparse, { a: null }).index).toBeUndefined();
  expect(plan(sparse, { a: { $in: [1, null] } }).index).toBeUndefined();
  expect(plan(sparse, {}, { a: 1 }).index).toBeUndefined();
});

test("what an index cannot bound is left to the whole collection", () => {
  const indexes = [index({ a: 1 }), index({ "a.0": 1 })];
  for (const filter of [
    { a: { $ne: 1 } },
    { a: [1, 2] },
    { a: { $exists: true } },
    { $or: [{ a: 1 }, { b: 1 }] },
    { "a.0": 1 },
  ]) {
    expect(plan(indexes, filter).index, JSON.stringify(filter)).toBeUndefined();
  }
});

test("the index with more equal fields wins, and a unique one that is fully given wins over all", () => {
  const indexes = [index({ a: 1 }), index({ a: 1, b: 1 }), index({ c: 1 }, { unique: true })];
  expect(plan(indexes, { a: 1, b: 2 }).index?.name).toBe("a_1_b_1");
  expect(plan(indexes, { a: 1, b: 2, c: 3 }).index?.name).toBe("c_1");
  expect(plan(indexes, { a: 1, _id: 5 }).index?.name).toBe("_id_");
  expect(plan(indexes, { a: 1, b: 2, _id: { $in: [5, 6] } }).index?.name).toBe("_id_");
});

test("an index that is being built is not used", () => {
  expect(plan([index({ a: 1 }, { ready: false })], { a: 1 }).index).toBeUndefined();
});
