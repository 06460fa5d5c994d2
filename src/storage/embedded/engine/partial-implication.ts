// Whether a filter can only match documents that a partial index contains.
import { compareValues, equalValues } from "../bson/compare-values.js";
import { typeRank, type Value } from "../bson/value.js";
import type { FilterNode, LeafNode } from "../filter/filter-node.js";

/** Says whether every match of `filter` meets `condition`; false when that is not plain to see. */
export function impliesPartial(filter: FilterNode, condition: FilterNode): boolean {
  if (condition.kind === "and") return condition.nodes.every((node) => impliesPartial(filter, node));
  if (condition.kind === "or") return condition.nodes.some((node) => impliesPartial(filter, node));
  if (condition.kind !== "leaf") return false;
  return requiredLeaves(filter).some((leaf) => leaf.field === condition.field && impliesLeaf(leaf, condition));
}

function requiredLeaves(node: FilterNode): LeafNode[] {
  if (node.kind === "leaf") return [node];
  return node.kind === "and" ? node.nodes.flatMap(requiredLeaves) : [];
}

function impliesLeaf(leaf: LeafNode, condition: LeafNode): boolean {
  const { meaning } = leaf;
  // A condition on an array may be met by one element and the index condition by another; single values only.
  if (meaning.kind === "equal") return !Array.isArray(meaning.value) && valueMeets(meaning.value, condition);
  if (meaning.kind === "in") {
    return (
      meaning.onlyValues &&
      meaning.values.length > 0 &&
      meaning.values.every((value) => !Array.isArray(value) && valueMeets(value, condition))
    );
  }
  if (meaning.kind === "range") return rangeMeets(leaf, condition);
  if (meaning.kind === "exists") return condition.meaning.kind === "exists";
  return meaning.kind === "type" && condition.meaning.kind === "type" && sameOperand(meaning.operand, condition);
}

/** `null` also matches missing fields, which only an equality to null is sure to include. */
function valueMeets(value: Value, condition: LeafNode): boolean {
  if (value !== null) return condition.test(value);
  return condition.meaning.kind === "equal" && condition.meaning.value === null;
}

function sameOperand(operand: Value, condition: LeafNode): boolean {
  return condition.meaning.kind === "type" && equalValues(operand, condition.meaning.operand);
}

function rangeMeets({ meaning }: LeafNode, condition: LeafNode): boolean {
  if (meaning.kind !== "range" || meaning.value === null) return false;
  if (condition.meaning.kind === "exists") return true;
  if (condition.meaning.kind !== "range") return false;
  const { operator, value } = condition.meaning;
  if (typeRank(value) !== typeRank(meaning.value)) return false;
  if (operator.slice(0, 3) !== meaning.operator.slice(0, 3)) return false;
  const order = compareValues(meaning.value, value) * (operator.startsWith("$gt") ? 1 : -1);
  return order > 0 || (order === 0 && (operator.endsWith("e") || !meaning.operator.endsWith("e")));
}
