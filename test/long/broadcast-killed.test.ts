// Invariant I1 for messages to customers: the delivering process is killed again and again while the providers drop
// answers before and after they took a request, answer 429 and 503; in the end everybody has every message once.
// KILLS chooses how many deaths (ten messages for each), SEED repeats when they come.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { serialize } from "node:v8";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PACES } from "../../src/delivery/broadcast/send-deps.js";
import type { Contact } from "../../src/domain/customers/contact.js";
import type { CustomerLanguage } from "../../src/domain/customers/customer.js";
import type { Incident } from "../../src/domain/incident/incident.js";
import type { NoticeTally } from "../../src/domain/notices/customer-notice.js";
import { rowOf } from "../../src/ports/incident-index.js";
import { type SendGridSandbox, startSendGridSandbox } from "../../src/sandbox/sendgrid/sendgrid-sandbox.js";
import { startTwilioSandbox, type TwilioSandbox } from "../../src/sandbox/twilio/twilio-sandbox.js";
import { createMongoIncidentIndex } from "../../src/storage/mongo-incident-index.js";
import { aContact, anIncidentOf, mobile, noticed } from "../integration/delivery/delivery-stage.js";
import { MONDAY_10 } from "../support/incident-builders.js";
import { cleanEnv, freePort } from "../support/process-bot.js";
import { buildProgram } from "../support/process-build.js";
import { createStoreProcess, type StoreProcess } from "../support/process-store.js";
import { connectedTo } from "../support/test-store.js";
import { randomNumbers } from "./random-kills.js";

const KILLS = Number(process.env["KILLS"] ?? (process.env["LONG_SAMPLE"] === "1" ? 10 : 200));
const SEED = Number(process.env["SEED"] ?? Math.floor(Math.random() * 1_000_000));
const INCIDENTS = Math.max(1, Math.round(KILLS / 20));
/** Of every contact one e-mail and one SMS. */
const CONTACTS_OF_EACH = Math.round((KILLS * 10) / INCIDENTS / 2);
const TROUBLE = { seed: SEED, dropBefore: 0.03, dropAfter: 0.03, tooMany: 0.02, serverError: 0.02 };
/** A request takes this long, so that deaths strike requests under way. */
const REQUEST_MS = 25;
const LANGUAGES: readonly CustomerLanguage[] = ["pt-BR", "en", "es"];
const ZONES = ["America/Sao_Paulo", "America/Manaus", "America/Noronha", "Europe/Lisbon", "America/Bogota"];
/** Shorter than production's; the more deaths in a row, the longer it takes until a callback gets through. */
const MAIL_GRACE_MS = 6_000 + 70 * KILLS;
const SPANS = {
  ...PACES,
  mailLeaseMs: MAIL_GRACE_MS + 2_000,
  mailGraceMs: MAIL_GRACE_MS,
  textLeaseMs: 2_500,
  textGraceMs: 800,
};
const LIMIT_MS = 20 * 60_000;

let dir: string;
let program: string;
let store: StoreProcess;
let sendgrid: SendGridSandbox;
let twilio: TwilioSandbox;
let living: ChildProcess | null;

