// A pipeline: what the head of it can leave to the query planner, and the stages after that.
import { type Doc, isDoc, type Value } from "../bson/value.js";
import type { FindRequest } from "../engine/find-documents.js";
import { EVERYTHING } from "../filter/parse-filter.js";
import { StoreError } from "../store-error.js";
import { compileGroup } from "./group-stage.js";
import {
  compileCount,
  compileLimit,
  compileMatch,
  compileProject,
  compileSkip,
  compileSort,
  readLimit,
  readMatch,
  readSkip,
  readSort,
} from "./simple-stages.js";
import type { Stage } from "./stage.js";
import { compileUnwind } from "./unwind-stage.js";

const STAGES: ReadonlyMap<string, (spec: Value) => Stage> = new Map([
  ["$match", compileMatch],
  ["$sort", compileSort],
  ["$limit", compileLimit],
  ["$skip", compileSkip],
  ["$project", compileProject],
  ["$group", compileGroup],
  ["$count", compileCount],
  ["$unwind", compileUnwind],
]);

/** A parsed pipeline. */
export interface Pipeline {
  /** The query its head amounts to. */
  head: FindRequest;
  stages: Stage[];
}

/** Parses a pipeline. */
export function parsePipeline(pipeline: Value | undefined): Pipeline {
  if (!Array.isArray(pipeline)) throw new StoreError(14, "A pipeline must be an array of objects");
  const specs = pipeline.map(readStage);
  const { head, used } = takeHead(specs);
  return { head, stages: specs.slice(used).map(({ name, spec }) => compile(name, spec)) };
}

interface StageSpec {
  name: string;
  spec: Value;
}

function readStage(stage: Value): StageSpec {
  if (!isDoc(stage)) throw new StoreError(14, "Each element of the 'pipeline' array must be an object");
  const [entry] = stage as Doc;
  if (entry === undefined || stage.size !== 1) {
    throw new StoreError(40323, "A pipeline stage specification object must contain exactly one field.");
  }
  const [name, spec] = entry;
  if (name === "$changeStream") {
    throw new StoreError(40573, "The $changeStream stage is only supported on replica sets");
  }
  if (!STAGES.has(name)) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return { name, spec };
}

function compile(name: string, spec: Value): Stage {
  const build = STAGES.get(name);
  if (build === undefined) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return build(spec);
}

/** $match, $sort, $skip and $limit at the head, in this order, are an ordinary query. */
function takeHead(specs: readonly StageSpec[]): { head: FindRequest; used: number } {
  const head: FindRequest = { node: EVERYTHING, sort: [], skip: 0, limit: 0 };
  let used = 0;
  const next = (name: string): Value | undefined => {
    const stage = specs[used];
    if (stage?.name !== name) return undefined;
    used += 1;
    return stage.spec;
  };
  const match = next("$match");
  if (match !== undefined) head.node = readMatch(match);
  const sort = next("$sort");
  if (sort !== undefined) head.sort = readSort(sort);
  const skip = next("$skip");
  if (skip !== undefined) head.skip = readSkip(skip);
  const limit = next("$limit");
  if (limit !== undefined) head.limit = readLimit(limit);
  return { head, used };
}
