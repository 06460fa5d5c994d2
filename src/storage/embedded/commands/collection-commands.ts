// create, drop, dropDatabase, listCollections and listDatabases.
import { encodeDocument } from "../bson/encode-document.js";
import { type Doc, isDoc, type Value } from "../bson/value.js";
import { assertNamespace } from "../engine/catalog.js";
import { type Collection, collectionOf, databaseOf } from "../engine/collection.js";
import type { Engine } from "../engine/engine.js";
import { indexToDoc } from "../engine/index-spec.js";
import { Pacer } from "../engine/pacer.js";
import { matches } from "../filter/filter-node.js";
import { parseFilter } from "../filter/parse-filter.js";
import { notSupported, StoreError } from "../store-error.js";
import { flag, namespaceOf, optionalDoc } from "./arguments.js";
import type { Command, Reply, Request } from "./command.js";
import { openCursor, streamOf } from "./cursor-reply.js";

const CREATE_REFUSED = [
  "capped",
  "size",
  "max",
  "timeseries",
  "clusteredIndex",
  "viewOn",
  "pipeline",
  "collation",
  "validator",
  "validationLevel",
  "validationAction",
  "expireAfterSeconds",
  "encryptedFields",
  "changeStreamPreAndPostImages",
  "storageEngine",
  "indexOptionDefaults",
];

/** The commands on collections and databases. */
export const COLLECTION_COMMANDS: readonly Command[] = [
  { name: "create", fields: [...CREATE_REFUSED, "autoIndexId", "idIndex"], run: create },
  { name: "drop", fields: [], run: drop },
  { name: "dropDatabase", fields: [], run: dropDatabase },
  {
    name: "listCollections",
    fields: ["filter", "nameOnly", "authorizedCollections", "cursor"],
    run: listCollections,
  },
  { name: "listDatabases", fields: ["filter", "nameOnly", "authorizedDatabases"], run: listDatabases },
];

async function create(request: Request): Promise<Doc> {
  const { engine, body } = request;
  const namespace = namespaceOf(request);
  assertNamespace(namespace);
  for (const option of CREATE_REFUSED) {
    const value = body.get(option);
    if (value === undefined || value === null || value === false || (isDoc(value) && value.size === 0)) continue;
    throw notSupported(`The collection option ${option}`);
  }
  await engine.writes.run((scope) => {
    // Without options there is nothing in which an existing collection could differ.
    if (engine.catalog.find(namespace) === undefined) scope.touch(engine.catalog.ensure(namespace));
  });
  return new Map();
}

async function drop(request: Request): Promise<Doc> {
  const { engine } = request;
  const namespace = namespaceOf(request);
  const indexes = await engine.writes.run(() => {
    const collection = engine.catalog.find(namespace);
    return collection === undefined ? undefined : removeCollection(engine, collection);
  });
  const reply: Doc = new Map();
  if (indexes !== undefined) reply.set("nIndexesWas", indexes).set("ns", namespace);
  return reply;
}

async function dropDatabase({ engine, database }: Request): Promise<Doc> {
  const dropped = await engine.writes.run(() => {
    const collections = engine.catalog.list(database);
    for (const collection of collections) removeCollection(engine, collection);
    return collections.length;
  });
  return dropped === 0 ? new Map() : new Map([["dropped", database]]);
}

function removeCollection({ catalog, writer }: Engine, collection: Collection): number {
  writer.clearCollection(collection);
  catalog.erase(collection);
  return collection.indexes.length;
}

async function listCollections(request: Request): Promise<Reply> {
  const { engine, database } = request;
  const node = parseFilter(optionalDoc(request, "filter") ?? new Map());
  const nameOnly = flag(request, "nameOnly");
  const documents = engine.catalog
    .list(database)
    .map((collection) => describe(collection, nameOnly))
    .filter((doc) => matches(node, doc))
    .map(encodeDocument);
  return openCursor(request, {
    namespace: `${database}.$cmd.listCollections`,
    stream: streamOf(documents),
    pacer: new Pacer(0),
  });
}

function describe(collection: Collection, nameOnly: boolean): Doc {
  const doc: Doc = new Map<string, Value>([
    ["name", collectionOf(collection.namespace)],
    ["type", "collection"],
  ]);
  if (nameOnly) return doc;
  doc.set("options", new Map());
  doc.set("info", new Map([["readOnly", false]]));
  const [idIndex] = collection.indexes;
  if (idIndex !== undefined) doc.set("idIndex", indexToDoc(idIndex));
  return doc;
}

function listDatabases(request: Request): Doc {
  if (request.database !== "admin") {
    throw new StoreError(13, "listDatabases may only be run against the admin database.");
  }
  const node = parseFilter(optionalDoc(request, "filter") ?? new Map());
  const names = new Set(request.engine.catalog.all().map(({ namespace }) => databaseOf(namespace)));
  const databases = [...names].sort().map((name): Doc => new Map<string, Value>([["name", name]]));
  return new Map([["databases", databases.filter((doc) => matches(node, doc))]]);
}
