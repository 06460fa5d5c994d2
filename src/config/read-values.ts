// From the raw environment to checked values, one by one. What depends on several variables is decided in read-config.
import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { type ConfigProblem, problemOf } from "./config-problem.js";
import { ENV, ENV_NAMES, type EnvName } from "./env.js";

/** The environment of a process. */
export type RawEnv = Readonly<Record<string, string | undefined>>;

/** Reads a whole text file; throws when it cannot. */
export type ReadFile = (path: string) => string;

const url = (protocol: RegExp, says: string) =>
  z.url({ protocol, error: says }).refine((value) => URL.canParse(value), { error: says });

const withoutSlash = (value: string): string => value.replace(/\/+$/, "");

const messagingService = z
  .string()
  .regex(/^MG[0-9a-f]{32}$/i, "must be the id of a Messaging Service: MG and 32 hexadecimal digits");

const SHORT_URL_MAX = 16;

const wholeNumber = (says: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, says)
    .transform(Number);

const guid = (says: string) =>
  z
    .string()
    .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, says)
    .transform((value) => value.toLowerCase());

const teamsChannel = z
  .string()
  .regex(/^19:[^\s;]+@thread\.(tacv2|skype)$/, "must be the id of a channel, not its name");

/** SendGrid signs on an elliptic curve; a key of another kind would refuse every event without a word. */
function isVerificationKey(base64: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ec";
  } catch {
    // Whatever it is, it is no key.
    return false;
  }
}

const recipient = z
  .string()
  .regex(
    /^([^\s@,]*@[^\s@,]+\.[^\s@,]+|\+[1-9]\d{6,14})$/,
    "must be addresses, domains as @example.com or numbers as +5511987654321, separated by commas",
  );

const VALUES = {
  NODE_ENV: z.enum(["production", "development", "test"], "must be production, development or test"),
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\/\S+$/, "must start with mongodb:// or mongodb+srv://"),
  STORE: z.enum(["embedded", "mongodb"], "must be embedded or mongodb"),
  DATA_DIR: z.string(),
  HOST: z.string().regex(/^[\w.:-]+$/, "must be an address or a host name, without port"),
  PORT: wholeNumber("must be a whole number").refine((port) => port <= 65_535, "must be at most 65535"),
  PUBLIC_URL: url(/^https?$/, "must be a full address with https://").transform((value) => value.replace(/\/+$/, "")),
  ORG_NAME: z.string().max(80, "must be at most 80 characters"),
  ORG_LANGUAGE: z.enum(["pt-BR", "en"], "must be pt-BR or en"),
  SLACK_BOT_TOKEN: z.string().regex(/^xox[a-z]-\S+$/, "must be a bot token, which starts with xoxb-"),
  SLACK_SIGNING_SECRET: z.string().min(8, "is too short to be a signing secret"),
  SLACK_API_URL: url(/^https?$/, "must be a full address").transform((value) => `${value.replace(/\/+$/, "")}/`),
  SLACK_ANNOUNCEMENT_CHANNEL: z.string().regex(/^[CG][A-Z0-9]{2,}$/, "must be the id of a channel, not its name"),
  TEAMS_APP_ID: guid("must be an id of 32 hexadecimal digits with hyphens"),
  TEAMS_APP_PASSWORD: z.string().min(8, "is too short to be a client secret"),
  TEAMS_TENANT_ID: guid("must be an id of 32 hexadecimal digits with hyphens"),
  TEAMS_CHANNEL_ID: teamsChannel,
  TEAMS_ANNOUNCEMENT_CHANNEL: teamsChannel,
  TEAMS_OPENID_METADATA_URL: url(/^https?$/, "must be a full address with https://"),
  TEAMS_TOKEN_URL: url(/^https?$/, "must be a full address with https://"),
  TEAMS_SERVICE_URLS: z
    .string()
    .transform((value) => value.split(",").map((one) => one.trim()))
    .pipe(z.array(url(/^https?$/, "must be full addresses, separated by commas"))),
  CUSTOMER_DELIVERY: z.enum(["test", "live"], "must be test or live"),
  CUSTOMER_TEST_RECIPIENTS: z
    .string()
    .transform((value) => value.split(",").map((one) => one.trim()))
    .pipe(z.array(recipient)),
  SUPPORT_CONTACT: z.string().max(80, "must be at most 80 characters"),
  CUSTOMER_STATUS_URL: url(/^https$/, "must be a full address with https://").transform((value) =>
    value.replace(/\/+$/, ""),
  ),
  EMAIL_FROM: z.email("must be an e-mail address, without a name"),
  SENDGRID_API_KEY: z.string().regex(/^SG\.\S+$/, "must be a key of SendGrid, which starts with SG."),
  SENDGRID_API_URL: url(/^https?$/, "must be a full address with https://"),
  SENDGRID_WEBHOOK_PUBLIC_KEY: z
    .string()
    .refine(isVerificationKey, "must be the verification key in base64, as SendGrid's console shows it"),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9a-f]{32}$/i, "must be AC and 32 hexadecimal digits"),
  TWILIO_AUTH_TOKEN: z.string().min(16, "is too short to be an auth token"),
  TWILIO_API_URL: url(/^https?$/, "must be a full address with https://").transform(withoutSlash),
  TWILIO_MESSAGING_SERVICE_SID: messagingService,
  TWILIO_PAGE_MESSAGING_SERVICE_SID: messagingService,
  TWILIO_VOICE_FROM: z.string().regex(/^\+[1-9]\d{6,14}$/, "must be a number as +551140000001"),
  SHORT_URL: url(/^https?$/, "must be a full address with https://")
    .transform(withoutSlash)
    .refine(
      (value) => value.length - value.indexOf("://") - 3 <= SHORT_URL_MAX,
      `must have at most ${SHORT_URL_MAX} characters after the scheme, so that a page fits one SMS`,
    ),
  POLICY_FILE: z.string(),
  PEOPLE_FILE: z.string(),
  CUSTOMERS_FILE: z.string(),
  LOG_LEVEL: z.enum(["error", "warn", "info", "debug"], "must be error, warn, info or debug"),
  CLOCK_SPEED: z
    .string()
    .regex(/^\d+(\.\d+)?$/, "must be a number")
    .transform(Number)
    .refine((speed) => speed > 0 && speed <= 100_000, "must be above 0 and at most 100000"),
  CLOCK_START: z.iso
    .datetime({ offset: true, error: "must be an instant in ISO 8601 with zone" })
    .transform((value) => new Date(value)),
} as const satisfies Readonly<Record<EnvName, z.ZodType<unknown, string>>>;

