// The read model in MongoDB: one row per incident and the one index of time.
import type { IncidentId, PersonId, Platform } from "../domain/incident/ids.js";
import type { IncidentKind, IncidentState } from "../domain/incident/incident.js";
import type { Level } from "../domain/policy/policy.js";
import type { Clock } from "../ports/clock.js";
import type { DueIncident, IncidentIndex, IncidentRow } from "../ports/incident-index.js";
import type { MongoConnection } from "./connect-mongo.js";
import { FREE_LEASE, leaseRows } from "./lease-rows.js";
import { type IncidentDocument, modelsOf } from "./models.js";
import { asking, askingTwice, duplicateKeyOf } from "./store-fault-of.js";
import { wellFormed } from "./stored-value.js";

/** Keeps rows in the collection `incidents`; the clock of the domain tells which wakes are overdue. */
export function createMongoIncidentIndex({ connection }: MongoConnection, clock: Pick<Clock, "now">): IncidentIndex {
  const { incidents } = modelsOf(connection);

  return {
    project: (row) => project(row),

    async byId(id) {
      const document = await asking(() => incidents.findById(id).lean<IncidentDocument>());
      return document === null ? null : toRow(document);
    },

    async byCode(code) {
      const document = await asking(() => incidents.findOne({ code: { $eq: code } }).lean<IncidentDocument>());
      return document === null ? null : toRow(document);
    },

    async open(limit) {
      const order = { level: 1, declaredAt: 1, _id: 1 } as const;
      const found = await asking(() =>
        incidents.find({ open: true }).sort(order).limit(limit).lean<IncidentDocument[]>(),
      );
      return found.map(toRow);
    },

    async claimDue({ until, ...lease }) {
      const where = { nextWakeAt: { $lte: until } };
      const rows = await leaseRows(incidents, { ...lease, where, sort: { nextWakeAt: 1 } });
      return rows.flatMap(toDue);
    },

    async settleWake(id, version, nextWakeAt) {
      const change = { $set: { nextWakeAt }, $unset: FREE_LEASE };
      await askingTwice(() => incidents.updateOne({ _id: id, version }, change));
    },

    async backOff(id, retryAt) {
      const change = { $set: { nextWakeAt: retryAt }, $unset: FREE_LEASE };
      await askingTwice(() => incidents.updateOne({ _id: id }, change));
    },

    async openIds(after, limit) {
      const where = after === null ? { open: true } : { open: true, _id: { $gt: after } };
      const found = await asking(() => incidents.find(where, { _id: 1 }).sort({ _id: 1 }).limit(limit).lean());
      return found.map(({ _id }) => _id as IncidentId);
    },

    async earliestWake() {
      const waiting = { open: true, nextWakeAt: { $gt: new Date(0) } };
      const first = () =>
        incidents.findOne(waiting, { nextWakeAt: 1 }).sort({ nextWakeAt: 1 }).lean<IncidentDocument>();
      return (await asking(first))?.nextWakeAt ?? null;
    },

    async counts() {
      const [open, overdueWakes] = await Promise.all([
        asking(() => incidents.countDocuments({ open: true })),
        asking(() => incidents.countDocuments({ nextWakeAt: { $lt: clock.now() } })),
      ]);
      return { open, overdueWakes };
    },
  };

  async function project(row: IncidentRow): Promise<void> {
    const { id, ...fields } = row;
    const older = { _id: id, version: { $lt: row.version } };
    const change = { $set: { ...fields, title: wellFormed(row.title) } };
    try {
      await askingTwice(() => incidents.updateOne(older, change, { upsert: true }));
    } catch (err) {
      if (duplicateKeyOf(err)?.includes("_id") !== true) throw err;
      // The row exists: it is as new, or another first projection won the race and may be older.
      await askingTwice(() => incidents.updateOne(older, change));
    }
  }
}

function toRow(document: IncidentDocument): IncidentRow {
  return {
    id: document._id as IncidentId,
    version: document.version,
    code: document.code,
    kind: document.kind as IncidentKind,
    state: document.state as IncidentState,
    open: document.open,
    level: document.level as Level,
    title: document.title,
    services: document.services,
    home: document.home as Platform,
    takenBy: document.takenBy as PersonId | null,
    declaredAt: document.declaredAt,
    nextWakeAt: document.nextWakeAt,
  };
}

function toDue({ _id, version, nextWakeAt }: IncidentDocument): DueIncident[] {
  return nextWakeAt === null ? [] : [{ id: _id as IncidentId, version, wakeAt: nextWakeAt }];
}
