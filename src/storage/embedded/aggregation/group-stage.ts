// $group: one result per distinct key. Missing counts as null, and equal numbers of different types are one key.
import { compareValues } from "../bson/compare-values.js";
import { encodeKey } from "../bson/encode-key.js";
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";
import { ACCUMULATORS, type Accumulator } from "./accumulators.js";
import { compileExpression, type Expression, union } from "./expression.js";
import type { DocStream, Stage } from "./stage.js";

const MOST_GROUPS = 200_000;

interface Output {
  name: string;
  create: () => Accumulator;
  expression: Expression;
}

interface Group {
  key: Value;
  accumulators: Accumulator[];
}

/** Compiles a $group stage. */
export function compileGroup(spec: Value): Stage {
  if (!isDoc(spec)) throw new StoreError(15947, "a group's fields must be specified in an object");
  const key = spec.get("_id");
  if (key === undefined) throw new StoreError(15955, "a group specification must include an _id");
  const keyExpression = compileExpression(key);
  const outputs = [...spec].filter(([name]) => name !== "_id").map(([name, value]) => compileOutput(name, value));
  return {
    fields: union([keyExpression, ...outputs.map(({ expression }) => expression)]),
    run: (source) => group(source, keyExpression, outputs),
  };
}

function compileOutput(name: string, value: Value): Output {
  if (name.includes(".")) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith("$")) throw new StoreError(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(value) || value.size === 0)
    throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
  if (value.size > 1) throw new StoreError(40238, `The field '${name}' must specify one accumulator`);
  const [operator, operand] = [...value][0] as [string, Value];
  const create = ACCUMULATORS.get(operator);
  if (create === undefined) throw new StoreError(15952, `unknown group operator '${operator}'`);
  return { name, create, expression: compileExpression(operand) };
}

async function* group(
  source: DocStream,
  keyExpression: Expression,
  outputs: readonly Output[],
): AsyncGenerator<Doc, void, undefined> {
  const groups = new Map<string, Group[]>();
  let count = 0;
  for await (const doc of source) {
    const key = keyExpression.evaluate(doc) ?? null;
    let found = findGroup(groups, key);
    if (found === undefined) {
      count += 1;
      if (count > MOST_GROUPS) throw new StoreError(292, "$group exceeded its memory limit");
      found = addGroup(groups, key, outputs);
    }
    for (const [at, { expression }] of outputs.entries()) found.accumulators[at]?.add(expression.evaluate(doc));
  }
  for (const alike of groups.values()) for (const one of alike) yield resultOf(one, outputs);
}

function hashOf(key: Value): string {
  return encodeKey([{ value: key, descending: false }]).bytes.toString("latin1");
}

function findGroup(groups: Map<string, Group[]>, key: Value): Group | undefined {
  return groups.get(hashOf(key))?.find((known) => compareValues(known.key, key) === 0);
}

function addGroup(groups: Map<string, Group[]>, key: Value, outputs: readonly Output[]): Group {
  const added: Group = { key, accumulators: outputs.map(({ create }) => create()) };
  const hash = hashOf(key);
  groups.set(hash, [...(groups.get(hash) ?? []), added]);
  return added;
}

function resultOf({ key, accumulators }: Group, outputs: readonly Output[]): Doc {
  const doc: Doc = new Map([["_id", key]]);
  for (const [at, { name }] of outputs.entries()) doc.set(name, accumulators[at]?.result() ?? null);
  return doc;
}
