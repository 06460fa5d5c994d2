// What is known in memory of a collection: its indexes and its counters. Documents are never kept here.

import type { Path } from "../bson/path.js";
import type { Doc } from "../bson/value.js";
import type { FilterNode } from "../filter/filter-node.js";

/** One field of an index. */
export interface IndexField {
  field: string;
  path: Path;
  direction: 1 | -1;
}

/** The condition of a partial index. */
export interface PartialFilter {
  filter: Doc;
  node: FilterNode;
}

/** An index. */
export interface Index {
  id: number;
  name: string;
  key: Doc;
  fields: readonly IndexField[];
  unique: boolean;
  sparse: boolean;
  partial: PartialFilter | undefined;
  expireAfterSeconds: number | undefined;
  /** Some document has several entries, so the index neither gives an order nor intersects ranges. */
  multikey: boolean;
  /** Some entries do not carry their whole value, so order among equal bytes is unknown. */
  lossy: boolean;
  /** False while it is being built; the planner leaves it alone until then. */
  ready: boolean;
}

/** A collection. */
export interface Collection {
  readonly id: number;
  /** Database and collection, joined by a dot. */
  readonly namespace: string;
  indexes: readonly Index[];
  nextRecordId: number;
  /** Counts changes of the catalog record, and how far they are known to be on disk. */
  revision: number;
  durableRevision: number;
  /** Writes begun and writes settled; equal numbers mean that a snapshot taken now is the newest state. */
  writesBegun: number;
  writesSettled: number;
}

/** The database part of a namespace. */
export function databaseOf(namespace: string): string {
  return namespace.slice(0, namespace.indexOf("."));
}

/** The collection part of a namespace. */
export function collectionOf(namespace: string): string {
  return namespace.slice(namespace.indexOf(".") + 1);
}
