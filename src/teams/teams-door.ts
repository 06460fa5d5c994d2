// The whole Teams door: what arrives from Teams, and the rooms that the application speaks in.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { CloudAdapter } from "botbuilder";
import type { ChatRooms } from "../ports/chat-rooms.js";
import type { Claims } from "../ports/claims.js";
import type { Clock } from "../ports/clock.js";
import type { CommandHandler } from "../ports/command-handler.js";
import type { Conversations } from "../ports/conversations.js";
import type { Catalogue, Directory } from "../ports/directory.js";
import type { Outreach } from "../ports/outreach.js";
import type { Places } from "../ports/places.js";
import type { Policies } from "../ports/policies.js";
import { configuredAuthentication, createConnectorClients } from "./connector-clients.js";
import { connectorCredentials } from "./connector-credentials.js";
import { CONNECTOR_ISSUER, createConnectorGuard } from "./connector-guard.js";
import type { DoorDeps } from "./door-deps.js";
import { createKnownConversations } from "./known-conversations.js";
import { createPeopleLinker } from "./link-people.js";
import { createOpenIdKeys } from "./openid-keys.js";
import { createPacer, type Pacer } from "./pacer.js";
import { PreverifiedAuth, type VerifiedClaims } from "./preverified-auth.js";
import { createRunningWork } from "./running-work.js";
import { createSeenActivities } from "./seen-activities.js";
import { takeTurns } from "./take-turns.js";
import { TeamsBot } from "./teams-bot.js";
import { createTeamsChatRooms } from "./teams-chat-rooms.js";
import { createTeamsListener } from "./teams-listener.js";
import { createTeamsPeople } from "./teams-people.js";
import { createTeamsPlaces } from "./teams-places.js";
import { createTeamsPort } from "./teams-port.js";
import type { TeamsReporter, TeamsSettings } from "./teams-settings.js";
import { createTokenWarmer } from "./token-warmer.js";

/** What the door needs from the rest. */
export type TeamsDoorOptions = {
  readonly settings: TeamsSettings;
  readonly handler: CommandHandler;
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly policies: Pick<Policies, "inForce">;
  readonly places: Pick<Places, "of">;
  readonly claims: Pick<Claims, "claim">;
  readonly conversations: Conversations;
  /** Words and reach of messages to customers; undefined where none can be sent. */
  readonly outreach?: Outreach | undefined;
  /** Domain time; tokens and deadlines use real time. */
  readonly clock: Clock;
  readonly reporter: TeamsReporter;
  /** Keeps calls within what Teams takes; by default on real time. */
  readonly pacer?: Pacer;
};

/** The Teams door. */
export type TeamsDoor = {
  readonly rooms: ChatRooms;
  /** Takes POST /api/messages with its body unread. */
  requestListener(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Begins to get the bot's token and returns at once. */
  start(): void;
  /** Waits for work that is still running, within bounds. */
  stop(): Promise<void>;
  /** Resolves when nothing that an activity began still runs. */
  idle(): Promise<void>;
  /** "ok", or the code of what is wrong, for readiness. */
  check(): string;
};

/** How long a stop waits for outcomes that come after their answers. */
const SETTLE_MS = 5_000;

/** Creates the Teams door. */
export function createTeamsDoor(options: TeamsDoorOptions): TeamsDoor {
  const { settings, directory, catalogue, reporter } = options;
  const factory = connectorCredentials(settings);
  const verified: VerifiedClaims = new WeakMap();
  const authentication = new PreverifiedAuth(configuredAuthentication(settings, factory), verified);
  const port = createTeamsPort(
    createConnectorClients(authentication, settings.appId),
    factory.credentials,
    settings.appId,
  );
  const conversations = createKnownConversations(options.conversations, Date.now);
  const people = createTeamsPeople({ port, directory, catalogue, settings, reporter, outreach: options.outreach });
  const running = createRunningWork();
  const deps: DoorDeps = { ...options, conversations, people, port, running, seen: createSeenActivities() };
  const found = createTeamsPlaces({ port, conversations, settings });
  const team = async () => {
    const { channelId } = settings;
    const configured = channelId === null ? null : await conversations.channel(channelId);
    return configured ?? (await conversations.latestChannel());
  };
  const linker = createPeopleLinker({
    port,
    team,
    directory,
    tenantId: settings.tenantId,
    reporter,
    realNow: Date.now,
  });
  const warmer = createTokenWarmer(port, reporter);
  return {
    rooms: createTeamsChatRooms({
      port,
      pacer: options.pacer ?? createPacer(Date.now),
      people,
      linker,
      directory,
      places: options.places,
      conversations,
      found,
      settings,
      reporter,
    }),
    requestListener: listenerOf(deps, authentication, verified),
    start() {
      void warmer.start();
    },
    async stop() {
      warmer.stop();
      await running.settle(SETTLE_MS);
    },
    idle: () => running.settle(SETTLE_MS),
    check: warmer.check,
  };
}

function listenerOf(deps: DoorDeps, authentication: PreverifiedAuth, verified: VerifiedClaims) {
  const { settings, reporter } = deps;
  const adapter = new CloudAdapter(authentication);
  // Dispatchers answer their own faults; what still gets here is reported, and its text goes to nobody.
  adapter.onTurnError = async (_context, err) => {
    reporter.broke({ what: "turn", reference: randomUUID().slice(0, 8), err });
  };
  const bot = new TeamsBot(takeTurns(deps), settings.tenantId);
  const guard = createConnectorGuard(
    settings,
    createOpenIdKeys(settings.openIdMetadataUrl, CONNECTOR_ISSUER, Date.now),
  );
  return createTeamsListener({ guard, verified, adapter, run: (context) => bot.run(context), reporter });
}
