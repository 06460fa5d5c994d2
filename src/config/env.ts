// Every variable of the environment: its name, what it is for and what it looks like. Reading, help, redaction and
// .env.example derive from this table.

/** What people need to know of one variable. */
export type EnvVariable = {
  readonly purpose: string;
  /** A value that would be accepted. */
  readonly example: string;
  /** What an unset variable means; null when it simply stays off. */
  readonly fallback: string | null;
  /** A secret is never printed, and may come from the file that NAME_FILE names. */
  readonly secret: boolean;
};

const text = (purpose: string, example: string, fallback: string | null = null): EnvVariable => ({
  purpose,
  example,
  fallback,
  secret: false,
});

const secret = (purpose: string, example: string): EnvVariable => ({ purpose, example, fallback: null, secret: true });

/** The variables, in the order in which an operator meets them. */
export const ENV = {
  NODE_ENV: text("production makes the checks strict: no store by accident, no clock but the real one.", "production"),
  MONGODB_URI: secret(
    "MongoDB replica set. When it is not set, an embedded store keeps the data under DATA_DIR.",
    "mongodb://mongo-1.internal:27017,mongo-2.internal:27017/plantao?replicaSet=rs0",
  ),
  STORE: text("embedded or mongodb. In production the embedded store must be asked for by name.", "embedded"),
  DATA_DIR: text("Directory of the embedded store's data.", "/var/lib/plantao", "./data"),
  HOST: text("Address that the HTTP listener binds to.", "0.0.0.0", "127.0.0.1"),
  PORT: text("Port of the HTTP listener; 0 takes a free one.", "3000", "3000"),
  PUBLIC_URL: text("Where people and vendors reach this listener from outside.", "https://plantao.example.com"),
  ORG_NAME: text("Name of the company, as messages show it.", "Cubo Suite", "Plantão"),
  ORG_LANGUAGE: text("Language of the staff unless a person chose another: pt-BR or en.", "pt-BR", "pt-BR"),
  SLACK_BOT_TOKEN: secret("Bot token of the Slack app (OAuth & Permissions).", "xoxb-your-bot-token"),
  SLACK_SIGNING_SECRET: secret("Signing secret of the Slack app (Basic Information).", "32-hexadecimal-digits"),
  SLACK_API_URL: text("Base of the Slack Web API; set it only to talk to the sandbox.", "http://127.0.0.1:4010/api/"),
  SLACK_ANNOUNCEMENT_CHANNEL: text("Id of the channel in which every incident is announced.", "C0123456789"),
  TEAMS_APP_ID: text("Id of the bot's registration in Microsoft Entra.", "5f7d3c1e-8a42-4b0e-9c6d-2f1a7b8e4d90"),
  TEAMS_APP_PASSWORD: secret("Client secret of the bot's registration.", "the-client-secret"),
  TEAMS_TENANT_ID: text(
    "Tenant of the company; activities of any other are refused.",
    "9d1c2b3a-4e5f-4a6b-8c7d-0e1f2a3b4c5d",
  ),
  TEAMS_CHANNEL_ID: text(
    "Id of the channel in which incidents open their threads; unset, the channel where they are declared.",
    "19:abcdef0123456789@thread.tacv2",
  ),
  TEAMS_ANNOUNCEMENT_CHANNEL: text(
    "Id of another channel in which every incident is announced.",
    "19:0123456789abcdef@thread.tacv2",
  ),
  TEAMS_OPENID_METADATA_URL: text(
    "OpenID metadata of the Bot Connector; set it only for another cloud or the sandbox.",
    "https://login.botframework.com/v1/.well-known/openidconfiguration",
  ),
  TEAMS_TOKEN_URL: text(
    "Where the bot gets its token; set it only for another cloud or the sandbox.",
    "https://login.microsoftonline.com/9d1c2b3a-4e5f-4a6b-8c7d-0e1f2a3b4c5d/oauth2/v2.0/token",
  ),
  TEAMS_SERVICE_URLS: text(
    "Connectors that are trusted, separated by commas; unset, Microsoft's own. Set it only for the sandbox.",
    "http://127.0.0.1:4020/teams/",
  ),
  CUSTOMER_DELIVERY: text(
    "test or live. In test only CUSTOMER_TEST_RECIPIENTS receive messages to customers.",
    "live",
    "test",
  ),
  CUSTOMER_TEST_RECIPIENTS: text(
    "Who receives in test mode, separated by commas: addresses, domains as @example.com, numbers in E.164.",
    "ana@example.com,@test.example.com,+5511987654321",
  ),
  SUPPORT_CONTACT: text("How customers reach the support, as messages say it.", "suporte@example.com"),
  CUSTOMER_STATUS_URL: text(
    "Page on which customers follow incidents; unset, messages carry no link.",
    "https://status.example.com",
  ),
  EMAIL_FROM: text("Address that e-mail to customers comes from.", "avisos@example.com"),
  SENDGRID_API_KEY: secret("Key of the SendGrid account, with the right to send mail.", "SG.your-key"),
  SENDGRID_API_URL: text(
    "Base of the SendGrid API; set it only for another region or the sandbox.",
    "https://api.eu.sendgrid.com",
  ),
  SENDGRID_WEBHOOK_PUBLIC_KEY: text(
    "Verification key of SendGrid's signed event webhook, which is to post to PUBLIC_URL/webhooks/sendgrid/events.",
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
  ),
  TWILIO_ACCOUNT_SID: text("Account of Twilio, for SMS and calls.", "AC0123456789abcdef0123456789abcdef"),
  TWILIO_AUTH_TOKEN: secret(
    "Auth token of the Twilio account; it also signs what Twilio posts to PUBLIC_URL/webhooks/twilio.",
    "32-hexadecimal-digits",
  ),
  TWILIO_API_URL: text(
    "Base of the Twilio API; set it only for another region or the sandbox.",
    "https://api.sao1.twilio.com",
  ),
  TWILIO_MESSAGING_SERVICE_SID: text(
    "Messaging Service that SMS to customers come from.",
    "MG0123456789abcdef0123456789abcdef",
  ),
  TWILIO_PAGE_MESSAGING_SERVICE_SID: text(
    "Messaging Service that pages to the staff come from; unset, that of the customers.",
    "MG123456789abcdef0123456789abcdef0",
  ),
  TWILIO_VOICE_FROM: text("Number of the Twilio account that calls come from.", "+551140000001"),
  SHORT_URL: text(
    "Short address of this listener for the links in SMS, at most 16 characters after https://; unset, PUBLIC_URL.",
    "https://cubo.link",
  ),
  POLICY_FILE: text(
    "Policy as YAML or JSON; unset, the policy that ships with the program is in force.",
    "policy.yaml",
  ),
  PEOPLE_FILE: text("People and duties as YAML, imported at start.", "people.yaml"),
  CUSTOMERS_FILE: text("Services, customers and contracts as YAML, imported at start.", "customers.yaml"),
  LOG_LEVEL: text("error, warn, info or debug.", "info", "info"),
  CLOCK_SPEED: text("How many times faster than real the clock of the domain runs; for the sandbox only.", "60", "1"),
  CLOCK_START: text("Instant at which the clock of the domain starts; for the sandbox only.", "2026-11-23T12:00:00Z"),
} as const satisfies Readonly<Record<string, EnvVariable>>;

/** Name of a variable. */
export type EnvName = keyof typeof ENV;

/** All names, in order. */
export const ENV_NAMES = Object.keys(ENV) as readonly EnvName[];
