// arrayFilters: the conditions behind `$[name]` in update paths.
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { matches } from "../filter/filter-node.js";
import { parseFilter } from "../filter/parse-filter.js";
import { StoreError } from "../store-error.js";

/** The element tests by name. */
export type ArrayFilters = ReadonlyMap<string, (element: Value) => boolean>;

/** Reads the arrayFilters of an update statement. */
export function parseArrayFilters(given: Value | undefined): ArrayFilters {
  const filters = new Map<string, (element: Value) => boolean>();
  if (given === undefined) return filters;
  if (!Array.isArray(given)) throw new StoreError(14, "BSON field 'arrayFilters' must be an array");
  for (const filter of given) {
    if (!isDoc(filter)) throw new StoreError(14, "Each array filter must be an object");
    const name = identifierOf(filter);
    if (filters.has(name)) {
      throw new StoreError(9, `Found multiple array filters with the same top-level field name ${name}`);
    }
    const node = parseFilter(filter);
    filters.set(name, (element) => matches(node, new Map([[name, element]])));
  }
  return filters;
}

function identifierOf(filter: Doc): string {
  const names = new Set(topNames(filter));
  const [name] = names;
  if (name === undefined)
    throw new StoreError(9, "Cannot use an expression without a top-level field name in arrayFilters");
  if (names.size > 1) {
    throw new StoreError(
      9,
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...names].join("' and '")}'`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    throw new StoreError(
      2,
      `The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
    );
  }
  return name;
}

function topNames(filter: Doc): string[] {
  return [...filter].flatMap(([name, value]) => {
    if (!name.startsWith("$")) return [name.split(".")[0] as string];
    return Array.isArray(value) ? value.filter(isDoc).flatMap(topNames) : [];
  });
}
