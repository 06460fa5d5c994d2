// BSON order over all types, as a server sorts them.
import type { Binary, BSONRegExp, ObjectId, Timestamp } from "bson";
import { compareNumbers } from "./compare-numbers.js";
import { type Doc, isNumber, RANK, typeRank, type Value } from "./value.js";

/** Orders two values in BSON order; missing sorts with null. */
export function compareValues(left: Value | undefined, right: Value | undefined): number {
  const rank = typeRank(left);
  const difference = rank - typeRank(right);
  if (difference !== 0) return difference;
  return compareSameType(rank, left as Value, right as Value);
}

/** Says whether two values are equal in BSON order. */
export function equalValues(left: Value | undefined, right: Value | undefined): boolean {
  return compareValues(left, right) === 0;
}

function compareSameType(rank: number, left: Value, right: Value): number {
  switch (rank) {
    case RANK.number:
      return isNumber(left) && isNumber(right) ? compareNumbers(left, right) : 0;
    case RANK.string:
      return compareStrings(left as string, right as string);
    case RANK.object:
      return compareDocs(left as Doc, right as Doc);
    case RANK.array:
      return compareArrays(left as Value[], right as Value[]);
    case RANK.date:
      return (left as Date).getTime() - (right as Date).getTime();
    case RANK.objectId:
      return Buffer.compare((left as ObjectId).id, (right as ObjectId).id);
    case RANK.boolean:
      return Number(left) - Number(right);
    case RANK.binary:
      return compareBinaries(left as Binary, right as Binary);
    case RANK.timestamp:
      return compareTimestamps(left as Timestamp, right as Timestamp);
    case RANK.regex:
      return compareRegexes(left as BSONRegExp, right as BSONRegExp);
    default:
      return 0;
  }
}

/** Orders strings by code point, which is the order of their UTF-8 bytes. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return surrogatesLast(a) - surrogatesLast(b);
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above U+FFFF, so they must sort after U+E000 to U+FFFF. */
function surrogatesLast(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

function compareDocs(left: Doc, right: Doc): number {
  const others = right.entries();
  for (const [name, value] of left) {
    const other = others.next();
    if (other.done) return 1;
    const [otherName, otherValue] = other.value;
    const order =
      typeRank(value) - typeRank(otherValue) || compareStrings(name, otherName) || compareValues(value, otherValue);
    if (order !== 0) return order;
  }
  return others.next().done ? 0 : -1;
}

function compareArrays(left: Value[], right: Value[]): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const order = compareValues(left[at], right[at]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareBinaries(left: Binary, right: Binary): number {
  const byLength = left.position - right.position || left.sub_type - right.sub_type;
  return byLength || Buffer.compare(left.value(), right.value());
}

function compareTimestamps(left: Timestamp, right: Timestamp): number {
  return left.t - right.t || left.i - right.i;
}

function compareRegexes(left: BSONRegExp, right: BSONRegExp): number {
  return compareStrings(left.pattern, right.pattern) || compareStrings(left.options, right.options);
}
