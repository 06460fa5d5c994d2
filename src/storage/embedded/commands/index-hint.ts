// The `hint` option: by index name or by index key.
import { toDouble } from "../bson/compare-numbers.js";
import { isDoc, isNumber, type Value } from "../bson/value.js";
import type { Collection, Index } from "../engine/collection.js";
import { StoreError } from "../store-error.js";

/** The index a hint names; undefined without a hint, or when the whole collection is to be read. */
export function hintedIndex(collection: Collection | undefined, hint: Value | undefined): Index | undefined {
  if (hint === undefined || hint === null || (isDoc(hint) && (hint.size === 0 || hint.has("$natural"))))
    return undefined;
  if (typeof hint !== "string" && !isDoc(hint)) throw new StoreError(9, "Hint must be a string or an object");
  if (collection === undefined) return undefined;
  const found = collection.indexes.find((index) =>
    isDoc(hint) ? keyText(index.key) === keyText(hint) : index.name === hint,
  );
  if (found === undefined) throw new StoreError(2, "hint provided does not correspond to an existing index");
  if (found.sparse || found.partial !== undefined) {
    throw new StoreError(
      2,
      `a hint on the sparse or partial index ${found.name} is not supported by the embedded store`,
    );
  }
  return found;
}

function keyText(key: ReadonlyMap<string, Value>): string {
  return JSON.stringify(
    [...key].map(([field, value]) => [field, isNumber(value) ? Math.sign(toDouble(value)) : String(value)]),
  );
}
