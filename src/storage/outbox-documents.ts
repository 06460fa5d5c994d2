// Messages to customers as documents. Recipients of one e-mail are parallel lists in one document: a row for each of
// 100,000 people would cost more than sending to them.
import type { Connection, Model } from "mongoose";
import type { BroadcastPlan, MailParcel, TextParcel } from "../ports/outbox.js";
import { modelOf } from "./models.js";

/** The chosen plan of a notice; `_id` is `<incident>:<notice>`. */
export type BroadcastDocument = {
  readonly _id: string;
  readonly incidentId: string;
  readonly notice: number;
  readonly plan: string;
  readonly level: number;
  readonly template: string;
  readonly leftOut: BroadcastPlan["leftOut"];
  readonly codes: BroadcastPlan["codes"];
  readonly open: boolean;
  readonly plannedAt: Date;
};

/** Words of one group of readers. */
export type ContentDocument = {
  readonly _id: string;
  readonly plan: string;
  readonly keys: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

/** Where a row stands. A packed row is an SMS that nobody has begun on its own; what becomes of it shows in its pack. */
export type ParcelState = "packed" | "waiting" | "held" | "sending" | "unknown" | "accepted" | "dropped" | "failed";

/** States that may still become another. */
export const OPEN_STATES: readonly ParcelState[] = ["packed", "waiting", "held", "sending", "unknown"];

/** What every row on its way has. */
type ParcelFields = {
  readonly _id: string;
  readonly plan: string;
  readonly state: ParcelState;
  readonly attempts: number;
  /** Real time. */
  readonly dueAt: Date;
  readonly firstBegunAt?: Date;
  readonly code?: string;
  /** Until when the row is in somebody's hands (real time), and in whose. */
  readonly leaseUntil?: Date;
  readonly leaseToken?: string;
};

/** One request for many. */
export type MailDocument = ParcelFields &
  Omit<MailParcel, "id"> & {
    readonly size: number;
    readonly dropped: readonly number[];
    readonly refused: readonly number[];
    /** How many the request leaves out. */
    readonly droppedCount: number;
    readonly refusedCount: number;
  };

/** One SMS. */
export type TextDocument = ParcelFields &
  Omit<TextParcel, "id"> & {
    /** Domain time. */
    readonly heldUntil?: Date;
    /** Set while the other channel is to be tried. */
    readonly elsewhere?: boolean;
  };

/** SMS that are claimed together the first time; gone once they have been settled. */
export type TextPackDocument = {
  readonly _id: string;
  readonly plan: string;
  readonly state: "waiting" | "sending";
  readonly rows: readonly string[];
  /** Real time, both. */
  readonly leaseUntil?: Date;
  readonly begunAt?: Date;
};

/** A recipient of an e-mail for whom it came to nothing; `_id` is `<mail>:<index>`. */
export type MailExceptionDocument = {
  readonly _id: string;
  readonly plan: string;
  readonly contact: string;
  readonly customer: string;
  readonly code: string;
  readonly sent: boolean;
  readonly elsewhere: boolean;
};

/** An address that is left alone; `_id` is `<channel>:<address>`. */
export type SuppressionDocument = {
  readonly _id: string;
  readonly reason: string;
  readonly since: Date;
};

const PARCEL = {
  plan: String,
  state: String,
  attempts: Number,
  dueAt: Date,
  firstBegunAt: Date,
  code: String,
  leaseUntil: Date,
  leaseToken: String,
  token: String,
};
const Mixed = "Mixed";

/** The models of messages to customers. */
export function outboxModelsOf(connection: Connection) {
  const broadcasts: Model<BroadcastDocument> = modelOf(connection, "broadcasts", {
    incidentId: String,
    notice: Number,
    plan: String,
    level: Number,
    template: String,
    leftOut: Mixed,
    codes: Mixed,
    open: Boolean,
    plannedAt: Date,
  });
  const contents: Model<ContentDocument> = modelOf(connection, "mailContents", {
    plan: String,
    keys: [String],
    subject: String,
    html: String,
    text: String,
  });
  const mails: Model<MailDocument> = modelOf(connection, "mails", {
    ...PARCEL,
    contentId: String,
    contacts: [String],
    customers: [String],
    addresses: [String],
    values: [String],
    size: Number,
    dropped: [Number],
    refused: [Number],
    droppedCount: Number,
    refusedCount: Number,
  });
  const texts: Model<TextDocument> = modelOf(connection, "texts", {
    ...PARCEL,
    contact: String,
    customer: String,
    phone: String,
    body: String,
    quietZone: String,
    elseAddress: Mixed,
    heldUntil: Date,
    elsewhere: Boolean,
  });
  const textPacks: Model<TextPackDocument> = modelOf(connection, "textPacks", {
    plan: String,
    state: String,
    rows: [String],
    leaseUntil: Date,
    begunAt: Date,
  });
  const exceptions: Model<MailExceptionDocument> = modelOf(connection, "mailExceptions", {
    plan: String,
    contact: String,
    customer: String,
    code: String,
    sent: Boolean,
    elsewhere: Boolean,
  });
  const suppressions: Model<SuppressionDocument> = modelOf(connection, "suppressions", {
    reason: String,
    since: Date,
  });
  return { broadcasts, contents, mails, texts, textPacks, exceptions, suppressions };
}

/** The models by name. */
export type OutboxModels = ReturnType<typeof outboxModelsOf>;

/** Key of a notice. */
export const broadcastKey = (incidentId: string, notice: number): string => `${incidentId}:${notice}`;
