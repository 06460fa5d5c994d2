// The app's own declaration for Teams, derived from the command table. Portuguese stands in the manifest itself, English
// in its translation file.
import { commandSpec, type Verb, verbName } from "../chat/command-table.js";
import { usageOf } from "../chat/help-card.js";
import { say } from "../chat/texts/say.js";
import type { Language } from "../chat/voice.js";

/** What a manifest depends on. */
export type TeamsManifestInput = {
  readonly appId: string;
  /** Version of the app as people see it; Teams updates only to a higher one. */
  readonly version: string;
  /** Where people find the company behind this bot. */
  readonly websiteUrl: string;
  readonly privacyUrl: string;
  readonly termsUrl: string;
  readonly developer: string;
};

/** The newest schema of manifests. */
const MANIFEST_VERSION = "1.29";
const SCHEMA = `https://developer.microsoft.com/json-schemas/teams/v${MANIFEST_VERSION}/MicrosoftTeams.schema.json`;
const NAME = "Plantão";

/** Teams lists at most twelve commands; all others work as well, and help tells them. */
const IN_TEAMS: readonly Verb[] = [
  "declare",
  "take",
  "classify",
  "identify",
  "mitigate",
  "resolve",
  "note",
  "role",
  "affected",
  "sla",
  "list",
  "help",
];
const IN_PERSON: readonly Verb[] = ["declare", "list", "sla", "timeline", "help"];
const SCOPES = [
  { scope: "team", verbs: IN_TEAMS },
  { scope: "groupChat", verbs: IN_TEAMS },
  { scope: "personal", verbs: IN_PERSON },
] as const;

const WORDS = {
  "pt-BR": {
    fullName: "Plantão: incidentes pela política da empresa",
    short: "Declarar, assumir e encerrar incidentes pelo prazo de cada cliente.",
    full:
      "O Plantão põe em prática a política de incidentes da empresa onde as pessoas já conversam. Declare, classifique, " +
      "atualize e encerre incidentes no Teams; o relógio do contrato de cada cliente corre sozinho e escala sozinho. " +
      "Cada incidente tem o seu tópico, que começa pelo cartão com quem assumiu, os prazos e o que vem a seguir.",
    declareTitle: "Declarar incidente",
    declare: "Abre o formulário de declaração",
  },
  en: {
    fullName: "Plantão: incidents by the company's policy",
    short: "Declare, take and close incidents by each customer's due time.",
    full:
      "Plantão puts the company's incident policy into practice where people already talk. Declare, classify, update " +
      "and close incidents in Teams; the clock of every customer's contract runs and escalates by itself. " +
      "Each incident has its own thread, which begins with the card of who has it, what is due and what comes next.",
    declareTitle: "Declare incident",
    declare: "Opens the declaration form",
  },
} as const;

/** Builds the manifest. */
export function teamsManifest(input: TeamsManifestInput) {
  const words = WORDS["pt-BR"];
  return {
    $schema: SCHEMA,
    manifestVersion: MANIFEST_VERSION,
    version: input.version,
    id: input.appId,
    localizationInfo: {
      defaultLanguageTag: "pt-br",
      additionalLanguages: [{ languageTag: "en", file: "en.json" }],
    },
    developer: {
      name: input.developer,
      websiteUrl: input.websiteUrl,
      privacyUrl: input.privacyUrl,
      termsOfUseUrl: input.termsUrl,
    },
    name: { short: NAME, full: words.fullName },
    description: { short: words.short, full: words.full },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#1f2937",
    bots: [
      {
        botId: input.appId,
        scopes: SCOPES.map(({ scope }) => scope),
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: SCOPES.map(({ scope, verbs }) => ({
          scopes: [scope],
          commands: verbs.map((verb) => listed(verb, "pt-BR")),
        })),
      },
    ],
    composeExtensions: [
      {
        botId: input.appId,
        commands: [
          {
            id: "declare",
            type: "action",
            context: ["compose", "commandBox"],
            title: words.declareTitle,
            description: words.declare,
            fetchTask: true,
          },
        ],
      },
    ],
    permissions: ["identity", "messageTeamMembers"],
    validDomains: [new URL(input.websiteUrl).hostname],
  };
}

/** Builds the English translation of the manifest's texts. */
export function teamsManifestInEnglish(): Readonly<Record<string, string>> {
  const words = WORDS.en;
  const commands = SCOPES.flatMap(({ verbs }, list) =>
    verbs.flatMap((verb, index) => {
      const { title, description } = listed(verb, "en");
      const at = `bots[0].commandLists[${list}].commands[${index}]`;
      return [[`${at}.title`, title] as const, [`${at}.description`, description] as const];
    }),
  );
  return {
    $schema: SCHEMA.replace("MicrosoftTeams.schema", "MicrosoftTeams.Localization.schema"),
    "name.short": NAME,
    "name.full": words.fullName,
    "description.short": words.short,
    "description.full": words.full,
    ...Object.fromEntries(commands),
    "composeExtensions[0].commands[0].title": words.declareTitle,
    "composeExtensions[0].commands[0].description": words.declare,
  };
}

function listed(verb: Verb, language: Language): { readonly title: string; readonly description: string } {
  const takesArguments = commandSpec(verb).arguments.length > 0;
  const help = say(language, `command.${verb}.help`);
  const usage = takesArguments ? ` (${usageOf(verb, language)})` : "";
  return { title: verbName(verb, language), description: `${help}${usage}` };
}
