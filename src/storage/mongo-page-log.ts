// Pages to phones in MongoDB. Of a token only a digest is kept: whoever reads the database cannot open a link with it.
import { createHash } from "node:crypto";
import type { Connection, Model } from "mongoose";
import type { IncidentId, PersonId } from "../domain/incident/ids.js";
import type { BegunPage, PageLog, PageRow, PageState } from "../ports/page-log.js";
import type { MongoConnection } from "./connect-mongo.js";
import { modelOf } from "./models.js";
import { asking, askingTwice, duplicateKeyOf } from "./store-fault-of.js";

type PageDocument = {
  readonly _id: string;
  readonly tokenHash: string;
  readonly incidentId: string;
  readonly person: string;
  readonly by: "sms" | "call";
  readonly asks: boolean;
  readonly state: PageState;
  readonly attempts: number;
  readonly begunAt: Date;
  readonly alertAt: Date;
  readonly expiresAt: Date;
  readonly providerId?: string;
  readonly status?: string;
  readonly statusRank: number;
  readonly code?: string;
};

/** States in which another request may begin. */
const MAY_BEGIN: readonly PageState[] = ["begun", "unknown", "not-sent"];
/** States in which the phone rang, or may have. */
const RANG: readonly PageState[] = ["begun", "accepted", "answered", "unknown"];
const RECENT = 50;

/** Keeps rows in the collection `pages`. */
export function createMongoPageLog({ connection }: MongoConnection): PageLog {
  const pages = pagesOf(connection);
  const rowOf = async (filter: object): Promise<PageRow | null> => {
    const document = await asking(() => pages.findOne(filter).lean<PageDocument>());
    return document === null ? null : toRow(document);
  };

  return {
    of: (key) => rowOf({ _id: key }),
    byToken: (token) => rowOf({ tokenHash: hashOf(token) }),
    begin: (page, after) => (after === 0 ? insert(pages, page) : takeOver(pages, page, after)),

    async settle(key, attempt, result) {
      const own = { _id: key, attempts: attempt, state: { $in: ["begun", "unknown"] } } as const;
      if (result.state !== "accepted") {
        await askingTwice(() => pages.updateOne(own, { $set: result }));
        return true;
      }
      const { state, providerId } = result;
      const change = { $set: providerId === null ? { state } : { state, providerId }, $unset: { code: 1 } } as const;
      return unlessTaken(() => askingTwice(() => pages.updateOne(own, change)));
    },

    async prove(token, { providerId, status, rank, code }) {
      const ours = { tokenHash: hashOf(token) };
      const row = await rowOf(ours);
      if (row === null) return false;
      if (row.state !== "accepted" && row.state !== "answered") {
        const unproven = { ...ours, state: { $nin: ["accepted", "answered"] } } as const;
        const accept = (fields: object) => askingTwice(() => pages.updateOne(unproven, { $set: fields }));
        const named = await unlessTaken(() => accept({ state: "accepted", providerId }));
        if (!named) await accept({ state: "accepted" });
      }
      const news = { $set: { status, statusRank: rank, ...(code === null ? {} : { code }) } };
      await askingTwice(() => pages.updateOne({ ...ours, statusRank: { $lt: rank } }, news));
      return true;
    },

    async answered(key) {
      await askingTwice(() => pages.updateOne({ _id: key }, { $set: { state: "answered" } }));
    },

    countAlerts: (person, after) =>
      asking(() => pages.countDocuments({ person, alertAt: { $gt: after }, state: { $in: RANG } })),

    async recent(people, after) {
      const wanted = { person: { $in: [...people] }, begunAt: { $gt: after }, state: { $in: RANG } };
      const found = await asking(() => pages.find(wanted).sort({ begunAt: -1 }).limit(RECENT).lean<PageDocument[]>());
      return found.map(toRow);
    },
  };
}

async function insert(pages: Model<PageDocument>, { key, token, ...page }: BegunPage): Promise<boolean> {
  const document = { _id: key, tokenHash: hashOf(token), ...page, state: "begun", attempts: 1, statusRank: 0 };
  // Asked once: after a lost answer a second insert could not tell its own row from another process's.
  return unlessTaken(() => asking(() => pages.collection.insertOne(document as never)));
}

async function takeOver(
  pages: Model<PageDocument>,
  { key, token, asks, begunAt, alertAt, expiresAt }: BegunPage,
  after: number,
): Promise<boolean> {
  const fresh = { tokenHash: hashOf(token), asks, begunAt, alertAt, expiresAt, state: "begun", attempts: after + 1 };
  const free = { _id: key, attempts: after, state: { $in: MAY_BEGIN } };
  const change = { $set: fresh, $unset: { code: 1 } };
  const { matchedCount } = await asking(() => pages.updateOne(free as never, change as never));
  return matchedCount === 1;
}

/** False when a unique key belongs to another row. */
async function unlessTaken(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (err) {
    if (duplicateKeyOf(err) === null) throw err;
    return false;
  }
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

function pagesOf(connection: Connection): Model<PageDocument> {
  return modelOf<PageDocument>(connection, "pages", {
    tokenHash: String,
    incidentId: String,
    person: String,
    by: String,
    asks: Boolean,
    state: String,
    attempts: Number,
    begunAt: Date,
    alertAt: Date,
    expiresAt: Date,
    providerId: String,
    status: String,
    statusRank: Number,
    code: String,
  });
}

function toRow(document: PageDocument): PageRow {
  const { by, asks, state, attempts, begunAt, alertAt, expiresAt } = document;
  return {
    key: document._id,
    incidentId: document.incidentId as IncidentId,
    person: document.person as PersonId,
    ...{ by, asks, state, attempts, begunAt, alertAt, expiresAt },
    providerId: document.providerId ?? null,
    status: document.status ?? null,
    code: document.code ?? null,
  };
}
