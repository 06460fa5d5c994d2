// The stand-in for Slack as tests, the demo and the page use it.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { SlackEventName } from "../../limits/slack-methods.js";
import { type BotAnswer, type BotLine, createBotLine, type Delivery, type RawRequest } from "./bot-line.js";
import type { Desk } from "./desk.js";
import { addUser, findChannel, newChannel, type SeedPerson, userByHandle } from "./directory.js";
import { allEvents, startEventSender } from "./event-sender.js";
import { answerText, readBody } from "./http-exchange.js";
import { createMisbehaviour, type Misbehaviour } from "./misbehaviour.js";
import { createPerson, type SlackPerson } from "./person.js";
import { createRateLimiter, type RateLimitSetting } from "./rate-limiter.js";
import { createResponseUrls, type ResponseUrls } from "./response-urls.js";
import { type ChannelView, channelSight } from "./sights.js";
import { signedHeaders } from "./signing.js";
import { createSocketMode, type SocketMode } from "./socket-mode.js";
import { allBotScopes, createTokens, type Tokens } from "./tokens.js";
import type { Transcript } from "./transcript.js";
import { createTriggers } from "./triggers.js";
import { createWebApi } from "./web-api.js";
import { createWorkspace, type Workspace } from "./workspace.js";

/** A channel to create at the start; without `members` everybody is in it. */
export interface SeedChannel {
  readonly name: string;
  readonly members?: readonly string[];
  readonly private?: boolean;
  readonly archived?: boolean;
  readonly topic?: string;
  readonly general?: boolean;
  /** Whether the bot is a member; it is not by default. */
  readonly bot?: boolean;
}

/** How the stand-in for Slack is set up. */
export interface SlackSandboxOptions {
  readonly now: () => Date;
  readonly language: "pt-BR" | "en";
  readonly people: readonly SeedPerson[];
  readonly channels: readonly SeedChannel[];
  readonly rateLimits: RateLimitSetting;
  /** Scopes of the bot token; the default is every scope that the known methods and events need. */
  readonly scopes: readonly string[] | undefined;
  /** Events that the app subscribes to; the default is all that the workspace can send. */
  readonly events: readonly SlackEventName[] | undefined;
  /** Address of the page, known once the server listens. */
  readonly url: () => string;
}

/** The stand-in for Slack. */
export interface SlackSandbox {
  /** Base address of the Web API, ending in /api/. */
  readonly apiUrl: string;
  readonly botToken: string;
  /** App-level token for Socket Mode. */
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly teamId: string;
  readonly appId: string;
  readonly transcript: Transcript;
  readonly misbehave: Misbehaviour;
  /** Connections of apps in Socket Mode; while there is one, everything goes over it. */
  readonly sockets: Pick<SocketMode, "connections" | "orderReconnect" | "drop">;
  /** Where commands, interactions and events are posted: `<base>/slack/events`, on this machine only. */
  deliverTo(botBaseUrl: string): void;
  /** Performs Slack's url_verification handshake and tells whether the bot answered it. */
  verifyUrl(): Promise<boolean>;
  person(handle: string): SlackPerson;
  people(): readonly SlackPerson[];
  addPerson(person: SeedPerson): SlackPerson;
  channel(nameOrId: string): ChannelView | undefined;
  channels(): ChannelView[];
  /** A raw request to the bot, for hostile tests; nothing is signed unless the headers say so. */
  request(raw: RawRequest): Promise<BotAnswer>;
  /** Headers that sign a body, correctly or with a forged timestamp (seconds) or secret. */
  signed(body: string, forged?: { timestamp?: number; secret?: string }): Record<string, string>;
  /** Everything sent to the bot, in order. */
  readonly deliveries: readonly Delivery[];
  /** Sends something again, signed afresh, as Slack does when it retries. */
  redeliver(delivery: Delivery, retry?: { num: number; reason: string }): Promise<BotAnswer>;
  /** Resolves when nothing is on its way to the bot. */
  settled(): Promise<void>;
  /** Another bot token with the given scopes. */
  issueToken(scopes: readonly string[]): string;
  revokeToken(token: string): void;
}

/** The stand-in together with what only the server and the page need. */
export interface SlackRooms {
  readonly slack: SlackSandbox;
  readonly ws: Workspace;
  readonly desk: Desk;
  /** Handles a request under /slack/, and answers false when the path is not one of Slack's. */
  handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Handles a request to change to a WebSocket. */
  upgrade(path: string, request: IncomingMessage, socket: Duplex): void;
  stop(): void;
}

const signingSecret = "5e7c0f0e9a3b4d21b6c8a1d2e3f40516";

