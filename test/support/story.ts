// The whole product in one process against the local workspace: people act by signed HTTP requests, time is moved by
// hand, and every message that nobody expected fails the test.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { type App, type AppOverrides, createApp } from "../../src/app.js";
import { loadCompanyData } from "../../src/app-data.js";
import { readConfig } from "../../src/config/read-config.js";
import type { SlackPerson } from "../../src/sandbox/slack/person.js";
import type { TranscriptEntry } from "../../src/sandbox/slack/transcript.js";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/start-sandbox.js";
import { startSandbox } from "../../src/sandbox/start-sandbox.js";
import type { Pacer } from "../../src/slack/pacer.js";
import { openEmbeddedStore } from "../../src/storage/embedded/open-embedded-store.js";
import { catchLogs, type LogLines } from "./log-lines.js";
import { createManualClock, type ManualClock } from "./manual-clock.js";

/** Monday 23 November 2026, 10:00 in São Paulo. */
export const START = new Date("2026-11-23T13:00:00.000Z");

const STAFF = {
  ana: "Ana Souza",
  bruno: "Bruno Lima",
  carla: "Carla Dias",
  diego: "Diego Reis",
  elisa: "Elisa Prado",
  fabio: "Fábio Nunes",
  gabriela: "Gabriela Melo",
  helena: "Helena Castro",
  igor: "Igor Matos",
} as const;

/** Handles of the people of the stories. */
export type Handle = keyof typeof STAFF;

const emailOf = (name: string): string =>
  `${name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(" ", ".")}@cubosuite.example`;

/** Real time stands for nothing here, so calls wait for nobody. */
export const unpaced: Pacer = { run: (_method, _channel, call) => call() };

/** How a story begins. */
export type StoryOptions = {
  /** No people, customers or announcement channel: minute one. */
  readonly empty?: boolean;
  readonly at?: Date;
  readonly env?: Readonly<Record<string, string>>;
  readonly sandbox?: Partial<SandboxOptions>;
  /** Phones and mailboxes beside the chat platform: SendGrid, Twilio and a public address are configured. */
  readonly reach?: "test" | "live";
  /** Teams beside Slack. */
  readonly teams?: boolean;
  readonly overrides?: AppOverrides;
};

/** A running story. */
export type Story = {
  readonly app: App;
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
  readonly logs: LogLines;
  readonly storeUri: string;
  person(handle: Handle): SlackPerson;
  /** Moves time from one due instant to the next, and lets everything settle at each. */
  advance(span: { readonly minutes?: number; readonly seconds?: number; readonly hours?: number }): Promise<void>;
  settle(): Promise<void>;
  /** Lets retries run on real time until the condition holds, for at most ten seconds. */
  eventually(condition: () => boolean): Promise<void>;
  /** Messages sent since the last call as "where: first line", in order of place. */
  news(): readonly string[];
  /** Drops the news that a test does not look at. */
  ignoreNews(): void;
  /** The name of the only incident channel. */
  room(): string;
  /** Fails on messages and errors that nobody expected, then stops everything. */
  close(): Promise<void>;
};

const isNews = (entry: TranscriptEntry): boolean =>
  entry.kind === "message" && entry.what === "posted" && entry.by === "bot" && entry.text !== undefined;
const whereOf = (entry: TranscriptEntry): string =>
  entry.ephemeral ? `(só @${entry.person})` : entry.direct ? `@${entry.person}` : `#${entry.channelName}`;
const newsLine = (entry: TranscriptEntry): string => `${whereOf(entry)}: ${entry.text?.split("\n")[0] ?? ""}`;

const envFor = (
  sandbox: Sandbox,
  storeUri: string,
  { empty = false, env = {}, reach }: StoryOptions,
): Record<string, string> => {
  const announcement = sandbox.slack.channel("incidentes")?.id;
  return {
    MONGODB_URI: storeUri,
    PORT: "0",
    LOG_LEVEL: "debug",
    SLACK_BOT_TOKEN: sandbox.slack.botToken,
    SLACK_SIGNING_SECRET: sandbox.slack.signingSecret,
    SLACK_API_URL: sandbox.slack.apiUrl,
    ...(empty || announcement === undefined
      ? {}
      : {
          SLACK_ANNOUNCEMENT_CHANNEL: announcement,
          PEOPLE_FILE: "docs/examples/people.yaml",
          CUSTOMERS_FILE: "docs/examples/customers.yaml",
        }),
    ...reachEnv(sandbox, reach),
    ...env,
  };
};

