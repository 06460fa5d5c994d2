// Starts what the demonstration plays in: the stand-ins for the vendors and the product, each told of the other.
import { Writable } from "node:stream";
import { readConfig } from "../config/read-config.js";
import { type DemoCompany, exampleFile, readDemoCompany } from "./demo-company.js";
import type { DemoDeps, DemoSandbox } from "./demo-world.js";
import type { RunningApp } from "./running-app.js";

/** What was asked for. */
export type Play = {
  readonly once: boolean;
  readonly empty: boolean;
  readonly language: "pt-BR" | "en";
  readonly speed: number;
};

/** Everything that runs, and who is in it. */
export type Scene = { readonly sandbox: DemoSandbox; readonly app: RunningApp; readonly company: DemoCompany };

/** Who the scene tells. */
export type SceneEars = {
  /** The product cannot go on. */
  readonly fail: (reason: string) => void;
  /** A line of the product's log. */
  readonly logged: (line: string) => void;
};

/** The address under which vendors would reach the product; the stand-ins deliver to this machine. */
const PUBLIC_URL = "https://plantao.cubosuite.example";
// A Monday morning, so that no run falls into anybody's quiet hours. 10:00 in São Paulo.
const MORNING = "2026-11-23T13:00:00.000Z";

const storyEnv = ({ slack, twilio, sendgrid, teams }: DemoSandbox): Record<string, string> => {
  if (twilio === null || sendgrid === null || teams === null) return {};
  return {
    CLOCK_START: MORNING,
    SLACK_ANNOUNCEMENT_CHANNEL: slack.channel("incidentes")?.id ?? "",
    PEOPLE_FILE: exampleFile("people.yaml"),
    CUSTOMERS_FILE: exampleFile("customers.yaml"),
    PUBLIC_URL,
    SHORT_URL: "https://cubo.link",
    ORG_NAME: "Cubo Suite",
    SUPPORT_CONTACT: "suporte@cubosuite.example",
    // Every provider is a stand-in on this machine, so nothing real can be reached.
    CUSTOMER_DELIVERY: "live",
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_API_URL: twilio.url,
    TWILIO_PAGE_MESSAGING_SERVICE_SID: twilio.services[0]?.sid ?? "",
    TWILIO_MESSAGING_SERVICE_SID: twilio.services[1]?.sid ?? "",
    TWILIO_VOICE_FROM: twilio.numbers.find(({ voice }) => voice !== false)?.number ?? "",
    EMAIL_FROM: "avisos@cubosuite.example",
    SENDGRID_API_KEY: sendgrid.apiKey,
    SENDGRID_API_URL: sendgrid.url,
    SENDGRID_WEBHOOK_PUBLIC_KEY: sendgrid.webhookPublicKey,
    TEAMS_APP_ID: teams.appId,
    TEAMS_APP_PASSWORD: teams.appPassword,
    TEAMS_TENANT_ID: teams.tenantId,
    TEAMS_CHANNEL_ID: teams.team.channels[0]?.id ?? "",
    TEAMS_OPENID_METADATA_URL: teams.openIdMetadataUrl,
    TEAMS_TOKEN_URL: teams.tokenUrl,
    TEAMS_SERVICE_URLS: teams.serviceUrl,
  };
};

const startProduct = async (deps: DemoDeps, play: Play, dataDir: string, sandbox: DemoSandbox, ears: SceneEars) => {
  const read = readConfig({
    DATA_DIR: dataDir,
    PORT: "0",
    LOG_LEVEL: "warn",
    ORG_LANGUAGE: play.language,
    CLOCK_SPEED: String(play.speed),
    SLACK_BOT_TOKEN: sandbox.slack.botToken,
    SLACK_SIGNING_SECRET: sandbox.slack.signingSecret,
    SLACK_API_URL: sandbox.slack.apiUrl,
    ...storyEnv(sandbox),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  // The story is the output; log lines that matter are told when it fails.
  const logStream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      ears.logged(chunk.toString("utf8").trimEnd());
      done();
    },
  });
  return deps.startApp(read.config, { onFatal: ears.fail, logStream });
};

const connect = async ({ slack, twilio, sendgrid, teams }: DemoSandbox, url: string): Promise<void> => {
  slack.deliverTo(url);
  twilio?.receiveTextsAt(`${PUBLIC_URL}/webhooks/twilio/sms`);
  sendgrid?.sendEventsTo(`${PUBLIC_URL}/webhooks/sendgrid/events`);
  teams?.connect(url);
  await teams?.installs();
};

/** Starts the stand-ins and the product on a directory of its own. */
export const startScene = async (deps: DemoDeps, play: Play, dataDir: string, ears: SceneEars): Promise<Scene> => {
  const company = await readDemoCompany();
  const late: { app: RunningApp | null } = { app: null };
  const publicUrls: Record<string, string> = {};
  const sandbox = await deps.startSandbox({
    now: () => late.app?.now() ?? (play.empty ? new Date() : new Date(MORNING)),
    language: play.language,
    people: company.staff.map(({ handle, name, email }) => ({ handle, name, email, owner: handle === "elisa" })),
    channels: [{ name: "geral", general: true }, ...(play.empty ? [] : [{ name: "incidentes", bot: true }])],
    rateLimits: "enforced",
    ...(play.empty ? {} : { twilio: { publicUrls }, sendgrid: { publicUrls }, teams: {} }),
  });
  late.app = await startProduct(deps, play, dataDir, sandbox, ears);
  await late.app.untilReady();
  publicUrls[PUBLIC_URL] = late.app.url;
  await connect(sandbox, late.app.url);
  return { sandbox, app: late.app, company };
};
