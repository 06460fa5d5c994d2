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
