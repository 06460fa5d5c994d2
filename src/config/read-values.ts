// From the raw environment to checked values, one by one. What depends on several variables is decided in read-config.
import { z } from "zod";
import { type ConfigProblem, problemOf } from "./config-problem.js";
import { ENV, ENV_NAMES, type EnvName } from "./env.js";

/** The environment of a process. */
export type RawEnv = Readonly<Record<string, string | undefined>>;

/** Reads a whole text file; throws when it cannot. */
export type ReadFile = (path: string) => string;

const url = (protocol: RegExp, says: string) =>
  z.url({ protocol, error: says }).refine((value) => URL.canParse(value), { error: says });

const wholeNumber = (says: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, says)
    .transform(Number);

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
