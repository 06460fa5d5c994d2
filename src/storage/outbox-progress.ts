// How far a plan has come, counted from its rows: a number kept beside them would be wrong after the first crash.
import type { Model } from "mongoose";
import type { PlanProgress } from "../ports/outbox.js";
import { type BroadcastDocument, OPEN_STATES, type OutboxModels, type ParcelState } from "./outbox-documents.js";
import { asking } from "./store-fault-of.js";

type StateCount = { readonly state: ParcelState; readonly code: string | null; readonly count: number };

/** How many times as long as the last count took a figure of a plan under way may be old. */
const AGE_SHARE = 20;
const REMEMBERED = 100;

/**
 * Tells how far plans have come. Counting a hundred thousand rows again and again would hold up the sending that it
 * tells of, so figures under way are a little old; those of a plan that has come to its end never are.
 */
export function createProgress(models: OutboxModels): (plan: string) => Promise<PlanProgress> {
  const known = new Map<string, { readonly progress: PlanProgress; readonly goodUntil: number }>();
  return async (plan) => {
    const last = known.get(plan);
    if (last !== undefined && performance.now() < last.goodUntil && (await isUnderWay(models, plan)))
      return last.progress;
    const begunAt = performance.now();
    const progress = await planProgress(models, plan);
    const endedAt = performance.now();
    if (known.size >= REMEMBERED) known.clear();
    if (progress.waiting > 0) known.set(plan, { progress, goodUntil: endedAt + AGE_SHARE * (endedAt - begunAt) });
    else known.delete(plan);
    return progress;
  };
}

async function isUnderWay({ mails, texts, exceptions }: OutboxModels, plan: string): Promise<boolean> {
  const open = { plan, state: { $in: OPEN_STATES } };
  for (const model of [mails, texts] as const)
    if ((await asking(() => model.collection.findOne(open as never, { projection: { _id: 1 } }))) !== null) return true;
  const detour = { plan, elsewhere: true };
  if ((await asking(() => exceptions.findOne(detour, { _id: 1 }).lean())) !== null) return true;
  return (await asking(() => texts.findOne({ ...detour, state: "failed" }, { _id: 1 }).lean())) !== null;
}

/** Counts waiting, sent, failed and dropped recipients of a plan, and why they failed. */
async function planProgress(models: OutboxModels, plan: string): Promise<PlanProgress> {
  const [broadcast, mails, texts, exceptions, textDetours] = await Promise.all([
    asking(() => models.broadcasts.findOne({ plan }).lean<BroadcastDocument>()),
    mailCounts(models, plan),
    textCounts(models, plan),
    exceptionCounts(models, plan),
    asking(() => models.texts.countDocuments({ plan, state: "failed", elsewhere: true })),
  ]);
  const nobody = { failed: 0, dropped: 0 };
  const leftOut = broadcast?.leftOut ?? { email: nobody, sms: nobody };
  const codes: Record<string, number> = { ...broadcast?.codes };
  const add = (code: string | null, count: number) => {
    if (code !== null) codes[code] = (codes[code] ?? 0) + count;
  };
  for (const { code, count } of exceptions) add(code, count);
  for (const { state, code, count } of texts) if (state === "failed") add(code, count);
  const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((total, row) => total + of(row), 0);
  const inState = (rows: readonly StateCount[], ...states: readonly ParcelState[]) =>
    sum(rows, ({ state, count }) => (states.includes(state) ? count : 0));
  const detours = sum(exceptions, ({ elsewhere, count }) => (elsewhere ? count : 0)) + textDetours;
  return {
    waiting: inState(mails, ...OPEN_STATES) + inState(texts, ...OPEN_STATES) + detours,
    tally: {
      email: {
        sent: inState(mails, "accepted") - sum(exceptions, ({ sent, count }) => (sent ? count : 0)),
        failed: inState(mails, "failed") + sum(exceptions, ({ count }) => count) + leftOut.email.failed,
        dropped: inState(mails, "dropped") + sum(mails, ({ dropped }) => dropped) + leftOut.email.dropped,
      },
      sms: {
        sent: inState(texts, "accepted"),
        failed: inState(texts, "failed") + leftOut.sms.failed,
        dropped: inState(texts, "dropped") + leftOut.sms.dropped,
      },
    },
    codes,
  };
}

async function mailCounts(
  { mails }: OutboxModels,
  plan: string,
): Promise<(StateCount & { readonly dropped: number })[]> {
  const rows = await grouped<{ _id: ParcelState; size: number; dropped: number; refused: number }>(mails, plan, {
    _id: "$state",
    size: { $sum: "$size" },
    dropped: { $sum: "$droppedCount" },
    refused: { $sum: "$refusedCount" },
  });
  return rows.map(({ _id, size, dropped, refused }) => ({
    state: _id,
    code: null,
    count: size - dropped - refused,
    dropped,
  }));
}

async function textCounts({ texts }: OutboxModels, plan: string): Promise<StateCount[]> {
  const rows = await grouped<{ _id: { state: ParcelState; code?: string | null }; count: number }>(texts, plan, {
    _id: { state: "$state", code: "$code" },
    count: { $sum: 1 },
  });
  return rows.map(({ _id, count }) => ({ state: _id.state, code: _id.code ?? null, count }));
}

async function exceptionCounts({ exceptions }: OutboxModels, plan: string) {
  type Key = { readonly code: string; readonly sent: boolean; readonly elsewhere: boolean };
  const rows = await grouped<{ _id: Key; count: number }>(exceptions, plan, {
    _id: { code: "$code", sent: "$sent", elsewhere: "$elsewhere" },
    count: { $sum: 1 },
  });
  return rows.map(({ _id, count }) => ({ ..._id, count }));
}

function grouped<R>(model: Pick<Model<never>, "collection">, plan: string, group: object): Promise<R[]> {
  const pipeline = [{ $match: { plan } }, { $group: group }];
  return asking(() => model.collection.aggregate(pipeline).toArray()) as Promise<R[]>;
}
