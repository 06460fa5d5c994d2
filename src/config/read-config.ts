// Environment to Config. Everything that is wrong is found in one pass, so that an operator repairs it in one go.
import { readFileSync } from "node:fs";
import type { Config, SlackConfig, StoreConfig, TeamsConfig } from "./config.js";
import { type ConfigProblem, problemOf } from "./config-problem.js";
import { isLoopback } from "./is-loopback.js";
import { customerAnnouncements, customersOf } from "./read-customers.js";
import { twilioAnnouncements, twilioOf } from "./read-twilio.js";
import { type EnvValues, type RawEnv, type ReadFile, readValues } from "./read-values.js";
import { Secret } from "./secret.js";

/** A configuration, or everything that is wrong with it. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

const readTextFile: ReadFile = (path) => readFileSync(path, "utf8");

/** What has been read so far; the checks below add to `problems`. */
type Reading = {
  readonly values: EnvValues;
  readonly problems: ConfigProblem[];
  /** Variables that are set but not usable: they have been reported, so what depends on them is not judged. */
  readonly broken: ReadonlySet<string>;
  readonly production: boolean;
  readonly hasDataDir: boolean;
};

/** Reads the configuration from the variables of a process. */
export function readConfig(env: RawEnv, readFile: ReadFile = readTextFile): ConfigResult {
  const { values, problems } = readValues(env, readFile);
  const reading: Reading = {
    values,
    problems,
    broken: new Set(problems.map(({ variable }) => variable.replace(/_FILE$/, ""))),
    production: values.NODE_ENV === "production",
    hasDataDir: (env["DATA_DIR"]?.trim() ?? "") !== "",
  };
  const store = storeOf(reading);
  const slack = slackOf(reading);
  const teams = teamsOf(reading);
  const customers = customersOf(reading);
  const twilio = twilioOf(reading);
  checkClock(reading);
  if (problems.length > 0 || store === null) return { ok: false, problems };
  const config = {
    production: reading.production,
    store,
    http: {
      host: values.HOST ?? "127.0.0.1",
      port: values.PORT ?? 0,
      publicUrl: values.PUBLIC_URL,
      shortUrl: values.SHORT_URL,
    },
    org: { name: values.ORG_NAME ?? "", language: values.ORG_LANGUAGE ?? "pt-BR" },
    slack,
    teams,
    customers,
    twilio,
    policyFile: values.POLICY_FILE,
    peopleFile: values.PEOPLE_FILE,
    customersFile: values.CUSTOMERS_FILE,
    logLevel: values.LOG_LEVEL ?? "info",
    clock: { speed: values.CLOCK_SPEED ?? 1, startAt: values.CLOCK_START },
  } as const;
  return { ok: true, config: { ...config, announcements: announcementsOf(config) } };
}

function storeOf({ values, problems, broken, production, hasDataDir }: Reading): StoreConfig | null {
  const { MONGODB_URI: uri, STORE: store, DATA_DIR: dataDir } = values;
  if (["MONGODB_URI", "STORE", "DATA_DIR"].some((name) => broken.has(name))) return null;
  if (uri !== null && store === "embedded") {
    problems.push(problemOf("STORE", "is embedded, but MONGODB_URI is set too; keep one of them"));
    return null;
  }
  if (uri !== null) return { kind: "mongodb", uri: new Secret(uri) };
  if (store === "mongodb") {
    problems.push(problemOf("MONGODB_URI", "is not set, but STORE is mongodb"));
    return null;
  }
  if (production && (store !== "embedded" || !hasDataDir)) {
    const remedy = "set it, or set both STORE=embedded and DATA_DIR to keep the data on this machine";
    problems.push(problemOf("MONGODB_URI", `is not set, and NODE_ENV is production: ${remedy}`));
    return null;
  }
  return { kind: "embedded", dataDir: dataDir ?? "./data" };
}

function slackOf({ values, problems, broken }: Reading): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  if (botToken === null && signingSecret === null) return null;
  if (botToken === null || signingSecret === null) {
    const absent = botToken === null ? "SLACK_BOT_TOKEN" : "SLACK_SIGNING_SECRET";
    const present = botToken === null ? "SLACK_SIGNING_SECRET" : "SLACK_BOT_TOKEN";
    if (!broken.has(absent)) problems.push(problemOf(absent, `is not set, but ${present} is; Slack needs both`));
    return null;
  }
  return {
    botToken: new Secret(botToken),
    signingSecret: new Secret(signingSecret),
    apiUrl: values.SLACK_API_URL,
    announcementChannel: values.SLACK_ANNOUNCEMENT_CHANNEL,
  };
}