/** Builds the stand-in for Slack. */
export function createSlackSandbox(options: SlackSandboxOptions): SlackRooms {
  const ws = createWorkspace({ ...options, botHandle: "plantao", botName: "Plantão" });
  seed(ws, options);
  const line = createBotLine(() => signingSecret);
  const triggers = createTriggers();
  const responseUrls = createResponseUrls(ws, options.url);
  const desk: Desk = { ws, line, triggers, responseUrls };
  const sockets = createSocketMode(line, ws.appId, options.url);
  const scopes = options.scopes ?? allBotScopes();
  const events = startEventSender({ ws, line, scopes, subscribed: options.events ?? allEvents });
  const tokens = createTokens();
  const misbehave = createMisbehaviour();
  const webApi = createWebApi({
    ws,
    tokens,
    triggers,
    misbehaviour: misbehave,
    rateLimiter: createRateLimiter(options.rateLimits),
    pageUrl: options.url,
    openSocket: sockets.open,
  });
  const slack: SlackSandbox = {
    ...actors(desk),
    ...wire(line),
    ...credentials(tokens, scopes),
    get apiUrl() {
      return `${options.url()}/slack/api/`;
    },
    botUserId: ws.botUserId,
    botId: ws.botId,
    teamId: ws.teamId,
    appId: ws.appId,
    transcript: ws.transcript,
    misbehave,
    sockets,
  };
  return {
    slack,
    ws,
    desk,
    handle: requestHandler(webApi, responseUrls),
    upgrade: sockets.upgrade,
    stop() {
      events.stop();
      sockets.stop();
      line.close();
    },
  };
}

function requestHandler(webApi: ReturnType<typeof createWebApi>, responseUrls: ResponseUrls): SlackRooms["handle"] {
  return async (path, request, response) => {
    const method = /^\/slack\/api\/([\w.]+)$/.exec(path)?.[1];
    if (method) await webApi(method, request, response);
    const id = /^\/slack\/response\/(\w+)$/.exec(path)?.[1];
    if (id) {
      const answer = responseUrls.post(id, String(request.headers["content-type"] ?? ""), await readBody(request));
      answerText(response, answer.status, answer.body);
    }
    return method !== undefined || id !== undefined;
  };
}

type Credentials = Pick<SlackSandbox, "botToken" | "appToken" | "signingSecret" | "issueToken" | "revokeToken">;

function credentials(tokens: Tokens, scopes: readonly string[]): Credentials {
  return {
    botToken: tokens.issue("bot", scopes),
    appToken: tokens.issue("app", ["connections:write"]),
    signingSecret,
    issueToken: (wanted) => tokens.issue("bot", wanted),
    revokeToken: tokens.revoke,
  };
}

function actors(desk: Desk): Pick<SlackSandbox, "person" | "people" | "addPerson" | "channel" | "channels"> {
  const { ws } = desk;
  const people = new Map<string, SlackPerson>();
  const person = (handle: string): SlackPerson => {
    const user = userByHandle(ws, handle);
    if (!user || user.isBot) throw new Error(`There is no person "${handle}"`);
    const actor = people.get(user.id) ?? createPerson(desk, user);
    people.set(user.id, actor);
    return actor;
  };
  const humans = () => [...ws.users.values()].filter((user) => !user.isBot);
  return {
    person,
    people: () => humans().map((user) => person(user.handle)),
    addPerson(added) {
      const user = addUser(ws, added);
      for (const channel of ws.channels.values()) if (channel.general) channel.members.add(user.id);
      return person(user.handle);
    },
    channel(nameOrId) {
      const found = findChannel(ws, nameOrId);
      return found && channelSight(ws, found);
    },
    channels: () => [...ws.channels.values()].map((channel) => channelSight(ws, channel)),
  };
}

type WireFunctions = "deliverTo" | "verifyUrl" | "request" | "signed" | "deliveries" | "redeliver" | "settled";

function wire(line: BotLine): Pick<SlackSandbox, WireFunctions> {
  return {
    deliverTo: line.deliverTo,
    async verifyUrl() {
      const challenge = "sandbox-challenge";
      const body = JSON.stringify({ type: "url_verification", token: "sandbox", challenge });
      const headers = { "content-type": "application/json", ...signedHeaders(signingSecret, body) };
      const answer = await line.raw({ body, headers });
      return answer.status === 200 && answer.body.includes(challenge);
    },
    request: line.raw,
    signed: (body, forged = {}) => signedHeaders(forged.secret ?? signingSecret, body, forged.timestamp),
    deliveries: line.deliveries,
    redeliver(delivery, retry) {
      const headers: Record<string, string> = retry
        ? { "x-slack-retry-num": String(retry.num), "x-slack-retry-reason": retry.reason }
        : {};
      return line.send(delivery, headers);
    },
    settled: line.settled,
  };
}

function seed(ws: Workspace, options: SlackSandboxOptions): void {
  for (const person of options.people) addUser(ws, person);
  const everyone = [...ws.users.values()].filter((user) => !user.isBot);
  for (const made of options.channels) {
    const members = (made.members ?? everyone.map((user) => user.handle)).map((handle) => {
      const user = userByHandle(ws, handle);
      if (!user) throw new Error(`The channel ${made.name} names "${handle}", who is not among the people`);
      return user.id;
    });
    const [creator = ws.botUserId] = members;
    const channel = newChannel(ws, {
      kind: made.private ? "private" : "public",
      name: made.name,
      creator,
      members: made.bot ? [...members, ws.botUserId] : members,
      general: made.general ?? false,
    });
    channel.archived = made.archived ?? false;
    if (made.topic) channel.topic = { value: made.topic, creator, lastSet: ws.seconds() };
  }
}
