// The Slack door as the application composes it; Slack's SDK is loaded only when Slack is configured.
import type { Application, World } from "./application/create-application.js";
import type { Config } from "./config/config.js";
import { businessCalendarOf } from "./domain/policy/business-calendar-of.js";
import type { Log } from "./logging/create-logger.js";
import type { Pacer } from "./slack/pacer.js";
import type { SlackDoor } from "./slack/slack-door.js";
import type { SlackReporter } from "./slack/slack-settings.js";

const SLACK_API = "https://slack.com/api/";
const COMMANDS = ["/incident", "/incidente"];

const reporterOf = (log: Log): SlackReporter => ({
  requestRefused: (fact) => log.info("A request did not pass the Slack door.", fact),
  answerLate: (fact) => log.warn("An answer to Slack was not ready in time; its outcome follows.", fact),
  callFailed: (fact) => log.warn("A call to Slack failed.", fact),
  broke: (fact) => log.error("The Slack door broke.", fact),
  connection: ({ state, code }) =>
    state === "ready" ? log.info("Slack is connected.") : log.error("Slack is not connected.", { code }),
});

const importSlackDoor = () => import("./slack/slack-door.js");

/** Loads Slack's SDK ahead of opening the door; does nothing when Slack is not configured. */
export const loadSlackDoor = async (config: Config): Promise<void> => {
  if (config.slack !== null) await importSlackDoor();
};

/** Opens the Slack door, or answers null when Slack is not configured. */
export const openSlackDoor = async (
  config: Config,
  world: World,
  application: Application,
  log: Log,
  pacer?: Pacer,
): Promise<SlackDoor | null> => {
  if (config.slack === null) return null;
  const { createSlackDoor } = await importSlackDoor();
  const { botToken, signingSecret, apiUrl, announcementChannel } = config.slack;
  return createSlackDoor({
    ...world,
    handler: application.handler,
    settings: {
      botToken,
      signingSecret,
      apiUrl: apiUrl ?? SLACK_API,
      announcementChannel,
      commands: COMMANDS,
      language: config.org.language,
      zone: businessCalendarOf(world.policies.inForce()).zone,
    },
    reporter: reporterOf(log),
    ...(pacer === undefined ? {} : { pacer }),
  });
};
