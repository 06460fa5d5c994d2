// Query documents to filter trees. Operators not listed here are refused by name.
import { BSONRegExp } from "bson";
import { splitPath } from "../bson/path.js";
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { notSupported, StoreError } from "../store-error.js";
import { equalTo } from "./comparison.js";
import { type FilterNode, matches } from "./filter-node.js";
import { isTruthy, LEAF_OPERATORS, type LeafTest, parseRegexOperator, regexTest } from "./leaf-operators.js";

const REFUSED_TOP = new Set(["$where", "$expr", "$text", "$jsonSchema", "$alwaysTrue", "$alwaysFalse", "$sampleRate"]);
const REFUSED_FIELD = new Set([
  "$near",
  "$nearSphere",
  "$geoWithin",
  "$geoIntersects",
  "$within",
  "$bitsAllSet",
  "$bitsAnySet",
  "$bitsAllClear",
  "$bitsAnyClear",
]);

/** Parses a query document. */
export function parseFilter(query: Doc): FilterNode {
  const nodes: FilterNode[] = [];
  for (const [name, value] of query) {
    if (name.startsWith("$")) nodes.push(...parseTopLevel(name, value));
    else nodes.push(...parseField(name, value));
  }
  return joined(nodes);
}

/** Parses a condition on the element itself, as $elemMatch and $pull use with operator documents. */
export function parseElementTest(conditions: Doc): (element: Value) => boolean {
  const node = joined(parseOperators("element", conditions));
  return (element) => matches(wholeElements(node), new Map([["element", element]]));
}

/** Says whether a document is a list of operators (`{$gt: 5}`), not a value to be equal to. */
export function isOperatorDoc(value: Value | undefined): value is Doc {
  if (!isDoc(value) || value.size === 0) return false;
  const [first] = value.keys();
  return first?.startsWith("$") === true && !["$ref", "$id", "$db"].includes(first);
}

function joined(nodes: FilterNode[]): FilterNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind: "and", nodes };
}

