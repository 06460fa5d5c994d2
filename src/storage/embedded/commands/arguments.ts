// Reading the fields of a command, with the server's errors for wrong types.
import { toInteger } from "../bson/compare-numbers.js";
import { type Doc, isDoc, isNumber, typeName, type Value } from "../bson/value.js";
import { isTruthy } from "../filter/leaf-operators.js";
import { notSupported, StoreError } from "../store-error.js";
import type { Request } from "./command.js";

/** Fields that any command may carry. Those without meaning here are accepted as a server accepts them. */
const GENERIC = new Set([
  "$db",
  "$readPreference",
  "$clusterTime",
  "lsid",
  "comment",
  "maxTimeMS",
  "readConcern",
  "writeConcern",
  "apiVersion",
  "apiStrict",
  "apiDeprecationErrors",
  "txnNumber",
  "autocommit",
  "startTransaction",
]);

/** Refuses fields that the command does not know, and settings that this store cannot honour. */
export function assertArguments(request: Request, fields: readonly string[]): void {
  const { body, name } = request;
  for (const field of body.keys()) {
    if (field !== name && !GENERIC.has(field) && !fields.includes(field)) {
      throw new StoreError(40415, `BSON field '${name}.${field}' is an unknown field.`);
    }
  }
  if (body.has("txnNumber") || body.has("startTransaction") || body.has("autocommit")) {
    throw new StoreError(20, "Transaction numbers are only allowed on a replica set member or mongos");
  }
  assertReadConcern(optionalDoc(request, "readConcern"));
  assertWriteConcern(optionalDoc(request, "writeConcern"));
}

function assertReadConcern(concern: Doc | undefined): void {
  const level = concern?.get("level");
  if (level === "snapshot") {
    throw new StoreError(246, "Read concern snapshot is not supported by a standalone server");
  }
  if (level !== undefined && !["local", "available", "majority", "linearizable"].includes(String(level))) {
    throw new StoreError(9, `Invalid readConcern level '${String(level)}'`);
  }
}

function assertWriteConcern(concern: Doc | undefined): void {
  const w = concern?.get("w");
  if (w === undefined || w === "majority") return;
  const nodes = isNumber(w) ? toInteger(w) : undefined;
  if (nodes === undefined) throw new StoreError(79, `No write concern mode named '${String(w)}' found`);
  if (nodes > 1n) throw new StoreError(2, "cannot use 'w' > 1 when a host is not replicated");
}

/** The collection a command is about, as `database.collection`. */
export function namespaceOf({ body, name, database }: Request): string {
  const collection = body.get(name);
  if (typeof collection !== "string") {
    throw new StoreError(
      73,
      `collection name has invalid type ${collection === undefined ? "missing" : typeName(collection)}`,
    );
  }
  if (collection === "") throw new StoreError(73, `Invalid namespace specified '${database}.'`);
  return `${database}.${collection}`;
}

/** A field that must be a document when it is there. */
export function optionalDoc(request: Request, field: string): Doc | undefined {
  const value = present(request.body.get(field));
  if (value === undefined || isDoc(value)) return value;
  throw wrongType(request, field, value, "object");
}

/** A field that must be text when it is there. */
export function optionalText(request: Request, field: string): string | undefined {
  const value = present(request.body.get(field));
  if (value === undefined || typeof value === "string") return value;
  throw wrongType(request, field, value, "string");
}

/** A field that must be a whole number of at least 0 when it is there. */
export function optionalCount(request: Request, field: string): number | undefined {
  const value = present(request.body.get(field));
  if (value === undefined) return undefined;
  if (!isNumber(value)) throw wrongType(request, field, value, "long");
  const count = toInteger(value);
  if (count === undefined) throw new StoreError(9, `BSON field '${request.name}.${field}' must be a whole number`);
  if (count < 0n) throw new StoreError(51024, `BSON field '${field}' value must be >= 0, actual value '${count}'`);
  return Number(count);
}

/** A field that is true or not. */
export function flag(request: Request, field: string): boolean {
  return isTruthy(request.body.get(field) ?? false);
}

/** A field that must be an array of documents. */
export function documentList(request: Request, field: string): readonly Doc[] {
  const sequence = request.sequences.get(field);
  if (sequence !== undefined) return sequence;
  const value = request.body.get(field);
  if (value === undefined)
    throw new StoreError(40414, `BSON field '${request.name}.${field}' is missing but a required field`);
  if (!Array.isArray(value) || !value.every(isDoc)) throw wrongType(request, field, value, "array");
  return value;
}

/** The time limit of a command; 0 means none. */
export function maxTimeMs(request: Request): number {
  return optionalCount(request, "maxTimeMS") ?? 0;
}

/** Refuses options that would change the answer and that this store leaves out. */
export function refuseOptions(command: string, options: Doc, names: readonly string[]): void {
  for (const name of names) {
    const value = options.get(name);
    if (value === undefined || value === null || value === false) continue;
    if (isDoc(value) && value.size === 0) continue;
    if (name === "collation" && isDoc(value) && value.get("locale") === "simple") continue;
    throw notSupported(`The option ${name} of ${command}`);
  }
}

function present(value: Value | undefined): Value | undefined {
  return value === null ? undefined : value;
}

function wrongType(request: Request, field: string, value: Value, expected: string): StoreError {
  return new StoreError(
    14,
    `BSON field '${request.name}.${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
  );
}
