// Telling customers, as the application composes it: the words, the providers that are configured, and their callbacks.
import type { World } from "./application/create-application.js";
import { makeIncidentLoader } from "./application/incident-loader.js";
import type { Config } from "./config/config.js";
import { createAllowList } from "./delivery/broadcast/allow-list.js";
import { type Broadcasting, createBroadcasting } from "./delivery/broadcast/create-broadcasting.js";
import { createDrillGuard } from "./delivery/broadcast/drill-guard.js";
import { createOptOuts, type OptOuts } from "./delivery/broadcast/opt-outs.js";
import type { Paces } from "./delivery/broadcast/send-deps.js";
import { createTwilioTextLine } from "./delivery/broadcast/twilio-text-line.js";
import { createEventsListener } from "./delivery/sendgrid/events-listener.js";
import { createSendGridLine } from "./delivery/sendgrid/sendgrid-line.js";
import { createEventVerifier, readEventKey } from "./delivery/sendgrid/verify-event-signature.js";
import { createTwilioLine } from "./delivery/twilio/twilio-client.js";
import { statusUrl } from "./delivery/twilio/webhook-urls.js";
import { cuboSuiteMessagesV1 } from "./formats/messages/cubo-suite-messages-v1.js";
import type { Route } from "./http/listener.js";
import type { Log } from "./logging/create-logger.js";
import type { CustomerCard } from "./ports/directory.js";
import type { Outreach } from "./ports/outreach.js";
import type { MongoConnection } from "./storage/connect-mongo.js";
import { createMongoContacts } from "./storage/mongo-contacts.js";
import { createMongoOutbox } from "./storage/mongo-outbox.js";
import { createMongoSuppressions } from "./storage/mongo-suppressions.js";
import { createTestReach } from "./storage/test-reach.js";

/** Telling customers: what the world gains, and what runs with it. */
export type CustomersLine = {
  readonly broadcasting: Broadcasting;
  readonly outreach: Outreach;
  readonly optOuts: OptOuts;
  readonly routes: readonly Route[];
  start(): Promise<void>;
  stop(): Promise<void>;
};

// Requests at the same time; more buys nothing (research: throughput floors).
const TEXT_SOCKETS = 10;
const TIMEOUT_MS = 15_000;

/** The catalogue of messages; every version that a message was ever written with stays known. */
const CATALOGUES = [cuboSuiteMessagesV1];

const catalogueOf: Outreach["version"] = (id, version) => {
  const found = CATALOGUES.find((one) => one.id === id && one.version === version);
  if (found === undefined) throw new Error(`Message catalogue ${id}@${version} is not known to this program.`);
  return found;
};

// The catalogue hands out the same list until it is read again, so its index is made once for each list.
const indexed = (customers: () => readonly CustomerCard[]): ((id: string) => CustomerCard | null) => {
  let list: readonly CustomerCard[] = [];
  let byId: ReadonlyMap<string, CustomerCard> = new Map();
  return (id) => {
    const now = customers();
    if (now !== list) [list, byId] = [now, new Map(now.map((card) => [card.id, card]))];
    return byId.get(id) ?? null;
  };
};

const linesFor = (config: Config, world: World) => {
  const { customers, twilio, http, org } = config;
  const guard = createDrillGuard(async (id) => (await world.index.byId(id))?.kind ?? null);
  const { mail } = customers;
  const from = mail === null ? null : { email: mail.from, name: org.name };
  const email = mail === null || from === null ? null : createSendGridLine({ ...mail, from, guard });
  const service = twilio?.messagingServiceSid ?? null;
  const { publicUrl } = http;
  const sms =
    twilio === null || service === null
      ? null
      : createTwilioTextLine({
          line: createTwilioLine({ ...twilio, sockets: TEXT_SOCKETS, timeoutMs: TIMEOUT_MS }),
          messagingServiceSid: service,
          statusUrlFor: publicUrl === null ? null : (token) => statusUrl(publicUrl, token),
          guard,
        });
  return { email, sms };
};

/** Opens the way to the customers. */
export const openCustomers = (
  config: Config,
  world: World,
  mongo: MongoConnection,
  log: Log,
  paces?: Paces,
): CustomersLine => {
  const { customers, org } = config;
  const loader = makeIncidentLoader(world);
  const suppressions = createMongoSuppressions(mongo);
  const lines = linesFor(config, world);
  const testReach = createTestReach(mongo, customers.testRecipients, {
    onFault: (err) => log.warn("What is kept in memory could not be read again.", { what: "test recipients", err }),
  });
  const off = lines.email === null && lines.sms === null;
  const outreach: Outreach = {
    mode: off ? "off" : customers.mode,
    supportContact: customers.supportContact,
    statusUrl: customers.statusUrl,
    inForce: () => cuboSuiteMessagesV1,
    version: catalogueOf,
    receives: (customer) => !off && (customers.mode === "live" || testReach.receives(customer)),
  };
  const broadcasting = createBroadcasting({
    outbox: createMongoOutbox(mongo, world.realTime),
    suppressions,
    contacts: createMongoContacts(mongo),
    outreach,
    customer: indexed(() => world.catalogue.customers()),
    incidentOf: async (id) => (await loader.load(id))?.incident ?? null,
    orgName: org.name,
    fromDomain: customers.mail?.from.split("@").at(-1) ?? "plantao.invalid",
    lines,
    mode: customers.mode,
    allowList: createAllowList(customers.testRecipients),
    clock: world.clock,
    realTime: world.realTime,
    chance: world.chance,
    log,
    ...(paces === undefined ? {} : { paces }),
  });
  const key = customers.mail?.webhookPublicKey ?? null;
  const publicKey = key === null ? null : readEventKey(key);
  const events: readonly Route[] =
    publicKey === null
      ? []
      : [
          {
            method: "POST",
            path: "/webhooks/sendgrid/events",
            machine: true,
            handle: createEventsListener({
              verify: createEventVerifier(publicKey, () => world.realTime.now()),
              take: broadcasting.takeMailEvents,
              onRefused: (reason) => log.info("A request did not pass the door for events of mail.", { reason }),
            }),
          },
        ];
  return {
    broadcasting,
    outreach,
    optOuts: createOptOuts(suppressions),
    routes: events,
    start: () => testReach.start(),
    async stop() {
      testReach.stop();
      await broadcasting.stop();
    },
  };
};
