// The collections as mongoose models. Documents are written and read as plain objects; the schemas cast filters, so
// that a value from outside is never taken for an operator, and refuse fields that nobody described.
import { type Connection, type Model, Schema, type SchemaDefinition } from "mongoose";
import type { CommitDocument } from "./commit-document.js";

/** One incident's row of the read model, with the lease of its next wake. */
export type IncidentDocument = {
  readonly _id: string;
  readonly version: number;
  readonly code: string;
  readonly kind: string;
  readonly state: string;
  readonly open: boolean;
  readonly level: number;
  readonly title: string;
  readonly services: readonly { readonly id: string | null; readonly name: string }[];
  readonly home: string;
  readonly takenBy: string | null;
  readonly declaredAt: Date | null;
  readonly nextWakeAt: Date | null;
} & LeaseFields;

/** Who works on a row, until when (real time); `leaseToken` tells the rows of one call apart. */
export type LeaseFields = { readonly leaseUntil?: Date; readonly leaseOwner?: string; readonly leaseToken?: string };

/** One effect that did not succeed at once. */
export type EffectDocument = {
  readonly _id: string;
  readonly incidentId: string;
  readonly version: number;
  readonly index: number;
  readonly attempts: number;
  readonly dueAt: Date;
  readonly state: "owed" | "done" | "given-up";
  readonly reason?: string;
  readonly doneAt?: Date;
} & LeaseFields;

/** Where one incident lives on its chat platform. */
export type PlacesDocument = {
  readonly _id: string;
  readonly origin: unknown;
  readonly room: unknown;
  readonly roomName: string | null;
  readonly described: boolean;
  readonly card: unknown;
  readonly cardPinned: boolean;
  readonly announcement: unknown;
  readonly shownVersion: number;
};

/** The message that an effect sent. */
export type SentMessageDocument = { readonly _id: string; readonly message: unknown; readonly sentAt: Date };

/** A rule's key, held by one holder; `token` tells a repeated insert from another's. */
export type ClaimDocument = {
  readonly _id: string;
  readonly holder: string;
  readonly token: string;
  readonly claimedAt: Date;
};

/** A running number. */
export type CounterDocument = { readonly _id: string; readonly value: number };

/** All models of one connection. */
export type Models = {
  readonly commits: Model<CommitDocument>;
  readonly incidents: Model<IncidentDocument>;
  readonly effects: Model<EffectDocument>;
  readonly places: Model<PlacesDocument>;
  readonly sentMessages: Model<SentMessageDocument>;
  readonly claims: Model<ClaimDocument>;
  readonly counters: Model<CounterDocument>;
};

const Mixed = Schema.Types.Mixed;
const LEASE = { leaseUntil: Date, leaseOwner: String, leaseToken: String };

/** The models of a connection, compiled once. */
export function modelsOf(connection: Connection): Models {
  return {
    commits: modelOf<CommitDocument>(connection, "commits", {
      incidentId: String,
      version: Number,
      at: Date,
      actor: Mixed,
      commandId: String,
      events: [Mixed],
      effects: [Mixed],
      prevHash: String,
      hash: String,
      pending: { owner: String, until: Date },
    }),
    incidents: modelOf<IncidentDocument>(connection, "incidents", {
      version: Number,
      code: String,
      kind: String,
      state: String,
      open: Boolean,
      level: Number,
      title: String,
      services: [Mixed],
      home: String,
      takenBy: String,
      declaredAt: Date,
      nextWakeAt: Date,
      ...LEASE,
    }),
    effects: modelOf<EffectDocument>(connection, "effects", {
      incidentId: String,
      version: Number,
      index: Number,
      attempts: Number,
      dueAt: Date,
      state: String,
      reason: String,
      doneAt: Date,
      ...LEASE,
    }),
    places: modelOf<PlacesDocument>(connection, "places", {
      origin: Mixed,
      room: Mixed,
      roomName: String,
      described: Boolean,
      card: Mixed,
      cardPinned: Boolean,
      announcement: Mixed,
      shownVersion: Number,
    }),
    sentMessages: modelOf<SentMessageDocument>(connection, "sentMessages", { message: Mixed, sentAt: Date }),
    claims: modelOf<ClaimDocument>(connection, "claims", { holder: String, token: String, claimedAt: Date }),
    counters: modelOf<CounterDocument>(connection, "counters", { value: Number }),
  };
}

/** One model with the house's settings: nothing buffered, nothing minimised, nothing unknown let through. */
export function modelOf<T>(connection: Connection, name: string, fields: SchemaDefinition): Model<T> {
  const known = connection.models[name];
  if (known !== undefined) return known as unknown as Model<T>;
  const schema = new Schema(
    { _id: String, ...fields },
    {
      collection: name,
      strict: "throw",
      strictQuery: "throw",
      minimize: false,
      versionKey: false,
      autoIndex: false,
      autoCreate: false,
      bufferCommands: false,
      id: false,
    },
  );
  return connection.model(name, schema) as unknown as Model<T>;
}
