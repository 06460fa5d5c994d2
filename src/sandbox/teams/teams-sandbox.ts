// The stand-in for Microsoft Teams and its Bot Connector as tests, the demo and the page use it.
import type { IncomingMessage, ServerResponse } from "node:http";
import { teamsDeadlines } from "../../limits/teams.js";
import type { BotAnswer } from "../slack/bot-line.js";
import type { Taken } from "../slack/desk.js";
import type { RateLimitSetting } from "../slack/rate-limiter.js";
import type { Transcript } from "../slack/transcript.js";
import { fromPerson, mentionEntity, messageActivity } from "./activities.js";
import { connectorIssuer, createConnectorApi, teamsPath } from "./connector-api.js";
import { createTeamsLine, type Desk, type RawActivity, type TeamsDelivery } from "./desk.js";
import { addMember, channelNamed, generalChannel, memberNamed, type SeedMember } from "./directory.js";
import { createForge, type Forge } from "./forge.js";
import { type Installation, installInTeam, tellJoined } from "./installations.js";
import { createMisbehaviour, type TeamsMisbehaviour } from "./misbehaviour.js";
import { createPerson, type TeamsPerson } from "./person.js";
import { type ChannelView, channelSight, type ThreadView, threadSights } from "./sights.js";
import { createSigningKeys } from "./signing-keys.js";
import { createTenant, type Member, type SeedTeam, type Tenant } from "./tenant.js";
import { createThrottle } from "./throttle.js";
import { createTokenEndpoint } from "./token-endpoint.js";

/** How the stand-in is set up. */
export interface TeamsSandboxOptions {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** Address of the bot, with or without /api/messages; it can be given later with `connect`. */
  readonly botUrl?: string;
  readonly people: readonly SeedMember[];
  readonly team: SeedTeam;
  /** The default is Plantão. */
  readonly botName?: string;
  readonly language?: "pt-BR" | "en";
  /** Time of messages; tokens, deadlines and throttling run in real time. */
  readonly now?: () => Date;
  /** "enforced", the default, applies the documented throttling; a scale multiplies it; "off" applies none. */
  readonly rateLimits?: RateLimitSetting;
  /** How long Teams waits for the bot; the default is what limits/teams.ts says. */
  readonly deadlines?: { readonly messageMs?: number; readonly invokeMs?: number };
  /** True sends the bot every message of its channels, as ChannelMessage.Read.Group does; by default it must be mentioned. */
  readonly hearsEverything?: boolean;
}

/** The stand-in for Microsoft Teams. */
export interface TeamsSandbox {
  /** Address that the bot posts to, with a slash at the end. */
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tokenUrl: string;
  /** Issuer of the tokens that the bot gets. */
  readonly issuer: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** The bot's id in conversations, `28:<appId>`. */
  readonly botId: string;
  readonly team: SeedTeam;
  readonly transcript: Transcript;
  readonly misbehave: TeamsMisbehaviour;
  readonly forge: Forge;
  /** Where activities are posted, on this machine only. */
  connect(botUrl: string): void;
  /** A person by handle, name, e-mail or id. */
  person(name: string): TeamsPerson;
  people(): readonly TeamsPerson[];
  /** Adds a person; when they belong to the team the bot is told, once it is connected. */
  addPerson(person: SeedMember): Promise<TeamsPerson>;
  channel(nameOrId: string): ChannelView | undefined;
  channels(): readonly ChannelView[];
  /** The threads of a channel, or of all of them, oldest first. */
  threads(channel?: string): readonly ThreadView[];
  /** Installs the app in the team, again in a new version, or removes it, on behalf of the first person. */
  installs(action?: Installation): Promise<readonly Taken[]>;
  /** Everything sent to the bot by itself, in order. */
  readonly deliveries: readonly TeamsDelivery[];
  /** Sends an activity again, with the same ids and a new token. */
  redeliver(delivery: TeamsDelivery): Promise<BotAnswer>;
  /** A request to the bot as it is, for hostile tests. */
  sendRaw(request: RawActivity): Promise<BotAnswer>;
  /** Makes every token that the bot has worthless. */
  revokeTokens(): void;
  /** Signs from now on with a key that the bot has not seen. */
  rotateKeys(): Promise<void>;
  /** Resolves when nothing is on its way to the bot. */
  settled(): Promise<void>;
}

/** The stand-in together with what only the server and the page need. */
export interface TeamsRooms {
  readonly teams: TeamsSandbox;
  readonly tenant: Tenant;
  /** Handles a request under /teams/, and answers false when the path is nothing of Teams'. */
  handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  stop(): void;
}

