// The process that is killed: the delivery to customers with its duties and its callbacks, on a compiled program.
// Arguments: the program's directory, and a file with what it needs to know.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { deserialize } from "node:v8";

const [program, worldFile] = process.argv.slice(2);
const from = (file) => import(pathToFileURL(join(program, file)).href);
const [
  { createBroadcasting },
  { createDrillGuard },
  { createTwilioTextLine },
  { createEventsListener },
  { createSendGridLine },
  { createEventVerifier, readEventKey },
  { createTwilioLine },
  { cuboSuiteMessagesV1 },
  { connectMongo },
  { createMongoOutbox },
  { createMongoSuppressions },
] = await Promise.all(
  [
    "delivery/broadcast/create-broadcasting.js",
    "delivery/broadcast/drill-guard.js",
    "delivery/broadcast/twilio-text-line.js",
    "delivery/sendgrid/events-listener.js",
    "delivery/sendgrid/sendgrid-line.js",
    "delivery/sendgrid/verify-event-signature.js",
    "delivery/twilio/twilio-client.js",
    "formats/messages/cubo-suite-messages-v1.js",
    "storage/connect-mongo.js",
    "storage/mongo-outbox.js",
    "storage/mongo-suppressions.js",
  ].map(from),
);

const world = deserialize(readFileSync(worldFile));
const incidents = new Map(world.incidents.map((incident) => [incident.id, incident]));
const contactsByCustomer = grouped(world.contacts);
const realTime = { now: () => new Date(), wait: (ms) => wait(ms) };
const say = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);
const log = Object.fromEntries(
  ["info", "warn", "error"].map((level) => [
    level,
    (sentence, fields) => say({ level, sentence, code: fields?.code ?? fields?.err?.code, err: fields?.err?.message }),
  ]),
);

const mongo = connectMongo({ uri: world.storeUri });
await mongo.untilReady();
const guard = createDrillGuard(async (id) => incidents.get(id)?.kind ?? null);
const broadcasting = createBroadcasting({
  outbox: createMongoOutbox(mongo, realTime),
  suppressions: createMongoSuppressions(mongo),
  contacts: {
    async *of(customers) {
      yield customers.flatMap((customer) => contactsByCustomer.get(customer) ?? []);
    },
  },
  outreach: { version: () => cuboSuiteMessagesV1, supportContact: null, statusUrl: null },
  customer: (id) => ({ name: id }),
  incidentOf: async (id) => incidents.get(id) ?? null,
  orgName: "Cubo Suite",
  fromDomain: "cubo.example",
  lines: {
    email: createSendGridLine({
      apiKey: { reveal: () => world.sendgrid.apiKey },
      apiUrl: world.sendgrid.url,
      from: { email: "avisos@cubo.example", name: "Cubo Suite" },
      guard,
      timeoutMs: 1_000,
    }),
    sms: createTwilioTextLine({
      line: createTwilioLine({
        accountSid: world.twilio.accountSid,
        authToken: { reveal: () => world.twilio.authToken },
        apiUrl: world.twilio.url,
        sockets: 10,
        timeoutMs: 1_000,
      }),
      messagingServiceSid: world.twilio.service,
      statusUrlFor: (token) => `http://127.0.0.1:${world.port}/webhooks/twilio/status?t=${token}`,
      guard,
    }),
  },
  mode: "live",
  allowList: () => true,
  clock: { now: () => world.now },
  realTime,
  chance: { id: () => crypto.randomUUID().replaceAll("-", "") },
  log,
  paces: world.paces,
});

const events = createEventsListener({
  verify: createEventVerifier(readEventKey(world.sendgrid.webhookPublicKey), () => new Date()),
  take: broadcasting.takeMailEvents,
  onRefused: (reason) => say({ level: "error", sentence: "An event was refused.", code: reason }),
});
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, "http://deliverer");
  const failed = () => response.writeHead(500).end();
  if (pathname === "/webhooks/sendgrid/events") return void events(request, response).catch(failed);
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const form = new URLSearchParams(body);
    const status = { status: form.get("MessageStatus"), error: Number(form.get("ErrorCode")) || null };
    broadcasting.takeTextStatus(searchParams.get("t"), status).then(() => response.writeHead(204).end(), failed);
  });
});
await new Promise((resolve) => server.listen(world.port, "127.0.0.1", resolve));
say({ ready: true });

// Incidents come one after another; those that have been handed over stay so.
let begun = 0;
process.stdin.on("data", (chunk) => {
  begun = Number(String(chunk).trim().split("\n").at(-1));
});
for (;;) {
  try {
    for (const incident of world.incidents.slice(0, begun))
      await broadcasting.delivery.begin(incident.notices[0], { incident });
    await Promise.all([broadcasting.deliverBatch(), broadcasting.reconcile()]);
    const open = await broadcasting.delivery.underWay(1_000);
    say({
      begun,
      waiting: open.reduce((sum, { waiting }) => sum + waiting, 0),
      tallies: open.map(({ tally }) => tally),
    });
  } catch (err) {
    say({ level: "warn", sentence: "A round failed.", err: err.message });
  }
  await wait(50);
}

function grouped(contacts) {
  const groups = new Map();
  for (const contact of contacts) groups.set(contact.customerId, [...(groups.get(contact.customerId) ?? []), contact]);
  return groups;
}
