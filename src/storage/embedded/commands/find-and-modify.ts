// findAndModify: one document, changed and returned in one step.

import { decodeDocument } from "../bson/decode-document.js";
import { documentElement, type Element, elementsOf, encodeDocument } from "../bson/encode-document.js";
import type { Doc, Value } from "../bson/value.js";
import { type ChangeRequest, type ChangeResult, changeOne } from "../engine/change-document.js";
import { Pacer } from "../engine/pacer.js";
import { parseFilter } from "../filter/parse-filter.js";
import { compileProjection } from "../filter/projection.js";
import { parseSort } from "../filter/sort-order.js";
import { StoreError } from "../store-error.js";
import { parseUpdate } from "../update/parse-update.js";
import { flag, maxTimeMs, namespaceOf, optionalDoc, refuseOptions } from "./arguments.js";
import type { Command, Reply, Request } from "./command.js";
import { hintedIndex } from "./index-hint.js";

const FIELDS = [
  "query",
  "sort",
  "remove",
  "update",
  "new",
  "fields",
  "upsert",
  "bypassDocumentValidation",
  "arrayFilters",
  "hint",
  "collation",
  "let",
];

/** The command under both of its names. */
export const FIND_AND_MODIFY_COMMANDS: readonly Command[] = [
  { name: "findAndModify", fields: FIELDS, run: findAndModify },
  { name: "findandmodify", fields: FIELDS, run: findAndModify },
];

async function findAndModify(request: Request): Promise<Reply> {
  refuseOptions("findAndModify", request.body, ["collation", "let"]);
  const removing = flag(request, "remove");
  const change = readChange(request, removing);
  const fields = optionalDoc(request, "fields");
  const project = fields === undefined ? undefined : compileProjection(fields);
  const result = await changeOne(request.engine, change, new Pacer(maxTimeMs(request)));
  const returned = flag(request, "new") ? result.after : result.before;
  return { elements: [lastError(result, removing), valueElement(returned, project)] };
}

function readChange(request: Request, removing: boolean): ChangeRequest {
  const { body, engine } = request;
  const namespace = namespaceOf(request);
  const update = body.get("update");
  const upsert = flag(request, "upsert");
  if (removing && update !== undefined) throw new StoreError(9, "Cannot specify both an update and remove=true");
  if (removing && upsert) throw new StoreError(9, "Cannot specify both upsert=true and remove=true");
  if (removing && flag(request, "new")) {
    throw new StoreError(
      9,
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  if (!removing && update === undefined) throw new StoreError(9, "Either an update or remove=true must be specified");
  return {
    namespace,
    node: parseFilter(optionalDoc(request, "query") ?? new Map()),
    sort: parseSort(optionalDoc(request, "sort") ?? new Map()),
    hinted: hintedIndex(engine.catalog.find(namespace), body.get("hint")),
    program: removing ? undefined : parseUpdate(update, body.get("arrayFilters") ?? undefined),
    upsert,
  };
}

function lastError(result: ChangeResult, removing: boolean): Element {
  const upserted = result.upsertedId !== undefined;
  const about: Doc = new Map<string, Value>([["n", result.matched || upserted ? 1 : 0]]);
  if (!removing) about.set("updatedExisting", result.matched);
  if (result.upsertedId !== undefined) about.set("upserted", result.upsertedId);
  return documentElement("lastErrorObject", encodeDocument(about));
}

function valueElement(raw: Buffer | undefined, project: ((doc: Doc) => Doc) | undefined): Element {
  if (raw === undefined) return elementsOf(new Map([["value", null]]));
  return documentElement("value", project === undefined ? raw : encodeDocument(project(decodeDocument(raw))));
}
