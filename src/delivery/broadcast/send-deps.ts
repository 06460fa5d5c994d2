import type { CustomerChannel } from "../../domain/customers/contact.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { MessageCatalogue } from "../../domain/notices/message-catalogue.js";
import type { Clock } from "../../ports/clock.js";
import type { Outbox } from "../../ports/outbox.js";
import type { RealTime } from "../../ports/real-time.js";
import type { Suppressions } from "../../ports/suppressions.js";
import type { IncidentOf } from "./incident-reading.js";
import type { Superseded } from "./superseded.js";

/** Spans of real time that the pipeline keeps. */
export type Paces = {
  /** A claim is not another's before so long; more than a request and the grace after it may take. */
  readonly mailLeaseMs: number;
  readonly textLeaseMs: number;
  /** Requests begin within this share of the claim, or not at all. */
  readonly beginWithinShare: number;
  /** An unclear answer is left alone for so long, so that proof may arrive (research: crash-safe sending). */
  readonly mailGraceMs: number;
  readonly textGraceMs: number;
  /** A line that is closed for longer gets its rows back. */
  readonly waitAtGateMs: number;
};

/** What production keeps. */
export const PACES: Paces = {
  mailLeaseMs: 150_000,
  textLeaseMs: 75_000,
  beginWithinShare: 0.4,
  mailGraceMs: 120_000,
  textGraceMs: 60_000,
  waitAtGateMs: 2_000,
};

/** Where lines about the delivery go. */
export type DeliveryLog = Readonly<
  Record<"info" | "warn" | "error", (sentence: string, fields?: Readonly<Record<string, unknown>>) => void>
>;

/** What both senders need. */
export type SendDeps = {
  readonly outbox: Outbox;
  readonly suppressions: Suppressions;
  readonly incidentOf: IncidentOf;
  readonly superseded: Superseded;
  readonly catalogueOf: (notice: CustomerNotice) => MessageCatalogue;
  readonly clock: Pick<Clock, "now">;
  readonly realTime: Pick<RealTime, "now" | "wait">;
  readonly paces: Paces;
  readonly log: DeliveryLog;
  /** Remembers an address that the provider will never take. */
  readonly suppress: (channel: CustomerChannel, address: string, code: string) => Promise<void>;
};
