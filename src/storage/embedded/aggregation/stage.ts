// A stage of a pipeline.
import type { Doc } from "../bson/value.js";

/** Documents on their way through a pipeline. */
export type DocStream = AsyncIterable<Doc>;

/** A compiled stage. */
export interface Stage {
  run: (source: DocStream) => DocStream;
  /** The top-level fields it reads; undefined means all. */
  fields: ReadonlySet<string> | undefined;
}
