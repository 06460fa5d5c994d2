// Changing or removing every match: the matches are collected first, then changed in groups, each checked again.
import { asStoreError, StoreError } from "../store-error.js";
import { type ChangeRequest, changeRecord } from "./change-document.js";
import type { Engine } from "./engine.js";
import { findRecords } from "./find-documents.js";
import type { Pacer } from "./pacer.js";

/** A write runs without a pause, so its length is bounded. */
const GROUP = 200;

/** How far a change of many documents came. */
export interface ManyResult {
  matched: number;
  modified: number;
  /** What stopped it; the documents before it stay changed. */
  error: StoreError | undefined;
}

/** Changes or removes every match. */
export async function changeMany(engine: Engine, request: ChangeRequest, pacer: Pacer): Promise<ManyResult> {
  const result: ManyResult = { matched: 0, modified: 0, error: undefined };
  const collection = engine.catalog.find(request.namespace);
  if (collection === undefined) return result;
  const recordIds: number[] = [];
  const all = { ...request, skip: 0, limit: 0 };
  for await (const { recordId } of findRecords(engine, collection, all, pacer)) recordIds.push(recordId);
  for (let at = 0; at < recordIds.length && result.error === undefined; at += GROUP) {
    await changeGroup(engine, request, recordIds.slice(at, at + GROUP), result);
  }
  return result;
}

async function changeGroup(
  engine: Engine,
  request: ChangeRequest,
  recordIds: readonly number[],
  total: ManyResult,
): Promise<void> {
  const group = await engine.writes.run((scope): ManyResult => {
    const done: ManyResult = { matched: 0, modified: 0, error: undefined };
    const collection = engine.catalog.find(request.namespace);
    if (collection === undefined) return done;
    for (const recordId of recordIds) {
      try {
        const { matched, modified } = changeRecord(engine, scope, collection, request, recordId);
        done.matched += matched ? 1 : 0;
        done.modified += modified ? 1 : 0;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        return { ...done, error: asStoreError(error) };
      }
    }
    return done;
  });
  total.matched += group.matched;
  total.modified += group.modified;
  total.error = group.error;
}
