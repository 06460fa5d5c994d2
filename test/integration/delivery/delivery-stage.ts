// The delivery to customers between a real store and the stand-ins of the providers, with callbacks over loopback.

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAllowList } from "../../../src/delivery/broadcast/allow-list.js";
import {
  type Broadcasting,
  type BroadcastingDeps,
  createBroadcasting,
} from "../../../src/delivery/broadcast/create-broadcasting.js";
import { createDrillGuard } from "../../../src/delivery/broadcast/drill-guard.js";
import { PACES, type Paces } from "../../../src/delivery/broadcast/send-deps.js";
import { createTwilioTextLine } from "../../../src/delivery/broadcast/twilio-text-line.js";
import { createEventsListener } from "../../../src/delivery/sendgrid/events-listener.js";
import { createSendGridLine } from "../../../src/delivery/sendgrid/sendgrid-line.js";
import { createEventVerifier, readEventKey } from "../../../src/delivery/sendgrid/verify-event-signature.js";
import { createTwilioLine } from "../../../src/delivery/twilio/twilio-client.js";
import type { Contact } from "../../../src/domain/customers/contact.js";
import type { Incident } from "../../../src/domain/incident/incident.js";
import type { CustomerNotice } from "../../../src/domain/notices/customer-notice.js";
import type { TemplateName } from "../../../src/domain/notices/message-catalogue.js";
import { cuboSuiteMessagesV1 } from "../../../src/formats/messages/cubo-suite-messages-v1.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import type { Contacts } from "../../../src/ports/contacts.js";
import { rowOf } from "../../../src/ports/incident-index.js";
import type { Outbox } from "../../../src/ports/outbox.js";
import type { Suppressions } from "../../../src/ports/suppressions.js";
import { type SendGridSandbox, startSendGridSandbox } from "../../../src/sandbox/sendgrid/sendgrid-sandbox.js";
import { startTwilioSandbox, type TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";
import type { MongoConnection } from "../../../src/storage/connect-mongo.js";
import { createMongoIncidentIndex } from "../../../src/storage/mongo-incident-index.js";
import { createMongoOutbox } from "../../../src/storage/mongo-outbox.js";
import { createMongoSuppressions } from "../../../src/storage/mongo-suppressions.js";
import {
  aDeclaration,
  answersFor,
  by,
  customer,
  declared,
  followedBy,
  MONDAY_10,
  type Story,
} from "../../support/incident-builders.js";
import { connectedTo, emptied, startTestStore, type TestStore } from "../../support/test-store.js";

/** Real time that a test moves; waiting moves it too. */
export type MovedTime = BroadcastingDeps["realTime"] & { skip(ms: number): void };

const movedTime = (): MovedTime => {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    wait: async (ms) => {
      ahead += ms;
    },
    skip: (ms) => {
      ahead += ms;
    },
  };
};

/** What a test may choose. */
export type StageOptions = {
  readonly mode?: "live" | "test";
  readonly allow?: readonly string[];
  readonly without?: readonly ("email" | "sms")[];
  readonly paces?: Partial<Paces>;
  readonly guard?: "off";
};

/** A stage for one test file. */
export type DeliveryStage = {
  readonly sendgrid: SendGridSandbox;
  readonly twilio: TwilioSandbox;
  readonly outbox: Outbox;
  readonly suppressions: Suppressions;
  readonly time: MovedTime;
  readonly logged: { readonly level: string; readonly sentence: string; readonly fields: unknown }[];
  /** The delivery as production has it; each call makes another one, as after a restart. */
  delivery(options?: StageOptions): Broadcasting;
  /** The people at the customers from now on. */
  people(contacts: readonly Contact[]): void;
  /** Makes an incident the one that the delivery reads. */
  shows(incident: Incident): Promise<void>;
  /** Domain time of the deliveries made from now on. */
  clockAt(at: Date): void;
  /** Hands over the latest notice, sends, and waits for the callbacks. */
  sends(broadcasting: Broadcasting, incident: Incident): Promise<void>;
  /** Where callbacks are posted. */
  readonly url: string;
  close(): Promise<void>;
};

