// The local workspace: one HTTP server on this machine with the stand-ins for the vendors and the page.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SlackEventName } from "../limits/slack-methods.js";
import { createPageRoutes, type PageRoutes } from "./page/page-routes.js";
import type { SeedPerson } from "./slack/directory.js";
import { answerText } from "./slack/http-exchange.js";
import type { RateLimitSetting } from "./slack/rate-limiter.js";
import { createSlackSandbox, type SeedChannel, type SlackRooms, type SlackSandbox } from "./slack/slack-sandbox.js";

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
}

/** The running local workspace. */
export interface Sandbox {
  /** Address of the page. */
  readonly url: string;
  readonly slack: SlackSandbox;
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

/** Starts the local workspace; it listens on this machine only. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  let url = "";
  const rooms = createSlackSandbox({
    now: options.now ?? (() => new Date()),
    language: options.language ?? "pt-BR",
    people: options.people ?? defaultPeople,
    channels: options.channels ?? defaultChannels,
    rateLimits: options.rateLimits ?? "enforced",
    scopes: options.scopes,
    events: options.events,
    url: () => url,
  });
  const page = createPageRoutes(rooms.desk);
  const server = createServer((request, response) => {
    void route(rooms, page, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else answerText(response, 500, error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  server.on("upgrade", (request, socket) => {
    rooms.upgrade(new URL(request.url ?? "/", "http://sandbox").pathname, request, socket);
  });
  await listen(server, options.port ?? 0);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    slack: rooms.slack,
    stop() {
      rooms.stop();
      return close(server);
    },
  };
}

async function route(
  rooms: SlackRooms,
  page: PageRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", "http://sandbox");
  if (url.pathname.startsWith("/slack/") && (await rooms.handle(url.pathname, request, response))) return;
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
