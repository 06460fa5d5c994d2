// Query semantics, one row per rule: which documents a filter matches.
import { BSONRegExp, Double, MinKey } from "bson";
import { expect, test } from "vitest";
import { matches } from "../../../../src/storage/embedded/filter/filter-node.js";
import { parseFilter } from "../../../../src/storage/embedded/filter/parse-filter.js";
import { B, caseDocument, D, date, day, L, missing, O, T, toDoc, U } from "./bson-values.js";

type Case = [name: string, documents: unknown[], filter: object, expected: number[]];

const CASES: Case[] = [
  ["an ObjectId equals itself only", [O(1), O(2)], { a: O(1) }, [0]],
  ["$in finds ObjectIds", [O(1), O(2), O(3)], { a: { $in: [O(1), O(3)] } }, [0, 2]],
  ["ObjectIds have an order", [O(1), O(2), O(3)], { a: { $gt: O(1) } }, [1, 2]],
  ["$ne leaves the other out", [O(1), O(2)], { a: { $ne: O(1) } }, [1]],
  ["an element of an array matches", [[O(1), O(2)], [O(3)]], { a: O(2) }, [0]],
  ["dates are equal by instant", [day("2024-01-01"), day("2024-01-02")], { a: day("2024-01-01") }, [0]],
  ["dates have an order", [day("2024-01-01"), day("2024-01-02")], { a: { $gte: day("2024-01-02") } }, [1]],
  ["$in finds dates", [day("2024-01-01"), day("2024-01-02")], { a: { $in: [day("2024-01-02")] } }, [1]],
  ["a range of dates ignores numbers", [5, date(10)], { a: { $gte: date(0) } }, [1]],
  ["longs beyond 2^53 stay exact", [L("9007199254740993"), L("9007199254740992")], { a: L("9007199254740993") }, [0]],
  ["a long compares with an int", [L("9007199254740993"), 5], { a: { $gt: 10 } }, [0]],
  [
    "large longs have an order",
    [L("1152921504606846976"), L("9223372036854775807")],
    { a: { $gt: L("2000000000000000000") } },
    [1],
  ],
  ["a decimal equals itself", [D("1.5"), D("2")], { a: D("1.5") }, [0]],
  ["trailing zeros of a decimal do not count", [D("1.50")], { a: D("1.5") }, [0]],
  ["a decimal equals an int", [D("2"), 2], { a: 2 }, [0, 1]],
  ["decimals compare by value", [D("9"), D("10")], { a: { $gt: D("9") } }, [1]],
  ["a decimal compares with a double", [D("9"), D("10")], { a: { $gt: 9.5 } }, [1]],
  ["bytes are equal by content", [B("abc"), B("abd")], { a: B("abc") }, [0]],
  ["UUIDs are equal by content", [U(1), U(2)], { a: U(2) }, [1]],
  ["bytes compare by length first", [B("b"), B("aa")], { a: { $gt: B("b") } }, [1]],
  ["null matches null and missing", [null, missing, 1], { a: null }, [0, 1]],
  ["$ne null matches what is there", [null, missing, 1], { a: { $ne: null } }, [2]],
  ["$exists false finds only the missing", [null, missing, 1], { a: { $exists: false } }, [1]],
  ["$exists true finds null too", [null, missing, 1], { a: { $exists: true } }, [0, 2]],
  ["$in null matches missing", [null, missing, 1], { a: { $in: [null] } }, [0, 1]],
  ["$nin null excludes missing", [null, missing, 1, 2], { a: { $nin: [null, 1] } }, [3]],
  ["$gte null matches null and missing", [null, missing, 1], { a: { $gte: null } }, [0, 1]],
  ["$type null is not missing", [null, missing, 1], { a: { $type: "null" } }, [0]],
  ["a range does not match missing", [missing, 1], { a: { $lt: 5 } }, [1]],
  [
    "null below an array matches an element without the field",
    [[{ b: 1 }, { c: 2 }], [{ b: 1 }]],
    { "a.b": null },
    [0],
  ],
  [
    "$exists false needs every element to lack it",
    [[{ b: 1 }, { c: 2 }], [{ c: 1 }]],
    { "a.b": { $exists: false } },
    [1],
  ],
  ["a scalar matches inside an array", [[1, 2], [3], 1], { a: 1 }, [0, 2]],
  ["a whole array matches, also as an element", [[1, 2], [2, 1], [[1, 2]]], { a: [1, 2] }, [0, 2]],
  ["$in takes a whole array", [[1, 2], [3]], { a: { $in: [[1, 2]] } }, [0]],
  ["two bounds may be met by two elements", [[1, 10], [4]], { a: { $gt: 3, $lt: 5 } }, [0, 1]],
  ["two bounds may be met by two elements, wider", [[1, 10]], { a: { $gt: 3, $lt: 9 } }, [0]],
  ["$elemMatch needs one element for both", [[1, 10], [4]], { a: { $elemMatch: { $gt: 3, $lt: 9 } } }, [1]],
  [
    "$elemMatch on documents needs one element for all",
    [
      [{ x: 1, y: 2 }],
      [
        { x: 1, y: 3 },
        { x: 2, y: 2 },
      ],
    ],
    { a: { $elemMatch: { x: 1, y: 2 } } },
    [0],
  ],
  ["$elemMatch looks into nested arrays by number", [[[1]], [[2]]], { a: { $elemMatch: { 0: 2 } } }, [1]],
  ["$all needs every value", [[1, 2, 3], [1]], { a: { $all: [1, 2] } }, [0]],
  ["$all of one value matches a scalar", [5], { a: { $all: [5] } }, [0]],
  ["$all of nothing matches nothing", [[], 5], { a: { $all: [] } }, []],
  ["$size counts elements", [[1, 2], [1]], { a: { $size: 2 } }, [0]],
  ["a number in a path picks an element", [[5, 6]], { "a.1": 6 }, [0]],
  ["a path goes through nested arrays", [[{ b: [{ c: 1 }] }]], { "a.b.c": 1 }, [0]],
  ["an array compares with an array", [[1, 5], [3]], { a: { $gt: [1, 4] } }, [0, 1]],
  [
    "field order counts in documents",
    [
      { x: 1, y: 2 },
      { y: 2, x: 1 },
    ],
    { a: { x: 1, y: 2 } },
    [0],
  ],
  [
    "field order counts in $in",
    [
      { x: 1, y: 2 },
      { y: 2, x: 1 },
    ],
    { a: { $in: [{ y: 2, x: 1 }] } },
    [1],
  ],
  ["$type objectId", [O(1), "x"], { a: { $type: "objectId" } }, [0]],
  ["$type looks at elements", [["x"], [1]], { a: { $type: "string" } }, [0]],
  ["$type array means the field itself", [["x"], "x"], { a: { $type: "array" } }, [0]],
  ["$type number is any number", [D("1"), 1, "x"], { a: { $type: "number" } }, [0, 1]],
  ["$type binData", [B("x"), 1], { a: { $type: "binData" } }, [0]],
  ["$type double is not int", [1, 1.5], { a: { $type: "double" } }, [1]],
  ["$type decimal is not int", [D("1"), 1], { a: { $type: "decimal" } }, [0]],
  ["$type by number", [date(1), 1], { a: { $type: 9 } }, [0]],
  ["$type long is not int", [L("5"), 5], { a: { $type: "long" } }, [0]],
  ["a regular expression with an option", ["Foo", "bar"], { a: /^f/i }, [0]],
  ["$regex with $options", ["Foo", "bar"], { a: { $regex: "^f", $options: "i" } }, [0]],
  ["$options before $regex", ["Foo", "bar"], { a: { $options: "i", $regex: "^f" } }, [0]],
  ["option x ignores spaces and comments", ["foobar"], { a: { $regex: "foo # c\n bar", $options: "x" } }, [0]],
  ["$in takes expressions", ["Foo", "bar"], { a: { $in: [/^F/, "bar"] } }, [0, 1]],
  ["$not takes an expression", ["Foo", "bar"], { a: { $not: /^F/ } }, [1]],
  ["an inline option", ["FOO"], { a: { $regex: "(?i)foo" } }, [0]],
  ["$nin takes expressions", ["Foo", "bar"], { a: { $nin: [/^F/] } }, [1]],
  ["\\A and \\z anchor the whole text", ["a\nfoo", "foo"], { a: { $regex: "\\Afoo\\z", $options: "m" } }, [1]],
  ["a stored expression equals itself", [new BSONRegExp("^x", "i"), "y"], { a: new BSONRegExp("^x", "i") }, [0]],
  ["$comment changes nothing", [1], { a: 1, $comment: "x" }, [0]],
  ["$mod", [4, 5], { a: { $mod: [2, 0] } }, [0]],
  ["$mod cuts fractions off", [4.9, 5.1], { a: { $mod: [2, 0] } }, [0]],
  [
    "a long $in list finds all kinds of values",
    [5, 5.5, D("7.0"), "x", null, missing, O(1), [9], /^y/, L("9007199254740993"), true],
    { a: { $in: [1, 2, 3, 4, 7, 5.5, "x", null, O(1), [9], /^y/, L("9007199254740992")] } },
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  ["$nor", [1, 2], { $nor: [{ a: 1 }] }, [1]],
  ["$or", [1, 2, 3], { $or: [{ a: 1 }, { a: 3 }] }, [0, 2]],
  ["$and", [1, 2, 3], { $and: [{ a: { $gt: 1 } }, { a: { $lt: 3 } }] }, [1]],
  ["$not of a range matches missing", [1, 9, missing], { a: { $not: { $gt: 5 } } }, [0, 2]],
  ["true is not 1", [true, 1], { a: 1 }, [1]],
  ["NaN equals NaN", [Number.NaN, 1], { a: Number.NaN }, [0]],
  ["a range does not hold NaN", [Number.NaN, 1], { a: { $lt: 5 } }, [1]],
  ["$gte NaN holds NaN", [Number.NaN, 1], { a: { $gte: Number.NaN } }, [0]],
  ["an empty text is not null", ["", null], { a: null }, [1]],
  ["texts compare by code point", ["\uffff", "\u{1F600}"], { a: { $gt: "\uffff" } }, [1]],
  ["timestamps have an order", [T(5, 1), T(10, 1)], { a: { $gt: T(9, 1) } }, [1]],
  ["everything is above MinKey", [1, "x"], { a: { $gt: new MinKey() } }, [0, 1]],
  ["minus zero equals zero", [new Double(-0)], { a: 0 }, [0]],
  ["a document shaped like a reference is a value", [{ $ref: "c", $id: 1 }, 1], { a: { $ref: "c", $id: 1 } }, [0]],
  [
    "a reference inside $elemMatch",
    [[{ r: { $ref: "c", $id: O(1) } }], []],
    { a: { $elemMatch: { r: { $ref: "c", $id: O(1) } } } },
    [0],
  ],
  ["an empty array holds no null", [[], [null]], { a: null }, [1]],
  ["$elemMatch does not open arrays in arrays", [[[5]], [5]], { a: { $elemMatch: { $eq: 5 } } }, [1]],
];

test.each(CASES)("%s", (_name, documents, filter, expected) => {
  const node = parseFilter(toDoc(filter));
  const matched = documents.flatMap((item, at) => (matches(node, toDoc(caseDocument(item))) ? [at] : []));
  expect(matched).toEqual(expected);
});

const REFUSED: [name: string, filter: object, code: number, text: RegExp][] = [
  ["an unknown operator", { a: { $frob: 1 } }, 2, /\$frob/],
  ["an unknown top-level operator", { $frob: 1 }, 2, /\$frob/],
  ["$where", { $where: "1" }, 115, /\$where/],
  ["$expr", { $expr: {} }, 115, /\$expr/],
  ["$text", { $text: { $search: "x" } }, 115, /\$text/],
  ["$near", { a: { $near: [1, 1] } }, 115, /\$near/],
  ["$bitsAllSet", { a: { $bitsAllSet: 1 } }, 115, /\$bitsAllSet/],
  ["$in without an array", { a: { $in: 1 } }, 2, /\$in/],
  ["operators inside $in", { a: { $in: [{ $gt: 1 }] } }, 2, /nest/],
  ["an empty $or", { $or: [] }, 2, /nonempty/],
  ["$not without conditions", { a: { $not: 1 } }, 2, /\$not/],
  ["an invalid expression", { a: { $regex: "(" } }, 51091, /\(/],
  ["a PCRE-only expression", { a: { $regex: "(?>a)b" } }, 51091, /PCRE/],
  ["$options alone", { a: { $options: "i" } }, 2, /\$regex/],
  ["operators mixed with fields", { a: { $gt: 1, b: 2 } }, 2, /unknown operator: b/],
  ["$mod by zero", { a: { $mod: [0, 1] } }, 2, /divisor/],
  ["a negative $size", { a: { $size: -1 } }, 2, /\$size/],
  ["an unknown type", { a: { $type: "frob" } }, 2, /frob/],
];

test.each(REFUSED)("%s is refused by name", (_name, filter, code, text) => {
  expect(() => parseFilter(toDoc(filter))).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(text) }),
  );
});
