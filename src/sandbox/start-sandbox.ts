// The local workspace: one HTTP server on this machine with the stand-ins for the vendors and the page.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SlackEventName } from "../limits/slack-methods.js";
import { createPageRoutes, type PageRoutes } from "./page/page-routes.js";
import {
  type SendGridSandbox,
  type SendGridSandboxOptions,
  startSendGridSandbox,
} from "./sendgrid/sendgrid-sandbox.js";
import type { SeedPerson } from "./slack/directory.js";
import { answerText } from "./slack/http-exchange.js";
import type { RateLimitSetting } from "./slack/rate-limiter.js";
import { createSlackSandbox, type SeedChannel, type SlackRooms, type SlackSandbox } from "./slack/slack-sandbox.js";
import {
  createTeamsSandbox,
  type TeamsRooms,
  type TeamsSandbox,
  type TeamsSandboxOptions,
} from "./teams/teams-sandbox.js";
import { startTwilioSandbox, type TwilioSandbox, type TwilioSandboxOptions } from "./twilio/twilio-sandbox.js";

/** How the local workspace is set up; everything has a default. */
export interface SandboxOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  /** Time shown on messages; triggers, signatures and rate limits run in real time. */
  readonly now?: () => Date;
  readonly language?: "pt-BR" | "en";
  readonly people?: readonly SeedPerson[];
  readonly channels?: readonly SeedChannel[];
  readonly rateLimits?: RateLimitSetting;
  /** Scopes of the bot token. */
  readonly scopes?: readonly string[];
  /** Events that the app subscribes to. */
  readonly events?: readonly SlackEventName[];
  /** Adds Teams beside Slack, with the same people unless others are given. */
  readonly teams?: Partial<TeamsSandboxOptions>;
  /** Adds phones; Twilio's API listens on a port of its own. */
  readonly twilio?: TwilioSandboxOptions;
  /** Adds mailboxes; SendGrid's API listens on a port of its own. */
  readonly sendgrid?: SendGridSandboxOptions;
}

/** The running local workspace. */
export interface Sandbox {
  /** Address of the page. */
  readonly url: string;
  readonly slack: SlackSandbox;
  /** Each of these is there when its option was given. */
  readonly teams: TeamsSandbox | null;
  readonly twilio: TwilioSandbox | null;
  readonly sendgrid: SendGridSandbox | null;
  stop(): Promise<void>;
}

const defaultPeople: readonly SeedPerson[] = [
  { handle: "ana", name: "Ana Souza", email: "ana@cubo.example", owner: true, admin: true },
  { handle: "bruno", name: "Bruno Lima", email: "bruno@cubo.example" },
  { handle: "carla", name: "Carla Mendes", email: "carla@cubo.example" },
  { handle: "diego", name: "Diego Rocha", email: "diego@cubo.example" },
];

const defaultChannels: readonly SeedChannel[] = [
  { name: "geral", general: true },
  { name: "incidentes", topic: "Anúncios de incidentes" },
];

const defaultTeam: TeamsSandboxOptions["team"] = {
  id: "19:plantao-geral@thread.tacv2",
  name: "Cubo",
  aadGroupId: "5a0db0c5-0000-4000-8000-000000000001",
  channels: [{ id: "19:plantao-incidentes@thread.tacv2", name: "Incidentes" }],
};

const defaultTeamsApp = {
  appId: "5a0db0c5-0000-4000-8000-000000000002",
  appPassword: "5e7c0f0e-sandbox-teams-password",
  tenantId: "5a0db0c5-0000-4000-8000-000000000003",
};

/** What all stand-ins of one workspace share. */
interface Shared {
  readonly now: () => Date;
  readonly language: "pt-BR" | "en";
  readonly people: readonly SeedPerson[];
}

/** Everything that answers requests of the workspace's own address. */
interface Rooms {
  readonly slack: SlackRooms;
  readonly teams: TeamsRooms | null;
  readonly page: PageRoutes;
}

/** Starts the local workspace; it listens on this machine only. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { now = () => new Date(), language = "pt-BR", people = defaultPeople } = options;
  const shared: Shared = { now, language, people };
  let url = "";
  const slack = createSlackSandbox({
    ...shared,
    channels: options.channels ?? defaultChannels,
    rateLimits: options.rateLimits ?? "enforced",
    scopes: options.scopes,
    events: options.events,
    url: () => url,
  });
  let rooms: Rooms | undefined;
  const server = serve(slack, () => rooms);
  await listen(server, options.port ?? 0);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stops: (() => Promise<void> | void)[] = [() => close(server), slack.stop];
  const stop = async (): Promise<void> => {
    await Promise.all(
      stops
        .splice(0)
        .reverse()
        .map((end) => end()),
    );
  };
  try {
    const teams = options.teams ? await createTeamsSandbox(teamsOptions(options.teams, shared), () => url) : null;
    if (teams) stops.push(teams.stop);
    const twilio = options.twilio ? await startTwilioSandbox({ now, ...options.twilio }) : null;
    if (twilio) stops.push(twilio.stop);
    const sendgrid = options.sendgrid ? await startSendGridSandbox({ now, ...options.sendgrid }) : null;
    if (sendgrid) stops.push(sendgrid.stop);
    rooms = { slack, teams, page: createPageRoutes({ slack: slack.desk, teams, twilio, sendgrid }) };
    return { url, slack: slack.slack, teams: teams?.teams ?? null, twilio, sendgrid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function teamsOptions(given: Partial<TeamsSandboxOptions>, { people, ...shared }: Shared): TeamsSandboxOptions {
  const members = people.map(({ handle, name, email, timezone }) => ({
    handle,
    name,
    email,
    ...(timezone === undefined ? {} : { timezone }),
  }));
  return { ...defaultTeamsApp, team: defaultTeam, people: members, ...shared, ...given };
}

function serve(slack: SlackRooms, rooms: () => Rooms | undefined): Server {
  const server = createServer((request, response) => {
    void route(rooms(), request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answerText(response, 500, error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  server.on("upgrade", (request, socket) => {
    slack.upgrade(new URL(request.url ?? "/", "http://sandbox").pathname, request, socket);
  });
  return server;
}

async function route(rooms: Rooms | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  if (!rooms) return answerText(response, 503, "Starting");
  const { slack, teams, page } = rooms;
  if (url.pathname.startsWith("/slack/") && (await slack.handle(url.pathname, request, response))) return;
  if (url.pathname.startsWith("/teams/") && (await teams?.handle(url, request, response))) return;
  if (await page(url, request, response)) return;
  answerText(response, 404, "Not found");
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
