// Update semantics, one row per rule: what becomes of a document, byte for byte.
import { Double, Int32, Long } from "bson";
import { expect, test } from "vitest";
import { matchedPosition } from "../../../../src/storage/embedded/filter/filter-node.js";
import { parseFilter } from "../../../../src/storage/embedded/filter/parse-filter.js";
import { applyUpdate } from "../../../../src/storage/embedded/update/apply-update.js";
import { parseUpdate } from "../../../../src/storage/embedded/update/parse-update.js";
import { asStored, D, date, fromDoc, L, O, toDoc } from "./bson-values.js";

interface Options {
  filter?: object;
  arrayFilters?: object[];
  inserting?: boolean;
}

type Case = [name: string, before: object, update: object, after: object, options?: Options];

function run(before: object, update: object, options: Options = {}): object {
  const doc = toDoc(before);
  const filters = options.arrayFilters === undefined ? undefined : options.arrayFilters.map(toDoc);
  const program = parseUpdate(toDoc(update), filters);
  const position = matchedPosition(parseFilter(toDoc(options.filter ?? {})), doc);
  return fromDoc(applyUpdate(program, doc, { position, inserting: options.inserting ?? false }));
}

const CASES: Case[] = [
  ["$set makes documents on the way", {}, { $set: { "a.b": 1 } }, { a: { b: 1 } }],
  ["$set pads an array with null", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
  ["$unset leaves null in an array", { a: [1, 2] }, { $unset: { "a.0": 1 } }, { a: [null, 2] }],
  ["$unset of nothing does nothing", { a: 1 }, { $unset: { "b.c": 1, "a.x": 1 } }, { a: 1 }],
  ["$inc makes the field", {}, { $inc: { a: 2 } }, { a: 2 }],
  ["$inc keeps a long a long", { a: L("9007199254740993") }, { $inc: { a: 1 } }, { a: L("9007199254740994") }],
  [
    "$inc of an int that overflows makes a long",
    { a: new Int32(2147483647) },
    { $inc: { a: 1 } },
    { a: L("2147483648") },
  ],
  ["$inc by a double makes a double", { a: new Int32(1) }, { $inc: { a: 0.5 } }, { a: 1.5 }],
  ["a double stays a double", { a: new Double(1) }, { $inc: { a: 1 } }, { a: new Double(2) }],
  ["$mul of nothing is zero", {}, { $mul: { a: 5 } }, { a: 0 }],
  ["$mul multiplies", { a: 3 }, { $mul: { a: 5 } }, { a: 15 }],
  ["$min keeps the least", { a: date(10) }, { $min: { a: date(5) } }, { a: date(5) }],
  ["$max compares across types", { a: 5 }, { $max: { a: "x" } }, { a: "x" }],
  ["$max makes the field", {}, { $max: { a: 1 } }, { a: 1 }],
  ["$min compares decimals by value", { a: D("9") }, { $min: { a: D("10") } }, { a: D("9") }],
  ["$push makes the array", {}, { $push: { a: 1 } }, { a: [1] }],
  ["$push sorts before it cuts", { a: [3] }, { $push: { a: { $each: [1, 2], $sort: -1, $slice: 2 } } }, { a: [3, 2] }],
  [
    "$push sorts by a field",
    { a: [{ s: 2 }] },
    { $push: { a: { $each: [{ s: 1 }], $sort: { s: 1 } } } },
    { a: [{ s: 1 }, { s: 2 }] },
  ],
  ["$push at a position", { a: [1, 2] }, { $push: { a: { $each: [9], $position: 1 } } }, { a: [1, 9, 2] }],
  [
    "$push at a position from the end",
    { a: [1, 2] },
    { $push: { a: { $each: [9], $position: -1 } } },
    { a: [1, 9, 2] },
  ],
  [
    "$push keeps the last with a negative $slice",
    { a: [1, 2] },
    { $push: { a: { $each: [3], $slice: -2 } } },
    { a: [2, 3] },
  ],
  ["$push of a document without $each is one value", { a: [] }, { $push: { a: { x: 1 } } }, { a: [{ x: 1 }] }],
  ["$addToSet knows the value", { a: [O(1)] }, { $addToSet: { a: O(1) } }, { a: [O(1)] }],
  [
    "$addToSet minds field order",
    { a: [{ x: 1, y: 2 }] },
    { $addToSet: { a: { y: 2, x: 1 } } },
    {
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    },
  ],
  ["$addToSet with $each", { a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
  ["$pull by fields", { a: [{ x: 1, y: 2 }, { x: 2 }] }, { $pull: { a: { x: 1 } } }, { a: [{ x: 2 }] }],
  ["$pull by value", { a: [O(1), O(2)] }, { $pull: { a: O(1) } }, { a: [O(2)] }],
  ["$pull by range", { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ["$pull by $in", { a: [1, 5, 9] }, { $pull: { a: { $in: [1, 9] } } }, { a: [5] }],
  [
    "$pull by a nested $in, as mongoose sends it",
    { a: [{ _id: O(1) }, { _id: O(2) }] },
    { $pull: { a: { _id: { $in: [O(1)] } } } },
    { a: [{ _id: O(2) }] },
  ],
  [
    "$pull by $or",
    { a: [{ x: 1 }, { y: 1 }, { z: 1 }] },
    { $pull: { a: { $or: [{ x: 1 }, { y: 1 }] } } },
    { a: [{ z: 1 }] },
  ],
  ["$pull by expression", { a: ["foo", "bar"] }, { $pull: { a: /^f/ } }, { a: ["bar"] }],
  ["$pull of a missing field does nothing", {}, { $pull: { a: 1 } }, {}],
  ["$pullAll", { a: [1, 5, 1] }, { $pullAll: { a: [1] } }, { a: [5] }],
  ["$pop from the front", { a: [1, 2] }, { $pop: { a: -1 } }, { a: [2] }],
  ["$pop from the end", { a: [1, 2] }, { $pop: { a: 1 } }, { a: [1] }],
  ["$rename", { a: 1 }, { $rename: { a: "b" } }, { b: 1 }],
  ["$rename into a document", { a: 1 }, { $rename: { a: "b.c" } }, { b: { c: 1 } }],
  ["$ is the element that matched", { a: [1, 2, 3] }, { $set: { "a.$": 9 } }, { a: [1, 9, 3] }, { filter: { a: 2 } }],
  [
    "$ inside documents",
    {
      a: [
        { _id: O(1), n: 1 },
        { _id: O(2), n: 1 },
      ],
    },
    { $inc: { "a.$.n": 1 } },
    {
      a: [
        { _id: O(1), n: 1 },
        { _id: O(2), n: 2 },
      ],
    },
    { filter: { "a._id": O(2) } },
  ],
  [
    "$ after $elemMatch",
    {
      a: [
        { x: 1, y: 1 },
        { x: 2, y: 2 },
      ],
    },
    { $set: { "a.$.z": 1 } },
    {
      a: [
        { x: 1, y: 1 },
        { x: 2, y: 2, z: 1 },
      ],
    },
    { filter: { a: { $elemMatch: { x: 2, y: 2 } } } },
  ],
  [
    "$ with two conditions",
    { a: [{ x: 2, y: 2 }] },
    { $set: { "a.$.z": 1 } },
    { a: [{ x: 2, y: 2, z: 1 }] },
    { filter: { "a.x": 2, "a.y": 2 } },
  ],
  ["$ inside $and", { a: [1, 2] }, { $set: { "a.$": 9 } }, { a: [1, 9] }, { filter: { $and: [{ a: 2 }] } }],
  ["$ after $in", { a: [1, 2] }, { $set: { "a.$": 9 } }, { a: [1, 9] }, { filter: { a: { $in: [2, 7] } } }],
  [
    "$ is found before anything changes",
    { a: [1, 2] },
    { $set: { "a.$": 9, b: 1 } },
    { a: [9, 2], b: 1 },
    { filter: { a: 1 } },
  ],
  ["$[] is every element", { a: [1, 2] }, { $inc: { "a.$[]": 1 } }, { a: [2, 3] }],
  [
    "$[e] is every element that fits",
    { a: [{ n: 1 }, { n: 5 }] },
    { $set: { "a.$[e].k": 1 } },
    { a: [{ n: 1 }, { n: 5, k: 1 }] },
    { arrayFilters: [{ "e.n": { $gt: 3 } }] },
  ],
  [
    "$[e] by ObjectId",
    { a: [{ i: O(1) }, { i: O(2) }] },
    { $set: { "a.$[e].k": 1 } },
    { a: [{ i: O(1) }, { i: O(2), k: 1 }] },
    { arrayFilters: [{ "e.i": O(2) }] },
  ],
  [
    "$[] and $[x] together",
    { a: [{ b: [1, 9] }, { b: [8] }] },
    { $set: { "a.$[].b.$[x]": 0 } },
    { a: [{ b: [1, 0] }, { b: [0] }] },
    { arrayFilters: [{ x: { $gt: 5 } }] },
  ],
  [
    "an array filter with $or",
    { a: [1, 5, 9] },
    { $set: { "a.$[e]": 0 } },
    { a: [0, 5, 0] },
    { arrayFilters: [{ $or: [{ e: 1 }, { e: 9 }] }] },
  ],
  ["$setOnInsert does nothing to what exists", {}, { $set: { b: 1 }, $setOnInsert: { c: 1 } }, { b: 1 }],
  [
    "$setOnInsert counts on insert",
    {},
    { $set: { b: 1 }, $setOnInsert: { c: 1 } },
    { b: 1, c: 1 },
    { inserting: true },
  ],
  ["$set of the same _id is allowed", { _id: 1 }, { $set: { _id: 1, b: 2 } }, { _id: 1, b: 2 }],
  [
    "new fields come in order of name, over all operators",
    {},
    { $set: { z: 1, b: 1 }, $inc: { a: 1 } },
    { a: 1, b: 1, z: 1 },
  ],
  [
    "new fields with numbers come in order of number",
    { m: {} },
    { $set: { "m.k10": 1, "m.k9": 1 } },
    { m: { k10: 1, k9: 1 } },
  ],
  ["a changed field keeps its place", { a: 1, b: 2 }, { $set: { a: 3 } }, { a: 3, b: 2 }],
  ["a replacement keeps the _id", { _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
  ["a replacement may name the same _id", { _id: 1, a: 1 }, { b: 2, _id: 1 }, { _id: 1, b: 2 }],
  [
    "names such as constructor are only names",
    {},
    { $set: { "constructor.prototype.x": 1 } },
    { constructor: { prototype: { x: 1 } } },
  ],
];

test.each(CASES)("%s", (_name, before, update, after, options) => {
  const result = run(before, update, options);
  expect(result).toEqual(asStored(after));
  expect(JSON.stringify(Object.keys(result))).toBe(JSON.stringify(Object.keys(after)));
});

const REFUSED: [name: string, before: object, update: object, code: number, options?: Options][] = [
  ["$set below a text", { a: "s" }, { $set: { "a.b": 1 } }, 28],
  ["$set below null", { a: null }, { $set: { "a.b": 1 } }, 28],
  ["$set by name in an array", { a: [] }, { $set: { "a.b": 1 } }, 28],
  ["$inc of a text", { a: "x" }, { $inc: { a: 1 } }, 14],
  ["$inc of null", { a: null }, { $inc: { a: 1 } }, 14],
  ["$inc by a text", {}, { $inc: { a: "x" } }, 14],
  ["$inc of a long that overflows", { a: Long.MAX_VALUE }, { $inc: { a: 1 } }, 2],
  ["arithmetic on a decimal", { a: D("1.5") }, { $inc: { a: 1 } }, 115],
  ["arithmetic by a decimal", { a: 1 }, { $mul: { a: D("1.5") } }, 115],
  ["$push on a scalar", { a: 1 }, { $push: { a: 1 } }, 2],
  ["$pull on a scalar", { a: 1 }, { $pull: { a: 1 } }, 2],
  ["$pop on a scalar", { a: 1 }, { $pop: { a: 1 } }, 14],
  ["$addToSet on a scalar", { a: 1 }, { $addToSet: { a: 1 } }, 2],
  ["an unknown clause of $push", {}, { $push: { a: { $each: [], $frob: 1 } } }, 2],
  ["two changes of one field", {}, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
  ["a change of a field and of its inside", {}, { $set: { a: 1, "a.b": 1 } }, 40],
  ["a rename onto a changed field", { a: 1 }, { $rename: { a: "b" }, $set: { b: 1 } }, 40],
  ["another _id", { _id: 1 }, { $set: { _id: 2 } }, 66],
  ["no _id", { _id: 1 }, { $unset: { _id: 1 } }, 66],
  ["a change inside the _id", { _id: { x: 1 } }, { $set: { "_id.x": 2 } }, 66],
  ["a replacement with another _id", { _id: 1 }, { _id: 2 }, 66],
  ["an unknown modifier", {}, { $frob: { a: 1 } }, 9],
  ["a field among modifiers", {}, { $set: { a: 1 }, b: 1 }, 9],
  ["a modifier in a replacement", {}, { a: 1, $set: { b: 1 } }, 52],
  ["$bit", { a: 4 }, { $bit: { a: { or: 1 } } }, 115],
  ["an empty path", {}, { $set: { "": 1 } }, 56],
  ["an empty part of a path", {}, { $set: { "a..b": 1 } }, 56],
  ["a path with a dollar", {}, { $set: { "a.$b": 1 } }, 52],
  ["$ without a match", { a: [1] }, { $set: { "a.$": 1 } }, 2],
  ["$[] on what is no array", { a: 1 }, { $set: { "a.$[]": 1 } }, 2],
  ["an array filter nobody uses", { a: [1] }, { $set: { a: 1 } }, 9, { arrayFilters: [{ e: 1 }] }],
  ["an array filter that is missing", { a: [1] }, { $set: { "a.$[e]": 1 } }, 2],
  ["two array filters of one name", { a: [1] }, { $set: { "a.$[e]": 1 } }, 9, { arrayFilters: [{ e: 1 }, { e: 2 }] }],
  ["$rename out of an array", { a: [{ b: 1 }] }, { $rename: { "a.0.b": "c" } }, 2],
  ["far too much padding", { a: [] }, { $set: { "a.1600000": 1 } }, 2],
];

test.each(REFUSED)("%s is refused", (_name, before, update, code, options) => {
  expect(() => run(before, update, options)).toThrow(expect.objectContaining({ code }));
});

test("a pipeline update is refused by name", () => {
  expect(() => parseUpdate([toDoc({ $set: { a: 1 } })], undefined)).toThrow(/pipeline.*MONGODB_URI/);
});

test("$currentDate writes the present time", () => {
  const earlier = Date.now();
  const { a } = run({}, { $currentDate: { a: true } }) as { a: Date };
  expect(a.getTime()).toBeGreaterThanOrEqual(earlier);
  const { t } = run({}, { $currentDate: { t: { $type: "timestamp" } } }) as { t: { _bsontype: string } };
  expect(t._bsontype).toBe("Timestamp");
});

test("__proto__ in a path is only a name and pollutes nothing", () => {
  const program = parseUpdate(toDoc({ $set: { "__proto__.polluted": 1 } }), undefined);
  const doc = applyUpdate(program, toDoc({}), { position: undefined, inserting: false });
  expect([...doc.keys()]).toEqual(["__proto__"]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
