// Indexes must never change an answer: the same random documents, changes and queries with an index and without.
import fc from "fast-check";
import { type Collection, type CreateIndexesOptions, type Document, type Filter, Long, type Sort } from "mongodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareSortKeys, parseSort, sortKey } from "../../../../src/storage/embedded/filter/sort-order.js";
import { toDoc } from "../../../unit/storage/embedded/bson-values.js";
import { openStoreFixture, type StoreFixture } from "./store-fixture.js";

/** AGREEMENT_RUNS asks for a longer search than the suite has time for. */
const RUNS = Number(process.env["AGREEMENT_RUNS"] ?? 80);
const LIMIT_MS = process.env["AGREEMENT_RUNS"] === undefined ? 5000 : 300_000;

let fixture: StoreFixture;
beforeAll(async () => {
  fixture = await openStoreFixture();
});
afterAll(() => fixture.close());

const LONG = "x".repeat(2000);

/** Few values, so that documents and conditions meet often; the last ones have index keys that leave something out. */
const scalar = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, "a", 1.5, new Date(2), true) },
  { weight: 1, arbitrary: fc.constantFrom(`${LONG}c`, `${LONG}a`, `${LONG}b`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("9007199254740993", "9007199254740992").map((text) => Long.fromString(text)),
  },
);
const inner = fc.record({ x: scalar, y: scalar, 0: scalar }, { requiredKeys: [] });
const field = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: inner },
  { weight: 2, arbitrary: fc.array(inner, { maxLength: 3 }) },
);
// Two arrays under one compound index are refused, so only `a` may hold arrays.
const document = fc.record({ a: field, b: scalar, c: scalar }, { requiredKeys: [] });

const rangeName = fc.constantFrom("$gt", "$gte", "$lt", "$lte");
const condition = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 3, arbitrary: fc.tuple(rangeName, scalar).map(([name, value]) => ({ [name]: value })) },
  { weight: 3, arbitrary: fc.tuple(scalar, scalar).map(([low, high]) => ({ $gte: low, $lt: high })) },
  { weight: 1, arbitrary: scalar.map((value) => ({ $ne: value })) },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }).map((values) => ({ $in: values })) },
  { weight: 1, arbitrary: fc.boolean().map((value) => ({ $exists: value })) },
  { weight: 1, arbitrary: fc.tuple(scalar, scalar).map(([low, high]) => ({ $elemMatch: { $gte: low, $lte: high } })) },
);
const anyFilter = fc.dictionary(fc.constantFrom("a", "a.x", "a.y", "b", "c", "a.0"), condition, { maxKeys: 2 });

type Direction = 1 | -1;
interface IndexChoice {
  key: Record<string, Direction>;
  options: CreateIndexesOptions;
}
interface Query {
  filter: object;
  sort: Record<string, Direction>;
  skip: number;
  limit: number;
}

const INDEXES: IndexChoice[] = [
  { key: { a: 1 }, options: {} },
  { key: { a: -1, b: 1 }, options: {} },
  { key: { b: 1, c: -1 }, options: {} },
  { key: { b: 1, a: 1, c: 1 }, options: {} },
  { key: { "a.x": 1, "a.y": -1 }, options: {} },
  { key: { c: 1 }, options: { sparse: true } },
  { key: { c: -1, b: 1 }, options: { partialFilterExpression: { b: { $gt: 1 } } } },
  { key: { b: -1 }, options: { partialFilterExpression: { c: { $exists: true } } } },
  { key: { "a.0": 1 }, options: {} },
];

/** Queries that an index has something to say to: conditions on its fields, and its own order or the reverse. */
function queriesFor({ key }: IndexChoice): fc.Arbitrary<Query> {
  const fields = Object.keys(key);
  const own = fc.dictionary(fc.constantFrom(...fields), condition, { maxKeys: fields.length });
  const filter: fc.Arbitrary<object> = fc.oneof(
    { weight: 4, arbitrary: own },
    { weight: 2, arbitrary: anyFilter },
    { weight: 1, arbitrary: fc.tuple(anyFilter, anyFilter).map(([left, right]) => ({ $and: [left, right] })) },
    { weight: 1, arbitrary: fc.tuple(anyFilter, anyFilter).map(([left, right]) => ({ $or: [left, right] })) },
  );
  const length = fc.integer({ min: 0, max: fields.length });
  const sort = fc.tuple(length, fc.nat(1), fc.boolean()).map(([count, from, flip]) => {
    const chosen = fields.slice(Math.min(from, fields.length - 1)).slice(0, count);
    return Object.fromEntries(chosen.map((name) => [name, ((key[name] ?? 1) * (flip ? -1 : 1)) as Direction]));
  });
  return fc.record({ filter, sort, skip: fc.nat(1), limit: fc.integer({ min: 0, max: 5 }) });
}

