// Sort semantics, one row per rule: the order in which documents come.
import { expect, test } from "vitest";
import { compareSortKeys, parseSort, sortKey } from "../../../../src/storage/embedded/filter/sort-order.js";
import { B, caseDocument, D, date, L, missing, O, toDoc } from "./bson-values.js";

type Case = [name: string, documents: unknown[], sort: object, expected: number[]];

const CASES: Case[] = [
  [
    "types have an order",
    [date(0), true, O(1), B("x"), [1], { x: 1 }, "s", 5, null],
    { a: 1 },
    // The array sorts by its element, a number below 5.
    [8, 4, 7, 6, 5, 3, 2, 1, 0],
  ],
  ["ObjectIds", [O(3), O(1), O(2)], { a: 1 }, [1, 2, 0]],
  ["decimals by value", [D("10"), D("9"), D("-1")], { a: 1 }, [2, 1, 0]],
  ["decimals among doubles", [D("10"), 9.5, 11], { a: 1 }, [1, 0, 2]],
  ["large longs", [L("9007199254740993"), 1, 2], { a: -1 }, [0, 2, 1]],
  ["upwards an array counts by its least element", [[5, 1], [2], 3], { a: 1 }, [0, 1, 2]],
  ["downwards an array counts by its greatest element", [[5, 1], [4], 3], { a: -1 }, [0, 1, 2]],
  ["the same below an array", [[{ b: 1 }, { b: 9 }], [{ b: 5 }]], { "a.b": -1 }, [0, 1]],
  ["dates", [date(3), date(1)], { a: 1 }, [1, 0]],
  ["capital letters first", ["b", "a", "B"], { a: 1 }, [2, 1, 0]],
  ["documents field by field", [{ x: 2 }, { x: 1, z: 1 }, { x: 1 }], { a: 1 }, [2, 1, 0]],
  ["bytes by length", [B("b"), B("aa")], { a: 1 }, [0, 1]],
  ["an empty array is below null", [null, [], missing, 1], { a: 1 }, [1, 0, 2, 3]],
];

function order(documents: object[], sort: object): number[] {
  const fields = parseSort(toDoc(sort));
  const keyed = documents.map((item, at) => ({ at, key: sortKey(toDoc(item), fields) }));
  return keyed.sort((left, right) => compareSortKeys(left.key, right.key, fields)).map(({ at }) => at);
}

test.each(CASES)("%s", (_name, documents, sort, expected) => {
  expect(order(documents.map(caseDocument), sort)).toEqual(expected);
});

test("a missing field counts as null, and the next field decides", () => {
  expect(order([{ a: null, b: 2 }, { b: 1 }], { a: 1, b: 1 })).toEqual([1, 0]);
});

test("each field has its own direction", () => {
  const documents = [
    { a: 1, b: 1 },
    { a: 2, b: 1 },
    { a: 2, b: 0 },
  ];
  expect(order(documents, { a: -1, b: 1 })).toEqual([2, 1, 0]);
});

test("a direction other than 1 and -1 is refused", () => {
  expect(() => parseSort(toDoc({ a: 2 }))).toThrow(expect.objectContaining({ code: 15975 }));
  expect(() => parseSort(toDoc({ a: { $meta: "textScore" } }))).toThrow(expect.objectContaining({ code: 115 }));
});