beforeEach(async () => {
  program = await buildProgram();
  dir = await mkdtemp(path.join(tmpdir(), "plantao-broadcast-"));
  store = createStoreProcess(program, dir);
  await store.start();
  sendgrid = await startSendGridSandbox({ webhookRetryMs: 100, webhookRetries: 1_000, seed: SEED });
  twilio = await startTwilioSandbox({ seed: SEED });
});
afterEach(async () => {
  living?.kill("SIGKILL");
  await Promise.all([sendgrid.stop(), twilio.stop()]);
  await store.stop();
  await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

const customerOf = (nth: number) => `customer-${nth}`;

const incidentOf = (nth: number): Incident => {
  const { incident } = noticed(anIncidentOf(1, [customerOf(nth)]));
  return { ...incident, id: `incident${nth}` as Incident["id"], code: `INC-${nth + 1}` };
};

const contactOf = (incident: number, nth: number): Contact => {
  const id = `c${incident}-${nth}`;
  return aContact(id, {
    customerId: customerOf(incident),
    email: `${id}@cliente.example`,
    phone: mobile(incident * 1_000 + nth),
    language: LANGUAGES[nth % LANGUAGES.length] ?? "en",
    zone: ZONES[nth % ZONES.length] ?? "",
  });
};

type Line = {
  readonly ready?: boolean;
  readonly begun?: number;
  readonly waiting?: number;
  readonly tallies?: readonly NoticeTally[];
  readonly level?: string;
};

test("a delivery that is killed again and again tells everybody everything once", async () => {
  const incidents = Array.from({ length: INCIDENTS }, (_, nth) => incidentOf(nth));
  const contacts = incidents.flatMap((_, incident) =>
    Array.from({ length: CONTACTS_OF_EACH }, (__, nth) => contactOf(incident, nth)),
  );
  const messages = contacts.length * 2;
  const connection = await connectedTo(store.uri);
  const index = createMongoIncidentIndex(connection, { now: () => MONDAY_10 });
  for (const incident of incidents) await index.project(rowOf(incident, null));
  await connection.close();
  const port = await freePort();
  const worldFile = path.join(dir, "world.v8");
  const { apiKey, url, webhookPublicKey } = sendgrid;
  const account = { accountSid: twilio.accountSid, authToken: twilio.authToken, service: twilio.services[0]?.sid };
  const world = {
    ...{ incidents, contacts, port, storeUri: store.uri, now: MONDAY_10, paces: SPANS },
    sendgrid: { apiKey, url, webhookPublicKey },
    twilio: { ...account, url: twilio.url },
  };
  await writeFile(worldFile, serialize(world));
  sendgrid.sendEventsTo(`http://127.0.0.1:${port}/webhooks/sendgrid/events`);
  for (const { misbehave } of [sendgrid, twilio]) {
    misbehave.slow(REQUEST_MS);
    misbehave.plan(TROUBLE);
  }
  const startedAt = Date.now();
  const accepted = () => twilio.accepted().length + sendgrid.accepted().flatMap(({ recipients }) => recipients).length;
  const errors: string[] = [];
  const random = randomNumbers(SEED);

  const live = (begun: number): { readonly child: ChildProcess; readonly lines: Line[] } => {
    const child = spawn(process.execPath, [path.resolve("test/long/deliverer-process.mjs"), program, worldFile], {
      env: cleanEnv({}),
      stdio: ["pipe", "pipe", "inherit"],
    });
    living = child;
    const lines: Line[] = [];
    if (child.stdout === null) throw new Error("The process has no output.");
    createInterface({ input: child.stdout }).on("line", (text) => {
      const line = lineOf(text);
      lines.push(line);
      if (line.level === "error") errors.push(text);
    });
    child.stdin?.on("error", () => undefined);
    child.stdin?.write(`${begun}\n`);
    return { child, lines };
  };

  let alive = 300;
  let kills = 0;
  let inStart = 0;
  while (kills < KILLS) {
    const begun = Math.min(INCIDENTS, 1 + Math.floor((kills / KILLS) * INCIDENTS));
    const { child, lines } = live(begun);
    // Some die before they are ready; the others when their work is under way.
    const early = random() < 0.1;
    if (early) await wait(random() * 600);
    else {
      await until(() => lines.some(({ ready }) => ready === true), child);
      await wait(random() * 2 * alive);
    }
    if (early && !lines.some(({ ready }) => ready === true)) inStart += 1;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    kills += 1;
    // Deaths and messages go forward together, so that the last deaths still strike something.
    alive *= accepted() / messages > kills / KILLS ? 0.9 : 1.1;
    alive = Math.min(1_500, Math.max(60, alive));
  }
  const acceptedUnderDeaths = accepted();

  const { child, lines } = live(INCIDENTS);
  await until(() => lines.some(({ begun, waiting }) => begun === INCIDENTS && waiting === 0), child);
  await Promise.all([sendgrid.settled(), twilio.settled()]);
  const sum = (of: (tally: NoticeTally) => number) =>
    (lines.at(-1)?.tallies ?? []).reduce((total, tally) => total + of(tally), 0);
  const texts = (phone: string | null) => twilio.accepted().filter(({ to }) => to === phone).length;
  const copies = contacts.flatMap(({ email, phone }) => [sendgrid.copiesFor(email ?? ""), texts(phone)]);
  const figures = {
    seed: SEED,
    messages,
    kills,
    "of them before ready": inStart,
    "accepted while deaths went on": acceptedUnderDeaths,
    "requests of e-mail": sendgrid.accepted().length,
    lost: copies.filter((count) => count === 0).length,
    duplicated: copies.filter((count) => count > 1).length,
    "counted as sent": sum(({ email, sms }) => email.sent + sms.sent),
    seconds: Math.round((Date.now() - startedAt) / 1000),
  };
  for (const [name, value] of Object.entries(figures)) process.stdout.write(`${name.padEnd(30)} ${value}\n`);
  expect(figures).toMatchObject({ kills: KILLS, lost: 0, duplicated: 0, "counted as sent": messages });
  expect(acceptedUnderDeaths).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

const lineOf = (text: string): Line => {
  try {
    return JSON.parse(text) as Line;
  } catch {
    // Half a line of a process that was killed while it wrote.
    return {};
  }
};

const until = async (isSo: () => boolean, child: ChildProcess): Promise<void> => {
  const deadline = Date.now() + LIMIT_MS;
  while (!isSo()) {
    if (child.exitCode !== null) throw new Error(`The process ended by itself with ${child.exitCode}.`);
    if (Date.now() > deadline) throw new Error("It took too long.");
    await wait(10);
  }
};
