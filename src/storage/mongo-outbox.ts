// Messages to customers in MongoDB: plans and their choice. Rows that go to the providers are moved by outbox-claims,
// what the providers tell later by outbox-proofs.
import type { IncidentId } from "../domain/incident/ids.js";
import type { TemplateName } from "../domain/notices/message-catalogue.js";
import type { Level } from "../domain/policy/policy.js";
import { DeliveryFault } from "../ports/customer-delivery.js";
import type { BroadcastRef, MailParcel, OpenBroadcast, Outbox, TextParcel } from "../ports/outbox.js";
import type { RealTime } from "../ports/real-time.js";
import type { MongoConnection } from "./connect-mongo.js";
import { createFreshParcels } from "./fresh-parcels.js";
import { insertMissing } from "./insert-missing.js";
import { modelsOf } from "./models.js";
import { outboxClaims } from "./outbox-claims.js";
import {
  type BroadcastDocument,
  broadcastKey,
  type ContentDocument,
  type MailDocument,
  outboxModelsOf,
  type TextDocument,
} from "./outbox-documents.js";
import { createProgress } from "./outbox-progress.js";
import { outboxProofs } from "./outbox-proofs.js";
import { asking, askingTwice, duplicateKeyOf } from "./store-fault-of.js";
import { createTextPacks } from "./text-packs.js";

/** A document of one parcel holds up to 1,000 recipients, so few go in one command. */
const MAILS_AT_ONCE = 10;

/** Keeps rows in `broadcasts`, `mailContents`, `mails`, `texts` and `mailExceptions`. */
export function createMongoOutbox({ connection }: MongoConnection, realTime: Pick<RealTime, "now">): Outbox {
  const { incidents } = modelsOf(connection);
  const models = outboxModelsOf(connection);
  const fresh = createFreshParcels();
  const { broadcasts, contents, mails, texts, textPacks, exceptions } = models;
  const packs = createTextPacks(models);

  /** Invariant I3, guard (b): whatever the caller believes, the incident's own row decides. */
  const refuseDrill = async (incidentId: IncidentId): Promise<void> => {
    const row = await asking(() => incidents.findById(incidentId, { kind: 1 }).lean<{ kind: string }>());
    if (row === null) throw new DeliveryFault("unknown_incident", { retryable: true });
    if (row.kind === "drill") throw new DeliveryFault("drill", { retryable: false });
  };

  const removePlans = async (plan: unknown): Promise<void> => {
    for (const model of [contents, mails, texts, textPacks, exceptions] as const) {
      await askingTwice(() => model.collection.deleteMany({ plan } as never));
    }
  };

  return {
    ...outboxClaims(models, { fresh, packs }),
    ...outboxProofs(models),

    async isPlanned(ref) {
      return (await asking(() => broadcasts.findById(keyOf(ref), { _id: 1 }).lean())) !== null;
    },

    async add(ref, plan, parcels) {
      await refuseDrill(ref.incidentId);
      const dueAt = realTime.now();
      await insertMissing(
        contents,
        parcels.contents.map(({ id, ...words }): ContentDocument => ({ _id: id, plan, ...words })),
      );
      for (let at = 0; at < parcels.mails.length; at += MAILS_AT_ONCE) {
        const some = parcels.mails.slice(at, at + MAILS_AT_ONCE);
        await insertMissing(
          mails,
          some.map((parcel) => newMail(parcel, plan, dueAt)),
        );
        fresh.remember(some);
      }
      await insertMissing(
        texts,
        parcels.texts.map((parcel) => newText(parcel, plan, dueAt)),
      );
      const ids = parcels.texts.map(({ id }) => id);
      await packs.add(plan, ids);
    },

    async choose({ ref, ...plan }) {
      const document = { _id: keyOf(ref), ...ref, ...plan, open: true, plannedAt: realTime.now() };
      try {
        await askingTwice(() => broadcasts.collection.insertOne(document as never));
      } catch (err) {
        if (duplicateKeyOf(err) === null) throw err;
      }
      // The first answer may have been lost, so what is stored tells whose plan it is.
      const chosen = await asking(() => broadcasts.findById(keyOf(ref)).lean<BroadcastDocument>());
      const isOurs = chosen?.plan === plan.plan;
      if (!isOurs) fresh.forget(plan.plan);
      await removePlans(isOurs ? othersOf(ref, plan.plan) : plan.plan);
      return isOurs;
    },

    async open() {
      const found = await asking(() => broadcasts.find({ open: true }).sort({ level: 1, plannedAt: 1 }).lean());
      return found.map(toOpen);
    },

    async finish(ref) {
      await askingTwice(() => broadcasts.updateOne({ _id: keyOf(ref) }, { $set: { open: false } }));
    },

    progress: createProgress(models),

    async toldBefore({ incidentId, notice }) {
      const earlier = await asking(() =>
        broadcasts.find({ incidentId, notice: { $lt: notice } }, { plan: 1 }).lean<{ plan: string }[]>(),
      );
      const told = new Set<string>();
      for (const { plan } of earlier) await addTold(plan, told);
      return told;
    },

    async content(id) {
      const found = await asking(() => contents.findById(id).lean<ContentDocument>());
      if (found === null) return null;
      const { keys, subject, html, text } = found;
      return { id, keys, subject, html, text };
    },
  };

  async function addTold(plan: string, told: Set<string>): Promise<void> {
    const failed = await asking(() =>
      exceptions.find({ plan, sent: true }, { contact: 1 }).lean<{ contact: string }[]>(),
    );
    const lost = new Set(failed.map(({ contact }) => contact));
    const accepted = { plan, state: "accepted" };
    const fields = { contacts: 1, dropped: 1, refused: 1 };
    for await (const mail of mails.collection.find<MailDocument>(accepted as never, { projection: fields })) {
      const left = new Set([...mail.dropped, ...mail.refused]);
      for (const [index, contact] of mail.contacts.entries())
        if (!left.has(index) && !lost.has(contact)) told.add(contact);
    }
    for await (const text of texts.collection.find<TextDocument>(accepted as never, { projection: { contact: 1 } }))
      told.add(text.contact);
  }
}

const keyOf = ({ incidentId, notice }: BroadcastRef): string => broadcastKey(incidentId, notice);

/** Plans of one notice begin with its key. */
const othersOf = (ref: BroadcastRef, chosen: string) => {
  const prefix = `${keyOf(ref)}:`;
  return { $gt: prefix, $lt: `${prefix}\u{10ffff}`, $ne: chosen };
};

const newMail = ({ id, ...parcel }: MailParcel, plan: string, dueAt: Date): MailDocument => ({
  _id: id,
  plan,
  state: "waiting",
  dueAt,
  attempts: 0,
  ...parcel,
  size: parcel.contacts.length,
  dropped: [],
  refused: [],
  droppedCount: 0,
  refusedCount: 0,
});

const newText = ({ id, ...parcel }: TextParcel, plan: string, dueAt: Date): TextDocument => ({
  _id: id,
  plan,
  state: "packed",
  dueAt,
  attempts: 0,
  ...parcel,
});

const toOpen = ({ incidentId, notice, plan, level, template }: BroadcastDocument): OpenBroadcast => ({
  ref: { incidentId: incidentId as IncidentId, notice },
  plan,
  level: level as Level,
  template: template as TemplateName,
});