/** The address under which vendors reach the product; the stand-ins deliver to this machine. */
const PUBLIC_URL = "https://plantao.cubosuite.example";
const TEAMS_CHANNEL = { id: "19:incidentes@thread.tacv2", name: "Incidentes" };

const reachEnv = ({ twilio, sendgrid, teams }: Sandbox, mode: StoryOptions["reach"]): Record<string, string> => ({
  ...(twilio === null || sendgrid === null || mode === undefined
    ? {}
    : {
        PUBLIC_URL,
        ORG_NAME: "Cubo Suite",
        SUPPORT_CONTACT: "suporte@cubosuite.example",
        CUSTOMER_DELIVERY: mode,
        TWILIO_ACCOUNT_SID: twilio.accountSid,
        TWILIO_AUTH_TOKEN: twilio.authToken,
        TWILIO_API_URL: twilio.url,
        TWILIO_PAGE_MESSAGING_SERVICE_SID: twilio.services[0]?.sid ?? "",
        TWILIO_MESSAGING_SERVICE_SID: twilio.services[1]?.sid ?? "",
        TWILIO_VOICE_FROM: twilio.numbers.find((number) => number.voice !== false)?.number ?? "",
        SHORT_URL: "https://pl.ex",
        EMAIL_FROM: "avisos@cubosuite.example",
        SENDGRID_API_KEY: sendgrid.apiKey,
        SENDGRID_API_URL: sendgrid.url,
        SENDGRID_WEBHOOK_PUBLIC_KEY: sendgrid.webhookPublicKey,
      }),
  ...(teams === null
    ? {}
    : {
        TEAMS_APP_ID: teams.botId.replace(/^28:/, ""),
        TEAMS_APP_PASSWORD: TEAMS_PASSWORD,
        TEAMS_TENANT_ID,
        TEAMS_CHANNEL_ID: TEAMS_CHANNEL.id,
        TEAMS_OPENID_METADATA_URL: teams.openIdMetadataUrl,
        TEAMS_TOKEN_URL: teams.tokenUrl,
        TEAMS_SERVICE_URLS: teams.serviceUrl,
      }),
});

const TEAMS_PASSWORD = "a-client-secret-of-the-story";
const TEAMS_TENANT_ID = "9d1c2b3a-4e5f-4a6b-8c7d-0e1f2a3b4c5d";

/** Stand-ins beside Slack; phones live fast, so that nobody waits for pauses, yet a busy machine answers before they stop ringing. */
const besides = (options: StoryOptions, publicUrls: Record<string, string>): Partial<SandboxOptions> => ({
  ...(options.reach === undefined
    ? {}
    : {
        twilio: { publicUrls, stepMs: [1, 4], secondMs: 400 },
        sendgrid: { publicUrls, stepMs: [1, 4] },
      }),
  ...(options.teams !== true
    ? {}
    : {
        teams: {
          // The SDK keeps tokens by app id, for as long as the process lives.
          appId: randomUUID(),
          appPassword: TEAMS_PASSWORD,
          tenantId: TEAMS_TENANT_ID,
          team: {
            id: "19:cubo@thread.tacv2",
            name: "Cubo Suite",
            aadGroupId: "5a0db0c5-0000-4000-8000-000000000001",
            channels: [TEAMS_CHANNEL],
          },
          rateLimits: "off",
        },
      }),
});

