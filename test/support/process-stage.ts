// Where bots that are processes play a story: the local workspace with the people of the examples, a directory for the
// data, and a clock of the domain that goes on while no bot runs.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { foldText } from "../../src/chat/fold-text.js";
import { parsePeopleFile } from "../../src/formats/people-file.js";
import type { SlackPerson } from "../../src/sandbox/slack/person.js";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.js";
import { type BotProcess, freePort, startBot } from "./process-bot.js";

/** A place for bots. */
export type Stage = {
  readonly sandbox: Sandbox;
  readonly program: string;
  readonly dir: string;
  readonly dataDir: string;
  readonly speed: number;
  /** Time of the domain. A bot's own clock lags by what it took to start. */
  now(): Date;
  /** Real time at which an instant of the domain is reached. */
  realMs(instant: Date): number;
  person(handle: string): SlackPerson;
  /** Starts a bot; without a port it takes a free one. */
  bot(options?: { readonly port?: number; readonly env?: Readonly<Record<string, string>> }): Promise<BotProcess>;
  /** The environment of a bot of this stage, for other commands of the program. */
  env(): Readonly<Record<string, string>>;
  /** Kills what still runs and removes the data. */
  close(): Promise<void>;
};

/** Monday 23 November 2026, 10:00 in São Paulo. */
const START = new Date("2026-11-23T13:00:00.000Z");
const EXAMPLES = path.resolve("docs/examples");

/** Opens a stage; nothing runs on it yet. */
export const openStage = async (options: { readonly program: string; readonly speed: number }): Promise<Stage> => {
  const { program, speed } = options;
  const dir = await mkdtemp(path.join(tmpdir(), "plantao-stage-"));
  const dataDir = path.join(dir, "data");
  const openedAt = Date.now();
  const now = () => new Date(START.getTime() + (Date.now() - openedAt) * speed);
  const channels = [
    { name: "geral", general: true },
    { name: "incidentes", bot: true },
  ];
  const sandbox = await startSandbox({ now, rateLimits: "off", people: await staff(), channels });
  const bots: BotProcess[] = [];
  const env = () => ({
    DATA_DIR: dataDir,
    TMPDIR: dir,
    LOG_LEVEL: "debug",
    CLOCK_SPEED: String(speed),
    CLOCK_START: now().toISOString(),
    SLACK_BOT_TOKEN: sandbox.slack.botToken,
    SLACK_SIGNING_SECRET: sandbox.slack.signingSecret,
    SLACK_API_URL: sandbox.slack.apiUrl,
    SLACK_ANNOUNCEMENT_CHANNEL: sandbox.slack.channel("incidentes")?.id ?? "",
    PEOPLE_FILE: path.join(EXAMPLES, "people.yaml"),
    CUSTOMERS_FILE: path.join(EXAMPLES, "customers.yaml"),
  });
  return {
    sandbox,
    program,
    dir,
    dataDir,
    speed,
    now,
    realMs: (instant) => openedAt + (instant.getTime() - START.getTime()) / speed,
    person: (handle) => sandbox.slack.person(handle),
    env,
    async bot({ port, env: own = {} } = {}) {
      const bot = startBot(program, { ...env(), PORT: String(port ?? (await freePort())), ...own });
      bots.push(bot);
      return bot;
    },
    async close() {
      for (const bot of bots) if (!bot.ended()) bot.kill("group");
      await Promise.all(bots.map((bot) => bot.exited));
      await sandbox.stop();
      await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
};

/** The people of the example file, each with the first name as handle. */
const staff = async (): Promise<readonly { handle: string; name: string; email: string }[]> => {
  const parsed = parsePeopleFile(await readFile(path.join(EXAMPLES, "people.yaml"), "utf8"), {
    language: "en",
    zone: "America/Sao_Paulo",
  });
  if (!parsed.ok) throw new Error("The example people cannot be read.");
  return parsed.value.people.map(({ name, email }) => {
    if (email === undefined || email === null) throw new Error(`${name} has no address.`);
    return { handle: foldText(name.split(" ")[0] ?? name), name, email };
  });
};