const update = fc.oneof(
  fc.tuple(fc.constantFrom("b", "c"), scalar).map(([name, value]) => ({ $set: { [name]: value } })),
  field.map((value) => ({ $set: { a: value } })),
  fc.constantFrom("a", "b", "c").map((name) => ({ $unset: { [name]: 1 } })),
);

/** One index, documents, changes to them, and questions before and after some of them go. */
const scenario = fc.constantFrom(...INDEXES).chain((index) =>
  fc.record({
    index: fc.constant(index),
    documents: fc.array(document, { minLength: 4, maxLength: 20 }),
    updates: fc.array(fc.tuple(anyFilter, update), { maxLength: 3 }),
    removed: anyFilter,
    queries: fc.array(queriesFor(index), { minLength: 8, maxLength: 12 }),
  }),
);

let rounds = 0;

async function makeTwins({ key, options }: IndexChoice): Promise<[Collection, Collection]> {
  rounds += 1;
  const indexed = fixture.db.collection(`indexed${rounds}`);
  await indexed.createIndex(key, options);
  return [fixture.db.collection(`plain${rounds}`), indexed];
}

/** The order among equal sort keys is free, so the documents are compared as a set, and their keys in order. */
async function expectSameAnswer(twins: Collection[], { filter, sort, skip, limit }: Query): Promise<void> {
  const find = (twin: Collection, order: Sort): ReturnType<Collection["find"]> =>
    twin.find(filter as Filter<Document>).sort(order);
  const [plain = [], indexed = []] = await Promise.all(twins.map((twin) => find(twin, sort).toArray()));
  const ids = (found: Document[]): string[] => found.map(({ _id }) => String(_id)).sort();
  expect(ids(indexed)).toEqual(ids(plain));
  expectSorted(indexed, sort);
  const total: Sort = { ...sort, _id: 1 };
  const pages = await Promise.all(twins.map((twin) => find(twin, total).skip(skip).limit(limit).toArray()));
  expect(pages[1]).toEqual(pages[0]);
}

function expectSorted(found: Document[], order: Record<string, Direction>): void {
  const fields = parseSort(toDoc(order));
  const keys = found.map((doc) => sortKey(toDoc(doc), fields));
  for (const [at, key] of keys.entries()) {
    const next = keys[at + 1];
    if (next !== undefined) expect(compareSortKeys(key, next, fields), `neighbours ${at}`).toBeLessThanOrEqual(0);
  }
}

test(
  "queries answer alike with an index and without, through inserts, updates and deletes",
  async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ index, documents, updates, removed, queries }) => {
        const [plain, indexed] = await makeTwins(index);
        for (const twin of [plain, indexed]) {
          await twin.insertMany(documents.map((item, at) => ({ _id: at as never, ...item })));
        }
        for (const [where, change] of updates) {
          const changed = [plain, indexed].map((twin) => twin.updateMany(where as Filter<Document>, change));
          const results = await Promise.all(changed);
          expect(results[1]).toEqual(results[0]);
        }
        for (const one of queries) await expectSameAnswer([plain, indexed], one);
        const deleted = await Promise.all([plain, indexed].map((twin) => twin.deleteMany(removed as Filter<Document>)));
        expect(deleted[1]).toEqual(deleted[0]);
        for (const one of queries.slice(0, 2)) await expectSameAnswer([plain, indexed], one);
        await Promise.all([plain.drop(), indexed.drop()]);
      }),
      { numRuns: RUNS, interruptAfterTimeLimit: LIMIT_MS },
    );
  },
  10 * LIMIT_MS,
);