// A phone that rings waits for its person, so a story goes on once nothing but ringing is under way.
const phonesAtRest = async (twilio: Sandbox["twilio"]): Promise<void> => {
  if (twilio === null) return;
  const rings = () => twilio.phones().some((phone) => phone.calls().some(({ status }) => status === "ringing"));
  let atRest = false;
  void twilio.settled().then(() => {
    atRest = true;
  });
  for (let quiet = 0; !atRest && quiet < 5; quiet = rings() ? quiet + 1 : 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Starts store, workspace and product. */
export const openStory = async (options: StoryOptions = {}): Promise<Story> => {
  const clock = createManualClock(options.at ?? START);
  const dataDir = await mkdtemp(join(tmpdir(), "plantao-story-"));
  const store = await openEmbeddedStore({ dataDir });
  const people = Object.entries(STAFF).map(([handle, name]) => ({
    handle,
    name,
    email: emailOf(name),
    owner: options.empty === true && handle === "elisa",
  }));
  const channels = [{ name: "geral", general: true }, ...(options.empty ? [] : [{ name: "incidentes", bot: true }])];
  const publicUrls: Record<string, string> = {};
  const sandbox = await startSandbox({
    ...{ now: clock.now, rateLimits: "off", people, channels },
    ...besides(options, publicUrls),
    ...options.sandbox,
  });
  const logs = catchLogs();
  const read = readConfig(envFor(sandbox, store.uri, options));
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const app = await createApp(read.config, await loadCompanyData(read.config), {
    clock,
    logStream: logs.stream,
    slackPacer: unpaced,
    teamsPacer: { run: (_, call) => call(), update: (_, __, call) => call() },
    ...options.overrides,
  });
  const { url } = await app.start();
  await app.untilReady();
  sandbox.slack.deliverTo(url);
  publicUrls[PUBLIC_URL] = url;
  sandbox.twilio?.receiveTextsAt(`${PUBLIC_URL}/webhooks/twilio/sms`);
  sandbox.sendgrid?.sendEventsTo(`${PUBLIC_URL}/webhooks/sendgrid/events`);
  sandbox.teams?.connect(url);

  let told = 0;
  const settle = async (): Promise<void> => {
    await sandbox.slack.settled();
    await sandbox.teams?.settled();
    await app.settle();
    // What the providers call back with is part of what has happened.
    await Promise.all([phonesAtRest(sandbox.twilio), sandbox.sendgrid?.settled()]);
    if (options.reach !== undefined) await app.settle();
  };
  const fresh = (): readonly TranscriptEntry[] => sandbox.slack.transcript.since(told).filter(isNews);
  const ignoreNews = (): void => {
    told = sandbox.slack.transcript.entries.length;
  };
  const news = (): readonly string[] => {
    const lines = fresh().map(newsLine);
    ignoreNews();
    return lines.sort();
  };
  const advance: Story["advance"] = async ({ minutes = 0, seconds = 0, hours = 0 }) => {
    const target = clock.now().getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000;
    await settle();
    for (;;) {
      const next = await app.nextWakeAt();
      if (next === null || next.getTime() > target) break;
      if (next.getTime() > clock.now().getTime()) clock.moveTo(next);
      await settle();
    }
    clock.moveTo(new Date(target));
    await settle();
  };
  const eventually: Story["eventually"] = async (condition) => {
    const deadline = Date.now() + 10_000;
    for (await settle(); !condition(); await settle()) {
      if (Date.now() > deadline)
        throw new Error(`The condition never held. Latest:\n${sandbox.slack.transcript.narrate()}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const close = async (): Promise<void> => {
    await settle();
    const { transcript } = sandbox.slack;
    const left = {
      unexpectedMessages: news(),
      unexpectedErrors: logs.unexpected(),
      unknownMethods: transcript.unknownMethods,
    };
    await app.stop();
    await store.stop();
    await sandbox.stop();
    await rm(dataDir, { recursive: true, force: true });
    expect(left).toEqual({ unexpectedMessages: [], unexpectedErrors: [], unknownMethods: [] });
    expect(logs.raw()).not.toMatch(/xoxb-[A-Za-z0-9]|@[a-z-]+\.example|\+55\d{10,11}|SG\.[A-Za-z0-9]/);
  };
  return {
    app,
    url,
    sandbox,
    clock,
    logs,
    storeUri: store.uri,
    person: (handle) => sandbox.slack.person(handle),
    advance,
    settle,
    eventually,
    news,
    ignoreNews,
    room() {
      const rooms = sandbox.slack.channels().filter((channel) => channel.name.startsWith("inc-"));
      if (rooms.length !== 1 || rooms[0] === undefined) throw new Error(`There are ${rooms.length} incident channels.`);
      return rooms[0].name;
    },
    close,
  };
};