const TEAMS_NEEDS = ["TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"] as const;

function teamsOf(reading: Reading): TeamsConfig | null {
  const { values, problems, broken } = reading;
  const present = TEAMS_NEEDS.filter((name) => values[name] !== null || broken.has(name));
  const { TEAMS_APP_ID: appId, TEAMS_APP_PASSWORD: appPassword, TEAMS_TENANT_ID: tenantId } = values;
  if (present.length === 0) return null;
  const absent = TEAMS_NEEDS.filter((name) => !present.includes(name));
  for (const name of absent) problems.push(problemOf(name, `is not set, but ${present[0]} is; Teams needs all three`));
  checkTeamsAddresses(reading);
  if (appId === null || appPassword === null || tenantId === null) return null;
  return {
    appId,
    appPassword: new Secret(appPassword),
    tenantId,
    channelId: values.TEAMS_CHANNEL_ID,
    announcementChannelId: values.TEAMS_ANNOUNCEMENT_CHANNEL,
    openIdMetadataUrl: values.TEAMS_OPENID_METADATA_URL,
    tokenUrl: values.TEAMS_TOKEN_URL,
    serviceUrls: values.TEAMS_SERVICE_URLS,
  };
}

/** Tokens travel to these addresses: in clear only on this machine, and never there in production. */
function checkTeamsAddresses({ values, problems, production }: Reading): void {
  for (const name of ["TEAMS_OPENID_METADATA_URL", "TEAMS_TOKEN_URL", "TEAMS_SERVICE_URLS"] as const) {
    const addresses = [values[name] ?? []].flat();
    if (addresses.some((one) => !isLoopback(one) && !one.startsWith("https://")))
      problems.push(problemOf(name, "must start with https://"));
    else if (production && addresses.some(isLoopback))
      problems.push(problemOf(name, "is this machine, and NODE_ENV is production; remove it"));
  }
}

/** A clock that is not the real one would page real people at invented instants. */
function checkClock({ values, problems, production }: Reading): void {
  const unreal = [
    ...(values.CLOCK_SPEED !== null && values.CLOCK_SPEED !== 1 ? (["CLOCK_SPEED"] as const) : []),
    ...(values.CLOCK_START !== null ? (["CLOCK_START"] as const) : []),
  ];
  const isRealSlack = values.SLACK_BOT_TOKEN !== null && !isLoopback(values.SLACK_API_URL);
  const isRealTeams = values.TEAMS_APP_ID !== null && !isLoopback(values.TEAMS_TOKEN_URL);
  const isRealTwilio = values.TWILIO_ACCOUNT_SID !== null && !isLoopback(values.TWILIO_API_URL);
  const isRealMail = values.SENDGRID_API_KEY !== null && !isLoopback(values.SENDGRID_API_URL);
  for (const name of unreal) {
    if (production) problems.push(problemOf(name, "is for the sandbox only, and NODE_ENV is production; remove it"));
    else if (isRealSlack) {
      problems.push(
        problemOf(name, "is for the sandbox only, and Slack is the real one; remove it or set SLACK_API_URL"),
      );
    } else if (isRealTeams) {
      problems.push(
        problemOf(name, "is for the sandbox only, and Teams is the real one; remove it or set TEAMS_TOKEN_URL"),
      );
    } else if (isRealMail) {
      problems.push(
        problemOf(name, "is for the sandbox only, and SendGrid is the real one; remove it or set SENDGRID_API_URL"),
      );
    } else if (isRealTwilio) {
      problems.push(
        problemOf(name, "is for the sandbox only, and Twilio is the real one; remove it or set TWILIO_API_URL"),
      );
    }
  }
}

function announcementsOf(config: Omit<Config, "announcements">): string[] {
  const { store, slack, teams, customers, twilio, policyFile } = config;
  return [
    store.kind === "embedded" ? `Store: embedded, data under ${store.dataDir}` : "Store: MongoDB by MONGODB_URI",
    policyFile === null ? "Policy: the one that ships with the program; POLICY_FILE not set" : `Policy: ${policyFile}`,
    ...(slack === null ? ["Slack off: SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET not set"] : ["Slack on"]),
    ...(slack !== null && slack.announcementChannel === null
      ? ["Announcements off: SLACK_ANNOUNCEMENT_CHANNEL not set"]
      : []),
    teams === null ? "Teams off: TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID not set" : "Teams on",
    ...(teams !== null && teams.channelId === null
      ? ["Teams: TEAMS_CHANNEL_ID not set, so incidents open where they are declared"]
      : []),
    ...twilioAnnouncements(twilio, config.http.publicUrl),
    ...customerAnnouncements(customers),
  ];
}
