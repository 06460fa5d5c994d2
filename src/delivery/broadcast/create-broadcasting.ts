// Telling customers, put together: the port that the application calls, the duties that the jobs call, and what
// callbacks of the providers are given to.

import type { CustomerChannel } from "../../domain/customers/contact.js";
import type { IncidentId } from "../../domain/incident/ids.js";
import type { Incident, IncidentKind } from "../../domain/incident/incident.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { Chance } from "../../ports/chance.js";
import type { Clock } from "../../ports/clock.js";
import type { Contacts } from "../../ports/contacts.js";
import { type CustomerDelivery, DeliveryFault, type DeliveryMode } from "../../ports/customer-delivery.js";
import type { Outbox } from "../../ports/outbox.js";
import type { Outreach } from "../../ports/outreach.js";
import type { RealTime } from "../../ports/real-time.js";
import type { Suppressions } from "../../ports/suppressions.js";
import type { AllowList } from "./allow-list.js";
import { countAudience } from "./count-audience.js";
import { createDuties } from "./duties.js";
import type { IncidentOf } from "./incident-reading.js";
import type { MailLine, TextLine } from "./lines.js";
import type { MessageWords } from "./mail-words.js";
import { loadMobileNumbers } from "./mobile-number.js";
import { planBroadcast } from "./plan-broadcast.js";
import type { CustomerCard } from "./readers.js";
import { type DeliveryLog, PACES, type Paces, type SendDeps } from "./send-deps.js";
import { createSuperseded } from "./superseded.js";
import { createTakeMailEvents, type TakeMailEvents } from "./take-mail-events.js";
import { createTakeTextStatus, type TakeTextStatus } from "./take-text-status.js";

/** What the delivery to customers works with. */
export type BroadcastingDeps = {
  readonly outbox: Outbox;
  readonly suppressions: Suppressions;
  readonly contacts: Contacts;
  readonly outreach: Pick<Outreach, "version" | "supportContact" | "statusUrl">;
  readonly customer: (id: string) => CustomerCard | null;
  readonly incidentOf: IncidentOf;
  readonly orgName: string;
  /** Domain of the address that mails come from. */
  readonly fromDomain: string;
  /** Null where no provider is configured. */
  readonly lines: { readonly email: MailLine | null; readonly sms: TextLine | null };
  /** What is configured; without any provider the delivery is off. */
  readonly mode: Exclude<DeliveryMode, "off">;
  readonly allowList: AllowList;
  /** Countries whose numbers get SMS, in ISO 3166; left out, those of the default list. */
  readonly smsCountries?: readonly string[];
  readonly clock: Pick<Clock, "now">;
  readonly realTime: Pick<RealTime, "now" | "wait">;
  readonly chance: Pick<Chance, "id">;
  readonly log: DeliveryLog;
  readonly paces?: Paces;
};

/** The delivery to customers. */
export type Broadcasting = {
  readonly delivery: CustomerDelivery;
  /** Sends what is due; answers how many rows it dealt with. Two at once share the work. */
  deliverBatch(): Promise<number>;
  /** Settles what is unclear and tries other channels; answers how many rows it dealt with. */
  reconcile(): Promise<number>;
  readonly takeMailEvents: TakeMailEvents;
  readonly takeTextStatus: TakeTextStatus;
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
  /** Begins no further request, waits for those under way and closes the lines. */
  stop(): Promise<void>;
};

/** Puts the delivery together. */
export const createBroadcasting = (deps: BroadcastingDeps): Broadcasting => {
  const { outbox, suppressions, contacts, outreach, lines, clock, realTime, log, incidentOf } = deps;
  const mode: DeliveryMode = lines.email === null && lines.sms === null ? "off" : deps.mode;
  const channels: readonly CustomerChannel[] =
    mode === "off" ? ["email", "sms"] : (["email", "sms"] as const).filter((channel) => lines[channel] !== null);
  const catalogueOf = ({ catalogue }: CustomerNotice) => outreach.version(catalogue.id, catalogue.version);
  const isAllowed: AllowList = mode === "live" ? () => true : deps.allowList;
  const wordsOf = (incident: Pick<Incident, "code">, notice: CustomerNotice): MessageWords => ({
    notice,
    incident,
    catalogue: catalogueOf(notice),
    supportContact: outreach.supportContact,
    statusUrl: outreach.statusUrl,
    orgName: deps.orgName,
  });
  const superseded = createSuperseded({ contacts, catalogueOf, channels });
  const suppress: SendDeps["suppress"] = (channel, address, code) =>
    suppressions
      .add([{ channel, address, reason: OPTED_OUT.has(code) ? "opted_out" : "unreachable" }])
      .catch((err: unknown) =>
        log.warn("An address could not be put on the list of those left alone.", { channel, err }),
      );
  const sending: SendDeps = {
    ...{ outbox, suppressions, incidentOf, superseded, catalogueOf, clock, realTime, log, suppress },
    paces: deps.paces ?? PACES,
  };
  const planning = { outbox, customer: deps.customer, isAllowed, token: () => deps.chance.id() };
  const mobileNumbers = once(() => loadMobileNumbers(deps.smsCountries));
  const hasLine = { email: lines.email !== null, sms: lines.sms !== null };
  const fallingBack = { ...planning, contacts, incidentOf, catalogueOf, wordsOf, mobileNumbers, hasLine };
  const duties = createDuties({ sending, lines, fromDomain: deps.fromDomain, fallingBack });
  const questionOf = (notice: CustomerNotice) => ({
    contacts,
    notice,
    catalogue: catalogueOf(notice),
    channels,
    mobileNumbers,
  });

  const delivery: CustomerDelivery = {
    mode,
    count: (notice) => countAudience(questionOf(notice), { suppressions, customer: deps.customer, mode, isAllowed }),
    async begin(notice, snapshot) {
      refuseDrill(snapshot.incident.kind);
      if (mode === "off") throw new DeliveryFault("delivery_off", { retryable: false });
      const words = wordsOf(snapshot.incident, notice);
      await planBroadcast({ notice, snapshot, words, question: questionOf(notice) }, planning);
      duties.kick();
    },
    async underWay(limit) {
      const open = (await outbox.open()).slice(0, limit);
      return Promise.all(
        open.map(async ({ ref, plan }) => {
          const { waiting, tally } = await outbox.progress(plan);
          return { ...ref, waiting, tally };
        }),
      );
    },
    finish: (incidentId: IncidentId, notice) => outbox.finish({ incidentId, notice }),
  };
  return {
    delivery,
    ...duties,
    takeMailEvents: createTakeMailEvents(outbox, suppressions),
    takeTextStatus: createTakeTextStatus(outbox),
  };
};

/** Twilio's code for a number that asked to be left alone. */
const OPTED_OUT: ReadonlySet<string> = new Set(["twilio_21610"]);

const refuseDrill = (kind: IncidentKind): void => {
  if (kind === "drill") throw new DeliveryFault("drill", { retryable: false });
};

const once = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loaded: Promise<T> | null = null;
  return () => {
    loaded ??= load();
    return loaded;
  };
};
