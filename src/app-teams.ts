// The Teams door as the application composes it; Microsoft's SDK is loaded only when Teams is configured.
import type { Application, World } from "./application/create-application.js";
import type { Config } from "./config/config.js";
import { businessCalendarOf } from "./domain/policy/business-calendar-of.js";
import type { Log } from "./logging/create-logger.js";
import type { MongoConnection } from "./storage/connect-mongo.js";
import { createMongoConversations } from "./storage/mongo-conversations.js";
import type { Pacer } from "./teams/pacer.js";
import type { TeamsDoor } from "./teams/teams-door.js";
import type { TeamsReporter } from "./teams/teams-settings.js";

const OPENID_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration";
const tokenUrlOf = (tenantId: string): string => `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;

const reporterOf = (log: Log): TeamsReporter => ({
  requestRefused: (fact) => log.info("A request did not pass the Teams door.", fact),
  answerLate: (fact) => log.warn("An answer to Teams was not ready in time; its outcome follows.", fact),
  callFailed: (fact) => log.warn("A call to Teams failed.", fact),
  mayBeTwice: (fact) => log.warn("A message to Teams was sent again without knowing whether it had arrived.", fact),
  broke: (fact) => log.error("The Teams door broke.", fact),
  connection: ({ state, code }) =>
    state === "ready" ? log.info("Teams is connected.") : log.error("Teams is not connected.", { code }),
});

const importTeamsDoor = () => import("./teams/teams-door.js");

/** Loads Microsoft's SDK ahead of opening the door; does nothing when Teams is not configured. */
export const loadTeamsDoor = async (config: Config): Promise<void> => {
  if (config.teams !== null) await importTeamsDoor();
};

/** Opens the Teams door, or answers null when Teams is not configured. */
export const openTeamsDoor = async (
  config: Config,
  world: World,
  application: Application,
  log: Log,
  mongo: MongoConnection,
  pacer?: Pacer,
): Promise<TeamsDoor | null> => {
  if (config.teams === null) return null;
  const { createTeamsDoor } = await importTeamsDoor();
  const { openIdMetadataUrl, tokenUrl, ...settings } = config.teams;
  return createTeamsDoor({
    ...world,
    conversations: createMongoConversations(mongo),
    handler: application.handler,
    settings: {
      ...settings,
      openIdMetadataUrl: openIdMetadataUrl ?? OPENID_METADATA,
      tokenUrl: tokenUrl ?? tokenUrlOf(settings.tenantId),
      language: config.org.language,
      zone: businessCalendarOf(world.policies.inForce()).zone,
    },
    reporter: reporterOf(log),
    ...(pacer === undefined ? {} : { pacer }),
  });
};
