// The app's own declaration for Slack, derived from the command table and from what this room really calls.
import { commandTable, verbName } from "../chat/command-table.js";
import type { Language } from "../chat/voice.js";
import { slackAppLimits } from "../limits/slack.js";
import { type SlackMethodName, slackEventScopes, slackMethods } from "../limits/slack-methods.js";
import { ellipsize } from "./mrkdwn.js";

/** Web API methods that this room calls with the bot's token. */
export const METHODS_USED = [
  "auth.test",
  "chat.postEphemeral",
  "chat.postMessage",
  "chat.update",
  "conversations.create",
  "conversations.history",
  "conversations.invite",
  "conversations.open",
  "conversations.replies",
  "conversations.setPurpose",
  "conversations.setTopic",
  "pins.add",
  "users.conversations",
  "users.info",
  "users.list",
  "users.lookupByEmail",
  "views.open",
  "views.update",
] as const satisfies readonly SlackMethodName[];

/** Events that this room listens to. */
export const EVENTS_USED = ["app_mention"] as const satisfies readonly (keyof typeof slackEventScopes)[];

/** Slash commands of an installation that has no reason for others. */
export const USUAL_COMMANDS: readonly string[] = ["/incident", "/incidente"];

/** What a manifest depends on. */
export type ManifestInput = {
  readonly commands: readonly string[];
  readonly language: Language;
  /** Where Slack reaches the bot by HTTPS. */
  readonly publicUrl: string;
};

const NAME = "Plantão";
const WORDS = {
  "pt-BR": {
    description: "Põe em prática a política de incidentes: declarar, classificar, escalar pelo prazo de cada cliente.",
    longDescription:
      "O Plantão põe em prática a política de incidentes da empresa onde as pessoas já conversam. Declare, classifique, " +
      "atualize e encerre incidentes no Slack; o relógio do contrato de cada cliente corre sozinho e escala sozinho. " +
      "Cada incidente tem o seu canal, com um cartão que mostra quem assumiu, os prazos e o que vem a seguir.",
    command: "Declara e conduz incidentes; sem nada depois, abre o formulário",
  },
  en: {
    description: "Puts the incident policy into practice: declare, classify, escalate by each customer's due time.",
    longDescription:
      "Plantão puts the company's incident policy into practice where people already talk. Declare, classify, update " +
      "and close incidents in Slack; the clock of every customer's contract runs and escalates by itself. " +
      "Each incident has its own channel, with a card that shows who has it, what is due and what comes next.",
    command: "Declares and runs incidents; with nothing after it, opens the form",
  },
} as const;
// Posting where the bot is no member, reading profiles' addresses, and direct messages with people.
const SCOPES_BESIDE_METHODS = ["chat:write.public", "commands", "users:read.email", "im:history"] as const;

/** Builds the manifest. */
export function slackManifest({ commands, language, publicUrl }: ManifestInput) {
  const request = `${publicUrl.replace(/\/+$/, "")}/slack/events`;
  return {
    _metadata: { major_version: 2 },
    display_information: {
      name: NAME,
      description: WORDS[language].description,
      long_description: WORDS[language].longDescription,
      background_color: "#1f2937",
    },
    features: {
      app_home: { home_tab_enabled: false, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: NAME, always_online: true },
      slash_commands: commands.map((command) => ({
        command,
        description: WORDS[languageOf(command, language)].command,
        usage_hint: usageHint(languageOf(command, language)),
        should_escape: true,
        url: request,
      })),
    },
    oauth_config: { scopes: { bot: botScopes() } },
    settings: {
      event_subscriptions: { bot_events: [...EVENTS_USED], request_url: request },
      interactivity: { is_enabled: true, request_url: request },
      org_deploy_enabled: false,
      socket_mode_enabled: false,
      token_rotation_enabled: false,
    },
  };
}

/** Every scope that the methods, events and messages of this room need, once and in order. */
export function botScopes(): string[] {
  const byMethod = METHODS_USED.flatMap((method) => slackMethods[method].scopes.slice(0, 1));
  const byEvent = EVENTS_USED.map((event) => slackEventScopes[event]);
  return [...new Set([...byMethod, ...byEvent, ...SCOPES_BESIDE_METHODS])].sort();
}

/** The usual commands speak the language that they are written in. */
function languageOf(command: string, language: Language): Language {
  if (command === "/incident") return "en";
  return command === "/incidente" ? "pt-BR" : language;
}

function usageHint(language: Language): string {
  const verbs = commandTable.map(({ verb }) => verbName(verb, language));
  return ellipsize(`[${verbs.join(" | ")}]`, slackAppLimits.commandUsageHint);
}