/** A contact with the least that a test must say. */
export const aContact = (id: string, with_: Partial<Contact> = {}): Contact => ({
  id,
  customerId: "aurora",
  name: `Pessoa ${id}`,
  email: `${id}@aurora.example`,
  phone: null,
  roles: ["incident_primary"],
  wishes: {},
  ...with_,
});

/** Mobile numbers of São Paulo. */
export const mobile = (nth: number): string => `+55119${String(80_000_000 + nth)}`;

/** An incident of a level with its customers, taken by its commander. */
export const anIncidentOf = (level: 1 | 2 | 3, customers: readonly string[] = ["aurora"]): Story =>
  declared(
    aDeclaration({ level, answers: answersFor[level], customers: customers.map((id) => customer(id)), take: true }),
    { actor: by("helena") },
  );

/** The story after a message to all customers was approved. */
export const noticed = (story: Story, template: TemplateName = "first_notice", at: Date = MONDAY_10): Story => {
  const next = followedBy(
    story,
    {
      type: "compose-notice",
      template,
      customers: null,
      texts: template === "update" ? { whatChanged: { "pt-BR": { prose: "Reiniciamos o serviço." } } } : {},
      catalogue: cuboSuiteMessagesV1,
      seen: null,
      confirmedCustomers: story.incident.customers.length,
    },
    { actor: by("helena"), at },
  );
  if (!next.last.ok) throw new Error(`The notice was refused: ${next.last.refusal.reason}`);
  return next;
};

/** The latest notice of an incident. */
export const latestNotice = ({ notices }: Incident): CustomerNotice => {
  const latest = notices.at(-1);
  if (latest === undefined) throw new Error("The incident has no notice.");
  return latest;
};

/** An incident as it is handed to the delivery. */
export const snapshotOf = (incident: Incident) =>
  ({ incident, policy: cuboSuitePolicyV1, at: MONDAY_10, sheet: { rows: [] } }) as unknown as Parameters<
    Broadcasting["delivery"]["begin"]
  >[1];

/** The store of a test file: starting one for each test would take most of the time. */
let shared: { readonly store: TestStore; readonly connection: MongoConnection } | null = null;

const sharedConnection = async (): Promise<MongoConnection> => {
  if (shared === null) {
    const store = await startTestStore();
    shared = { store, connection: await connectedTo(store.uri) };
  }
  return emptied(shared.connection);
};

/** Ends the store of a test file. */
export const closeDeliveryStore = async (): Promise<void> => {
  await shared?.connection.close();
  await shared?.store.stop();
  shared = null;
};

