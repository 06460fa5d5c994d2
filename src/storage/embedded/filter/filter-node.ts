// A parsed filter: a small tree that the matcher runs, the planner reads bounds from, and an upsert takes its seed from.
import { type Path, visitPath } from "../bson/path.js";
import type { Doc, Value } from "../bson/value.js";
import type { RangeOperator, ValueTest } from "./comparison.js";

/** A condition on one path. */
export interface LeafNode {
  kind: "leaf";
  field: string;
  path: Path;
  /** Whether an array at the end of the path is only tested as a whole. */
  wholeOnly: boolean;
  test: ValueTest;
  /** What the planner and the upsert seed may know of the condition. */
  meaning: LeafMeaning;
}

/** The conditions that can become index bounds or parts of an upserted document. */
export type LeafMeaning =
  | { kind: "equal"; value: Value }
  | { kind: "in"; values: readonly Value[]; onlyValues: boolean }
  | { kind: "range"; operator: RangeOperator; value: Value }
  | { kind: "exists" }
  | { kind: "type"; operand: Value }
  | { kind: "elemMatch"; indexIn: (items: readonly Value[]) => number | undefined }
  | { kind: "other" };

/** A parsed filter. */
export type FilterNode =
  | LeafNode
  | { kind: "and"; nodes: readonly FilterNode[] }
  | { kind: "or"; nodes: readonly FilterNode[] }
  | { kind: "nor"; nodes: readonly FilterNode[] }
  | { kind: "not"; node: FilterNode };

/** Says whether a document matches a parsed filter. */
export function matches(node: FilterNode, doc: Doc): boolean {
  switch (node.kind) {
    case "leaf":
      return matchesLeaf(node, doc);
    case "and":
      return node.nodes.every((child) => matches(child, doc));
    case "or":
      return node.nodes.some((child) => matches(child, doc));
    case "nor":
      return !node.nodes.some((child) => matches(child, doc));
    case "not":
      return !matches(node.node, doc);
  }
}

function matchesLeaf(leaf: LeafNode, doc: Doc): boolean {
  if (leaf.path.length === 1) {
    const value = doc.get(leaf.field);
    // The walk is only needed for arrays.
    if (!Array.isArray(value)) return leaf.test(value);
  }
  return visitPath(doc, leaf.path, leaf.wholeOnly, (value) => leaf.test(value));
}

/**
 * The array index that a positional `$` stands for: where the last condition that went through an array found its match.
 * Undefined when no condition did.
 */
export function matchedPosition(node: FilterNode, doc: Doc): number | undefined {
  if (node.kind === "leaf") return leafPosition(node, doc);
  if (node.kind === "nor" || node.kind === "not") return undefined;
  let found: number | undefined;
  for (const child of node.nodes) {
    if (!matches(child, doc)) continue;
    found = matchedPosition(child, doc) ?? found;
    if (node.kind === "or") return found;
  }
  return found;
}

function leafPosition(leaf: LeafNode, doc: Doc): number | undefined {
  let found: number | undefined;
  const visit = (value: Value | undefined, position: number | undefined): boolean => {
    if (leaf.meaning.kind === "elemMatch") {
      found = Array.isArray(value) ? leaf.meaning.indexIn(value) : undefined;
      if (found === undefined) return false;
      found = position ?? found;
      return true;
    }
    if (!leaf.test(value)) return false;
    found = position;
    return true;
  };
  visitPath(doc, leaf.path, leaf.wholeOnly, visit);
  return found;
}

/** The names of the top-level fields a filter looks at. */
export function topFields(node: FilterNode, into: Set<string> = new Set()): Set<string> {
  if (node.kind === "leaf") into.add(node.path[0] as string);
  else if (node.kind === "not") topFields(node.node, into);
  else for (const child of node.nodes) topFields(child, into);
  return into;
}
