// update and delete: several statements in one command, each on its own.
import { toInteger } from "../bson/compare-numbers.js";
import { type Doc, isDoc, isNumber, type Value } from "../bson/value.js";
import { type ChangeRequest, changeOne } from "../engine/change-document.js";
import { changeMany } from "../engine/change-many.js";
import { Pacer } from "../engine/pacer.js";
import { isTruthy } from "../filter/leaf-operators.js";
import { parseFilter } from "../filter/parse-filter.js";
import { StoreError } from "../store-error.js";
import { parseUpdate } from "../update/parse-update.js";
import { documentList, flag, maxTimeMs, namespaceOf, refuseOptions } from "./arguments.js";
import type { Command, Request } from "./command.js";
import { hintedIndex } from "./index-hint.js";
import { assertBatchSize, WriteErrors } from "./write-results.js";

const UPDATE_FIELDS = new Set(["q", "u", "multi", "upsert", "arrayFilters", "hint", "collation", "c"]);
const DELETE_FIELDS = new Set(["q", "limit", "hint", "collation"]);

/** The update and delete commands. */
export const STATEMENT_COMMANDS: readonly Command[] = [
  { name: "update", fields: ["updates", "ordered", "bypassDocumentValidation", "let"], run: update },
  { name: "delete", fields: ["deletes", "ordered", "let"], run: remove },
];

async function update(request: Request): Promise<Doc> {
  refuseOptions("update", request.body, ["let"]);
  const upserted: Doc[] = [];
  let matched = 0;
  let modified = 0;
  const errors = await eachStatement(request, "updates", async (statement, index) => {
    const { change, multi } = readUpdate(request, statement);
    const pacer = new Pacer(maxTimeMs(request));
    if (multi && !change.upsert) {
      const result = await changeMany(request.engine, change, pacer);
      matched += result.matched;
      modified += result.modified;
      if (result.error !== undefined) throw result.error;
      return;
    }
    const counts = await updateOrUpsert(request, change, multi, pacer);
    matched += counts.matched;
    modified += counts.modified;
    if (counts.upsertedId !== undefined)
      upserted.push(
        new Map<string, Value>([
          ["index", index],
          ["_id", counts.upsertedId],
        ]),
      );
  });
  const reply: Doc = new Map([["n", matched + upserted.length]]);
  if (upserted.length > 0) reply.set("upserted", upserted);
  reply.set("nModified", modified);
  return errors.addTo(reply);
}

interface Counts {
  matched: number;
  modified: number;
  upsertedId: Value | undefined;
}

/** With multi and upsert, the upsert happens only when nothing matched. */
async function updateOrUpsert(request: Request, change: ChangeRequest, multi: boolean, pacer: Pacer): Promise<Counts> {
  if (multi) {
    const many = await changeMany(request.engine, change, pacer);
    if (many.error !== undefined) throw many.error;
    if (many.matched > 0) return { ...many, upsertedId: undefined };
  }
  const result = await changeOne(request.engine, change, pacer);
  return {
    matched: result.matched ? 1 : 0,
    modified: result.modified ? 1 : 0,
    upsertedId: result.upsertedId,
  };
}

function readUpdate(request: Request, statement: Doc): { change: ChangeRequest; multi: boolean } {
  assertStatement("update.updates", statement, UPDATE_FIELDS);
  const program = parseUpdate(statement.get("u"), statement.get("arrayFilters") ?? undefined);
  const multi = isTruthy(statement.get("multi") ?? false);
  if (multi && program.kind === "replacement") {
    throw new StoreError(9, "multi update is not supported for replacement-style update");
  }
  return {
    change: { ...readTarget(request, statement), program, upsert: isTruthy(statement.get("upsert") ?? false) },
    multi,
  };
}

async function remove(request: Request): Promise<Doc> {
  refuseOptions("delete", request.body, ["let"]);
  let removed = 0;
  const errors = await eachStatement(request, "deletes", async (statement) => {
    assertStatement("delete.deletes", statement, DELETE_FIELDS);
    const limit = statement.get("limit");
    const count = isNumber(limit) ? toInteger(limit) : undefined;
    if (count !== 0n && count !== 1n) {
      throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`);
    }
    const change: ChangeRequest = { ...readTarget(request, statement), program: undefined, upsert: false };
    const pacer = new Pacer(maxTimeMs(request));
    if (count === 1n) removed += (await changeOne(request.engine, change, pacer)).matched ? 1 : 0;
    else {
      const result = await changeMany(request.engine, change, pacer);
      removed += result.matched;
      if (result.error !== undefined) throw result.error;
    }
  });
  return errors.addTo(new Map([["n", removed]]));
}

function readTarget(request: Request, statement: Doc): Omit<ChangeRequest, "program" | "upsert"> {
  refuseOptions(request.name, statement, ["collation", "c"]);
  const query = statement.get("q");
  if (!isDoc(query)) throw new StoreError(40414, `BSON field '${request.name}.q' is missing or not an object`);
  const namespace = namespaceOf(request);
  const hinted = hintedIndex(request.engine.catalog.find(namespace), statement.get("hint"));
  return { namespace, node: parseFilter(query), sort: [], hinted };
}

function assertStatement(where: string, statement: Doc, fields: ReadonlySet<string>): void {
  for (const name of statement.keys()) {
    if (!fields.has(name)) throw new StoreError(40415, `BSON field '${where}.${name}' is an unknown field.`);
  }
}

async function eachStatement(
  request: Request,
  field: string,
  run: (statement: Doc, index: number) => Promise<void>,
): Promise<WriteErrors> {
  namespaceOf(request);
  const statements = documentList(request, field);
  assertBatchSize(statements.length);
  const ordered = !request.body.has("ordered") || flag(request, "ordered");
  const errors = new WriteErrors();
  for (const [index, statement] of statements.entries()) {
    try {
      await run(statement, index);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      errors.add(index, error);
      if (ordered) break;
    }
  }
  return errors;
}