/** Checked values; null when the variable is not set and has no fallback. */
export type EnvValues = { readonly [N in EnvName]: z.output<(typeof VALUES)[N]> | null };

/** Checks every variable that is set; unset ones take their fallback. */
export function readValues(env: RawEnv, readFile: ReadFile): { values: EnvValues; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const entries = ENV_NAMES.map((name): [EnvName, unknown] => {
    const raw = readRaw(name, env, readFile, problems) ?? ENV[name].fallback;
    if (raw === null) return [name, null];
    const parsed = VALUES[name].safeParse(raw);
    if (parsed.success) return [name, parsed.data];
    problems.push(problemOf(name, describe(name, raw, parsed.error.issues[0]?.message ?? "is not valid")));
    return [name, null];
  });
  return { values: Object.fromEntries(entries) as EnvValues, problems };
}

function readRaw(name: EnvName, env: RawEnv, readFile: ReadFile, problems: ConfigProblem[]): string | null {
  const value = env[name]?.trim() || null;
  const path = ENV[name].secret ? env[`${name}_FILE`]?.trim() || null : null;
  if (path === null) return value;
  if (value !== null) {
    problems.push(problemOf(name, `is set twice, here and by ${name}_FILE; keep one of them`));
    return value;
  }
  try {
    const content = readFile(path).trim();
    if (content === "") problems.push(fileProblem(name, path, "is empty"));
    return content === "" ? null : content;
  } catch (err) {
    const code = err instanceof Error && "code" in err ? ` (${String(err.code)})` : "";
    problems.push(fileProblem(name, path, `cannot be read${code}`));
    return null;
  }
}

const fileProblem = (name: EnvName, path: string, what: string): ConfigProblem => ({
  variable: `${name}_FILE`,
  problem: `the file ${path} ${what}`,
  example: `${name}_FILE=/run/secrets/${name.toLowerCase()}`,
});

function describe(name: EnvName, raw: string, message: string): string {
  return ENV[name].secret ? message : `${message}, but is ${JSON.stringify(raw.slice(0, 80))}`;
}