/** Starts the stand-ins on an empty store. */
export const openDeliveryStage = async (): Promise<DeliveryStage> => {
  const connection = await sharedConnection();
  const sendgrid = await startSendGridSandbox({ stepMs: [1, 3], webhookRetryMs: 20 });
  const twilio = await startTwilioSandbox({});
  const time = movedTime();
  const outbox = createMongoOutbox(connection, time);
  const suppressions = createMongoSuppressions(connection);
  const index = createMongoIncidentIndex(connection, { now: () => MONDAY_10 });
  const incidents = new Map<string, Incident>();
  const logged: { level: string; sentence: string; fields: unknown }[] = [];
  const note = (level: string) => (sentence: string, fields?: unknown) => void logged.push({ level, sentence, fields });
  let contacts: readonly Contact[] = [];
  let domainNow = MONDAY_10;
  const all: Broadcasting[] = [];
  const book: Contacts = {
    async *of(customers) {
      const of = contacts.filter(({ customerId }) => customers.includes(customerId));
      for (let at = 0; at < of.length; at += 1_000) yield of.slice(at, at + 1_000);
    },
    withPhone: async (phone) => contacts.filter((contact) => contact.phone === phone),
  };
  const current: { broadcasting: Broadcasting | null } = { broadcasting: null };
  const server = await listen(sendgrid, current);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sendgrid.sendEventsTo(`${url}/webhooks/sendgrid/events`);

  const delivery = (options: StageOptions = {}): Broadcasting => {
    const kindOf = async (id: string) => incidents.get(id)?.kind ?? null;
    const guard = options.guard === "off" ? async () => undefined : createDrillGuard(kindOf);
    const without = options.without ?? [];
    const broadcasting = createBroadcasting({
      ...{ outbox, suppressions, contacts: book, realTime: time },
      outreach: { version: () => cuboSuiteMessagesV1, supportContact: "suporte@cubo.example", statusUrl: null },
      customer: (id) => ({ name: `Empresa ${id}` }),
      incidentOf: async (id) => incidents.get(id) ?? null,
      orgName: "Cubo Suite",
      fromDomain: "cubo.example",
      lines: {
        email: without.includes("email") ? null : mailLine(sendgrid, guard),
        sms: without.includes("sms") ? null : textLine(twilio, url, guard),
      },
      mode: options.mode ?? "live",
      allowList: createAllowList(options.allow ?? []),
      clock: { now: () => domainNow },
      chance: { id: () => crypto.randomUUID().replaceAll("-", "") },
      log: { info: note("info"), warn: note("warn"), error: note("error") },
      paces: { ...PACES, ...options.paces },
    });
    current.broadcasting = broadcasting;
    all.push(broadcasting);
    return broadcasting;
  };

  return {
    ...{ sendgrid, twilio, outbox, suppressions, time, logged, url, delivery },
    people: (all) => {
      contacts = all;
    },
    async shows(incident) {
      incidents.set(incident.id, incident);
      await index.project(rowOf(incident, null));
    },
    clockAt: (at) => {
      domainNow = at;
    },
    async sends(broadcasting, incident) {
      await broadcasting.delivery.begin(latestNotice(incident), snapshotOf(incident));
      await broadcasting.deliverBatch();
      await Promise.all([sendgrid.settled(), twilio.settled()]);
    },
    async close() {
      server.close();
      server.closeAllConnections();
      // A test may have stopped one of them already.
      await Promise.allSettled([sendgrid.stop(), twilio.stop()]);
      await Promise.all(all.map((broadcasting) => broadcasting.stop()));
    },
  };
};

const mailLine = (sendgrid: SendGridSandbox, guard: Parameters<typeof createSendGridLine>[0]["guard"]) =>
  createSendGridLine({
    apiKey: { reveal: () => sendgrid.apiKey },
    apiUrl: sendgrid.url,
    from: { email: "avisos@cubo.example", name: "Cubo Suite" },
    guard,
    timeoutMs: 2_000,
  });

const textLine = (twilio: TwilioSandbox, url: string, guard: Parameters<typeof createTwilioTextLine>[0]["guard"]) =>
  createTwilioTextLine({
    line: createTwilioLine({
      accountSid: twilio.accountSid,
      authToken: { reveal: () => twilio.authToken },
      apiUrl: twilio.url,
      sockets: 10,
      timeoutMs: 2_000,
    }),
    messagingServiceSid: twilio.services[0]?.sid ?? "",
    statusUrlFor: (token) => `${url}/webhooks/twilio/status?t=${token}`,
    guard,
  });

/** The two callbacks as the product serves them; signatures of Twilio are the pager's business. */
const listen = async (sendgrid: SendGridSandbox, current: { broadcasting: Broadcasting | null }): Promise<Server> => {
  const key = readEventKey(sendgrid.webhookPublicKey);
  if (key === null) throw new Error("The stand-in has no key.");
  const events = createEventsListener({
    verify: createEventVerifier(key, () => new Date()),
    take: async (found) => current.broadcasting?.takeMailEvents(found),
    onRefused: () => undefined,
  });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://stage");
    if (pathname === "/webhooks/sendgrid/events")
      return void events(request, response).catch(() => response.writeHead(500).end());
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
      const error = form.get("ErrorCode");
      const status = { status: form.get("MessageStatus") ?? "", error: error === null ? null : Number(error) };
      const taken = current.broadcasting?.takeTextStatus(searchParams.get("t") ?? "", status);
      // A callback may come while the stage is being taken down; the listener of the product answers 500 then.
      taken?.then(
        () => response.writeHead(204).end(),
        () => response.writeHead(500).end(),
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
};
