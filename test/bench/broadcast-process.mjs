// The measured processes of the broadcast and SMS benchmarks: the delivery of the product, or the bare SDKs and driver
// doing the same. One round for each message of the parent: { channel, count, number }.
import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { createBroadcasting } from "../../dist/delivery/broadcast/create-broadcasting.js";
import { createDrillGuard } from "../../dist/delivery/broadcast/drill-guard.js";
import { createTwilioTextLine } from "../../dist/delivery/broadcast/twilio-text-line.js";
import { createSendGridLine } from "../../dist/delivery/sendgrid/sendgrid-line.js";
import { createTwilioLine } from "../../dist/delivery/twilio/twilio-client.js";
import { cuboSuiteMessagesV1 } from "../../dist/formats/messages/cubo-suite-messages-v1.js";
import { rowOf } from "../../dist/ports/incident-index.js";
import { connectMongo } from "../../dist/storage/connect-mongo.js";
import { createMongoIncidentIndex } from "../../dist/storage/mongo-incident-index.js";
import { createMongoOutbox } from "../../dist/storage/mongo-outbox.js";
import { createMongoSuppressions } from "../../dist/storage/mongo-suppressions.js";
import { mailContact, textContact } from "./audience.mjs";
import { customerTerms, declareStory, follow } from "./stories.mjs";

const { kind, storeUri, sendgrid, twilio } = JSON.parse(process.argv[2]);
const NOW = new Date("2026-11-23T13:00:00.000Z");
const PAGE = 1_000;
const CONCURRENCY = 10;
const SAMPLE_MS = 20;
const realTime = { now: () => new Date(), wait: (ms) => wait(ms) };

const round = kind === "product" ? await openProduct() : await openBare();
process.on("message", (asked) => {
  if (typeof asked !== "object") return;
  void measured(() => round(asked)).then((answer) => process.send?.(answer));
});
process.send?.("open");

async function measured(work) {
  globalThis.gc?.();
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const cpu = process.cpuUsage();
  const found = await work();
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(watch);
  peak = Math.max(peak, process.memoryUsage.rss());
  return { ...found, cpuUs: user + system, overIdleBytes: peak - idle };
}

async function openProduct() {
  const mongo = connectMongo({ uri: storeUri });
  await mongo.untilReady();
  const incidents = new Map();
  const index = createMongoIncidentIndex(mongo, { now: () => NOW });
  let people = { count: 0, contact: mailContact };
  const guard = createDrillGuard(async (id) => incidents.get(id)?.kind ?? null);
  const line = createTwilioLine({
    accountSid: twilio.accountSid,
    authToken: { reveal: () => twilio.authToken },
    apiUrl: twilio.url,
    sockets: CONCURRENCY,
    timeoutMs: 10_000,
  });
  const broadcasting = createBroadcasting({
    outbox: createMongoOutbox(mongo, realTime),
    suppressions: createMongoSuppressions(mongo),
    contacts: { of: () => pagesOf(people) },
    outreach: { version: () => cuboSuiteMessagesV1, supportContact: "suporte@cubo.example", statusUrl: null },
    customer: () => ({ name: "Padaria Aurora" }),
    incidentOf: async (id) => incidents.get(id) ?? null,
    orgName: "Cubo Suite",
    fromDomain: "cubo.example",
    lines: {
      email: createSendGridLine({
        apiKey: { reveal: () => sendgrid.apiKey },
        apiUrl: sendgrid.url,
        from: { email: "avisos@cubo.example", name: "Cubo Suite" },
        guard,
      }),
      sms: createTwilioTextLine({ line, messagingServiceSid: twilio.service, statusUrlFor: null, guard }),
    },
    mode: "live",
    allowList: () => true,
    clock: { now: () => NOW },
    realTime,
    chance: { id: () => crypto.randomUUID().replaceAll("-", "") },
    log: { info: () => undefined, warn: console.error, error: console.error },
  });
  return async ({ channel, count, number }) => {
    people = { count, contact: channel === "email" ? mailContact : textContact };
    const incident = incidentOf(number);
    incidents.set(incident.id, incident);
    await index.project(rowOf(incident, null));
    await broadcasting.delivery.begin(incident.notices[0], { incident });
    const startedAt = performance.now();
    await broadcasting.deliverBatch();
    await broadcasting.idle();
    const ms = performance.now() - startedAt;
    const [{ tally }] = await broadcasting.delivery.underWay(1);
    await broadcasting.delivery.finish(incident.id, 1);
    return { ms, sent: tally[channel].sent };
  };
}

