// createIndexes, listIndexes and dropIndexes.
import { encodeDocument } from "../bson/encode-document.js";
import type { Doc, Value } from "../bson/value.js";
import { assertNamespace } from "../engine/catalog.js";
import type { Collection, Index } from "../engine/collection.js";
import type { Engine } from "../engine/engine.js";
import { indexToDoc, isIdKey, parseIndexSpec, sameIndex, sameKey } from "../engine/index-spec.js";
import { Pacer } from "../engine/pacer.js";
import { StoreError } from "../store-error.js";
import { documentList, namespaceOf } from "./arguments.js";
import type { Command, Reply, Request } from "./command.js";
import { openCursor, streamOf } from "./cursor-reply.js";

const MOST_INDEXES = 64;

/** The commands on indexes. */
export const INDEX_COMMANDS: readonly Command[] = [
  { name: "createIndexes", fields: ["indexes", "ignoreUnknownIndexOptions"], run: createIndexes },
  { name: "listIndexes", fields: ["cursor"], run: listIndexes },
  { name: "dropIndexes", fields: ["index"], run: dropIndexes },
];

async function createIndexes(request: Request): Promise<Doc> {
  const { engine } = request;
  const namespace = namespaceOf(request);
  assertNamespace(namespace);
  const specs = documentList(request, "indexes");
  if (specs.length === 0) throw new StoreError(2, "Must specify at least one index to create");
  const existed = engine.catalog.find(namespace) !== undefined;
  const before = engine.catalog.find(namespace)?.indexes.length ?? 1;
  let created = 0;
  for (const spec of specs) created += (await createIndex(engine, namespace, spec)) ? 1 : 0;
  const reply: Doc = new Map<string, Value>([
    ["numIndexesBefore", before],
    ["numIndexesAfter", engine.catalog.find(namespace)?.indexes.length ?? before],
    ["createdCollectionAutomatically", !existed],
  ]);
  if (created === 0) reply.set("note", "all indexes already exist");
  return reply;
}

/**
 * Builds an index in two writes: it is entered as unfinished and filled, then marked as ready. A crash between them
 * leaves an unfinished index, which the next start removes.
 */
async function createIndex(engine: Engine, namespace: string, spec: Doc): Promise<boolean> {
  const { catalog, writer, writes } = engine;
  parseIndexSpec(spec, 0);
  const index = await writes.run((scope): Index | undefined => {
    const collection = catalog.ensure(namespace);
    scope.touch(collection);
    const wanted = parseIndexSpec(spec, catalog.allocateId());
    if (isKnown(collection, wanted)) return undefined;
    wanted.ready = false;
    writer.fillIndex(scope, collection, wanted);
    collection.indexes = [...collection.indexes, wanted];
    collection.revision += 1;
    return wanted;
  });
  if (index === undefined) return false;
  await writes.run((scope) => {
    const collection = catalog.find(namespace);
    if (collection?.indexes.includes(index) !== true) {
      throw new StoreError(276, `The build of index ${index.name} was interrupted`);
    }
    index.ready = true;
    collection.revision += 1;
    scope.touch(collection);
  });
  return true;
}

function isKnown(collection: Collection, wanted: Index): boolean {
  if (isIdKey(wanted.key)) return true;
  for (const known of collection.indexes) {
    if (known.name === wanted.name) {
      if (sameKey(known, wanted) && sameIndex(known, wanted)) return true;
      throw new StoreError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${wanted.name}`,
      );
    }
    if (sameKey(known, wanted) && sameFilter(known, wanted)) {
      throw new StoreError(85, `Index already exists with a different name: ${known.name}`);
    }
  }
  if (collection.indexes.length >= MOST_INDEXES)
    throw new StoreError(67, `too many indexes for ${collection.namespace}`);
  return false;
}

/** Two indexes on the same fields may live side by side when their partial filters differ. */
function sameFilter(left: Index, right: Index): boolean {
  if (left.partial === undefined || right.partial === undefined) return left.partial === right.partial;
  return encodeDocument(left.partial.filter).equals(encodeDocument(right.partial.filter));
}

async function listIndexes(request: Request): Promise<Reply> {
  const namespace = namespaceOf(request);
  const collection = existing(request, namespace);
  const documents = collection.indexes.filter(({ ready }) => ready).map((index) => encodeDocument(indexToDoc(index)));
  return openCursor(request, { namespace, stream: streamOf(documents), pacer: new Pacer(0) });
}

async function dropIndexes(request: Request): Promise<Doc> {
  const { engine, body } = request;
  const namespace = namespaceOf(request);
  const named = body.get("index");
  if (named === undefined)
    throw new StoreError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  return engine.writes.run((scope) => {
    const collection = existing(request, namespace);
    const going = chosen(collection, named);
    const before = collection.indexes.length;
    scope.touch(collection);
    for (const index of going) engine.writer.clearIndex(index);
    collection.indexes = collection.indexes.filter((index) => !going.includes(index));
    collection.revision += 1;
    return new Map<string, Value>([["nIndexesWas", before]]);
  });
}

function chosen(collection: Collection, named: Value): Index[] {
  if (named === "*") return collection.indexes.filter(({ name }) => name !== "_id_");
  const names = Array.isArray(named) ? named : [named];
  return names.map((name) => {
    const found = collection.indexes.find((index) =>
      name instanceof Map ? sameKeyDoc(index.key, name) : index.name === name,
    );
    if (found === undefined) throw new StoreError(27, `index not found with name [${String(name)}]`);
    if (found.name === "_id_") throw new StoreError(72, "cannot drop _id index");
    return found;
  });
}

function sameKeyDoc(key: Doc, other: Doc): boolean {
  return encodeDocument(key).equals(encodeDocument(other));
}

function existing({ engine }: Request, namespace: string): Collection {
  const collection = engine.catalog.find(namespace);
  if (collection === undefined) throw new StoreError(26, `ns does not exist: ${namespace}`);
  return collection;
}