function parseTopLevel(name: string, value: Value): FilterNode[] {
  if (name === "$comment") return [];
  if (name === "$and" || name === "$or" || name === "$nor") return [parseBranches(name, value)];
  if (REFUSED_TOP.has(name)) throw notSupported(`The query operator ${name}`);
  throw new StoreError(
    2,
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function parseBranches(name: "$and" | "$or" | "$nor", value: Value): FilterNode {
  if (!Array.isArray(value)) throw new StoreError(2, `${name} argument must be an array`);
  if (value.length === 0) throw new StoreError(2, "$and/$or/$nor must be a nonempty array");
  const nodes = value.map((branch) => {
    if (!isDoc(branch)) throw new StoreError(2, "$or/$and/$nor entries need to be full objects");
    return parseFilter(branch);
  });
  return { kind: name.slice(1) as "and" | "or" | "nor", nodes };
}

function parseField(field: string, value: Value): FilterNode[] {
  if (isOperatorDoc(value)) return parseOperators(field, value);
  if (value instanceof BSONRegExp) return [leaf(field, regexTest(value.pattern, value.options))];
  return [equality(field, value)];
}

function equality(field: string, value: Value): FilterNode {
  return leaf(field, { test: equalTo(value), meaning: { kind: "equal", value } });
}

function parseOperators(field: string, conditions: Doc): FilterNode[] {
  const nodes: FilterNode[] = [];
  for (const [operator, operand] of conditions) {
    const node = parseOperator(field, operator, operand, conditions);
    if (node !== undefined) nodes.push(node);
  }
  return nodes;
}

function parseOperator(field: string, operator: string, operand: Value, siblings: Doc): FilterNode | undefined {
  const simple = LEAF_OPERATORS.get(operator);
  if (simple !== undefined) return leaf(field, simple(operand));
  switch (operator) {
    case "$comment":
      return undefined;
    case "$options":
      if (!siblings.has("$regex")) throw new StoreError(2, "$options needs a $regex");
      return undefined;
    case "$regex":
      return leaf(field, parseRegexOperator(operand, siblings.get("$options")));
    case "$ne":
      if (operand instanceof BSONRegExp) throw new StoreError(2, "Can't have regex as arg to $ne.");
      return { kind: "not", node: equality(field, operand) };
    case "$nin":
      return { kind: "not", node: leaf(field, inTest(operand)) };
    case "$not":
      return { kind: "not", node: parseNot(field, operand) };
    case "$exists":
      return parseExists(field, operand);
    case "$elemMatch":
      return leaf(field, parseElemMatch(operand));
    case "$all":
      return parseAll(field, operand);
    default:
      if (REFUSED_FIELD.has(operator)) throw notSupported(`The query operator ${operator}`);
      throw new StoreError(2, `unknown operator: ${operator}`);
  }
}

function inTest(operand: Value): LeafTest {
  const build = LEAF_OPERATORS.get("$in");
  if (build === undefined) throw new Error("the $in operator is missing from the table");
  return build(operand);
}

function parseNot(field: string, operand: Value): FilterNode {
  if (operand instanceof BSONRegExp) return leaf(field, regexTest(operand.pattern, operand.options));
  if (!isDoc(operand)) throw new StoreError(2, "$not needs a regex or a document");
  if (operand.size === 0) throw new StoreError(2, "$not cannot be empty");
  return joined(parseOperators(field, operand));
}

function parseExists(field: string, operand: Value): FilterNode {
  const present = leaf(field, { test: (value) => value !== undefined, meaning: { kind: "exists" } });
  return isTruthy(operand) ? present : { kind: "not", node: present };
}

function parseElemMatch(operand: Value): LeafTest {
  if (!isDoc(operand)) throw new StoreError(2, "$elemMatch needs an Object");
  const [first] = operand.keys();
  const onValues = isOperatorDoc(operand) && !["$and", "$or", "$nor"].includes(first ?? "");
  const matchesElement = onValues ? parseElementTest(operand) : parseElementFilter(operand);
  const indexIn = (items: readonly Value[]): number | undefined => {
    const index = items.findIndex(matchesElement);
    return index === -1 ? undefined : index;
  };
  const test = (value: Value | undefined): boolean => Array.isArray(value) && value.some(matchesElement);
  return { test, meaning: { kind: "elemMatch", indexIn }, wholeOnly: true };
}

function parseElementFilter(query: Doc): (element: Value) => boolean {
  const node = parseFilter(query);
  return (element) => {
    if (isDoc(element)) return matches(node, element);
    if (!Array.isArray(element)) return false;
    return matches(node, new Map(element.map((item, index) => [String(index), item])));
  };
}

function parseAll(field: string, operand: Value): FilterNode {
  if (!Array.isArray(operand)) throw new StoreError(2, "$all needs an array");
  if (operand.length === 0) return leaf(field, { test: () => false, meaning: { kind: "other" } });
  const nodes = operand.map((item) => {
    if (item instanceof BSONRegExp) return leaf(field, regexTest(item.pattern, item.options));
    if (isOperatorDoc(item)) {
      if (!item.has("$elemMatch") || item.size !== 1) throw new StoreError(2, "no $ expressions in $all");
      return leaf(field, parseElemMatch(item.get("$elemMatch") ?? null));
    }
    return equality(field, item);
  });
  return joined(nodes);
}

function leaf(field: string, { test, meaning, wholeOnly = false }: LeafTest): FilterNode {
  return { kind: "leaf", field, path: splitPath(field), test, meaning, wholeOnly };
}

/** Inside $elemMatch an element that is an array is one value; its own elements are not looked at. */
function wholeElements(node: FilterNode): FilterNode {
  if (node.kind === "leaf") return { ...node, wholeOnly: true };
  if (node.kind === "not") return { kind: "not", node: wholeElements(node.node) };
  return { kind: node.kind, nodes: node.nodes.map(wholeElements) };
}

/** A filter that everything matches. */
export const EVERYTHING: FilterNode = { kind: "and", nodes: [] };