async function* pagesOf({ count, contact }) {
  for (let from = 0; from < count; from += PAGE)
    yield Array.from({ length: Math.min(PAGE, count - from) }, (_, nth) => contact(from + nth));
}

function incidentOf(number) {
  const story = declareStory({ number, at: NOW, customers: [customerTerms("padaria-aurora")], level: 1 });
  const notice = { type: "compose-notice", template: "first_notice", customers: null, texts: {} };
  const asked = { ...notice, catalogue: cuboSuiteMessagesV1, seen: null, confirmedCustomers: 1 };
  return follow(story, asked).incident;
}

/** The floor: one document and one request for each thousand readers; one request for each SMS, ten at a time. */
async function openBare() {
  const client = await new MongoClient(storeUri, { writeConcern: { w: "majority", journal: true } }).connect();
  const mails = client.db().collection("bareMails");
  const { Client } = (await import("@sendgrid/client")).default;
  const mail = new Client();
  mail.setApiKey(sendgrid.apiKey);
  const httpAgent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  mail.setDefaultRequest({ baseUrl: sendgrid.url, httpAgent });
  const { default: openTwilio } = await import("twilio");
  const sms = openTwilio(twilio.accountSid, twilio.authToken);
  sms.api.baseUrl = twilio.url;
  sms.httpClient.axios.defaults.httpAgent = httpAgent;
  return async ({ channel, count, number }) => {
    const startedAt = performance.now();
    const sent = channel === "email" ? await bareMails(mails, mail, count, number) : await bareTexts(sms, count);
    return { ms: performance.now() - startedAt, sent };
  };
}

async function bareMails(mails, client, count, number) {
  for (let from = 0; from < count; from += PAGE) {
    const people = Array.from({ length: Math.min(PAGE, count - from) }, (_, nth) => mailContact(from + nth));
    const token = crypto.randomUUID().replaceAll("-", "");
    await mails.insertOne(bareDocument(`${number}:${from}`, token, people));
    await client.request({ method: "POST", url: "/v3/mail/send", body: bareBody(token, people) });
  }
  return count;
}

function bareDocument(_id, token, people) {
  return {
    _id,
    ...{ plan: "bare", state: "waiting", attempts: 0, dueAt: NOW, token, contentId: "bare", size: people.length },
    contacts: people.map(({ id }) => id),
    customers: people.map(({ customerId }) => customerId),
    addresses: people.map(({ email }) => email),
    values: people.flatMap(({ name }) => [name, name]),
    ...{ dropped: [], refused: [], droppedCount: 0, refusedCount: 0 },
  };
}

const TEXT = "Olá, %%name%%.\n\nHá um problema em Checkout. ".padEnd(900, "Estamos investigando. ");
const HTML = `<p>${TEXT}</p>`.padEnd(3_500, " ");

function bareBody(b, people) {
  return {
    from: { email: "avisos@cubo.example", name: "Cubo Suite" },
    subject: "Problema em Checkout",
    content: [
      { type: "text/plain", value: TEXT },
      { type: "text/html", value: HTML },
    ],
    personalizations: people.map(({ email, name }, index) => ({
      to: [{ email }],
      substitutions: { "%%name%%": name, "%%nameHtml%%": name },
      custom_args: { b, r: String(index) },
    })),
  };
}

async function bareTexts(client, count) {
  const body =
    "Cubo Suite: problema em Checkout desde 23/11 10:00. Estamos investigando. Proximo aviso ate 23/11 10:30.";
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const { phone: to } = textContact(next);
      next += 1;
      await client.messages.create({ to, messagingServiceSid: twilio.service, body, validityPeriod: 3600 });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return count;
}