/** Builds the stand-in; `url` is the address of the server, known once it listens. */
export async function createTeamsSandbox(options: TeamsSandboxOptions, url: () => string): Promise<TeamsRooms> {
  const { appId, tenantId, team, botName = "Plantão", language = "pt-BR", now = () => new Date() } = options;
  const tenant = createTenant({ appId, tenantId, team, botName, language, now });
  for (const person of options.people) addMember(tenant, person);
  const serviceUrl = (): string => `${url()}${teamsPath}/`;
  const keys = await createSigningKeys();
  const tokens = createTokenEndpoint(options);
  const misbehaviour = createMisbehaviour();
  const throttle = createThrottle(options.rateLimits ?? "enforced");
  const forge = createForge({
    keys,
    appId,
    serviceUrl,
    activity: () => sampleActivity(tenant, serviceUrl()),
  });
  const line = createTeamsLine((serviceurl) => forge.token({ claims: { serviceurl } }));
  if (options.botUrl !== undefined) line.connect(options.botUrl);
  const desk: Desk = {
    tenant,
    line,
    serviceUrl,
    deadlines: { ...teamsDeadlines, ...options.deadlines },
    hearsEverything: options.hearsEverything ?? false,
  };
  const teams: TeamsSandbox = {
    ...addresses(options, serviceUrl),
    ...actors(desk),
    ...sights(tenant),
    botId: tenant.botId,
    team: tenant.team,
    transcript: tenant.transcript,
    misbehave: misbehaviour,
    forge,
    connect: line.connect,
    deliveries: line.deliveries,
    redeliver: line.send,
    sendRaw: line.raw,
    revokeTokens: tokens.revokeAll,
    rotateKeys: keys.rotate,
    settled: line.settled,
  };
  const handle = createConnectorApi({ tenant, serviceUrl, tokens, keys, misbehaviour, throttle });
  return { teams, tenant, handle, stop: line.close };
}

type Addresses = Pick<
  TeamsSandbox,
  "serviceUrl" | "openIdMetadataUrl" | "tokenUrl" | "issuer" | "appId" | "appPassword" | "tenantId"
>;

function addresses({ appId, appPassword, tenantId }: TeamsSandboxOptions, serviceUrl: () => string): Addresses {
  const base = serviceUrl();
  return {
    serviceUrl: base,
    openIdMetadataUrl: `${base}.well-known/openidconfiguration`,
    tokenUrl: `${base}${tenantId}/oauth2/v2.0/token`,
    issuer: connectorIssuer,
    appId,
    appPassword,
    tenantId,
  };
}

function actors(desk: Desk): Pick<TeamsSandbox, "person" | "people" | "addPerson" | "installs"> {
  const { tenant } = desk;
  const people = new Map<string, TeamsPerson>();
  const actor = (member: Member): TeamsPerson => {
    const person = people.get(member.id) ?? createPerson(desk, member);
    people.set(member.id, person);
    return person;
  };
  return {
    person(name) {
      const member = memberNamed(tenant, name);
      if (!member) throw new Error(`There is no person "${name}"`);
      return actor(member);
    },
    people: () => [...tenant.members.values()].map(actor),
    async addPerson(seed) {
      const member = addMember(tenant, seed);
      if (member.inTeam && tenant.team.installed && desk.line.connected()) await tellJoined(desk, member);
      return actor(member);
    },
    installs: (action = "add") => installInTeam(desk, firstMember(tenant), action),
  };
}

function sights(tenant: Tenant): Pick<TeamsSandbox, "channel" | "channels" | "threads"> {
  const channels = () => [...tenant.conversations.values()].filter(({ member }) => member === undefined);
  return {
    channel(nameOrId) {
      const found = channelNamed(tenant, nameOrId);
      return found && channelSight(tenant, found);
    },
    channels: () => channels().map((channel) => channelSight(tenant, channel)),
    threads(channel) {
      const meant = channel === undefined ? channels() : [channelNamed(tenant, channel)];
      return meant.flatMap((found) => (found ? threadSights(tenant, found) : []));
    },
  };
}

function firstMember(tenant: Tenant): Member {
  const [member] = tenant.members.values();
  if (!member) throw new Error("The tenant has no people");
  return member;
}

/** A message that mentions the bot; it is not added to the channel, so that hostile tests leave no trace. */
function sampleActivity(tenant: Tenant, serviceUrl: string): Record<string, unknown> {
  const mention = mentionEntity(tenant.botId, tenant.botName);
  const id = tenant.nextMessageId();
  const base = fromPerson(
    { tenant, serviceUrl },
    { conversation: generalChannel(tenant), rootId: id },
    firstMember(tenant),
  );
  return messageActivity(base, { id, rootId: id, text: `${String(mention["text"])} ajuda` }, [mention]);
}
